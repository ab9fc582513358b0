"""Where a value comes from: its row, its sources, what contradicts it, and what hangs on it.

A row has a reference, ``table/key``, that fits into an address; the cells of a key of several
columns are joined by ``~``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.catalogue import Catalogue
from data.citations import Citation, citation
from data.memo import kept
from data.row_names import row_name
from data.rows import Row, listed, text

SEPARATOR: Final = "~"


@dataclass(frozen=True)
class Tie:
    """Rows of another table that a row names, or that name it.

    Attributes:
        table: The other table.
        column: The column through which they hang together.
        refs: References of the rows.
        names: What to call each.
    """

    table: str
    column: str
    refs: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Lineage:
    """All that is known of where one row comes from.

    Attributes:
        ref: Its reference.
        table: Its table.
        name: What to call it.
        row: Its cells by column; missing values as they are in the table.
        citations: Its sources with the place in the first of them.
        discrepancies: Rows of ``discrepancies`` that speak of it.
        named: Rows that it names.
        naming: Rows that name it.
    """

    ref: str
    table: str
    name: str
    row: Mapping[str, Any]
    citations: tuple[Citation, ...]
    discrepancies: tuple[Row, ...]
    named: tuple[Tie, ...]
    naming: tuple[Tie, ...]


def ref(table: str, *key: object) -> str:
    """Reference of the row with a key, such as ``ref("footprints", "wyaat", "E54000054")``."""
    return f"{table}/{SEPARATOR.join(str(cell) for cell in key)}"


def refs_of(catalogue: Catalogue, table: str, rows: pd.DataFrame) -> list[str]:
    """The reference of each row of a frame that has the key columns of a table.

    Raises:
        KeyError: There is no such table, or the frame lacks a column of its key.
    """
    keys = catalogue.schema.tables[table].primary_key
    cells = [rows[column].astype("string").fillna("").tolist() for column in keys]
    return [f"{table}/{SEPARATOR.join(parts)}" for parts in zip(*cells, strict=True)]


@kept(1)
def _places(catalogue: Catalogue) -> Mapping[str, tuple[str, int]]:
    """Reference -> (table, position of the row)."""
    return {
        ref: (name, place)
        for name in catalogue.frames
        for place, ref in enumerate(refs_of(catalogue, name, catalogue.frames[name]))
    }


def known(catalogue: Catalogue, ref: str) -> bool:
    """Whether there is a row with a reference."""
    return ref in _places(catalogue)


def place_of(catalogue: Catalogue, ref: str) -> tuple[str, int] | None:
    """The table of the row with a reference and its position there; ``None`` for no such row."""
    return _places(catalogue).get(ref)


def names_of(catalogue: Catalogue, table: str, rows: pd.DataFrame) -> list[str]:
    """What to call each row of a frame that has the columns of a table."""
    cells = rows.to_dict("records")
    return [row_name(catalogue, table, {str(k): v for k, v in row.items()}) for row in cells]


def row_of(catalogue: Catalogue, ref: str) -> dict[str, Any]:
    """The cells of a row by column; missing values as they are in the table.

    Args:
        catalogue: The tables.
        ref: Its reference, ``table/key``.

    Raises:
        KeyError: There is no such row; the message says what is expected.
    """
    if ref not in _places(catalogue):
        raise KeyError(
            f"no row {ref!r}; expected a table and a key, such as "
            f"{next(iter(_places(catalogue)))!r}"
        )
    table, place = _places(catalogue)[ref]
    return {str(k): v for k, v in catalogue.frames[table].iloc[place].items()}


@kept(200)
def lineage(catalogue: Catalogue, ref: str) -> Lineage:
    """Where one row comes from.

    Args:
        catalogue: The tables.
        ref: Its reference, ``table/key``.

    Raises:
        KeyError: There is no such row; the message says what is expected.
    """
    row, table = row_of(catalogue, ref), ref.split("/", 1)[0]
    return Lineage(
        ref=ref,
        table=table,
        name=row_name(catalogue, table, row),
        row=row,
        citations=_citations(catalogue, table, row),
        discrepancies=_discrepancies(catalogue, table, row),
        named=_named(catalogue, table, row),
        naming=_naming(catalogue, table, row),
    )


def _citations(catalogue: Catalogue, table: str, row: Mapping[str, Any]) -> tuple[Citation, ...]:
    own = text(row.get("source_id"))
    ids = dict.fromkeys([own, *listed(row.get("other_source_ids")), *listed(row.get("source_ids"))])
    if table == "sources":
        return ()
    place = text(row.get("locator"))
    return tuple(
        citation(catalogue, key, (place,) if place and key == own else ()) for key in ids if key
    )


def _discrepancies(catalogue: Catalogue, table: str, row: Mapping[str, Any]) -> tuple[Row, ...]:
    """Those that the row names, and those whose subject it is."""
    frame = catalogue.frames["discrepancies"]
    if table == "discrepancies":
        return ()
    keys = catalogue.schema.tables[table].primary_key
    # The register writes question and option, and leaves the wave to the source.
    cells = [text(row[key]) for key in keys if key != "wave_id" or len(keys) == 1]
    names = ["/".join(cells[:count]) for count in range(1, len(cells) + 1)]
    subject = frame["subject_id"].isin(names)
    mine = (frame["subject_table"] == table).fillna(False) & subject.fillna(False)
    if "wave_id" in keys:
        # Another wave, such as the reader's own, has these questions and none of their trouble.
        sources = frame["source_ids"].fillna("").str.split(";")
        mine &= sources.map(lambda ids: text(row["source_id"]) in {i.strip() for i in ids})
    named = frame["discrepancy_id"] == text(row.get("discrepancy_id"))
    rows: list[Row] = frame[mine | named].to_dict("records")
    return tuple(rows)


def _tie(catalogue: Catalogue, table: str, column: str, rows: pd.DataFrame) -> Tie:
    names = tuple(names_of(catalogue, table, rows))
    return Tie(table, column, tuple(refs_of(catalogue, table, rows)), names)


def _named(catalogue: Catalogue, table: str, row: Mapping[str, Any]) -> tuple[Tie, ...]:
    found = []
    for own, other, theirs in catalogue.schema.tables[table].foreign_keys:
        if other in ("sources", "discrepancies") or any(pd.isna(row[c]) for c in own):
            continue
        frame = catalogue.frames[other or table]
        for column, key in zip(own, theirs, strict=True):
            frame = frame[frame[key] == row[column]]
        if not frame.empty:
            found.append(_tie(catalogue, other or table, own[-1], frame))
    return tuple(found)


def _naming(catalogue: Catalogue, table: str, row: Mapping[str, Any]) -> tuple[Tie, ...]:
    found = []
    for name, schema in catalogue.schema.tables.items():
        for own, other, theirs in schema.foreign_keys:
            if (other or name) != table:
                continue
            frame = catalogue.frames[name]
            for column, key in zip(own, theirs, strict=True):
                frame = frame[(frame[column] == row[key]).fillna(False)]
            if not frame.empty:
                found.append(_tie(catalogue, name, own[-1], frame))
    return tuple(found)
