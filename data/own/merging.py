"""Own rows beside the Atlas's, in a new catalogue that belongs to one session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from data.catalogue import OWN_TIER, OWN_TITLE, Catalogue
from data.own.fieldwork import in_order
from data.own.kinds import TABLES
from data.own.sheets import OwnProblem, Upload, shown
from data.own.tables import Cells, OwnRow, OwnTable
from data.schema import Field, TableSchema

MARK: Final = " (your own)"
"""What the names of own rows end with, wherever they are shown."""

_MARKED = {
    "sources": ("title",),
    "organisations": ("name",),
    "collaboratives": ("name", "short_name"),
    "outcomes": ("metric",),
    "priorities": ("priority",),
    "survey_waves": ("title",),
}


@dataclass(frozen=True)
class OwnFile:
    """A file that was brought.

    Attributes:
        label: Its name.
        source_id: The source that stands for it.
        rows: Table -> rows added.
        ids: Collaboratives and waves that its rows are of, to show where they can be seen.
        notes: How it was read.
        sources: Sources that it describes itself.
    """

    label: str
    source_id: str
    rows: Mapping[str, int]
    ids: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class OwnData:
    """Everything that a session brought; immutable, and gone when the session lets go of it.

    Attributes:
        files: The files, in order.
        catalogue: The Atlas's tables with the own rows.
        rows: Table -> own rows as they would be contributed: names without the mark, and the
            source that the row itself names where it names one.
    """

    files: tuple[OwnFile, ...]
    catalogue: Catalogue = field(repr=False)
    rows: Mapping[str, tuple[Cells, ...]] = field(repr=False)


def source_for(catalogue: Catalogue) -> str:
    """The id of the source that is to stand for the next file."""
    taken = set(catalogue.table("sources")["source_id"])
    number = 1
    while f"own-file-{number}" in taken:
        number += 1
    return f"own-file-{number}"


def without_known(catalogue: Catalogue, table: OwnTable) -> tuple[OwnTable, int, list[OwnProblem]]:
    """Rows that the catalogue does not hold already.

    Returns:
        The new rows; how many were left out because the catalogue holds the same; and a problem
        for each row whose key the catalogue uses for something else.
    """
    schema = catalogue.schema.tables[table.table]
    frame = catalogue.table(table.table)
    known = {
        tuple(_text(row[k]) for k in schema.primary_key): row for row in frame.to_dict("records")
    }
    files = _file_names(catalogue)
    kept: list[OwnRow] = []
    problems: list[OwnProblem] = []
    for row in table.rows:
        key = tuple(row.cells[k] for k in schema.primary_key)
        there = known.get(key)
        if there is None:
            kept.append(row)
            continue
        given = [f for f in schema.fields if f.name in table.headings]
        if all(_same(f, row.cells[f.name], there[f.name]) for f in given):
            continue
        heading = " + ".join(table.headings.get(k, k) for k in schema.primary_key)
        mine = files.get(str(there.get("source_id", "")), "")
        holder = f"your own file {mine}" if mine else "the Atlas"
        action = (
            f"To put this file in its place, name it {mine} and upload it again; or remove that "
            "file first; or choose another id."
            if mine
            else "Choose another id: rows of the Atlas are not replaced here. To correct one, "
            "propose a change of its table."
        )
        found = f"{shown(', '.join(key))}, which {holder} has already"
        wanted = "an id that no other file has" if mine else "an id of your own"
        problems.append(table.sheet.problem(row.number, heading, found, wanted, action))
    left_out = len(table.rows) - len(kept) - len(problems)
    return OwnTable(table.table, table.sheet, tuple(kept), table.headings), left_out, problems


def _file_names(catalogue: Catalogue) -> dict[str, str]:
    """Source that stands for a file that was brought -> the name of the file."""
    sources = catalogue.frames["sources"]
    mine = sources[sources["tier"].eq(OWN_TIER)]
    titles = mine[["source_id", "title"]].itertuples(index=False, name=None)
    return {source: str(title).removeprefix(OWN_TITLE) for source, title in titles}


def merged(
    catalogue: Catalogue,
    before: OwnData | None,
    upload: Upload,
    tables: Sequence[OwnTable],
    source_id: str,
    notes: Iterable[str],
    today: date,
) -> OwnData:
    """A new catalogue with checked rows added; the one given is left as it is.

    Args:
        catalogue: The tables with what was brought before.
        before: What was brought before, or ``None``.
        upload: The file.
        tables: Its completed and checked tables.
        source_id: The source that stands for it.
        notes: How it was read.
        today: The day on which it was brought.
    """
    source: Cells = {
        "source_id": source_id, "title": f"{OWN_TITLE}{upload.label}",
        "publisher": "A reader of the Atlas, not published", "kind": "dataset", "tier": OWN_TIER,
        "accessed": today.isoformat(),
    }  # fmt: skip
    added: dict[str, list[Cells]] = {"sources": [source]}
    given: dict[str, list[Cells]] = {
        t: list(rows) for t, rows in (before.rows if before else {}).items()
    }
    given.setdefault("sources", []).append(source)
    for table in tables:
        marked = _MARKED.get(table.table, ())
        for row in table.rows:
            cells = {c: v + MARK if c in marked and v else v for c, v in row.cells.items()}
            added.setdefault(table.table, []).append(cells)
            given.setdefault(table.table, []).append(_contributed(row))
    frames, own = dict(catalogue.frames), dict(catalogue.own)
    for name, rows in added.items():
        schema = catalogue.schema.tables[name]
        frames[name] = pd.concat([catalogue.table(name), _typed(schema, rows)], ignore_index=True)
        if name == "survey_waves":
            # The last row is the newest wave wherever one is chosen.
            frames[name] = in_order(frames[name])
        keys = frozenset(tuple(r.get(k, "") for k in schema.primary_key) for r in rows)
        own[name] = own.get(name, frozenset()) | keys
    ids = {
        column: tuple(dict.fromkeys(r[column] for t in tables for row in t.rows
                                    if (r := row.cells).get(column)))
        for column in ("collaborative_id", "wave_id")
    }  # fmt: skip
    counts = {
        t: sum(len(x.rows) for x in tables if x.table == t)
        for t in sorted({x.table for x in tables}, key=TABLES.index)
    }
    file = OwnFile(
        upload.label, source_id, MappingProxyType(counts), MappingProxyType(ids), tuple(notes),
        tuple(r.cells["source_id"] for t in tables if t.table == "sources" for r in t.rows),
    )  # fmt: skip
    return OwnData(
        (*(before.files if before else ()), file),
        Catalogue(
            catalogue.schema,
            MappingProxyType(frames),
            MappingProxyType(own),
            catalogue.curated or catalogue,
        ),
        MappingProxyType({name: tuple(rows) for name, rows in given.items()}),
    )


def _contributed(row: OwnRow) -> Cells:
    stated = {c: row.given[c] for c in ("source_id", "locator") if row.given.get(c)}
    return {**row.cells, **stated}


def _typed(schema: TableSchema, rows: list[Cells]) -> pd.DataFrame:
    """Checked cells as a frame of the table's types; an empty cell is a missing value."""
    columns = {}
    for column in schema.fields:
        cells = pd.Series([r.get(column.name, "") or None for r in rows], dtype="string")
        if column.dtype in {"Int64", "Float64"}:
            columns[column.name] = pd.to_numeric(cells).astype(
                pd.api.types.pandas_dtype(column.dtype)
            )
        elif column.dtype == "boolean":
            truth = cells.str.lower().map({"true": True, "false": False})
            columns[column.name] = truth.astype("boolean")
        else:
            columns[column.name] = cells
    return pd.DataFrame(columns)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _same(column: Field, cell: str, value: Any) -> bool:
    """Whether a cell says what the catalogue holds."""
    # The mark of one's own is not in the file that is brought again.
    held = _text(value).removesuffix(MARK)
    if column.dtype == "boolean":
        return cell.lower() == held.lower()
    try:
        return cell == held or (column.dtype != "string" and float(cell) == float(held))
    except ValueError:
        return False
