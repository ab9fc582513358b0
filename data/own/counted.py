"""Counted answers as rows of the survey's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from data.catalogue import Catalogue
from data.own.answers import Answers
from data.own.disclosure import THRESHOLD
from data.own.questions import OTHER, SECTORS, Counted
from data.own.sheets import Sheet, WaveDetails
from data.own.tables import Cells, OwnRow, OwnTable
from data.own.waves import wave_id_for

AGGREGATES: Final = {
    "agree-total": ("strongly-agree", "agree"),
    "disagree-total": ("strongly-disagree", "disagree"),
    "very-or-quite-regularly": ("very-regularly", "quite-regularly"),
    "rarely-or-never": ("rarely", "not-yet-met"),
    "significant-or-somewhat": ("significant", "somewhat"),
    "slight-or-none": ("slight", "no-challenge"),
    "earlier-stages": ("committed-not-begun", "another-earlier-stage"),
}
"""Options that add up others of a question with one answer each -> what they add up."""

COMPLEMENTS: Final = {"any-resource": "no-resource"}
"""Options that count everybody who answered but did not give one answer -> that answer."""

_WITHHELD = f"Withheld: fewer than {THRESHOLD} respondents, or needed to protect such a cell."

_POSTS = "A number of posts, not of respondents."
_LARGEST = "The largest number is one respondent's and withheld."
_NO_LARGEST = (
    f"Withheld: the largest number is one respondent's, and fewer than {THRESHOLD} have more than "
    "ten posts."
)


def as_tables(
    catalogue: Catalogue, sheet: Sheet, answers: Answers, details: WaveDetails
) -> list[OwnTable]:
    """A wave, its questions and its results, everything computed from the answers.

    Args:
        catalogue: The tables, for questions, labels and options that add up others.
        sheet: Where the answers stood.
        answers: The answers, counted.
        details: Name and time of the wave.
    """
    wave = wave_id_for(catalogue, details.title)
    waves = [{
        "wave_id": wave, "title": details.title, "fieldwork": details.fieldwork,
        "responses": str(answers.respondents),
        "population_estimate": str(details.population or ""),
    }]  # fmt: skip
    known = catalogue.table("survey_questions").drop_duplicates("question_id", keep="last")
    asked = {r["question_id"]: r for r in known.to_dict("records")}
    questions: list[Cells] = []
    results: list[Cells] = []
    for counted in answers.questions:
        question = counted.asked.question_id
        questions.append(_question(wave, question, asked, int(counted.bases.sum())))
        cells = [*_results(counted), *_sums(catalogue, counted)]
        results += [{**c, "wave_id": wave, "question_id": question} for c in cells]
    if "respondents" in asked:
        questions.insert(0, _question(wave, "respondents", asked, answers.respondents))
        who = [
            {**c, "wave_id": wave, "question_id": "respondents"} for c in _who(catalogue, answers)
        ]
        results = [*who, *results]
    rows = {"survey_waves": waves, "survey_questions": questions, "survey_results": results}
    return [_table(catalogue, sheet, name, cells) for name, cells in rows.items()]


def _table(catalogue: Catalogue, sheet: Sheet, name: str, rows: list[Cells]) -> OwnTable:
    columns = catalogue.schema.tables[name].columns
    full = [{c: row.get(c, "") for c in columns} for row in rows]
    return OwnTable(name, sheet, tuple(OwnRow(cells, cells, 0) for cells in full), {})


def _question(wave: str, question: str, asked: Mapping[Any, Mapping[Any, Any]], base: int) -> Cells:
    same = {c: str(asked[question][c]) for c in ("topic", "label", "answer_kind")}
    # A base under the threshold is itself a count of few people.
    is_shown = base >= THRESHOLD
    note = "Counted from the answers of respondents." if is_shown else _WITHHELD
    cells = {**same, "wave_id": wave, "question_id": question, "base_note": note}
    return {**cells, "base_n": str(base), "base_basis": "stated"} if is_shown else cells


def _cells(
    option: str, label: str, order: int, group: str, count: int, base: int, is_shown: bool
) -> Cells:
    cells = {
        "option_id": option, "option": label, "option_order": str(order), "is_aggregate": "false",
        "sector_group": group,
    }  # fmt: skip
    if base >= THRESHOLD:
        cells |= {"base_n": str(base), "base_basis": "stated"}
    if not is_shown:
        return {**cells, "note": _WITHHELD}
    # To a tenth from 200 answers on: with fewer, a tenth would claim more than there is.
    share = round(100 * count / base, 1 if base >= 200 else 0)
    return {**cells, "percent": f"{share:g}", "count": str(count), "precision": "exact"}


def _results(counted: Counted) -> Iterator[Cells]:
    may = counted.may
    for o, (option, label) in enumerate(counted.asked.options.items()):
        order = o + 1 if option != OTHER else 99
        total, base = int(counted.counts[o].sum()), int(counted.bases.sum())
        yield _cells(option, label, order, "all", total, base, bool(may.totals[o]))
        for g, sector in enumerate(SECTORS):
            if may.groups[g] and counted.bases[g]:
                yield _cells(
                    option, label, order, sector, int(counted.counts[o, g]),
                    int(counted.bases[g]), bool(may.cells[o, g]),
                )  # fmt: skip


def _sums(catalogue: Catalogue, counted: Counted) -> Iterator[Cells]:
    """Options that add up others, where all that they add up is shown: so they tell nothing new."""
    table = catalogue.table("survey_results")
    mine = table[table["question_id"].eq(counted.asked.question_id) & table["is_aggregate"]]
    places = {option: i for i, option in enumerate(counted.asked.options)}
    for row in mine.drop_duplicates("option_id").to_dict("records"):
        option, label, order = str(row["option_id"]), str(row["option"]), int(row["option_order"])
        parts = AGGREGATES.get(option, ())
        if option in COMPLEMENTS:
            at = [places[COMPLEMENTS[option]]]
            found = _added(counted, at, option, label, order, is_rest=True)
        elif parts and counted.asked.is_single and all(p in places for p in parts):
            found = _added(counted, [places[p] for p in parts], option, label, order)
        elif option in {"median", "maximum"} and counted.asked.kind == "number":
            found = _of_numbers(counted, option, label, order)
        else:
            continue
        for cells in found:
            yield {**cells, "is_aggregate": "true"}


def _added(
    counted: Counted, at: list[int], option: str, label: str, order: int, *, is_rest: bool = False
) -> Iterator[Cells]:
    """Respondents of some options, or the rest of those who answered: for all, and by sector."""

    def cells(group: str, part: int, base: int, is_shown: bool) -> Cells:
        count = base - part if is_rest else part
        return _cells(option, label, order, group, count, base, is_shown)

    may = counted.may
    total, base = int(counted.counts[at].sum()), int(counted.bases.sum())
    yield cells("all", total, base, bool(may.totals[at].all()))
    for g, sector in enumerate(SECTORS):
        if may.groups[g] and counted.bases[g] and may.cells[at, g].all():
            yield cells(sector, int(counted.counts[at, g].sum()), int(counted.bases[g]), True)


def _of_numbers(counted: Counted, option: str, label: str, order: int) -> Iterator[Cells]:
    """The median of a number, or the largest that enough respondents reach."""
    found: Cells = {
        "option_id": option, "option": label, "option_order": str(order), "sector_group": "all",
    }  # fmt: skip
    if option == "median":
        if counted.median is not None:
            yield {**found, "count": f"{counted.median:g}", "precision": "exact", "note": _POSTS}
    elif counted.reached is None:
        yield {**found, "note": _NO_LARGEST}
    elif counted.is_largest:
        note = f"{_POSTS} At least {THRESHOLD} respondents have it."
        yield {**found, "count": f"{counted.reached:g}", "precision": "exact", "note": note}
    else:
        yield {
            **found, "count": f"{counted.reached:g}", "precision": "bound",
            "note": f"A lower bound: {THRESHOLD} respondents have this many or more. {_LARGEST}",
        }  # fmt: skip


def _who(catalogue: Catalogue, answers: Answers) -> Iterator[Cells]:
    """Who answered, by sector, where sectors are told apart."""
    labels = catalogue.schema.labels("survey_results", "sector_group")
    for g, sector in enumerate(SECTORS):
        option = sector.replace("_", "-")
        yield _cells(
            option, labels[sector], g + 1, "all", answers.sizes[g], answers.respondents,
            answers.groups[g],
        )  # fmt: skip
    everybody = str(answers.respondents)
    yield {
        "option_id": "responses", "option": "Responses received", "option_order": "5",
        "is_aggregate": "true", "sector_group": "all", "count": everybody, "base_n": everybody,
        "base_basis": "stated", "precision": "exact",
    }  # fmt: skip
