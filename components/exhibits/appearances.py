"""In which exhibits a row of a table appears. Pure: the exhibits are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from components.exhibits.base import TOLD_BY, Built
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.lineage import known as known_row
from data.lineage import ref as ref_of
from data.lineage import refs_of
from data.memo import kept

_PLACE = ("source_id", "locator")


def rows_in(catalogue: Catalogue, frame: pd.DataFrame) -> Iterator[str]:
    """References of the rows of tables that a frame shows.

    A row is known by its key where the frame has it, and else by its cells: its source, its place
    there and at least one cell more.

    Args:
        catalogue: The tables.
        frame: The frame of an exhibit.
    """
    for column, table in (("outcome_ids", "outcomes"), ("source_ids", "sources")):
        if column in frame:
            cells = frame[column].dropna().astype(str)
            yield from (f"{table}/{k.strip()}" for c in cells for k in c.split(";") if k.strip())
    if "question_id" in frame:
        yield from _answers(catalogue, frame)
    seen: dict[str, frozenset[str]] = {}
    for name, schema in catalogue.schema.tables.items():
        if set(schema.primary_key) <= set(frame.columns):
            yield from refs_of(catalogue, name, frame.dropna(subset=list(schema.primary_key)))
        elif set(_PLACE) <= set(frame.columns) & set(schema.columns):
            yield from _by_cells(catalogue, name, frame, seen)


def _answers(catalogue: Catalogue, frame: pd.DataFrame) -> Iterator[str]:
    """Questions shown, and their options for every group of respondents: a filter shows these."""
    for name in ("survey_questions", "survey_results"):
        table = catalogue.frames[name]
        shown = table["question_id"].isin(frame["question_id"])
        if name == "survey_results" and "option" in frame:
            shown &= table["option"].isin(frame["option"])
        yield from refs_of(catalogue, name, table[shown])


def _texts(frame: pd.DataFrame, columns: list[str]) -> list[str]:
    """The cells of some columns of each row as one text."""
    parts = [frame[c].astype("string").fillna("").tolist() for c in columns]
    return ["\t".join(cells) for cells in zip(*parts, strict=True)]


def _cells(frame: pd.DataFrame, column: str) -> frozenset[str]:
    """The different cells of a column as text, without empty ones."""
    return frozenset(frame[column].dropna().unique().astype(str))


@kept(400)
def _known(catalogue: Catalogue, table: str, column: str) -> frozenset[str]:
    return _cells(catalogue.frames[table], column)


def _common(
    catalogue: Catalogue, name: str, frame: pd.DataFrame, seen: dict[str, frozenset[str]]
) -> list[str]:
    """Columns by which the rows of a frame are known as those of a table; none where they are not.

    All cells of such a column stand in the table too: labels in the place of values do not. What
    is read of the frame is put into ``seen``, as every table asks for the same.
    """
    table = catalogue.frames[name]
    shared = []
    for column in frame.columns:
        if column in table:
            if column not in seen:
                seen[column] = _cells(frame, column)
            if seen[column] <= _known(catalogue, name, column):
                shared.append(column)
    return shared if set(_PLACE) <= set(shared) and len(shared) > len(_PLACE) else []


def _by_cells(
    catalogue: Catalogue, name: str, frame: pd.DataFrame, seen: dict[str, frozenset[str]]
) -> Iterator[str]:
    table = catalogue.frames[name]
    common = _common(catalogue, name, frame, seen)
    if common:
        shown = set(_texts(frame, common))
        yield from refs_of(catalogue, name, table[[t in shown for t in _texts(table, common)]])


def rows_told(catalogue: Catalogue, built: Built) -> Iterator[str]:
    """References of the rows to which the notes and caveats of an exhibit lead, one by one.

    Args:
        catalogue: The tables.
        built: The exhibit.
    """
    for line in (*built.notes, *built.details):
        if isinstance(line, Told) and isinstance(line.whence, str):
            yield line.whence
    for number in built.noted:
        refs = number.refs(catalogue)
        yield from refs if len(refs) == 1 else ()
    yield from (ref_of("glossary", TOLD_BY[key]) for key in built.caveats if key in TOLD_BY)


def appearances(catalogue: Catalogue, shown: Mapping[str, Built]) -> Mapping[str, tuple[str, ...]]:
    """Which exhibits show which rows, or say what they say.

    Args:
        catalogue: The tables.
        shown: Exhibit id -> what it is when nothing is filtered.

    Returns:
        Reference of a row -> ids of the exhibits that show it, in the order of ``shown``.
    """
    found: dict[str, list[str]] = {}
    for exhibit_id, built in shown.items():
        for ref in dict.fromkeys((*rows_in(catalogue, built.frame), *rows_told(catalogue, built))):
            found.setdefault(ref, []).append(exhibit_id)
    return MappingProxyType({ref: tuple(ids) for ref, ids in found.items()})


_FINEST = (
    "outcomes", "survey_results", "insights", "priorities", "discrepancies", "milestones",
    "footprints", "memberships", "successions", "sources", "glossary", "organisations",
    "collaboratives", "survey_questions", "icbs",
)  # fmt: skip
"""Tables, the one whose rows say most first: a frame with several keys is about the first."""


def row_refs(catalogue: Catalogue, frame: pd.DataFrame) -> list[str]:
    """For each row of a frame, the reference of the table's row that it shows; ``""`` for none.

    Args:
        catalogue: The tables.
        frame: The frame of an exhibit, or rows of a table.
    """
    if frame.empty:
        return []
    answers = {"question_id", "option", "group"} <= set(frame.columns)
    if answers:
        return _answer_refs(catalogue, frame)
    prints = _footprint_refs(catalogue, frame)
    if prints:
        return prints
    seen: dict[str, frozenset[str]] = {}
    for name in _FINEST:
        keys = set(catalogue.schema.tables[name].primary_key)
        if name == "sources":
            # Every row names its source; one that is about it has its publisher too.
            keys.add("publisher")
        if keys <= set(frame.columns):
            known = set(refs_of(catalogue, name, catalogue.frames[name]))
            return [ref if ref in known else "" for ref in refs_of(catalogue, name, frame)]
        common = _common(catalogue, name, frame, seen)
        if common:
            table = catalogue.frames[name]
            refs = dict(zip(_texts(table, common), refs_of(catalogue, name, table), strict=True))
            return [refs.get(shown, "") for shown in _texts(frame, common)]
    return [""] * len(frame)


def _footprint_refs(catalogue: Catalogue, frame: pd.DataFrame) -> list[str]:
    """References of footprints by name and system; none where the frame is of something else.

    Many have the same source and place in it, and those that were carried over to areas of April
    2026 are the rows that they rest on, of which the first is told.
    """
    code = "carried_from" if "carried_from" in frame else "icb_code"
    if not {"name", code, *_PLACE} <= set(frame.columns):
        return []
    every = catalogue.frames["collaboratives"].drop_duplicates("name", keep=False)
    ids = dict(zip(every["name"], every["collaborative_id"], strict=True))
    if not set(frame["name"]) <= set(ids):
        return []
    codes = frame[code].astype("string").fillna("").str.split(";").str[0]
    refs = [ref_of("footprints", ids[n], c) for n, c in zip(frame["name"], codes, strict=True)]
    return [found if known_row(catalogue, found) else "" for found in refs]


def _answer_refs(catalogue: Catalogue, frame: pd.DataFrame) -> list[str]:
    """References of results of the survey, by question, option and label of the respondents."""
    table = catalogue.frames["survey_results"]
    labels = dict(catalogue.schema.labels("survey_results", "sector_group"))
    groups = table["sector_group"].map(labels)
    columns = [table["question_id"], table["option"], groups]
    asked = [frame["question_id"], frame["option"], frame["group"]]
    if "source_id" in frame:
        # Two waves ask the same; each has a source of its own.
        columns, asked = [*columns, table["source_id"]], [*asked, frame["source_id"]]
    refs = dict(
        zip(zip(*columns, strict=True), refs_of(catalogue, "survey_results", table), strict=True)
    )
    return [refs.get(key, "") for key in zip(*asked, strict=True)]
