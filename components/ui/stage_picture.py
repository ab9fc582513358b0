"""What a step of the stage shows, for each kind of screen: a map, a chart, a table, statements."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import streamlit as st

from components.exhibits import Built
from components.exhibits.deck import DeckMap
from components.exhibits.headings import heading
from components.stories import ToldStep
from components.stories.stage_fit import statements_fit, table_fit
from components.stories.stage_html import (
    cells,
    empty_html,
    statements,
    statements_html,
    table_columns,
    table_html,
)
from components.stories.stage_map import phone_deck, staged_deck
from components.ui import cache, card
from components.ui.stage_style import Size

LEGEND: Final = 44
"""Pixels that a map leaves to its legend, at scale 1."""


def draw(step: ToldStep, built: Built, size: Size) -> None:
    """Draw what a step shows, as large as the screen allows.

    Args:
        step: The step.
        built: Its exhibit, under what is asked beside the script.
        size: The screen.
    """
    alt = f"{step.exhibit.alt} {built.reading}"
    if step.gaps and built is step.built:
        st.html(_said(step.gaps, len(step.gaps), size))
    elif built.empty is not None and not isinstance(built.figure, DeckMap):
        st.html(empty_html(built))
    elif isinstance(built.figure, DeckMap):
        name = card.theme_name()
        key = f"stage-map-{step.step.id}"
        if size.is_phone:
            st.pydeck_chart(
                phone_deck(built.figure, name, size.picture), height=size.picture, key=key, alt=alt
            )
            return
        # Points below the picture leave less room, as the legend stands under them.
        height = size.picture - (int(LEGEND * size.scale) if size.stacked else 0)
        st.pydeck_chart(
            staged_deck(built.figure, name, height, size.scale, is_stacked=size.stacked),
            height=height,
            key=key,
            alt=alt,
        )
    elif built.figure is None:
        st.html(_rows(built, size))
    elif size.is_phone:
        # As on the pages: laid out for a phone, and scrolled sideways where it is not legible.
        figure = cache.figure(built, card.theme_name())
        with st.container(key=f"{'scroll' if built.scrolls else 'fits'}-stage-{step.step.id}"):
            st.plotly_chart(
                figure, key=f"stage-chart-{step.step.id}", theme=None, config=card.PLOTLY_CONFIG,
                height=int(figure.layout.height), alt=alt,
            )  # fmt: skip
    else:
        figure = cache.staged(built, step.exhibit.id, card.theme_name(), size.picture, size.scale)
        st.plotly_chart(
            figure, key=f"stage-chart-{step.step.id}", theme=None, config=card.PLOTLY_CONFIG,
            height=size.picture, alt=alt,
        )  # fmt: skip


def _rows(built: Built, size: Size) -> str:
    """A table or statements, in letters as large as there is room for."""
    if built.is_statements and "title" in built.frame:
        return _said(statements(built.frame), len(built.frame), size)
    columns, height = table_columns(built.frame), _height(size)
    headings = {c: heading(c) for c in columns}
    first = cells(built.frame, columns)
    fit, grow = table_fit(list(headings.values()), first, len(built.frame), size.rows, height)
    return f'<div class="rows" style="--grow:{grow}">{table_html(built.frame, headings, fit)}</div>'


def _height(size: Size) -> float:
    """Pixels for rows, of a screen of 720 lines; what scrolls has as many as they need."""
    return math.inf if size.is_phone else size.picture / size.scale


def _said(said: Sequence[tuple[str, str]], total: int, size: Size) -> str:
    fit, grow = statements_fit(said, total, size.rows, _height(size))
    words = statements_html(said[:fit], total - fit)
    return f'<div class="rows" style="--grow:{grow}">{words}</div>'
