"""What a view of the map makes of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from components.exhibits.deck import Area, Outline
from components.exhibits.map_parts import absent
from components.exhibits.numbers import Number
from data.map_rows import MapRows


@dataclass(frozen=True)
class Drawn:
    """What a view makes of the rows.

    Attributes:
        areas: Every area, in the order of the codes.
        steps: Words of the fills ``1`` to ``4``.
        reading: One sentence computed from the rows.
        numbers: What the numbers in it count.
        outlines: Footprints to outline.
        notes: Sentences that belong beside the map.
        caveats: Keys of caveats beyond those that every map has.
        with_members: Whether members are drawn as points.
        absent_words: What the legend says of an area in which there is nothing to shade.
        columns: Further columns of the rows, by name: collaborative id -> value.
    """

    areas: tuple[Area, ...]
    steps: dict[str, str]
    reading: str
    outlines: tuple[Outline, ...] = ()
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    with_members: bool = True
    absent_words: str = "No collaborative named"
    columns: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()


def each_area(rows: MapRows, area: Callable[[str, str, str], Area | None]) -> tuple[Area, ...]:
    """Every area: what ``area(code, name, region)`` makes of it, or the grey of an absent one."""
    areas = []
    names = rows.areas[["area_id", "short_name", "region"]]
    for code, name, region in names.itertuples(index=False, name=None):
        made = area(code, name, region) if code in rows.inside else None
        if made is None:
            fill, words = absent(rows, code)
            made = Area(
                code, name, fill, (region, words), words.lower(), selected=code in rows.selected
            )
        areas.append(made)
    return tuple(areas)
