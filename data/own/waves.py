"""What a wave needs beside its results: a row for itself, and one for each question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from data.catalogue import Catalogue
from data.own.sheets import OwnProblem, WaveDetails, shown
from data.own.tables import Cells, OwnRow, OwnTable, closest

_RESULTS, _QUESTIONS, _WAVES = "survey_results", "survey_questions", "survey_waves"


def wave_id_for(catalogue: Catalogue, title: str) -> str:
    """An id for a wave, made of its title, that no wave has."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60].strip("-") or "your-survey"
    taken = set(catalogue.table(_WAVES)["wave_id"])
    number, name = 1, f"own-{stem}"
    while name in taken:
        number += 1
        name = f"own-{stem}-{number}"
    return name


def with_waves(
    catalogue: Catalogue, tables: Sequence[OwnTable], details: WaveDetails
) -> tuple[list[OwnTable], list[OwnProblem], list[str]]:
    """Survey results with the rows of waves and questions that they need.

    Questions of which no result is filled in count as not asked and are left out. A question that
    the Atlas knows is asked as it was; one that it does not know needs a row of its own.

    Args:
        catalogue: The tables.
        tables: Tables of one file, not yet completed.
        details: The wave, for results that name none.

    Returns:
        The tables, problems, and notes.
    """
    results = [t for t in tables if t.table == _RESULTS]
    if not results:
        return list(tables), [], []
    fresh = wave_id_for(catalogue, details.title)
    asked, left_out = _asked(results)
    kept = [_filled(catalogue, t, fresh, asked) for t in results]
    others = [
        replace(t, rows=tuple(_named(r, fresh) for r in t.rows)) if t.table == _QUESTIONS else t
        for t in tables
        if t.table != _RESULTS
    ]
    rows = [r for t in kept for r in t.rows]
    place = kept[0]
    if not rows:
        problem = place.sheet.problem(
            0, "", "no percentage and no count in any row", "at least one question with results",
            "Fill in the column percent (or count) and base_n.",
        )  # fmt: skip
        # Of rows without results everything else is missing too: one problem says it.
        return [t for t in tables if t.table != _RESULTS], [problem], []
    made: list[OwnTable] = []
    problems: list[OwnProblem] = []
    has_wave = _keys(others, _WAVES, "wave_id") | set(catalogue.table(_WAVES)["wave_id"])
    for wave in dict.fromkeys(r.cells["wave_id"] for r in rows):
        if wave in has_wave:
            continue
        cells, lacking = _wave(
            place, wave, [r for r in rows if r.cells["wave_id"] == wave], details
        )
        problems += [lacking] if lacking else []
        made.append(_one(catalogue, place, _WAVES, cells))
    known = catalogue.table(_QUESTIONS)
    has_question = {(r.cells["wave_id"], r.cells["question_id"]) for t in others
                    if t.table == _QUESTIONS for r in t.rows}  # fmt: skip
    has_question |= set(known[["wave_id", "question_id"]].itertuples(index=False, name=None))
    newest = {r["question_id"]: r for r in known.to_dict("records")}
    for key in dict.fromkeys((r.cells["wave_id"], r.cells["question_id"]) for r in rows):
        if key in has_question:
            continue
        mine = [r for r in rows if (r.cells["wave_id"], r.cells["question_id"]) == key]
        if key[1] not in newest:
            close = closest(key[1], newest)
            problems.append(
                place.sheet.problem(
                    mine[0].number, place.headings.get("question_id", "question_id"),
                    shown(key[1]), "a question of the Atlas, or a row in a sheet survey_questions",
                    (f"Did you mean {close}? " if close else "")
                    + "Correct the id, or describe the question in that sheet.",
                )
            )  # fmt: skip
            continue
        same = {c: newest[key[1]][c] for c in ("topic", "label", "answer_kind")}
        base = _largest(r.cells["base_n"] for r in mine if r.cells["sector_group"] in {"", "all"})
        same |= {"wave_id": key[0], "question_id": key[1], "base_n": base}
        made.append(_one(catalogue, place, _QUESTIONS, same))
    notes = [f"Left out as not asked, since nothing is filled in: {', '.join(left_out)}."]
    return [*others, *_joined(made), *kept], problems, notes if left_out else []


