"""What the page of benefits adds to its exhibits: filters, the rubric, a search, a cell's rows."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from components import theme
from components.exhibits.numbers import Number
from components.ui import cache, cells, filter_bar, opening
from components.ui.cells import CELL_PARAM
from components.ui.choice import choose_one, choose_text
from components.ui.text import plain, row_address, text
from components.ui.ways import with_ways
from data import Catalogue, Selection
from data.lineage import ref
from data.outcome_search import find

_STYLE = """<style>
.found h3{margin:.7rem 0 .1rem 0;padding:0;font-size:1rem}
.found ul{margin:0;padding-left:1.1em}
.found li{margin:.25rem 0}
.found small{opacity:.82;display:block}
.found a{color:inherit}
</style>"""


def narrow(tables: Catalogue, selection: Selection) -> None:
    """Draw the filters for service and grade, and the rubric."""
    places = st.columns([0.5, 0.32, 0.18], vertical_alignment="bottom", gap="small")
    for place, dimension in zip(places, filter_bar.ON_PAGE["benefits"], strict=False):
        with place:
            filter_bar.box(tables, selection, dimension)
    with places[-1], opening.popover("How grades work", "grades"):
        st.markdown(text("evidence-rubric"))


def search(tables: Catalogue, selection: Selection) -> None:
    """Find who reports a result by words of one's own; the filters hold here too."""
    wanted = choose_text(
        "Who reports a result on …", "find", "out-of-area placements, ENT waits, procurement …"
    )
    if not wanted:
        return
    listed = cache.built("outcome-list", selection).frame
    hits = find(tables, wanted)
    places = {hit.outcome_id: place for place, hit in enumerate(hits)}
    rows = listed[listed["outcome_id"].isin(places)] if not listed.empty else listed
    if rows.empty:
        st.info(
            f"Nothing reported on “{plain(wanted)}” fits the filters. Try another word for it, or "
            "clear a filter.",
            icon=":material/info:",
        )
        return
    rows = rows.assign(_place=rows["outcome_id"].map(places)).sort_values("_place")
    named = rows["outcome_id"].isin([h.outcome_id for h in hits if h.names_it])
    with st.container(border=True):
        for part, what in (
            (rows[named], f"on “{plain(wanted)}”"),
            (
                rows[~named],
                f"near to “{plain(wanted)}”: of the same group of services, or spelt nearly so",
            ),
        ):
            if not part.empty:
                count = theme.plural(len(part), "result")
                who = theme.plural(part["collaborative"].nunique(), "collaborative")
                counted = (
                    Number(count, "outcomes", part), Number(who, "outcomes", part, by=_WHO)
                )  # fmt: skip
                said = with_ways(tables, f"{count} from {who}", counted, selection)
                st.markdown(f"**{said}** {what}.")
                st.html(_STYLE + outcomes_html(part))


def open_cell(tables: Catalogue, selection: Selection) -> None:
    """Choose a cell of the evidence map, kept in the address, and read the outcomes in it."""
    grid = cache.built("benefit-evidence-map", selection).frame
    if grid.empty:
        return
    options = {
        f"{r['collaborative_id']}:{r['benefit']}": f"{r['collaborative']}: {r['benefit_label']} "
        f"({r['evidence'] if not r['outcomes'] else theme.plural(r['outcomes'], 'outcome')})"
        for r in grid.to_dict("records")
    }
    cell = choose_one(
        "Choose a cell of the grid, or one here", CELL_PARAM, options,
        "Choose collaborative: benefit", on_change=cells.choose,
    )  # fmt: skip
    if cell is None:
        _until_chosen(tables, grid, selection)
        return
    key, benefit = cell.split(":")
    is_on = cells.is_filtered(cell)
    st.button(
        "Read it without the filter" if is_on else "Filter every page by this cell",
        key="cell-filter", on_click=cells.leave if is_on else cells.filter_by,
        args=() if is_on else (cell,),
    )  # fmt: skip
    row = grid[(grid["collaborative_id"] == key) & (grid["benefit"] == benefit)].iloc[0]
    listed = cache.built("outcome-list", selection).frame
    rows = listed[listed["outcome_id"].isin(str(row["outcome_ids"]).split("; "))]
    if rows.empty:
        st.info(
            f"The sources report nothing of {row['collaborative']} under this benefit that fits "
            "the filters. That is not the same as no benefit.",
            icon=":material/info:",
        )
        return
    st.markdown(f"**{row['benefit_label']}**", anchors=False)
    st.html(_STYLE + outcomes_html(rows))


_MOST_FIRM: Final = 4
_WHO: Final = "collaborative_id"


def _until_chosen(tables: Catalogue, grid: pd.DataFrame, selection: Selection) -> None:
    """While no cell is chosen: the results with the best evidence, and where least is said."""
    listed = cache.built("outcome-list", selection).frame
    if listed.empty:
        return
    best = listed[listed["is_shown"].astype(bool)]
    best = best[best["evidence"] == best["evidence"].min()].head(_MOST_FIRM)
    st.markdown("**Until then: results with the best evidence**", anchors=False)
    st.html(_STYLE + outcomes_html(best))
    filled = {name: part[part["outcomes"] > 0] for name, part in grid.groupby("benefit_label")}
    fewest = sorted(filled.items(), key=lambda one: len(one[1]))
    lines = [f"- {name!s}: {_reporting(tables, rows, selection)}" for name, rows in fewest]
    st.markdown("**Who reports each benefit, the fewest first**\n" + "\n".join(lines))


def _reporting(tables: Catalogue, cells_of: pd.DataFrame, selection: Selection) -> str:
    """How many collaboratives report something of a benefit, with the way to what they report."""
    who = theme.plural(cells_of["collaborative_id"].nunique(), "collaborative")
    ids = [key for keys in cells_of["outcome_ids"] for key in str(keys).split("; ")]
    hints = (*(f"benefit:{one}" for one in cells_of["benefit"].unique()), "is_shown:true")
    refs = tuple(ref("outcomes", key) for key in ids)
    return with_ways(tables, who, (Number(who, "outcomes", refs, hints, _WHO),), selection)


def outcomes_html(rows: pd.DataFrame) -> str:
    """Outcomes under the name of who reports them, each with its grade, why, and its place.

    Args:
        rows: Rows of the exhibit ``outcome-list``.
    """
    parts = []
    for who, part in rows.groupby("collaborative", sort=False):
        items = "".join(_item(r) for r in part.to_dict("records"))
        parts.append(f"<h3>{html.escape(str(who))}</h3><ul>{items}</ul>")
    return f'<div class="found">{"".join(parts)}</div>'


def _item(row: Mapping[Any, Any]) -> str:
    aside = "" if row["is_shown"] else " · set aside by a rule, drawn open if at all"
    period = f" · {row['period']}" if isinstance(row["period"], str) else ""
    return (
        f"<li><b>{html.escape(str(row['value_in_words']))}</b> {html.escape(str(row['metric']))}"
        f"<small>{html.escape(str(row['status']))}{html.escape(period)} · grade "
        f"{html.escape(str(row['evidence']))}: {html.escape(str(row['why']))}{aside}</small>"
        f'<small><a href="{row_address(ref("outcomes", row["outcome_id"]))}">'
        f"{html.escape(str(row['source']))}: {html.escape(str(row['locator']))}</a></small></li>"
    )
