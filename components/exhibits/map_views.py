"""What a map can show: one view a question, each drawn in both forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from components import theme
from components.exhibits.deck import Area, Outline
from components.exhibits.map_draw import Drawn, each_area
from components.exhibits.map_outcomes import draw_benefits, draw_evidence
from components.exhibits.map_parts import STATED_BY, by_coverage, listed
from components.exhibits.map_said import say_covered, say_covering
from components.exhibits.numbers import Sentence
from components.exhibits.own_outlines import MOST_OUTLINES, outlined, own_in
from data.catalogue import Catalogue
from data.map_rows import DEFAULT_VINTAGE, MapRows
from data.selection import Selection

OF_OUTCOMES = ("benefit", "status", "grade", "service")


Draw = Callable[[Catalogue, Selection, MapRows], Drawn]


@dataclass(frozen=True)
class MapView:
    """A view of the map.

    Attributes:
        id: Its id in an address.
        label: Its name on the control.
        exhibits: Ids of the geographic and the hexagon exhibit.
        titles: Headings of the two.
        question: The question that it answers.
        alt: What is drawn, after "A map of England's integrated care systems, ".
        draw: Makes areas and words of the rows.
        extra: Dimensions of the selection beyond those of every map.
    """

    id: str
    label: str
    exhibits: tuple[str, str]
    titles: tuple[str, str]
    question: str
    alt: str
    draw: Draw
    extra: tuple[str, ...] = ()


_WAYS: Final = {
    "solid": "as a source states", "dots": "stated in part", "hatch": "by inference",
}  # fmt: skip
COUNT_STEPS = {"1": "1 collaborative", "2": "2", "3": "3", "4": "4 or more"}


def _counted(rows: MapRows) -> tuple[Area, ...]:
    by_area = rows.by_area

    def area(code: str, name: str, region: str) -> Area | None:
        mine = by_area.get(code)
        if mine is None:
            return None
        count = mine["collaborative_id"].nunique()
        return Area(
            code=code,
            name=name,
            fill=str(min(count, 4)),
            detail=(region, *listed(mine)),
            summary=theme.plural(count, "collaborative"),
            pattern=rows.pattern(code),
            selected=code in rows.selected,
        )

    return each_area(rows, area)


def draw_systems(catalogue: Catalogue, selection: Selection, rows: MapRows) -> Drawn:
    """Shade each system by the number of collaboratives that cover it."""
    del selection
    shown = rows.shown
    placed = shown["collaborative_id"].nunique()
    say, kinds = Sentence(), by_coverage(rows)
    every, covered = len(rows.inside), [code for codes in kinds.values() for code in codes]
    none = every - len(covered)
    where = f"{every - none} of {every} systems" if none else f"all {every} systems"
    own = len(own_in(catalogue, shown["collaborative_id"]))
    of_own = f", {own} of them your own," if own else ""
    who = theme.plural(placed, "collaborative")
    reading = (
        f"{say_covering(say, who, catalogue, rows, rows.inside)}{of_own} "
        f"{'reaches' if placed == 1 else 'reach'} "
        f"{say_covered(say, where, rows, covered) if every > 1 else 'the system'}"
    )
    if covered:
        carried = ", carried over" if rows.vintage != DEFAULT_VINTAGE else ""
        said = [
            say_covered(say, f"{len(codes)} {_WAYS[kind]}", rows, codes, *STATED_BY[kind])
            for kind, codes in kinds.items()
            if codes
        ]
        reading += f"{carried}: {', '.join(said)}"
    counts = shown.groupby("area_name")["collaborative_id"].nunique()
    if not counts.empty and counts.max() > 1:
        top = counts[counts == counts.max()].index.tolist()
        if len(top) == 1:
            there = shown.loc[shown["area_name"] == top[0], "area_id"]
            most = say_covering(say, str(counts.max()), catalogue, rows, there)
            reading += f"; most in {top[0]} ({most})"
    return Drawn(_counted(rows), COUNT_STEPS, f"{reading}.", numbers=say.numbers)


def draw_footprints(catalogue: Catalogue, selection: Selection, rows: MapRows) -> Drawn:
    """Outline the footprints of a few collaboratives; where they overlap the fill is darker."""
    del selection
    prints = rows.prints
    by_id = prints.groupby("collaborative_id")["area_id"].nunique()
    sizes = {str(key): int(size) for key, size in by_id.items()}
    ids = sorted(sizes, key=lambda key: (-sizes[key], key))
    outlines: tuple[Outline, ...] = ()
    notes: tuple[str, ...] = ()
    if len(ids) <= MOST_OUTLINES:
        outlines = outlined(prints, {key: catalogue.collaborative_names[key] for key in ids})
    else:
        notes = (
            "Outlines are drawn where the filters leave a few collaboratives only: choose a "
            "collaborative, a system or a trust to see whose is whose.",
        )
    counts = prints.groupby("area_name")["collaborative_id"].nunique()
    shared, say = counts[counts > 1], Sentence()
    codes = dict(zip(prints["area_name"], prints["area_id"], strict=True))
    who, where = theme.plural(len(ids), "footprint"), theme.plural(len(counts), "system")
    reading = (
        f"{say_covering(say, who, catalogue, rows, codes.values())} over "
        f"{say_covered(say, where, rows, codes.values())}"
    )
    if not shared.empty:
        several = [codes[name] for name in shared.index]
        reading += f", {say_covered(say, f'{len(shared)} of them', rows, several)} covered by more "
        reading += "than one"
        top = shared[shared == shared.max()].index.tolist()
        if len(top) == 1:
            most = say_covering(say, str(shared.max()), catalogue, rows, [codes[top[0]]])
            reading += f" (most in {top[0]}: {most})"
    elif len(ids) > 1:
        reading += ", none of them covered by more than one"
    reading += "."
    return Drawn(_counted(rows), COUNT_STEPS, reading, outlines, notes, numbers=say.numbers)


SECTOR_STEPS = {"1": "1 sector", "2": "2 sectors", "3": "3 sectors", "4": "4 or more"}


def draw_sectors(catalogue: Catalogue, selection: Selection, rows: MapRows) -> Drawn:
    """Mark the sectors of the collaboratives in each system; shade by how many there are."""
    del selection
    labels = catalogue.schema.labels("collaboratives", "sector")
    by_area = rows.by_area

    def area(code: str, name: str, region: str) -> Area | None:
        mine = by_area.get(code)
        if mine is None:
            return None
        counts = mine.drop_duplicates("collaborative_id")["sector"].value_counts()
        present = tuple(s for s in theme.SECTOR_COLOURS if s in counts.index)
        lines = [f"• {labels[s]}: {counts[s]}" for s in present]
        return Area(
            code=code,
            name=name,
            fill=str(min(len(present), 4)),
            detail=(region, *lines),
            summary=", ".join(theme.SECTOR_SHORT[s] for s in present),
            pattern=rows.pattern(code),
            selected=code in rows.selected,
            chips=present,
        )

    shown = rows.shown
    per_sector = shown.groupby("sector")["area_id"].nunique().sort_values(ascending=False)
    say = Sentence()
    words = [
        f"{labels[str(s)]} in {_of_sector(say, str(n), rows, shown[shown['sector'] == s])}"
        for s, n in per_sector.items()
    ]
    reading = f"Systems with a collaborative, by sector: {'; '.join(words) or 'none'}."
    return Drawn(
        each_area(rows, area), SECTOR_STEPS, reading, with_members=False, numbers=say.numbers
    )


def _of_sector(say: Sentence, words: str, rows: MapRows, prints: pd.DataFrame) -> str:
    """Note in how many systems a sector has a collaborative."""
    if rows.vintage != DEFAULT_VINTAGE:
        return say_covered(say, words, rows, prints["area_id"])
    within = {"sector": (str(prints["sector"].iloc[0]),)}
    return say(words, "footprints", prints, by="icb_code", within=within)


VIEWS: Final[list[MapView]] = [
    MapView(
        "systems",
        "Collaboratives per system",
        ("footprint-map", "systems-hexmap"),
        ("Footprints of provider collaboratives", "Every system the same size"),
        "Who collaborates where, across which integrated care systems?",
        "shaded by how many collaboratives cover each",
        draw_systems,
    ),
    MapView(
        "footprints",
        "Footprints and overlap",
        ("overlap-map", "overlap-hexmap"),
        ("Footprints side by side", "Footprints side by side, systems of one size"),
        "Which systems does each collaborative cover, and where do they overlap?",
        "the footprints of the collaboratives selected outlined, darker where they overlap",
        draw_footprints,
    ),
    MapView(
        "sectors",
        "Sectors",
        ("sector-map", "sector-hexmap"),
        ("Sectors in each system", "Sectors in each system, systems of one size"),
        "Which sectors have a collaborative in each system?",
        "with a lettered disc for each sector that has a collaborative there",
        draw_sectors,
    ),
    MapView(
        "benefits",
        "Reported benefits",
        ("benefit-map", "benefit-hexmap"),
        ("Outcomes reported", "Outcomes reported, systems of one size"),
        "Where do collaboratives report outcomes?",
        "shaded by how many outcomes the collaboratives that cover each report",
        draw_benefits,
        OF_OUTCOMES,
    ),
    MapView(
        "evidence",
        "Strength of evidence",
        ("evidence-map", "evidence-hexmap"),
        ("Strongest evidence", "Strongest evidence, systems of one size"),
        "How strong is the best evidence for an outcome in each system?",
        "shaded and lettered by the strongest grade of evidence, A to E, for an outcome there",
        draw_evidence,
        OF_OUTCOMES,
    ),
]
"""Every view of the map, in the order of the control."""
