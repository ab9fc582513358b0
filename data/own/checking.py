"""Own tables against the schema of the Atlas, by Frictionless, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.own.faults import faults
from data.own.kinds import TABLES
from data.own.merging import MARK
from data.own.sheets import OwnProblem, folded, shown
from data.own.tables import OwnRow, OwnTable, closest
from data.problems import Problem
from data.validate import form_problems, formula_problems, is_echo, problem_of

_MOST = 1_000
"""Problems after which Frictionless stops looking at a table."""


_FORMS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "small letters and digits with single hyphens, such as my-alliance",
    r"^E54\d{6}$": "the code of a system, such as E54000057",
    "^([A-Z0-9]{3,5}|[a-z0-9]+(-[a-z0-9]+)*)$": "the NHS code of an organisation, such as RR8, or "
    "small letters and digits with single hyphens",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "a date such as 2026-03-31, 2026-03 or 2026",
    "^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$": "a postcode such as LS9 7TF",
    r'^https?://[^\s()<>"]+$': "an address that begins with https:// and has no blank in it",
}
"""Pattern of the schema -> what a person reads in its place."""


def check(
    catalogue: Catalogue, tables: Sequence[OwnTable], source_ids: Iterable[str]
) -> list[OwnProblem]:
    """Every problem of completed tables, keys into the catalogue's tables and each other included.

    Args:
        catalogue: The tables beside which they are to stand.
        tables: Completed own tables.
        source_ids: Sources that stand for own files.

    Returns:
        Sorted by file, sheet and row.
    """
    # Imported here: it takes half a second, and only an upload needs it.
    from frictionless import Package  # noqa: PLC0415

    schema = catalogue.schema
    raw = {r["name"]: _bare(r["schema"]) for r in schema.descriptor["resources"]}
    known = _Known(catalogue, tables, source_ids)
    resources: list[dict[str, Any]] = []
    for number, table in enumerate(tables):
        columns = schema.tables[table.table].columns
        rows = [[row.cells[c] for c in columns] for row in table.rows]
        resources.append(
            {"name": f"own-{number}", "data": [list(columns), *rows], "schema": raw[table.table]}
        )
    for target in sorted({k[1] for t in tables for k in schema.tables[t.table].foreign_keys}):
        keys = known.keys(target)
        fields = [{"name": c, "type": "string"} for c in keys.columns]
        data = [list(keys.columns), *keys.values.tolist()]
        resources.append({"name": target, "data": data, "schema": {"fields": fields}})
    found: list[OwnProblem] = []
    package = Package.from_descriptor({"name": "own", "resources": resources})
    report = package.validate(limit_errors=_MOST)
    for task in report.tasks[: len(tables)]:
        table = tables[int(task.name.removeprefix("own-"))]
        of_table = replace(schema.tables[table.table], path=table.sheet.file)
        errors = [e.to_descriptor() for e in task.errors]
        problems = [problem_of(of_table, e) for e in errors if not is_echo(e)]
        places = {(p.row, p.column) for p in problems}
        cells = enumerate((row.cells for row in table.rows), start=2)
        # As brought: what was filled in is made of that, and is not to be mended.
        given = enumerate((row.given for row in table.rows), start=2)
        forms = [*form_problems(of_table, cells), *formula_problems(of_table, given)]
        problems += [p for p in forms if (p.row, p.column) not in places]
        found += [_placed(table, p, known) for p in problems]
    for table in tables:
        found += _lists(schema.descriptor, table, known)
        found += _sources_named(table, known)
        found += _shares(table)
    found += faults(schema.tables, tables)
    return sorted(set(found))


def _bare(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without the words for people, which Frictionless copies many times."""
    kept = ("name", "type", "format", "constraints")
    fields = [{k: f[k] for k in kept if k in f} for f in schema["fields"]]
    return {**schema, "fields": fields}


class _Known:
    """Keys that own rows may refer to.

    Args:
        catalogue: The tables.
        tables: Own tables.
        source_ids: Sources that stand for own files.
    """

    def __init__(
        self, catalogue: Catalogue, tables: Sequence[OwnTable], source_ids: Iterable[str]
    ) -> None:
        self._catalogue, self._tables = catalogue, tables
        self._sources = list(source_ids)
        self._keys: dict[str, pd.DataFrame] = {}
        self._values: dict[tuple[str, str], list[str]] = {}
        self._names: dict[str, dict[str, set[str]]] = {}

    def keys(self, table: str) -> pd.DataFrame:
        """The primary keys of a table as text, the own ones included."""
        if table not in self._keys:
            self._keys[table] = self._read(table)
        return self._keys[table]

    def _read(self, table: str) -> pd.DataFrame:
        key = list(self._catalogue.schema.tables[table].primary_key)
        curated = self._catalogue.table(table)[key].astype("string").fillna("")
        own = [
            [row.cells[c] for c in key] for t in self._tables if t.table == table for row in t.rows
        ]
        if table == "sources":
            own += [[s] for s in self._sources]
        return pd.concat([curated, pd.DataFrame(own, columns=key)], ignore_index=True)

    def title(self, table: str) -> str:
        """What a table is called on the page *Tables*."""
        return self._catalogue.schema.tables[table].title

    def called(self, table: str, words: str) -> str:
        """The id of the row of a table that is called so; ``""`` where none or several are."""
        if table not in self._names:
            rows = self._catalogue.table(table)
            (key, *_) = self._catalogue.schema.tables[table].primary_key
            named: dict[str, set[str]] = {}
            for column in (c for c in ("name", "short_name", "ods_code") if c in rows):
                for value, name in rows[[key, column]].itertuples(index=False, name=None):
                    named.setdefault(folded(str(name).removesuffix(MARK)), set()).add(str(value))
            self._names[table] = named
        found = self._names[table].get(folded(words), set())
        return next(iter(found)) if len(found) == 1 else ""

    def options(self, question: str) -> list[str]:
        """Ids of the answers to a question that the Atlas knows, in its order."""
        rows = self._catalogue.table("survey_results")
        mine = rows[rows["question_id"] == question].sort_values("option_order", kind="stable")
        return list(dict.fromkeys(mine["option_id"].astype(str)))

    def values(self, table: str, column: str) -> list[str]:
        """The values of one key column."""
        if (table, column) not in self._values:
            keys = self.keys(table)
            found = list(dict.fromkeys(keys[column])) if column in keys else []
            self._values[table, column] = found
        return self._values[table, column]


