"""Maps of one collaborative and of one system, fitted to what they are about."""

from __future__ import annotations

from typing import Final

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built
from components.exhibits.deck import Area, DeckMap, LegendEntry, Marker
from components.exhibits.map_parts import CARRIED_COLUMNS, CARRIED_NOTE, PATTERN_WORDS, markers
from components.exhibits.map_said import print_reading
from components.exhibits.numbers import Sentence
from components.exhibits.profile_words import LOCATE
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.citations import collect
from data.counted import Counted
from data.lineage import ref, refs_of
from data.map_rows import DEFAULT_VINTAGE, MapRows, map_rows, pattern_of
from data.profile_areas import areas, placed, vintage_of
from data.query import Empty, members
from data.selection import Selection
from data.vintages import OLDER, resolve
from geo.boundaries_io import VINTAGE_TITLES
from geo.footprints import neighbours

_COVERED, _BESIDE, _ELSE = "3", "1", "none"
HOMES_CARRIED: Final = Told(
    "Boards of April 2026: where a board was split, an organisation is placed by the point of its "
    "headquarters on boundaries that the Atlas put together.",
    Counted("icb_changes"),
)
PRINT_COLUMNS = ["name", "icb_name", "region", "coverage", "basis", "note", "source_id", "locator"]


def _lines(catalogue: Catalogue, rows: pd.DataFrame, region: str, several: bool) -> tuple[str, ...]:
    """Tooltip of an area: each collaborative with coverage and basis."""
    if rows.empty:
        return (region, "Outside the footprint")
    words = []
    for row in rows.head(7).to_dict("records"):
        coverage = catalogue.label("footprints", "coverage", row["coverage"])
        coverage = coverage if row["is_certain"] else "May reach into it"
        basis = catalogue.label("footprints", "basis", row["basis"])
        head = f"• {row['short_name']}: " if several else ""
        words.append(f"{head}{coverage}; {basis.lower()}")
    more = (f"and {len(rows) - 7} more",) if len(rows) > 7 else ()
    return (region, *words, *more)


def _print_areas(
    catalogue: Catalogue, rows: MapRows, several: bool
) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """Every area, and the codes of those that a footprint covers."""
    by_area = {str(code): own for code, own in rows.prints.groupby("area_id")}
    drawn = []
    for area_id, name, region in rows.areas[["area_id", "short_name", "region"]].itertuples(
        index=False, name=None
    ):
        own = by_area.get(area_id, rows.prints.iloc[:0])
        count = own["collaborative_id"].nunique()
        fill = _ELSE if not count else str(min(count, 4)) if several else _COVERED
        lines = _lines(catalogue, own, region, several)
        drawn.append(
            Area(
                code=area_id,
                name=name,
                fill=fill,
                detail=lines,
                summary="; ".join(lines[1:]),
                pattern=pattern_of(own),
            )
        )
    return tuple(drawn), tuple(sorted(by_area))


def _print_legend(
    areas: tuple[Area, ...], markers: tuple[Marker, ...], several: bool
) -> tuple[LegendEntry, ...]:
    used = {a.fill for a in areas}
    fills = {_ELSE: "Outside the footprint"}
    if several:
        fills |= {"1": "1 collaborative", "2": "2", "3": "3", "4": "4 or more"}
    else:
        fills |= {_COVERED: "In the footprint"}
    entries = [LegendEntry(key, label) for key, label in fills.items() if key in used]
    patterns = {a.pattern for a in areas}
    entries.extend(LegendEntry(p, words) for p, words in PATTERN_WORDS.items() if p in patterns)
    if markers:
        entries.append(LegendEntry("dot", "Member's headquarters"))
    if any(m.lead for m in markers):
        entries.append(LegendEntry("lead", "Lead provider"))
    return tuple(entries)


