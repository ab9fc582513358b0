"""Templates to fill in: headings, the survey's questions and options, and what may stand where."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from components.export.tabular import neutralised
from data.catalogue import Catalogue
from data.own.answers import questions_of
from data.own.kinds import ANSWERS, KINDS, SECTOR_COLUMN
from data.own.questions import SECTORS
from data.schema import TableSchema

# Filled in where they are left out; a template is shorter without them.
_LEFT_OUT = {
    "as_of_basis", "is_shown", "is_quantified", "discrepancy_id", "other_source_ids",
    "other_percent", "base_basis", "wave_id", "postcode_url", "option_order", "is_aggregate",
}  # fmt: skip
# Required in the tables, and given a value by a rule of data/own/tables.py where left empty.
_RULES = {"source_id", "locator", "as_of", "short_name", "summary", "role", "basis", "option"}

Rows = list[list[str]]


def headings(catalogue: Catalogue, kind: str) -> list[str]:
    """The headings of a template.

    Args:
        catalogue: The tables.
        kind: A key of ``KINDS``.
    """
    if kind == ANSWERS:
        return [SECTOR_COLUMN, *questions_of(catalogue)]
    columns = [c for c in catalogue.schema.tables[kind].columns if c not in _LEFT_OUT]
    return ["question", *columns] if kind == "survey_results" else columns


def rows(catalogue: Catalogue, kind: str) -> Rows:
    """The rows that a template comes with: every question, option and group of the survey."""
    if kind != "survey_results":
        return []
    columns = headings(catalogue, kind)
    labels = dict(
        catalogue.table("survey_questions")[["question_id", "label"]].itertuples(
            index=False, name=None
        )
    )
    known = catalogue.table("survey_results").sort_values("option_order", kind="stable")
    options = known.drop_duplicates(["question_id", "option_id"])
    order = {q: i for i, q in enumerate(labels)}
    options = options.sort_values("question_id", key=lambda c: c.map(order), kind="stable")
    found = []
    for row in options.to_dict("records"):
        for group in ("all", *SECTORS):
            cells = {
                "question": labels[row["question_id"]], "question_id": row["question_id"],
                "option_id": row["option_id"], "option": row["option"], "sector_group": group,
            }  # fmt: skip
            found.append([str(cells.get(c, "")) for c in columns])
    return found


def template_csv(catalogue: Catalogue, kind: str) -> bytes:
    """A template as CSV, in UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings(catalogue, kind))
    writer.writerows([neutralised(cell) for cell in row] for row in rows(catalogue, kind))
    return text.getvalue().encode("utf-8-sig")


def explanation(catalogue: Catalogue, kind: str) -> Rows:
    """What each column means: heading, whether it must be filled in, meaning, values."""
    if kind == ANSWERS:
        sectors = [SECTOR_COLUMN, "no", "Sector of the respondent", ", ".join(SECTORS)]
        how = {"multiple": "several, with semicolons", "top_three": "up to three, with semicolons",
               "number": "a number"}  # fmt: skip
        asked = catalogue.table("survey_questions").drop_duplicates("question_id", keep="last")
        labels = dict(asked[["question_id", "label"]].itertuples(index=False, name=None))
        return [
            sectors,
            *(
                [q.question_id, "no", f"{labels[q.question_id]} ({how.get(q.kind, 'one answer')})",
                 "" if q.kind == "number" else ", ".join([*q.options, "other"])]
                for q in questions_of(catalogue).values()
            ),
        ]  # fmt: skip
    schema = catalogue.schema.tables[kind]
    lines = []
    for column in headings(catalogue, kind):
        if column == "question":
            lines.append([column, "no", "The question in words; a help, not read.", ""])
            continue
        field = schema.field(column)
        must = "yes" if field.required and column not in _RULES else "no"
        meaning = f"{field.title}: {field.description}"
        lines.append([column, must, meaning, ", ".join(field.labels)])
    return lines


def template_xlsx(catalogue: Catalogue, kind: str) -> bytes:
    """A template as a workbook: a sheet to fill in, and one that explains every column."""
    # Imported here: only who asks for a workbook needs it.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    from components.export.workbook_bytes import to_bytes  # noqa: PLC0415

    book = Workbook()
    sheet: Any = book.active
    sheet.title = kind
    columns = headings(catalogue, kind)
    _write(sheet, [columns, *rows(catalogue, kind)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, start=1):
        width = 60 if column in {"question", "option", "name", "metric", "summary"} else 18
        sheet.column_dimensions[sheet.cell(1, index).column_letter].width = width
    if kind != ANSWERS:
        _choices(sheet, catalogue.schema.tables[kind], columns)
    else:
        _choice(sheet, 1, SECTORS)
    leaflet = book.create_sheet("Read me")
    intro = [
        [f"{KINDS[kind]}: fill in the sheet “{kind}”, save, and upload it under “Bring your own”."],
        ["An empty cell means: not stated. Delete rows and columns that you do not need."],
        [],
        ["Heading", "Must be filled in", "What it means", "Values"],
    ]
    _write(leaflet, [*intro, *explanation(catalogue, kind)])
    for cell in leaflet[4]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (26, 18, 70, 70), strict=True):
        leaflet.column_dimensions[letter].width = width
    for row in leaflet.iter_rows(min_row=5):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    return to_bytes(book)


def _write(sheet: Any, lines: Sequence[Sequence[str]]) -> None:
    for line in lines:
        sheet.append([neutralised(cell) for cell in line])


def _choices(sheet: Any, schema: TableSchema, columns: Sequence[str]) -> None:
    for index, column in enumerate(columns, start=1):
        if column in schema.columns and schema.field(column).labels:
            _choice(sheet, index, tuple(schema.field(column).labels))


def _choice(sheet: Any, column: int, values: Sequence[str]) -> None:
    """A list to choose from in a column; spreadsheets take at most 255 characters of it."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    listed = ",".join(values)
    if len(listed) <= 255:
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        letter = sheet.cell(1, column).column_letter
        rule.add(f"{letter}2:{letter}5000")
        sheet.add_data_validation(rule)
