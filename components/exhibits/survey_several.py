"""Several questions of one kind in one chart: a row for each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from components import theme
from components.exhibits.charts import stated
from components.exhibits.survey_builder import (
    caveats_for,
    details_for,
    present,
    rows_for,
)
from components.exhibits.survey_words import bases_of, change_notes
from components.exhibits.told import Told, of_result, result_ref, under
from components.exhibits.unmoved import NO_SPLIT
from data.catalogue import Catalogue
from data.counted import STATED, whence_of
from data.selection import Selection
from data.survey import unpublished_options

_MOST_SPLIT = 12
"""More values of sectors than these are read in the table: a wave may split every answer."""


@dataclass(frozen=True, eq=False)
class Several:
    """Rows of several questions and what has to be said beside them.

    Attributes:
        frame: Published shares with ``row``, the name of the question in the chart.
        caveats: Caveat keys, each once.
        notes: Values of sectors, second values and changes, which the picture does not draw.
        details: Options not published, how bases are known, the wording used.
        base: The bases in words.
    """

    frame: pd.DataFrame
    caveats: tuple[str, ...]
    notes: tuple[str, ...]
    details: tuple[str, ...]
    base: str

    @property
    def everyone(self) -> pd.DataFrame:
        """The rows of all respondents."""
        return self.frame[self.frame["sector_group"] == "all"]


def several(catalogue: Catalogue, selection: Selection, names: dict[str, str]) -> Several:
    """The questions that the wave has.

    Args:
        catalogue: The tables.
        selection: Filters.
        names: Question -> name of its row, in order.
    """
    asked = present(catalogue, selection, names)
    parts: list[pd.DataFrame] = []
    caveats: list[str] = []
    changes: list[str] = []
    details: list[str] = []
    for name, one in asked.values():
        rows = rows_for(catalogue, selection, one)
        parts.append(rows[rows["percent"].notna()].assign(row=name))
        caveats.extend(caveats_for(catalogue, selection, one, rows))
        missing = unpublished_options(one.results)
        if missing:
            details.append(f"{name}: not published: {'; '.join(m.lower() for m in missing)}.")
        details.extend(under(name, details_for(catalogue, one)))
        changes.extend(change_notes(one, name))
    frame = pd.concat(parts, ignore_index=True)
    if set(selection.sector) & set(frame["sector_group"]):
        # One of the questions is split, and its values are said.
        caveats = [c for c in caveats if c != NO_SPLIT]
    return Several(
        frame=frame,
        caveats=tuple(dict.fromkeys(caveats)),
        notes=(*_aside(catalogue, frame), *changes),
        details=tuple(details),
        base=bases_of(asked),
    )


def _aside(catalogue: Catalogue, frame: pd.DataFrame) -> tuple[str, ...]:
    """Second values and values of single sectors, in sentences."""
    second = frame[frame["other_percent"].notna()]
    also = tuple(
        of_result(
            f"{row['row']}, {row['option'].lower()}: {theme.percent(float(row['other_percent']))} "
            f"is stated beside the {stated(row)} drawn."
            + (f" Rule: {row['rule'].partition('. ')[2]}" if isinstance(row["rule"], str) else ""),
            row,
        )
        for row in second.to_dict("records")
    )
    split = frame[frame["sector_group"] != "all"]
    if len(split) > _MOST_SPLIT:
        told = (
            f"{by}:{cell}" for by in ("question_id", "sector_group") for cell in split[by].unique()
        )
        refs = [result_ref(row) for row in split.to_dict("records")]
        said = f"{len(split)} values of sectors are known: “Table and CSV” lists them."
        return (*also, Told(said, whence_of(catalogue, refs, *told, f"precision:{STATED}")))
    return also + tuple(
        of_result(
            f"{row['row']}, {row['group'].lower()} collaboratives: "
            f"{row['option'].lower()} {stated(row)}.",
            row,
        )
        for row in split.to_dict("records")
    )