@REGISTRY.register(
    "collaborative-footprint",
    title="Footprint and members",
    question="Which systems does the collaborative cover, and where are its members?",
    alt="A map of the integrated care systems that the collaborative covers, with its members' "
    "headquarters as points and lead providers marked.",
    responds_to=("collaborative", "vintage"),
)
def collaborative_footprint(catalogue: Catalogue, selection: Selection) -> Built:
    """Footprint of the chosen collaborative; of every one where none is chosen."""
    chosen = Selection(collaborative=selection.collaborative, vintage=selection.vintage)
    ids = chosen.collaborative or tuple(catalogue.collaborative_names)
    several = len(ids) > 1
    rows = map_rows(catalogue, chosen)
    prints, part = rows.prints, members(catalogue, ids)
    own = placed(catalogue, "organisations", rows.vintage, LOCATE).set_index("organisation_id")
    homes = part.drop_duplicates("organisation_id")["organisation_id"].map(own["icb_code"])
    drawn, covered = _print_areas(catalogue, rows, several)
    points = markers(catalogue, chosen, list(ids))
    deck = DeckMap(
        form="geographic",
        areas=drawn,
        markers=points,
        focus=(covered or tuple(sorted(set(homes.dropna())))) if chosen.collaborative else (),
        legend=_print_legend(drawn, points, several),
        vintage=VINTAGE_TITLES[rows.vintage],
        vintage_id=rows.vintage,
    )
    who = catalogue.collaborative_names[ids[0]] if not several else f"{len(ids)} collaboratives"
    inferred, say = bool((prints["basis"] != "stated").any()), Sentence()
    carried = rows.vintage != DEFAULT_VINTAGE
    columns, order = (
        (CARRIED_COLUMNS, ["name", "area_name"])
        if carried
        else (PRINT_COLUMNS, ["name", "icb_name"])
    )
    return Built(
        figure=deck,
        frame=prints[columns].sort_values(order).reset_index(drop=True),
        citations=collect(catalogue, pd.concat([prints, part])),
        caveats=("inferred-footprint",) if inferred else (),
        reading=print_reading(who, rows, part, homes, several, say),
        numbers=say.numbers,
        notes=(CARRIED_NOTE, HOMES_CARRIED) if carried else (),
        empty=Empty(
            f"No footprint is published for {who}, so no system is shaded.",
            "Members are marked where they are named and their headquarters are known.",
            (),
        )
        if prints.empty
        else None,
    )


def _system_frame(
    catalogue: Catalogue, chosen: pd.DataFrame, around: pd.DataFrame, based: pd.DataFrame
) -> pd.DataFrame:
    """One row a thing drawn: systems, neighbours and organisations with their collaboratives."""
    names = catalogue.collaborative_names
    joined = catalogue.table("memberships")
    joined = joined.assign(n=joined["collaborative_id"].map(dict(names)))
    told = joined.sort_values("n").groupby("organisation_id")["n"].agg("; ".join)
    kinds = dict(catalogue.schema.labels("organisations", "kind"))
    homes = dict(zip(chosen["icb_code"], chosen["short_name"], strict=True))
    columns = ["what", "name", "icb_name", "names", "source_id", "locator"]
    parts = []
    for what, rows in (("System", chosen), ("Neighbour", around)):
        parts.append(rows.assign(what=what, icb_name=rows["short_name"], names=""))
    own = based.assign(
        what=based["kind"].map(kinds),
        icb_name=based["icb_code"].map(homes),
        names=based["organisation_id"].map(told).astype("string").fillna("none in the tables"),
    )
    return pd.concat([p[columns] for p in (*parts, own)]).reset_index(drop=True)


def _area_refs(vintage: str, systems: pd.DataFrame) -> list[str]:
    """References of the rows of systems in a vintage."""
    return [ref("icbs" if vintage == OLDER else "icbs_2026", key) for key in systems["icb_code"]]


def _system_vintage(catalogue: Catalogue, selection: Selection) -> str:
    """The vintage asked for; else April 2026 where a system is of that only, else April 2023."""
    if selection.vintage or not selection.icb:
        return selection.vintage or OLDER
    return max(vintage_of(catalogue, code) for code in selection.icb)


