"""Exhibits of collaboratives and systems as grids and lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import flat_heads, grid, wrap
from components.exhibits.lines import lines_of
from components.exhibits.map_parts import CARRIED_COLUMNS, CARRIED_NOTE, FRAME_COLUMNS, marks
from components.exhibits.maps import MAP_DIMENSIONS
from components.exhibits.numbers import Sentence
from components.exhibits.picks import name_of, token
from data.catalogue import Catalogue
from data.citations import collect
from data.lineage import ref
from data.map_rows import DEFAULT_VINTAGE, map_rows
from data.profile_areas import areas, changes, others
from data.query import collaboratives
from data.selection import Selection
from geo.boundaries_io import VINTAGE_TITLES


@REGISTRY.register(
    "footprint-matrix",
    title="Collaboratives by system",
    question="Which collaborative covers which systems, and how is that known?",
    alt="A grid of collaboratives by integrated care systems: a filled mark for a stated "
    "footprint, an open one for an inferred one, a small one for a part of the system.",
    responds_to=MAP_DIMENSIONS,
)
def footprint_matrix(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``footprints`` on a grid; only systems that are touched have a column."""
    rows = map_rows(catalogue, selection)
    frame = rows.shown
    if rows.selected:
        frame = frame[frame["area_id"].isin(rows.selected)]
    if frame.empty:
        return nothing(catalogue, selection, "footprint-matrix", "footprints", frame)
    stated = (frame["basis"] == "stated") & frame["is_certain"]
    part = frame["coverage"] == "part"
    basis = frame["basis"].map(dict(catalogue.schema.labels("footprints", "basis")))
    drawn = frame.assign(
        colour=frame["sector"].map(dict(theme.SECTOR_COLOURS)),
        symbol=["square" if s else "square-open" for s in stated],
        size=[9 if p else 16 for p in part],
        legend=["Stated" if s else "Inferred" for s in stated],
        picks=[_pick(r) for r in frame.to_dict("records")],
        hover=[
            f"<b>{wrap(r['name'], 46)}</b><br>{r['area_name']}: {_reach(r)}<br>{b}"
            for r, b in zip(frame.to_dict("records"), basis, strict=True)
        ],
    ).sort_values("legend", ascending=False)
    places = rows.areas.sort_values(["region", "hex_row", "hex_col"])["short_name"]
    order = [n for n in places if n in set(frame["area_name"])]
    names = frame.groupby("short_name")["area_id"].nunique().sort_values(ascending=False)
    figure = grid(
        drawn, "area_name", "short_name", order, list(names.index), "colour", "symbol", "size",
        "hover", "legend", "picks",
    )  # fmt: skip
    figure.update_xaxes(tickangle=-55, tickfont={"size": 12})
    flat_heads(figure, order)
    span = int(names.iloc[0])
    widest = names[names == span].index.tolist()
    carried = rows.vintage != DEFAULT_VINTAGE
    known, rest, pairs = int(stated.sum()), int((~stated).sum()), theme.plural(len(frame), "pair")
    say, each = Sentence(), str(span)
    if carried:
        # An area of April 2026 is no row of a footprint: the note says how it is carried over.
        pairs = say.worked(pairs, _CARRIED)
        kinds = (
            f"{say.worked(str(known), _CARRIED)} rest on a stated footprint carried over and "
            f"{say.worked(str(rest), _CARRIED)} on an inferred one"
        )
        each = say.worked(each, "systems of April 2026 that its footprint reaches")
    else:
        pairs = say(pairs, "footprints", frame)
        kinds = (
            f"{say(f'{known} are stated', 'footprints', frame[stated], 'basis:stated')} and "
            f"{say(f'{rest} inferred', 'footprints', frame[~stated], *INFERRED)}"
        )
        most = frame[frame["short_name"].isin(widest)]
        each = say(each, "footprints", most, by="collaborative_id", each=True)
    reading = (
        f"Of {pairs} of collaborative and system, {kinds}; {' and '.join(widest)} "
        f"{'spans' if len(widest) == 1 else 'span'} most systems ({each})."
    )
    return Built(
        figure=figure,
        frame=frame[CARRIED_COLUMNS if carried else FRAME_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, frame),
        caveats=("partial-coverage", *(("inferred-footprint",) if not stated.all() else ())),
        reading=reading,
        numbers=say.numbers,
        base=f"{len(rows.areas)} integrated care systems of {VINTAGE_TITLES[rows.vintage]}",
        notes=(
            "A small mark: part of the system only. Colour: sector, as everywhere.",
            *((CARRIED_NOTE,) if carried else ()),
        ),
        scrolls=True,
        lines=lines_of(
            frame.sort_values(["name", "area_name"]),
            "name",
            lambda r: f"{r['area_name']}{marks(r)}",
        ),
        behind={name_of(_pick(r)): _rests_on(r) for r in frame.to_dict("records") if _is_new(r)},
    )


