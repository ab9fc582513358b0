"""What the tables hold, in numbers, with how much of it the reader brought."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from components.ui import current
from components.ui.ways import link
from data import Catalogue
from data.counted import STATED, Counted, rows_counted, whence_of
from data.lineage import ref, refs_of
from data.survey import collaboratives_thought, wave_that_thinks


def counted(tables: Catalogue) -> dict[str, Counted]:
    """What is counted -> the rows that are counted.

    A row of the survey without a value and an outcome that a rule set aside are not counted.
    """
    stated = tables.table("survey_results")
    known = stated[stated["percent"].notna() | stated["count"].notna()]
    values = whence_of(tables, refs_of(tables, "survey_results", known), f"precision:{STATED}")
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
    ways = counted(tables)
    rows = {name: rows_counted(tables, way) for name, way in ways.items()}
    place = st.container(key="held")
    for start in (0, 3):
        names = list(ways)[start : start + 3]
        for column, name in zip(place.columns(3, wrap=False), names, strict=True):
            mine = _own(tables, ways[name].table, rows[name])
            # The name leads to the rows that are counted.
            column.page_link(
                current.link("tables"), label=f":blue[{name}]", query_params=ways[name].to_params()
            )
            column.metric(
                name, f"{len(rows[name]):,}", f"{mine:,} your own" if mine else None,
                delta_color="off", delta_arrow="off", label_visibility="collapsed",
            )  # fmt: skip
    estimate = collaboratives_thought(tables)
    thought = f"about {estimate}" if estimate else "an unknown number of"
    way = link(wave_that_thinks(tables), f"{thought} collaboratives")
    st.caption(
        f"By the survey report there are {thought} collaboratives in England: the Atlas holds "
        f"those that its sources name. {way}"
    )


def _own(tables: Catalogue, name: str, rows: pd.DataFrame) -> int:
    """How many of some rows of a table the reader brought."""
    own = {ref(name, *key) for key in tables.own.get(name, ())}
    return sum(one in own for one in refs_of(tables, name, rows)) if own else 0