def _asked(results: Iterable[OwnTable]) -> tuple[set[str], list[str]]:
    """Questions with any value, and those without."""
    questions: dict[str, bool] = {}
    for table in results:
        for row in table.rows:
            has = bool(row.cells["percent"] or row.cells["count"])
            name = row.cells["question_id"]
            questions[name] = questions.get(name, False) or has
    return {q for q, has in questions.items() if has}, [
        q for q, has in questions.items() if not has
    ]


def _named(row: OwnRow, fresh: str) -> OwnRow:
    return replace(row, cells={**row.cells, "wave_id": row.cells["wave_id"] or fresh})


def _filled(catalogue: Catalogue, table: OwnTable, fresh: str, asked: set[str]) -> OwnTable:
    """Results of questions that were asked, with options named as in the wave before."""
    known = catalogue.table(_RESULTS)[
        ["question_id", "option_id", "option", "option_order", "is_aggregate"]
    ]
    before = {(r["question_id"], r["option_id"]): r for r in known.to_dict("records")}
    rows, order = [], dict[str, list[str]]()
    for row in table.rows:
        cells = row.cells
        if cells["question_id"] not in asked:
            continue
        seen = order.setdefault(cells["question_id"], [])
        if cells["option_id"] not in seen:
            seen.append(cells["option_id"])
        same = before.get((cells["question_id"], cells["option_id"]), {})
        position = same.get("option_order") or 100 + seen.index(cells["option_id"])
        filled = {
            "option": cells["option"] or str(same.get("option", "")),
            "option_order": cells["option_order"] or str(position),
            "is_aggregate": cells["is_aggregate"]
            or ("true" if same.get("is_aggregate", False) else "false"),
        }
        rows.append(_named(replace(row, cells={**cells, **filled}), fresh))
    return replace(table, rows=tuple(rows))


def _keys(tables: Iterable[OwnTable], table: str, column: str) -> set[str]:
    return {r.cells[column] for t in tables if t.table == table for r in t.rows}


def _largest(cells: Iterable[str]) -> str:
    numbers = [int(c) for c in cells if c.isascii() and c.isdigit()]
    largest = max(numbers, default=0)
    return str(largest) if largest else ""


def _wave(
    place: OwnTable, wave: str, rows: list[OwnRow], details: WaveDetails
) -> tuple[Cells, OwnProblem | None]:
    """The row of a wave; a problem where nothing says how many answered."""
    responses = str(details.responses or "") or _largest(r.cells["base_n"] for r in rows)
    problem = None
    if not responses:
        problem = place.sheet.problem(
            0, place.headings.get("base_n", "base_n"), "no base in any row",
            "how many answered", "Fill in base_n, or say the number of responses on the page.",
        )  # fmt: skip
        responses = "1"
    cells = {
        "wave_id": wave, "title": details.title, "fieldwork": details.fieldwork,
        "responses": responses, "population_estimate": str(details.population or ""),
    }  # fmt: skip
    return cells, problem


def _one(catalogue: Catalogue, place: OwnTable, table: str, cells: Cells) -> OwnTable:
    columns = catalogue.schema.tables[table].columns
    full = {c: str(cells.get(c, "")) for c in columns}
    return OwnTable(table, place.sheet, (OwnRow(full, full, 0),), {})


def _joined(made: Sequence[OwnTable]) -> list[OwnTable]:
    """One table for each name."""
    names = dict.fromkeys(t.table for t in made)
    return [
        replace(next(t for t in made if t.table == n),
                rows=tuple(r for t in made if t.table == n for r in t.rows))
        for n in names
    ]  # fmt: skip
