"""The two maps: geographic and hexagon, of the same selection."""

from __future__ import annotations

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built
from components.exhibits.deck import Area, DeckMap, Form, LegendEntry, Marker
from data.catalogue import Catalogue
from data.citations import collect
from data.query import collaboratives, explain_empty, footprints, members, systems
from data.selection import Selection
from geo.boundaries_io import VINTAGE_TITLES

MAP_DIMENSIONS = ("sector", "region", "icb", "governance", "collaborative", "tier", "vintage")
FRAME_COLUMNS = [
    "icb_code", "icb_name", "region", "name", "sector", "coverage", "basis", "note", "source_id",
    "locator",
]  # fmt: skip
_MAX_LISTED = 7


def _fill(count: int, selected: bool) -> str:
    if not selected:
        return "filtered"
    return "none" if count == 0 else str(min(count, 4))


def _detail(rows: pd.DataFrame, selected: bool, region: str) -> tuple[str, ...]:
    if not selected:
        return (region, "Outside the region or system selected")
    if rows.empty:
        return (region, "No curated collaborative under the current filters")
    lines = [region]
    for row in rows.head(_MAX_LISTED).to_dict("records"):
        marks = []
        if row["coverage"] == "part":
            marks.append("part")
        if row["basis"] != "stated":
            marks.append("inferred")
        lines.append(f"• {row['short_name']}" + (f" ({', '.join(marks)})" if marks else ""))
    if len(rows) > _MAX_LISTED:
        lines.append(f"and {len(rows) - _MAX_LISTED} more")
    return tuple(lines)


def _areas(catalogue: Catalogue, selection: Selection, prints: pd.DataFrame) -> tuple[Area, ...]:
    chosen = set(systems(catalogue, selection)["icb_code"])
    by_icb = dict(tuple(prints.groupby("icb_code")))
    none = prints.iloc[:0]
    areas = []
    for icb in catalogue.table("icbs").sort_values("icb_code").to_dict("records"):
        code = icb["icb_code"]
        rows = by_icb.get(code, none)
        selected = code in chosen
        inferred = bool(((rows["basis"] != "stated") | (rows["coverage"] == "part")).any())
        areas.append(
            Area(
                code=code,
                name=icb["short_name"],
                fill=_fill(rows["collaborative_id"].nunique(), selected),
                detail=_detail(rows, selected, icb["region"]),
                inferred=inferred and selected,
            )
        )
    return tuple(areas)


def _markers(catalogue: Catalogue, ids: list[str]) -> tuple[Marker, ...]:
    """One marker an organisation, with every collaborative in which it has a part."""
    frame = members(catalogue, ids)
    frame = frame[frame["latitude"].notna()]
    names = catalogue.collaborative_names
    markers = []
    for organisation, rows in frame.groupby("organisation", sort=True):
        first = rows.iloc[0]
        lines = tuple(
            f"• {names[r['collaborative_id']]}: "
            f"{catalogue.label('memberships', 'role', r['role']).lower()}"
            for r in rows.to_dict("records")
        )
        lead = bool((rows["role"] == "lead_provider").any())
        point = (float(first["longitude"]), float(first["latitude"]))
        markers.append(Marker(str(organisation), lines, *point, lead))
    return tuple(markers)


def _legend(areas: tuple[Area, ...], markers: tuple[Marker, ...]) -> tuple[LegendEntry, ...]:
    words = {
        "none": "No curated collaborative",
        "filtered": "Filtered out",
        "1": "1 collaborative",
        "2": "2 collaboratives",
        "3": "3 collaboratives",
        "4": "4 or more",
    }
    used = {a.fill for a in areas}
    entries = [LegendEntry(key, label) for key, label in words.items() if key in used]
    if any(a.inferred for a in areas):
        entries.append(LegendEntry("ring", "Some of it inferred or partial"))
    if markers:
        entries.append(LegendEntry("dot", "Member's headquarters"))
        if any(m.lead for m in markers):
            entries.append(LegendEntry("lead", "Lead provider"))
    return tuple(entries)