@REGISTRY.register(
    "system-map",
    title="The system, its neighbours and its organisations",
    question="Where is the system, and which organisations in the tables have headquarters there?",
    alt="A map of the integrated care system and the systems that border on it, with the "
    "headquarters of organisations as points.",
    responds_to=("icb", "vintage"),
)
def system_map(catalogue: Catalogue, selection: Selection) -> Built:
    """The chosen system with neighbours and organisations; all of them where none is chosen.

    A system that only April 2026 has is drawn on its boundaries, unless the selection asks for
    those of April 2023.
    """
    vintage = _system_vintage(catalogue, selection)
    carried = vintage != OLDER
    every = areas(catalogue, vintage).sort_values("icb_code")
    codes = set(resolve(catalogue, selection.icb, vintage)) or set(every["icb_code"])
    chosen = every[every["icb_code"].isin(codes)].sort_values("short_name")
    borders = neighbours(vintage)
    beside = {n for code in codes for n in borders.get(code, ())} - codes
    based = placed(catalogue, "organisations", vintage, LOCATE)
    based = based[based["icb_code"].isin(codes)].sort_values("name")
    drawn = []
    for icb in every.to_dict("records"):
        code = icb["icb_code"]
        fill = _COVERED if code in codes else _BESIDE if code in beside else _ELSE
        word = {_COVERED: "This system", _BESIDE: "Neighbour"}.get(fill, "Elsewhere")
        drawn.append(
            Area(code, icb["short_name"], fill, (icb["region"], word), summary=word.lower())
        )
    around = every[every["icb_code"].isin(beside)].sort_values("short_name")
    frame = _system_frame(catalogue, chosen, around, based)
    joined = dict(zip(frame["name"], frame["names"], strict=True))
    markers = tuple(
        Marker(
            organisation_id=o["organisation_id"],
            name=o["name"],
            detail=(joined[o["name"]],),
            longitude=float(o["longitude"]),
            latitude=float(o["latitude"]),
            lead=False,
        )
        for o in based[based["latitude"].notna()].to_dict("records")
    )
    words = {_COVERED: "The system", _BESIDE: "Neighbour", _ELSE: "Other systems"}
    used = {a.fill for a in drawn}
    legend = [LegendEntry(key, label) for key, label in words.items() if key in used]
    if markers:
        legend.append(LegendEntry("dot", "Headquarters of an organisation in the tables"))
    is_one = len(chosen) == 1
    say, table = Sentence(), "icbs" if vintage == OLDER else "icbs_2026"
    who = chosen.iloc[0]["short_name"]
    if not is_one:
        who = say(f"{len(chosen)} systems", table, _area_refs(vintage, chosen))
    text = f"{who} {'has' if is_one else 'have'} "
    if selection.icb:
        near = theme.plural(len(beside), "neighbour")
        text += f"{say(near, table, _area_refs(vintage, around))} and "
    hints = () if carried else tuple(f"icb_code:{code}" for code in sorted(codes))
    here = say(theme.plural(len(based), "organisation"), "organisations", based, *hints)
    text += f"{here} in the tables with headquarters there."
    return Built(
        figure=DeckMap(
            form="geographic",
            areas=tuple(drawn),
            markers=markers,
            focus=tuple(sorted(codes)) if selection.icb else (),
            legend=tuple(legend),
            vintage=VINTAGE_TITLES[vintage],
            vintage_id=vintage,
        ),
        frame=frame,
        refs=(
            *_area_refs(vintage, chosen),
            *_area_refs(vintage, around),
            *refs_of(catalogue, "organisations", based),
        ),
        citations=collect(catalogue, pd.concat([frame, chosen[["other_source_ids"]]])),
        caveats=("partial-coverage",),
        reading=text,
        numbers=say.numbers,
        notes=(HOMES_CARRIED,) if carried else (),
    )
