"""The panel beside the map: what is selected, in plain words, without leaving the map."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from components import theme
from components.exhibits.map_parts import coverage_words, marks, population_words
from components.ui import current, filters
from components.ui.area_ways import of_area
from components.ui.text import plain
from components.ui.ways import link, with_ways
from data import Catalogue, Selection
from data.counted import whence_of
from data.lineage import ref, refs_of
from data.map_rows import MapRows, map_rows
from data.memo import kept
from data.query import members
from data.vintages import footprints_behind
from geo.boundaries_io import VINTAGE_TITLES

MOST = 3
MOST_LINKS = 8
MOST_COMPARED = 4
MOST_OFFERED = 4

_GO = ":material/arrow_forward:"


def _head(title: str, note: str, dimension: str, value: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
        st.markdown(f"**{plain(title)}**  \n:small[{plain(note)}]")
        st.button(
            "✕",
            key=f"panel-clear-{dimension}-{value}",
            on_click=filters.clear,
            args=(dimension, value),
            help=f"No longer select {plain(title)}",
            type="tertiary",
            width="content",
        )


def _links(tables: Catalogue, rows: pd.DataFrame, words: dict[str, str]) -> None:
    """A link to the page of each collaborative, with a few words."""
    ids = rows["collaborative_id"].tolist()
    for key in ids[:MOST_LINKS]:
        name = plain(tables.collaborative_names[key])
        st.page_link(
            current.link("collaboratives"),
            label=f":primary[{name}] · :small[{words.get(key, '')}]",
            query_params={"id": key},
        )
    if len(ids) > MOST_LINKS:
        st.caption(f"and {len(ids) - MOST_LINKS} more: see the view “List” or “Table and CSV”")


def _rows(tables: Catalogue, table: str, rows: pd.DataFrame, of: str, *hints: str) -> str:
    """A link from a number to the rows of a table that it counts; ``""`` where there are none."""
    return link(whence_of(tables, refs_of(tables, table, rows), *hints), of)


def _rows_of_area(tables: Catalogue, vintage: str, rows: pd.DataFrame, code: str) -> str:
    """A link to the footprints that bring collaboratives to a system of a vintage."""
    prints = footprints_behind(tables, code, vintage, rows["collaborative_id"])
    of = theme.plural(len(rows), "collaborative")
    hints = (f"icb_code:{one}" for one in prints["icb_code"].unique())
    return _rows(tables, "footprints", prints, of, *hints)


def _footprint_words(rows: pd.DataFrame) -> dict[str, str]:
    labels = theme.SECTOR_SHORT
    return {
        row["collaborative_id"]: f"{labels[row['sector']]}{marks(row)}"
        for row in rows.to_dict("records")
    }


def _system(tables: Catalogue, selection: Selection, rows: MapRows, code: str) -> None:
    area = rows.areas[rows.areas["area_id"] == code].iloc[0]
    _head(
        area["short_name"],
        f"{area['region']} · boundaries of {VINTAGE_TITLES[rows.vintage]}",
        "icb",
        code,
    )
    mine = rows.prints[rows.prints["area_id"] == code].drop_duplicates("collaborative_id")
    curated = rows.curated.get(code, 0)
    if not curated:
        st.markdown(
            "No collaborative: the sources name none here. It does not mean that "
            "providers here do not collaborate."
        )
    elif mine.empty:
        count = theme.plural(curated, "collaborative")
        way = link(of_area(tables, selection, code, by_outcomes=False), count)
        st.markdown(f"{count}, none of which fits the filters. {way}")
    else:
        count = theme.plural(len(mine), "collaborative")
        st.markdown(f"{count}: {_rows_of_area(tables, rows.vintage, mine, code)}")
        mine = mine.sort_values("short_name")
        _links(tables, mine, _footprint_words(mine))
        _compare_some(mine["collaborative_id"].tolist())
    if rows.vintage == "2023":
        trusts = tables.table("organisations")
        here = trusts[trusts["icb_code"] == code]
        homes = here.sort_values("name")["name"].tolist()
        if homes:
            more = f" and {len(homes) - MOST_LINKS} more" if len(homes) > MOST_LINKS else ""
            way = _rows(tables, "organisations", here, "Headquarters here", f"icb_code:{code}")
            st.caption(f"**Headquarters here:** {'; '.join(homes[:MOST_LINKS])}{more}. {way}")
        changes = tables.table("icb_changes")
        changes = changes[changes["from_icb_code"] == code]
        became = changes["to_icb"].drop_duplicates().tolist()
        if became:
            way = _rows(tables, "icb_changes", changes, "April 2026", f"from_icb_code:{code}")
            st.caption(f"**April 2026:** became {' and '.join(became)}. {way}")
    st.page_link(
        current.link("systems"), label="Everything on this system", icon=_GO,
        query_params={"system": code},
    )  # fmt: skip


def _organisation(tables: Catalogue, key: str) -> None:
    row = tables.row("organisations", key)
    home = tables.icb_names.get(str(row["icb_code"]), "")
    _head(row["name"], f"Home: {home or 'not published'}", "organisation", key)
    part = tables.table("memberships")
    part = part[part["organisation_id"] == key]
    roles = {
        r["collaborative_id"]: tables.label("memberships", "role", r["role"]).lower()
        for r in part.to_dict("records")
    }
    count = theme.plural(len(roles), "collaborative")
    way = _rows(tables, "memberships", part, count, f"organisation_id:{key}")
    st.markdown(f"Has a part in {count}: {way}")
    _links(tables, part.drop_duplicates("collaborative_id"), roles)
    _compare_some(list(roles))
    if home:
        st.button(
            f"Who else is in {home}?",
            key=f"panel-home-{key}",
            on_click=partial(_to_system, key, str(row["icb_code"])),
        )


def _to_system(organisation: str, code: str) -> None:
    """Leave the trust and select its system; a callback."""
    rest = filters.current().without("organisation", organisation)
    filters.apply(filters.with_dimension(rest, "icb", [code]))


def _collaborative(tables: Catalogue, rows: MapRows, key: str) -> None:
    row = tables.row("collaboratives", key)
    sector = tables.label("collaboratives", "sector", row["sector"])
    _head(row["name"], sector, "collaborative", key)
    mine = rows.prints[rows.prints["collaborative_id"] == key].sort_values("area_name")
    places = "; ".join(f"{r['area_name']}{marks(r)}" for r in mine.to_dict("records"))
    part = members(tables, [key])
    leads = part[part["role"] == "lead_provider"]["organisation"].tolist()
    model = tables.label("collaboratives", "governance_model", row["governance_model"])
    led = f"; led by {', '.join(leads)}" if leads else ""
    drawn = tables.table("footprints")
    drawn = drawn[drawn["collaborative_id"] == key]
    own, hint = ref("collaboratives", key), f"collaborative_id:{key}"
    lines = [
        f"- **Footprint:** {places or 'not published'} "
        + _rows(tables, "footprints", drawn, "Footprint", hint),
        f"- **Members named:** {len(part)}{led} "
        + _rows(tables, "memberships", part, "Members named", hint),
        f"- **Governance:** {model} {link(own, 'Governance')}",
    ]
    st.markdown("\n".join(lines))
    st.page_link(
        current.link("collaboratives"), label="Everything on this collaborative", icon=_GO,
        query_params={"id": key},
    )  # fmt: skip


def _compare_some(ids: list[str]) -> None:
    """A way to see the collaboratives of one system or trust side by side, as many as fit."""
    some = ids[:MOST_COMPARED]
    if len(some) > 1:
        which = "these" if len(some) == len(ids) else "the first"
        st.page_link(
            current.link("compare"), label=f"Compare {which} {len(some)}", icon=_GO,
            query_params={"collaboratives": ",".join(some)},
        )  # fmt: skip


def _compare(kind: str, values: tuple[str, ...]) -> None:
    """A way to see two to four selected things side by side."""
    if 2 <= len(values) <= MOST_COMPARED:
        st.page_link(
            current.link("compare"), label=f"Compare these {len(values)} {kind}", icon=_GO,
            query_params={kind: ",".join(values)},
        )  # fmt: skip


def something(tables: Catalogue, selection: Selection) -> bool:
    """Whether a system, a trust or a collaborative is selected."""
    chosen = selection.organisation or selection.collaborative
    return bool(chosen or map_rows(tables, selection).selected)


def in_a_line(tables: Catalogue, selection: Selection) -> str:
    """What is selected, for above a map whose panel stands below it."""
    rows = map_rows(tables, selection)
    areas = dict(zip(rows.areas["area_id"], rows.areas["short_name"], strict=True))
    names = [
        *(tables.organisation_names[key] for key in selection.organisation),
        *(areas[code] for code in rows.selected),
        *(tables.collaborative_names[key] for key in selection.collaborative),
    ]
    if not names:
        return "Tap a system or a member: what is known of it stands below the map."
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"**Selected: {names[0]}**{more}. What is known stands below the map."


@kept(1)
def _most_to_see(rows: MapRows) -> tuple[tuple[str, str, int], ...]:
    """Code, name and number of collaboratives of the systems where there are most."""
    counts = rows.shown.groupby(["area_id", "area_name"])["collaborative_id"].nunique()
    top = counts.reset_index(name="n").sort_values(["n", "area_name"], ascending=[False, True])
    return tuple(top.head(MOST_OFFERED).itertuples(index=False, name=None))


def _begin(tables: Catalogue, rows: MapRows, selection: Selection) -> None:
    """How to begin, what the map rests on, and where there is most to see."""
    st.markdown("**Nothing selected yet**")
    st.markdown(
        "Choose a system or a member on the map, find it above, or tick it in the view “List”. "
        "Several can be selected."
    )
    words, numbers = coverage_words(rows)
    said = with_ways(tables, f"{words[0].upper()}{words[1:]}.", numbers, selection)
    st.markdown(said)
    st.caption(with_ways(tables, *population_words(tables), Selection()))
    most = _most_to_see(rows)
    if not most:
        return
    st.markdown("**Most to see in**")
    with st.container(horizontal=True, gap="xsmall"):
        for code, name, n in most:
            st.button(
                f"{name} · {n}",
                key=f"panel-begin-{code}",
                on_click=filters.choose,
                args=("icb", [code]),
                help=f"Select {name}: {theme.plural(n, 'collaborative')}",
            )


def draw(tables: Catalogue, selection: Selection) -> None:
    """The panel for what is selected: systems, trusts, collaboratives; or how to begin."""
    rows = map_rows(tables, selection)
    with st.container(border=True, key="map-panel"):
        if not something(tables, selection):
            _begin(tables, rows, selection)
        for key in selection.organisation[:MOST]:
            _organisation(tables, key)
        for code in rows.selected[:MOST]:
            _system(tables, selection, rows, code)
        for key in selection.collaborative[:MOST]:
            _collaborative(tables, rows, key)
        _compare("collaboratives", selection.collaborative)
        if rows.vintage == "2023":
            _compare("systems", rows.selected)
        hidden = sum(
            max(len(v) - MOST, 0)
            for v in (rows.selected, selection.organisation, selection.collaborative)
        )
        if hidden:
            st.caption(f"{hidden} more selected; the filters above name them all.")
