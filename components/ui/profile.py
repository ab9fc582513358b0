"""What is known of one system or one collaborative, in words and small tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from components import theme
from components.exhibits.benefits import value_words
from components.ui import frame
from data import Catalogue, Selection
from data.citations import Citation, collect
from data.query import footprints, members


def _sources(citations: tuple[Citation, ...]) -> None:
    lines = [
        f"- {c.plain}" + (f": {'; '.join(c.locators)}" if c.locators else "") for c in citations
    ]
    st.caption("**Sources**\n" + "\n".join(lines))


def _or_not(value: Any) -> str:
    return "not published" if pd.isna(value) else str(value)


def system(tables: Catalogue, code: str) -> None:
    """Every collaborative that touches a system, its members there, outcomes and what changed.

    Args:
        tables: The catalogue.
        code: ICB code of April 2023.
    """
    icb = tables.row("icbs", code)
    rows = footprints(tables, Selection())
    rows = rows[rows["icb_code"] == code].sort_values("short_name")
    with st.container(border=True):
        st.markdown(f"### {icb['short_name']}", anchors=False)
        st.caption(f"{icb['name']} · {icb['region']} · {icb['ods_code']} · {code}")
        if rows.empty:
            st.markdown(
                "**No curated collaborative.** The sources that the Atlas is curated from name "
                "none here. It does not mean that providers here do not collaborate."
            )
        for row in rows.to_dict("records"):
            part = "part of the system" if row["coverage"] == "part" else "whole system"
            basis = tables.label("footprints", "basis", row["basis"]).lower()
            st.markdown(
                f"- **{row['name']}** ({tables.label('collaboratives', 'sector', row['sector'])}): "
                f"{part}; {basis}"
            )
        homes = tables.table("organisations")
        homes = homes[homes["icb_code"] == code].sort_values("name")
        if not homes.empty:
            st.markdown(f"**Organisations with headquarters here:** {'; '.join(homes['name'])}.")
        told = tables.table("outcomes")
        told = told[told["collaborative_id"].isin(rows["collaborative_id"])]
        told = told[told["is_shown"].astype(bool)]
        if not told.empty:
            st.markdown(
                f"**{theme.plural(len(told), 'outcome')}** reported by collaboratives that touch "
                "this system."
            )
            st.page_link(
                frame.link("benefits"),
                label="See them under Benefits",
                icon="➡️",
                query_params={"icb": code},
            )
        changes = tables.table("icb_changes")
        changes = changes[changes["from_icb_code"] == code]
        if changes.empty:
            st.markdown("**April 2026:** no change of this board is recorded.")
        for change in changes.to_dict("records"):
            st.markdown(
                f"**April 2026:** {change['area']} → {change['to_icb']} ({change['change']})"
            )
        _sources(collect(tables, pd.concat([rows, changes, homes, told])))


def collaborative(tables: Catalogue, key: str) -> None:
    """Everything the tables hold of one collaborative.

    Args:
        tables: The catalogue.
        key: Collaborative id.
    """
    row = tables.row("collaboratives", key)
    prints = footprints(tables, Selection(collaborative=(key,)))
    part = members(tables, [key])
    with st.container(border=True):
        st.markdown(f"### {row['name']}", anchors=False)
        st.markdown(row["summary"])
        left, right = st.columns(2, gap="medium")
        with left:
            _facts(tables, row, prints)
        with right:
            _members(tables, row, part)
        told = _rows(tables, "outcomes", key)
        told = told[told["is_shown"].astype(bool)]
        _outcomes(tables, told)
        aims = _rows(tables, "priorities", key)
        if not aims.empty:
            st.markdown("**Priorities**")
            st.markdown("\n".join(f"- {a}" for a in aims["priority"]))
        _discrepancies(tables, key, told)
        _sources(collect(tables, pd.concat([row.to_frame().T, prints, part, told, aims])))


def _rows(tables: Catalogue, table: str, key: str) -> pd.DataFrame:
    frame = tables.table(table)
    return frame[frame["collaborative_id"] == key]


def _facts(tables: Catalogue, row: pd.Series, prints: pd.DataFrame) -> None:
    places = "; ".join(
        f"{p['icb_name']}"
        + (" (part)" if p["coverage"] == "part" else "")
        + ("" if p["basis"] == "stated" else " (inferred)")
        for p in prints.sort_values("icb_name").to_dict("records")
    )
    governance = tables.label("collaboratives", "governance_model", row["governance_model"])
    facts = {
        "Sector": tables.label("collaboratives", "sector", row["sector"]),
        "Governance": f"{governance}. {_or_not(row['governance_note'])}",
        "Formed": _or_not(row["formed_year"]),
        "Scope": tables.label("collaboratives", "scope", row["scope"]),
        "Status": tables.label("collaboratives", "status", row["status"]),
        "Footprint": places or "not published",
    }
    st.markdown("\n".join(f"- **{name}:** {value}" for name, value in facts.items()))


def _members(tables: Catalogue, row: pd.Series, part: pd.DataFrame) -> None:
    stated = row["members_stated"]
    said = "number not published" if pd.isna(stated) else f"{int(stated)} stated"
    st.markdown(f"**Members** ({said}, {len(part)} named)")
    if part.empty:
        st.markdown("The sources do not name them.")
    else:
        st.markdown(
            "\n".join(
                f"- {m['organisation']}"
                + ("" if m["role"] == "member"
                   else f" ({tables.label('memberships', 'role', m['role']).lower()})")
                for m in part.to_dict("records")
            )
        )  # fmt: skip
    if isinstance(row["members_note"], str):
        st.caption(row["members_note"])


def _outcomes(tables: Catalogue, told: pd.DataFrame) -> None:
    if told.empty:
        st.markdown("**Outcomes:** none reported in the sources.")
        return
    st.markdown("**Outcomes**")
    st.markdown(
        "\n".join(
            f"- {o['metric']}: {value_words(o)} "
            f"({tables.label('outcomes', 'status', o['status']).lower()}; "
            f"{tables.label('outcomes', 'benefit', o['benefit']).lower()})"
            for o in told.to_dict("records")
        )
    )


def _discrepancies(tables: Catalogue, key: str, told: pd.DataFrame) -> None:
    frame = tables.table("discrepancies")
    mine = frame[
        frame["discrepancy_id"].isin(told["discrepancy_id"].dropna()) | (frame["subject_id"] == key)
    ]
    if not mine.empty:
        st.markdown("**Where the sources disagree**")
        st.markdown("\n".join(f"- {d['summary']} *{d['rule']}*" for d in mine.to_dict("records")))