def _reading(catalogue: Catalogue, selection: Selection, prints: pd.DataFrame) -> str:
    shown = systems(catalogue, selection)
    touched = prints[prints["icb_code"].isin(shown["icb_code"])]
    stated = touched[touched["basis"] == "stated"]["icb_code"].nunique()
    any_print = touched["icb_code"].nunique()
    placed = touched["collaborative_id"].nunique()
    total = len(shown)
    text = (
        f"{theme.plural(placed, 'curated collaborative')} "
        f"{'touches' if placed == 1 else 'touch'} {any_print} of "
        f"{theme.plural(total, 'system')}: {stated} with a stated footprint, "
        f"{any_print - stated} with an inferred one only, {total - any_print} with none"
    )
    counts = touched.groupby("icb_name")["collaborative_id"].nunique()
    if not counts.empty and counts.max() > 1:
        top = counts[counts == counts.max()].index.tolist()
        if len(top) == 1:
            text += f"; {top[0]} has most ({counts.max()})"
    return f"{text}."


def _map(catalogue: Catalogue, selection: Selection, form: Form) -> Built:
    prints = footprints(catalogue, selection)
    chosen = collaboratives(catalogue, selection)
    areas = _areas(catalogue, selection, prints)
    markers = (
        _markers(catalogue, chosen["collaborative_id"].tolist()) if form == "geographic" else ()
    )
    icbs = catalogue.table("icbs").sort_values("icb_code")
    hexes = tuple(
        icbs[["icb_code", "hex_row", "hex_col", "region_code"]].itertuples(index=False, name=None)
    )
    vintage = selection.vintage or "2023"
    deck = DeckMap(
        form=form,
        areas=areas,
        markers=markers,
        focus=tuple(selection.icb or selection.region),
        legend=_legend(areas, markers),
        vintage=VINTAGE_TITLES[vintage],
        hexes=tuple((c, int(r), int(k), g) for c, r, k, g in hexes),
    )
    inside = prints[prints["icb_code"].isin(systems(catalogue, selection)["icb_code"])]
    without = chosen[~chosen["collaborative_id"].isin(prints["collaborative_id"])]
    notes = []
    if not without.empty:
        notes.append(f"Not on the map, no footprint published: {'; '.join(without['name'])}.")
    estimate = catalogue.table("survey_waves")["population_estimate"].dropna()
    if not estimate.empty:
        notes.append(
            f"The survey report estimates about {int(estimate.iloc[-1])} collaboratives in "
            f"England; the tables hold {len(catalogue.table('collaboratives'))} entries."
        )
    caveats = ["partial-coverage"]
    if (inside["basis"] != "stated").any():
        caveats.append("inferred-footprint")
    exhibit = "collaboratives with a footprint"
    empty = explain_empty(catalogue, selection, MAP_DIMENSIONS, exhibit) if inside.empty else None
    return Built(
        figure=deck,
        frame=inside[FRAME_COLUMNS].sort_values(["icb_name", "name"]).reset_index(drop=True),
        citations=collect(catalogue, inside),
        caveats=tuple(caveats),
        reading=_reading(catalogue, selection, prints),
        base=f"42 integrated care systems, boundaries of {deck.vintage}",
        notes=tuple(notes),
        empty=empty,
    )


@REGISTRY.register(
    "footprint-map",
    title="Footprints of provider collaboratives",
    question="Who collaborates where, across which integrated care systems?",
    alt="A map of England's 42 integrated care systems, shaded by how many curated "
    "collaboratives cover each, with members' headquarters as points.",
    responds_to=MAP_DIMENSIONS,
)
def footprint_map(catalogue: Catalogue, selection: Selection) -> Built:
    """Geographic map of the footprints that the selection leaves."""
    return _map(catalogue, selection, "geographic")


@REGISTRY.register(
    "systems-hexmap",
    title="Every system the same size",
    question="How many collaboratives touch each system, large and small alike?",
    alt="A hexagon for each of England's 42 integrated care systems, roughly where it lies, shaded "
    "by how many curated collaboratives cover it, regions outlined.",
    responds_to=MAP_DIMENSIONS,
)
def systems_hexmap(catalogue: Catalogue, selection: Selection) -> Built:
    """Hexagon map of the footprints that the selection leaves."""
    return _map(catalogue, selection, "hexagon")
