"""What the tables hold, in numbers, with how much of it the reader brought."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.ui import current
from components.ui.ways import link
from data import Catalogue
from data.counted import STATED, Counted, rows_counted, whence_of
from data.lineage import ref, refs_of
from data.memo import kept
from data.survey import collaboratives_thought, published, wave_that_thinks


@kept(1)
def counted(tables: Catalogue) -> Mapping[str, Counted]:
    """What is counted -> the rows that are counted.

    A row of the survey without a value and an outcome that a rule set aside are not counted. Where
    no filter says which rows of the survey have one, the whole table stands for them.
    """
    refs = refs_of(tables, "survey_results", published(tables.table("survey_results")))
    values = whence_of(tables, refs, f"precision:{STATED}")
    return {
        "Collaboratives": Counted("collaboratives"),
        "Organisations": Counted("organisations"),
        "Outcomes": Counted("outcomes", ("is_shown:true",)),
        "Survey values": values if isinstance(values, Counted) else Counted("survey_results"),
        "Discrepancies": Counted("discrepancies"),
        "Sources": Counted("sources"),
    }


def numbers(tables: Catalogue) -> None:
    """What the tables hold, in six numbers."""
    ways, found = counted(tables), counts(tables)
    place = st.container(key="held")
    for start in (0, 3):
        names = list(ways)[start : start + 3]
        for column, name in zip(place.columns(3, wrap=False), names, strict=True):
            count, mine = found[name]
            # The name leads to the rows that are counted.
            column.page_link(
                current.link("tables"), label=f":blue[{name}]", query_params=ways[name].to_params()
            )
            column.metric(
                name, f"{count:,}", f"{mine:,} your own" if mine else None,
                delta_color="off", delta_arrow="off", label_visibility="collapsed",
            )  # fmt: skip
    estimate = collaboratives_thought(tables)
    thought = f"about {estimate}" if estimate else "an unknown number of"
    way = link(wave_that_thinks(tables), f"{thought} collaboratives")
    st.caption(
        f"By the survey report there are {thought} collaboratives in England: the Atlas holds "
        f"those that its sources name. {way}"
    )


@kept(1)
def counts(tables: Catalogue) -> Mapping[str, tuple[int, int]]:
    """What is counted -> how many rows there are, and how many of them the reader brought."""
    found = {name: (way.table, rows_counted(tables, way)) for name, way in counted(tables).items()}
    table, rows = found["Survey values"]
    found["Survey values"] = table, published(rows)
    return {name: (len(rows), _own(tables, table, rows)) for name, (table, rows) in found.items()}


def _own(tables: Catalogue, name: str, rows: pd.DataFrame) -> int:
    """How many of some rows of a table the reader brought."""
    own = {ref(name, *key) for key in tables.own.get(name, ())}
    return sum(one in own for one in refs_of(tables, name, rows)) if own else 0