def _placed(table: OwnTable, problem: Problem, known: _Known) -> OwnProblem:
    """A problem of the checked rows, where it stands in the person's own sheet."""
    row = table.rows[problem.row - 2] if 2 <= problem.row <= len(table.rows) + 1 else None
    columns = problem.column.split(" + ") if problem.column else []
    headings = " + ".join(table.headings.get(c, c) for c in columns)
    action, found, expected = problem.action, problem.found, problem.expected
    for pattern, words in _FORMS.items():
        expected = expected.replace(f"text of the form {pattern}", words)
    if "a key that exists in " in problem.expected and row is not None and len(columns) == 1:
        target = problem.expected.removeprefix("a key that exists in ")
        cell = row.cells[columns[0]]
        close = known.called(target, cell) or closest(cell, known.values(target, columns[0]))
        title = known.title(target)
        expected = f"an id of the table {title}"
        rest = f", or add its row to {target} first." if target in TABLES else "."
        action = f"Use the id that the page Tables gives under {title}{rest}"
        action = f"Did you mean {close}? {action}" if close else action
    is_option = table.table == "survey_results" and columns == ["option"]
    if is_option and row is not None and not row.cells["option"]:
        # Words are filled in where the id is known: it is the id that is not.
        return _of_option(table, row, known)
    if "the same as in the row" in found or ", the same as in row " in found:
        found = f"{shown(', '.join(row.cells[c] for c in columns))} twice" if row else found
    number = row.number if row else 0
    return OwnProblem(table.sheet.file, table.sheet.name, number, headings, found, expected, action)


def _of_option(table: OwnTable, row: OwnRow, known: _Known) -> OwnProblem:
    """An answer that the Atlas does not know, and that the row does not put into words."""
    ids = known.options(row.cells["question_id"])
    close = closest(row.cells["option_id"], ids)
    return table.sheet.problem(
        row.number,
        table.headings.get("option_id", "option_id"),
        shown(row.cells["option_id"]),
        f"one of {', '.join(ids)}; or a new answer, with its words in the column option",
        (f"Did you mean {close}? " if close else "") + "Correct the id, or fill in option.",
    )


def _lists(descriptor: Mapping[str, Any], table: OwnTable, known: _Known) -> Iterator[OwnProblem]:
    """Ids in cells that list several, which no row has."""
    (resource,) = (r for r in descriptor["resources"] if r["name"] == table.table)
    for field in resource["schema"]["fields"]:
        target = field.get("listOf")
        if not target:
            continue
        values = set(known.values(target["resource"], target["field"]))
        for row in table.rows:
            for value in row.cells[field["name"]].split(";"):
                if value.strip() and value.strip() not in values:
                    yield table.sheet.problem(
                        row.number, table.headings.get(field["name"], field["name"]),
                        shown(value.strip()), f"ids of {target['resource']}, with semicolons",
                        "Correct the id, or leave the cell empty.",
                    )  # fmt: skip


def _sources_named(table: OwnTable, known: _Known) -> Iterator[OwnProblem]:
    """Sources that rows name and nobody describes."""
    if table.table == "sources":
        return
    values = known.values("sources", "source_id")
    described = set(values)
    for row in table.rows:
        named = row.given.get("source_id", "")
        if named and named not in described:
            close = closest(named, values)
            yield table.sheet.problem(
                row.number, table.headings.get("source_id", "source_id"), shown(named),
                "a source of the Atlas, a row of your own sheet “sources”, or an empty cell",
                (f"Did you mean {close}? " if close else "") + "Or leave the cell empty.",
            )  # fmt: skip


def _shares(table: OwnTable) -> Iterator[OwnProblem]:
    """Counts, bases and percentages of a survey that cannot all be right."""
    if table.table != "survey_results":
        return
    for row in table.rows:
        try:
            percent, count, base = (
                float(row.cells[c]) if row.cells[c] else None
                for c in ("percent", "count", "base_n")
            )
        except ValueError:
            continue  # Told already, as not a number.
        if row.cells["is_aggregate"].lower() == "true" or count is None or not base:
            continue
        if count > base:
            yield table.sheet.problem(
                row.number, table.headings.get("count", "count"), f"{count:g} of {base:g}",
                "a count that is not larger than its base", "Correct the count or the base.",
            )  # fmt: skip
        elif percent is not None and abs(percent - 100 * count / base) > 1:
            yield table.sheet.problem(
                row.number, table.headings.get("percent", "percent"), f"{percent:g}%",
                f"about {100 * count / base:.1f}%, which is {count:g} of {base:g}",
                "Correct the percentage, the count or the base.",
            )  # fmt: skip
