"""One file taken away again from what a session brought, with those whose rows build on it."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from data.catalogue import Catalogue
from data.own.merging import OwnData, OwnFile


def going_with(data: OwnData, source_id: str) -> tuple[OwnFile, ...]:
    """Files that go when one goes: itself, and those with rows that name one of its rows.

    Args:
        data: What the session brought.
        source_id: The source that stands for the file.
    """
    gone = {source_id}
    tables = data.catalogue
    own = {f.source_id for f in data.files}
    while True:
        found = set()
        for name, schema in tables.schema.tables.items():
            rows = tables.frames[name]
            if "source_id" not in rows or name == "sources":
                continue
            mine = rows[rows["source_id"].isin(own - gone)]
            for columns, other, theirs in schema.foreign_keys:
                target = tables.frames[other or name]
                if mine.empty or other == "sources" or "source_id" not in target:
                    continue
                lost = _keys(target[target["source_id"].isin(gone)], theirs)
                named = _keys(mine, columns)
                hit = [key in lost for key in named] if lost else []
                found |= set(mine.loc[hit, "source_id"]) if any(hit) else set()
        if not found:
            return tuple(f for f in data.files if f.source_id in gone)
        gone |= found


def without(data: OwnData, source_id: str) -> OwnData | None:
    """What the session brought without one file and those that go with it.

    Args:
        data: What the session brought; left as it is.
        source_id: The source that stands for the file.

    Returns:
        The rest, or ``None`` where nothing is left.

    Raises:
        KeyError: No file has this source.
    """
    if source_id not in {f.source_id for f in data.files}:
        raise KeyError(f"expected the source of a file that was brought, found {source_id!r}")
    gone = {f.source_id for f in going_with(data, source_id)}
    files = tuple(f for f in data.files if f.source_id not in gone)
    if not files:
        return None
    frames, own = dict(data.catalogue.frames), dict(data.catalogue.own)
    rows = dict(data.rows)
    # Sources last: one that the file describes stays where a row that stays names it.
    for name in sorted(data.catalogue.own, key=lambda table: table == "sources"):
        schema, frame = data.catalogue.schema.tables[name], frames[name]
        if name == "sources":
            described = {s for f in data.files if f.source_id in gone for s in f.sources}
            named = {r.get("source_id") for t in rows if t != "sources" for r in rows[t]}
            gone |= described - named
        goes = frame["source_id"].isin(gone)
        keys = set(_keys(frame[goes], schema.primary_key))
        frames[name] = frame[~goes].reset_index(drop=True)
        own[name] = frozenset(data.catalogue.own[name] - keys)
        rows[name] = tuple(
            r for r in rows.get(name, ()) if tuple(r.get(k, "") for k in schema.primary_key)
            not in keys
        )  # fmt: skip
    held = data.catalogue
    catalogue = Catalogue(
        held.schema, MappingProxyType(frames), MappingProxyType(own), held.curated
    )
    return OwnData(files, catalogue, MappingProxyType(rows))


def _keys(rows: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The cells of some columns, row by row, as text."""
    cells = [rows[c].astype("string").fillna("").tolist() for c in columns]
    return list(zip(*cells, strict=True))
