"""What the tables hold, in numbers, with how much of it the reader brought."""

from __future__ import annotations

from typing import Final

import streamlit as st

from components.ui import current
from data import Catalogue
from data.survey import collaboratives_thought

_TABLES: Final = {"Survey values": "survey_results"}
"""Tables whose heading here is not their name."""


def numbers(tables: Catalogue) -> None:
    """What the tables hold, in six numbers."""
    outcomes = tables.table("outcomes")
    stated = tables.table("survey_results")
    known = stated["percent"].notna() | stated["count"].notna()
    counts = {
        "Collaboratives": len(tables.table("collaboratives")),
        "Organisations": len(tables.table("organisations")),
        "Outcomes": len(outcomes[outcomes["is_shown"].astype(bool)]),
        "Survey values": int(known.sum()),
        "Discrepancies": len(tables.table("discrepancies")),
        "Sources": len(tables.table("sources")),
    }
    own = {
        "Survey values": int((known & stated["source_id"].isin(tables.own_sources)).sum()),
        **{name: len(tables.own.get(name.lower(), ())) for name in counts if " " not in name},
    }
    place = st.container(key="held")
    for start in (0, 3):
        names = list(counts)[start : start + 3]
        for column, name in zip(place.columns(3, wrap=False), names, strict=True):
            mine = own.get(name, 0)
            # The name leads to the rows that are counted.
            table = _TABLES.get(name, name.lower())
            column.page_link(
                current.link("tables"), label=f":blue[{name}]", query_params={"table": table}
            )
            column.metric(
                name, f"{counts[name]:,}", f"{mine:,} your own" if mine else None,
                delta_color="off", delta_arrow="off", label_visibility="collapsed",
            )  # fmt: skip
    estimate = collaboratives_thought(tables)
    thought = f"about {estimate}" if estimate else "an unknown number of"
    st.caption(
        f"By the survey report there are {thought} collaboratives in England: the Atlas holds "
        "those that its sources name."
    )