_CARRIED: Final = "footprints of April 2023 carried over to the systems of April 2026"
INFERRED: Final = ("basis:from_members", "basis:from_region_or_county")
"""Conditions on ``footprints``: no source states it."""


def _is_new(row: Mapping[Any, Any]) -> bool:
    """Whether a footprint lies on an area that no row of ``footprints`` names: a carried one."""
    return bool(row.get("carried_from", row["area_id"]) != row["area_id"])


def _rests_on(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """The rows from which a footprint was carried over."""
    codes = str(row["carried_from"]).split(";")
    return tuple(ref("footprints", row["collaborative_id"], code) for code in codes)


def _pick(row: Mapping[Any, Any]) -> str:
    """What a mark stands for; one that was carried over has a name of its own, as it is no row."""
    key, code = row["collaborative_id"], row["area_id"]
    own = {"mark": f"{key}~{code}"} if _is_new(row) else {}
    return token(collaborative=key, icb=code, **own)


def _reach(row: Mapping[Any, Any]) -> str:
    if not row["is_certain"]:
        return "may reach into the system"
    return f"{'part' if row['coverage'] == 'part' else 'whole'} of the system"


@REGISTRY.register(
    "collaborative-list",
    title="The collaboratives",
    question="Which collaboratives do the sources name, and what is known of each?",
    alt="A table of the collaboratives with sector, governance model, year formed, number of "
    "members stated and named, and systems covered.",
    responds_to=MAP_DIMENSIONS,
)
def collaborative_list(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``collaboratives`` with labels and counts from the linked tables."""
    frame = collaboratives(catalogue, selection).sort_values("name")
    if frame.empty:
        return nothing(catalogue, selection, "collaborative-list", "collaboratives", frame)
    named = catalogue.table("memberships").groupby("collaborative_id").size()
    rows = map_rows(catalogue, Selection(vintage=selection.vintage))
    covered = rows.prints.groupby("collaborative_id")["area_id"].nunique()
    told = catalogue.table("outcomes")
    reported = told.groupby("collaborative_id").size()
    labels = {
        c: dict(catalogue.schema.labels("collaboratives", c))
        for c in ("sector", "governance_model", "scope", "status")
    }
    ids = frame["collaborative_id"]
    listed = pd.DataFrame(
        {
            "collaborative_id": ids,
            "name": frame["name"],
            "sector": frame["sector"].map(labels["sector"]),
            "governance_model": frame["governance_model"].map(labels["governance_model"]),
            "formed_year": frame["formed_year"],
            "scope": frame["scope"].map(labels["scope"]),
            "status": frame["status"].map(labels["status"]),
            "members_stated": frame["members_stated"],
            "members_named": ids.map(named).fillna(0).astype("Int64"),
            "systems_mapped": ids.map(covered).fillna(0).astype("Int64"),
            "outcomes_reported": ids.map(reported).fillna(0).astype("Int64"),
            "summary": frame["summary"],
            "other_source_ids": frame["other_source_ids"],
            "source_id": frame["source_id"],
            "locator": frame["locator"],
        }
    )
    say = Sentence()
    every = say(theme.plural(len(listed), "entry", "entries"), "collaboratives", listed)
    governed = _stated(listed, "governance_model", say)
    formed = _stated(listed, "formed_year", say)
    mine = told[told["collaborative_id"].isin(ids)]
    who = say(str(int(mine["collaborative_id"].nunique())), "outcomes", mine, by="collaborative_id")
    reading = (
        f"{every}: governance is published for {governed}, the year of formation for {formed}, "
        f"outcomes for {who}."
    )
    return Built(
        figure=None,
        frame=listed.reset_index(drop=True),
        citations=collect(catalogue, listed),
        caveats=("partial-coverage", "not-published"),
        reading=reading,
        numbers=say.numbers,
        base=f"systems are those of {VINTAGE_TITLES[rows.vintage]}",
        notes=(CARRIED_NOTE,) if rows.vintage != DEFAULT_VINTAGE else (),
    )


def _stated(listed: pd.DataFrame, column: str, say: Sentence) -> str:
    """For how many collaboratives something is stated."""
    rows = listed[listed[column].notna()]
    return say(str(len(rows)), "collaboratives", rows, f"{column}:*")


@REGISTRY.register(
    "system-list",
    title="The systems",
    question="Which collaboratives touch each system?",
    alt="A table of the integrated care systems with region, number of collaboratives, their names "
    "and what became of the board in April 2026, or of which boards of April 2023 it is made.",
    responds_to=MAP_DIMENSIONS,
)
def system_list(catalogue: Catalogue, selection: Selection) -> Built:
    """The systems of a vintage with the collaboratives that touch each and what changed."""
    rows = map_rows(catalogue, selection)
    wanted = set(rows.selected) & rows.inside if rows.selected else rows.inside
    frame = areas(catalogue, rows.vintage)
    frame = frame[frame["icb_code"].isin(wanted)].sort_values("short_name")
    if frame.empty:
        return nothing(catalogue, selection, "system-list", "systems", frame)
    carried = rows.vintage != DEFAULT_VINTAGE
    prints = rows.prints.sort_values("short_name")
    told = prints["short_name"].where(prints["is_certain"], prints["short_name"] + " (may reach)")
    names = told.groupby(prints["area_id"]).agg("; ".join)
    counts = prints.groupby("area_id")["collaborative_id"].nunique()
    codes = frame["icb_code"]
    changed = "made_from_boards_of_april_2023" if carried else "became_in_april_2026"
    listed = pd.DataFrame(
        {
            "icb_code": codes,
            "name": frame["short_name"],
            "region": frame["region"],
            "collaboratives": codes.map(counts).fillna(0).astype("Int64"),
            "names": codes.map(names).astype("string").fillna("none in the tables"),
            changed: pd.Series(
                [_changed(catalogue, code, rows.vintage) for code in codes],
                index=frame.index,
                dtype="string",
            ),
            "other_source_ids": frame["other_source_ids"],
            "source_id": frame["source_id"],
            "locator": frame["locator"],
        }
    )
    say, table = Sentence(), "icbs_2026" if carried else "icbs"
    has = listed["collaboratives"] > 0
    every, with_any, without = (
        [ref(table, code) for code in part["icb_code"]]
        for part in (listed, listed[has], listed[~has])
    )
    cited = pd.concat([prints[prints["area_id"].isin(codes)], listed])
    return Built(
        figure=None,
        frame=listed.reset_index(drop=True),
        citations=collect(catalogue, cited),
        caveats=("partial-coverage",),
        reading=(
            f"{say(theme.plural(len(listed), 'system'), table, every)} of "
            f"{VINTAGE_TITLES[rows.vintage]}: {say(str(len(with_any)), table, with_any)} with at "
            f"least one collaborative named, {say(str(len(without)), table, without)} with none "
            "in the tables."
        ),
        numbers=say.numbers,
        notes=(CARRIED_NOTE,) if carried else (),
    )


def _changed(catalogue: Catalogue, code: str, vintage: str) -> str:
    """What became of a board, or of which boards a newer one is made."""
    names = "; ".join(name for _, name in others(catalogue, code, vintage))
    if vintage != DEFAULT_VINTAGE:
        return names if changes(catalogue, code, vintage) else "no change recorded"
    became = dict.fromkeys(c.other for c in changes(catalogue, code, vintage) if not c.is_gain)
    return "; ".join(became) or "no change recorded"
