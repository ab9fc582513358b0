"""From sheets to rows of the Atlas's tables: headings matched, gaps that have a rule filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from data.catalogue import Catalogue
from data.own import limits
from data.own.kinds import HELPERS, SECTOR_COLUMN, Told
from data.own.sheets import OwnProblem, Sheet, column_letter, folded, shown
from data.schema import TableSchema

Cells = dict[str, str]
"""Column -> text of one row; ``""`` where the cell is empty."""
_DASHES = frozenset("-‐‑‒–—−")
"""Alone in a cell: how people write that there is nothing to say, which is an empty cell here."""


@dataclass(frozen=True)
class OwnRow:
    """One row with where it stands in the file.

    Attributes:
        cells: The row as it is used: completed.
        given: The row as it was brought, without what was filled in.
        number: Its row in the sheet; 0 for a row that the Atlas made.
    """

    cells: Cells
    given: Cells
    number: int


@dataclass(frozen=True)
class OwnTable:
    """Rows for one table, out of one sheet.

    Attributes:
        table: Name of the table.
        sheet: The sheet they came from.
        rows: The rows.
        headings: Column -> heading as it stands in the sheet.
    """

    table: str
    sheet: Sheet
    rows: tuple[OwnRow, ...] = field(repr=False)
    headings: Mapping[str, str]


def take(
    catalogue: Catalogue, sheet: Sheet, told: Told
) -> tuple[OwnTable, list[OwnProblem], list[str]]:
    """The rows of a sheet whose kind is known.

    Returns:
        The rows, problems of headings and of rows that are too long, and notes.
    """
    schema = catalogue.schema.tables[told.kind]
    header = list(sheet.rows[told.header])
    number = sheet.numbers[told.header]
    problems = heading_problems(sheet, told, schema.title)
    notes: list[str] = []
    wanted = ", ".join(schema.columns)
    below = list(zip(sheet.numbers, sheet.rows, strict=True))[told.header + 1 :]
    used = {i for _, row in below for i, cell in enumerate(row) if cell}
    for index in range(len(header)):
        if index in told.named or index not in used:
            continue
        column = header[index] or column_letter(index)
        # The letter of a column without a heading is no slip of anything.
        close = closest(folded(header[index]), schema.columns) if header[index] else ""
        problems.append(
            sheet.problem(
                number, column, f"{shown(header[index])} as a heading",
                f"a column of {schema.title.lower()}",
                f"Did you mean {close}?" if close
                else "Correct it, or delete the column." if header[index]
                else "Write its heading, or delete the column.",
            )
        )  # fmt: skip
    optional = {"wave_id", SECTOR_COLUMN} if told.kind != "survey_waves" else set()
    missing = [k for k in schema.primary_key if k not in {*told.named.values(), *optional}]
    problems += [
        sheet.problem(number, k, "no such column", f"the columns {wanted}", "Add the column.")
        for k in missing
    ]
    filled = [(n, row) for n, row in below if any(row)]
    if not filled:
        action = "Fill in rows below the headings."
        problems.append(sheet.problem(number, "", "no rows", "at least one row", action))
    if len(filled) > limits.ROWS:
        expected = f"at most {limits.ROWS:,}"
        problems.append(sheet.problem(0, "", f"{len(filled):,} rows", expected, "Split the file."))
    if problems:
        return OwnTable(told.kind, sheet, (), {}), problems, notes
    rows, dashes = [], 0
    for n, row in filled:
        if len(row) > len(header) and any(row[len(header) :]):
            found = f"{len(row)} cells"
            action = "Put quotation marks around a cell that holds the separator."
            problems.append(sheet.problem(n, "", found, f"at most {len(header)}", action))
            continue
        cells = dict.fromkeys(schema.columns, "")
        cells |= {
            c: _valued(schema, c, row[i] if i < len(row) else "") for i, c in told.named.items()
        }
        dashes += sum(cell in _DASHES for cell in cells.values())
        given = {c: "" if v in _DASHES else v for c, v in cells.items() if c not in HELPERS}
        rows.append(OwnRow({c: given[c] for c in schema.columns}, given, n))
    if dashes:
        cells_are = "1 cell that holds only a dash was" if dashes == 1 else (
            f"{dashes:,} cells that hold only a dash were"
        )  # fmt: skip
        notes.append(f"{cells_are} read as empty.")
    headings = {c: header[i] for i, c in told.named.items()}
    return OwnTable(told.kind, sheet, tuple(rows), headings), problems, notes


def heading_problems(sheet: Sheet, told: Told, title: str) -> list[OwnProblem]:
    """Headings that stand twice."""
    number = sheet.numbers[told.header]
    seen: dict[str, int] = {}
    problems = []
    for index, column in told.named.items():
        if column in seen:
            first, second = column_letter(seen[column]), column_letter(index)
            found = f"the heading twice, in columns {first} and {second}"
            expected = f"every column of {title} once"
            heading = sheet.rows[told.header][index]
            problems.append(sheet.problem(number, heading, found, expected, "Delete one of them."))
        seen.setdefault(column, index)
    return problems


def closest(word: str, known: Iterable[str]) -> str:
    """The known word that a slip of the keyboard could have made, or ``""``."""
    # Imported here: only a file with problems needs it.
    from rapidfuzz import process  # noqa: PLC0415

    found = process.extractOne(word, list(known), score_cutoff=75)
    return str(found[0]) if found else ""


def _valued(schema: TableSchema, column: str, cell: str) -> str:
    """A cell with the label of a closed vocabulary turned into its value."""
    if not cell or column in HELPERS:
        return cell
    labels = schema.field(column).labels
    if not labels or cell in labels:
        return cell
    known = {folded(label): value for value, label in labels.items()}
    known |= {folded(value): value for value in labels}
    return known.get(folded(cell), cell)


def completed(table: OwnTable, source_id: str, today: date) -> OwnTable:
    """A table with what has a rule filled in.

    The source of every row is the file itself, whatever source it names: that is what tells it
    from the Atlas's rows everywhere. What the row says of its source goes into the locator.

    Args:
        table: The rows.
        source_id: The source that stands for the file.
        today: The day on which it was brought.
    """
    place = f"Sheet {table.sheet.name}, row" if table.sheet.name else "Row"
    rows = []
    for row in table.rows:
        cells = dict(row.cells)
        if "source_id" in cells and table.table != "sources":
            stated = "; ".join(filter(None, (cells["source_id"], cells["locator"])))
            cells["source_id"] = source_id
            where = f"{place} {row.number}" if row.number else "Worked out from the file"
            cells["locator"] = where + (f" (names: {stated})" if stated else "")
        for column, value in _rules(table.table, cells, today).items():
            cells[column] = cells[column] or value
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows))


def _rules(table: str, cells: Cells, today: date) -> dict[str, str]:
    """What an empty cell of a column means in rows of somebody's own."""
    if table == "collaboratives":
        return {"short_name": cells["name"], "summary": "No summary given.",
                **_dated(cells, today)}  # fmt: skip
    if table == "outcomes":
        has_value = "true" if cells["value"] else "false"
        precision = "exact" if cells["value"] else ""
        return {"is_shown": "true", "is_quantified": has_value, "precision": precision,
                **_dated(cells, today)}  # fmt: skip
    if table == "memberships":
        return {"role": "member"}
    if table == "footprints":
        return {"basis": "stated"}
    if table == "survey_questions":
        return {"base_basis": "stated" if cells["base_n"] else ""}
    if table == "survey_results":
        is_stated = cells["percent"] or cells["count"]
        return {"is_aggregate": "false", "sector_group": "all",
                "base_basis": "stated" if cells["base_n"] else "",
                "precision": "exact" if is_stated else ""}  # fmt: skip
    return {}


def _dated(cells: Cells, today: date) -> dict[str, str]:
    return {"as_of": today.isoformat(), "as_of_basis": "published" if cells["as_of"] else "read"}
