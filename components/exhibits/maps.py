"""The maps: every view in its geographic and its hexagon form, of the same selection."""

from __future__ import annotations

import pandas as pd

from components.exhibits.base import REGISTRY, Builder, Built
from components.exhibits.deck import DeckMap, Form
from components.exhibits.map_parts import (
    CARRIED_COLUMNS,
    CARRIED_NOTE,
    FRAME_COLUMNS,
    legend,
    markers,
    population_note,
)
from components.exhibits.map_views import VIEWS, MapView
from components.exhibits.own_outlines import own_outlines
from data.catalogue import Catalogue
from data.citations import collect
from data.map_rows import DEFAULT_VINTAGE, map_rows
from data.query import COLLABORATIVE_DIMENSIONS, explain_empty
from data.selection import Selection
from geo.boundaries_io import VINTAGE_TITLES

MAP_DIMENSIONS = (*COLLABORATIVE_DIMENSIONS, "vintage")
FORMS: tuple[Form, Form] = ("geographic", "hexagon")

__all__ = ["FORMS", "FRAME_COLUMNS", "MAP_DIMENSIONS", "build_map"]


def build_map(catalogue: Catalogue, selection: Selection, view: MapView, form: Form) -> Built:
    """Draw a view of the map in one form.

    Args:
        catalogue: The tables.
        selection: The filters.
        view: What to show.
        form: Geographic or hexagon.

    Returns:
        A built exhibit whose figure is a ``DeckMap`` and whose frame has a row for each
        collaborative and area inside the filters.
    """
    rows = map_rows(catalogue, selection)
    drawn = view.draw(catalogue, selection, rows)
    ids = rows.chosen["collaborative_id"].tolist()
    points = (
        markers(catalogue, selection, ids) if form == "geographic" and drawn.with_members else ()
    )
    outlines = drawn.outlines or own_outlines(catalogue, rows.prints)
    grid = rows.areas[["area_id", "hex_row", "hex_col", "region_code"]]
    deck = DeckMap(
        form=form,
        areas=drawn.areas,
        markers=points,
        focus=tuple(rows.selected or selection.region),
        legend=legend(drawn.areas, points, outlines, drawn.steps, drawn.absent_words),
        vintage=VINTAGE_TITLES[rows.vintage],
        hexes=tuple((c, int(r), int(k), g) for c, r, k, g in grid.itertuples(index=False)),
        outlines=outlines,
        vintage_id=rows.vintage,
    )
    inside = rows.shown
    carried = rows.vintage != DEFAULT_VINTAGE
    columns, order = (
        (CARRIED_COLUMNS, ["area_name", "name"])
        if carried
        else (FRAME_COLUMNS, ["icb_name", "name"])
    )
    for name, values in drawn.columns.items():
        inside = inside.assign(**{name: inside["collaborative_id"].map(values)})
        if pd.api.types.is_numeric_dtype(inside[name]):
            # A count of rows of the table: none is none.
            inside[name] = inside[name].fillna(0).astype("Int64")
    place = columns.index("sector") + 1
    columns = [*columns[:place], *drawn.columns, *columns[place:]]
    notes = list(drawn.notes)
    without = rows.chosen[~rows.chosen["collaborative_id"].isin(rows.prints["collaborative_id"])]
    if not without.empty:
        notes.append(f"Not on the map, no footprint published: {'; '.join(without['name'])}.")
    if carried:
        notes.append(CARRIED_NOTE)
    caveats = ["partial-coverage", *drawn.caveats]
    if (inside["basis"] != "stated").any():
        caveats.append("inferred-footprint")
    what = "collaboratives with a footprint"
    empty = explain_empty(catalogue, selection, MAP_DIMENSIONS, what) if inside.empty else None
    return Built(
        figure=deck,
        frame=inside[columns].sort_values(order).reset_index(drop=True),
        citations=collect(catalogue, inside),
        caveats=tuple(caveats),
        reading=drawn.reading,
        numbers=drawn.numbers,
        base=f"{len(rows.areas)} integrated care systems, boundaries of {deck.vintage}",
        notes=tuple(notes),
        details=tuple(n for n in (population_note(catalogue),) if n),
        empty=empty,
    )


def _builder(view: MapView, form: Form) -> Builder:
    def build(catalogue: Catalogue, selection: Selection) -> Built:
        return build_map(catalogue, selection, view, form)

    return build


for _view in VIEWS:
    for _number, _form in enumerate(FORMS):
        _shape = (
            "A map of England's integrated care systems, "
            if _form == "geographic"
            else "A hexagon for each of England's integrated care systems, roughly where it lies, "
        )
        REGISTRY.register(
            _view.exhibits[_number],
            title=_view.titles[_number],
            question=_view.question,
            alt=f"{_shape}{_view.alt}.",
            responds_to=(*MAP_DIMENSIONS, *_view.extra),
        )(_builder(_view, _form))
