"""One file taken away again from what a session brought, with those whose rows build on it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept
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
    rest = _less(data, {f.source_id for f in going_with(data, source_id)})
    return rest if rest.files else None


def set_aside(data: OwnData, source_id: str) -> OwnData:
    """What the session brought without one file, while another takes its place.

    Rows of other files that build on it stay: ``loose`` says which of them nothing holds then.

    Args:
        data: What the session brought; left as it is.
        source_id: The source that stands for the file.
    """
    return _less(data, {source_id})


def loose(data: OwnData) -> Iterator[tuple[OwnFile, str, str, str]]:
    """Own rows that name a row that is not there.

    Yields:
        The file with the row, the table that should hold what it names, column, and value.
    """
    tables = data.catalogue
    files = {f.source_id: f for f in data.files}
    for name, schema in tables.schema.tables.items():
        rows = tables.frames[name]
        if name == "sources" or "source_id" not in rows:
            continue
        mine = rows[rows["source_id"].isin(files)]
        for columns, other, theirs in schema.foreign_keys:
            if mine.empty or other == "sources":
                continue
            known = set(_keys(tables.frames[other or name], theirs))
            for key, source in zip(_keys(mine, columns), mine["source_id"], strict=True):
                if any(key) and key not in known:
                    yield files[source], other or name, " + ".join(columns), ", ".join(key)


def _less(data: OwnData, gone: set[str]) -> OwnData:
    files = tuple(f for f in data.files if f.source_id not in gone)
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


@kept(24)
def without_rows(catalogue: Catalogue, sources: frozenset[str]) -> Catalogue:
    """The tables without the rows of some own files, and without own rows that name one of those.

    Unlike ``without`` it leaves what else the files of those other rows hold: it answers what is
    shown without a file, not what a person is left with.

    Args:
        catalogue: The tables with own rows.
        sources: Sources that stand for the files.
    """
    own_sources = catalogue.own_sources
    gone: dict[str, pd.Series[bool]] = {}
    for name in catalogue.own:
        frame = catalogue.frames[name]
        gone[name] = frame["source_id"].isin(sources)
    is_settled = False
    while not is_settled:
        is_settled = True
        for name, lost in gone.items():
            frame = catalogue.frames[name]
            if name == "sources":
                continue
            mine = frame["source_id"].isin(own_sources) & ~lost
            for columns, other, theirs in catalogue.schema.tables[name].foreign_keys:
                target = other or name
                if target == "sources" or target not in gone or not gone[target].any():
                    continue
                keys = set(_keys(catalogue.frames[target][gone[target]], theirs))
                hit = mine & pd.Series(
                    [key in keys for key in _keys(frame, columns)], index=frame.index, dtype=bool
                )
                if hit.any():
                    gone[name] |= hit
                    mine, is_settled = mine & ~hit, False
    frames = dict(catalogue.frames)
    own: dict[str, frozenset[tuple[str, ...]]] = {}
    for name, lost in gone.items():
        frame = frames[name]
        keys = set(_keys(frame[lost], catalogue.schema.tables[name].primary_key))
        left = frozenset(catalogue.own[name] - keys)
        frames[name] = frame[~lost].reset_index(drop=True)
        own |= {name: left} if left else {}
    if not own and catalogue.curated is not None:
        return catalogue.curated
    return Catalogue(
        catalogue.schema, MappingProxyType(frames), MappingProxyType(own), catalogue.curated
    )


def _keys(rows: pd.DataFrame, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The cells of some columns, row by row, as text."""
    cells = [rows[c].astype("string").fillna("").tolist() for c in columns]
    return list(zip(*cells, strict=True))
