"""Cells as people read them: labels for codes, sources by their names; files keep the codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.catalogue import Catalogue
from data.citations import citation
from data.memo import kept
from data.schema import package_schema

_SOURCES: Final = ("source_id", "source_ids", "other_source_ids")
LINK: Final = "source_url"
"""Column added by :func:`with_sources`: the address of the source of a row."""


@lru_cache(maxsize=256)
def vocabulary(columns: tuple[str, ...], column: str) -> Mapping[str, str]:
    """The closed vocabulary of a column: code -> label, empty where it has none.

    Tables that share a name for a column may have words of their own for a code: those of the
    table count that has the most columns in common with the frame.

    Args:
        columns: All columns of the frame.
        column: One of them; ``role_first`` and ``role_second`` have the words of ``role``.
    """
    name = column.removesuffix("_first").removesuffix("_second")
    best: tuple[int, Mapping[str, str]] = (0, MappingProxyType({}))
    for table in package_schema().tables.values():
        for field in table.fields:
            common = len(set(table.columns) & {*columns, name})
            if field.name == name and field.labels and common > best[0]:
                best = (common, field.labels)
    return best[1]


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with the labels of codes in place of them; all else as it is.

    Args:
        frame: Any frame whose columns are those of tables or derived by exhibits.
    """
    columns = tuple(str(c) for c in frame.columns)
    said: dict[str, pd.Series] = {}
    for column in columns:
        words = vocabulary(columns, column)
        if words:
            codes = frame[column].astype("string")
            said[column] = codes.map(lambda v, w=words: w.get(v, v), na_action="ignore")
    if "subject_table" in columns:
        titles = {name: table.title for name, table in package_schema().tables.items()}
        said["subject_table"] = frame["subject_table"].map(
            lambda v: titles.get(v, v), na_action="ignore"
        )
    return frame.assign(**said)


@kept(1)
def _named(catalogue: Catalogue) -> Mapping[str, tuple[str, str]]:
    """Source id -> the source in words, and its address."""
    every = [citation(catalogue, key) for key in catalogue.table("sources")["source_id"]]
    return MappingProxyType({c.source_id: (c.plain, c.url) for c in every})


def _all_named(catalogue: Catalogue, ids: Iterable[str]) -> str:
    known = _named(catalogue)
    return "; ".join(known[i][0] if i in known else i for i in ids)


def with_sources(catalogue: Catalogue, frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with sources by their names, and the address of the first beside them.

    Args:
        catalogue: The tables.
        frame: Rows that may have ``source_id`` or ``source_ids``; a table of the sources
            themselves, which has ``publisher``, keeps its ids.

    Returns:
        The rows with the column ``source_url`` (absent where no address is known) behind that of
        the source.
    """
    mine = [c for c in _SOURCES if c in frame]
    if not mine or "publisher" in frame:
        return frame
    known = _named(catalogue)
    cells = {c: frame[c].astype("string").fillna("").str.split(";") for c in mine}
    ids = {c: [[i.strip() for i in cell if i.strip()] for cell in cells[c]] for c in mine}
    found = frame.assign(**{
        c: pd.array([_all_named(catalogue, i) or None for i in ids[c]], dtype="string")
        for c in mine
    })  # fmt: skip
    firsts = [known.get(i[0], ("", ""))[1] if i else "" for i in ids[mine[0]]]
    place = list(found.columns).index(mine[0]) + 1
    urls = pd.Series([url or None for url in firsts], index=found.index, dtype="string")
    found.insert(place, LINK, urls)
    return found
