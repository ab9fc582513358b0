"""A step as large words for a projector, and as readable words for a phone: HTML, no Streamlit."""

from __future__ import annotations

import html
from collections.abc import Sequence
from textwrap import shorten
from typing import Final

import pandas as pd

from components import theme
from components.exhibits import CAVEATS, Built
from components.exhibits.own_marking import OWN_CAVEAT
from components.stories.model import Told, ToldStep

ROWS: Final = 12
STATEMENTS: Final = 5
_HIDDEN: Final = ("_id", "_ids", "locator", "note", "url", "other_locator", "is_shown", "summary")
_FIRST: Final = (
    "name", "collaborative", "option", "title", "what", "priority", "partner", "metric", "theme",
    "sector", "governance_model", "formed_year", "value_in_words", "status", "coverage", "basis",
    "evidence", "icb_name", "percent", "count", "names", "region", "collaboratives",
)  # fmt: skip


def seconds_words(seconds: int) -> str:
    """A time as a clock shows it, such as ``2:30``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def sources_words(built: Built, room: int = 200) -> str:
    """Sources in one line: the first two by name, or as many as there is room for.

    Args:
        built: The exhibit.
        room: Letters that there are.
    """
    names = [c.for_others for c in built.citations]
    if not names:
        return "Source: none, as no rows are shown."
    lines = []
    for most in (2, 1):
        more = f"; and {len(names) - most} more" if len(names) > most else ""
        lines.append(f"Source: {'; '.join(names[:most])}{more}.")
        if len(lines[-1]) <= room:
            return lines[-1]
    # A title too long for the foot of a slide stands whole beside the table and on every file.
    first = shorten(names[0], max(room - len(more) - 9, 40), placeholder=" …")
    return f"Source: {first}{more}." if more else f"Source: {first}"


def footing(built: Built, room: int = 300) -> str:
    """Base, caveats and sources as HTML, for the foot of a slide.

    That own rows are in it is not among them: the stage says so before, with whose they are.

    Args:
        built: The exhibit.
        room: Letters that there are.
    """
    parts = [f"Base: {built.base}."] if built.base else []
    if caveats := [c for c in built.caveats if c != OWN_CAVEAT][:4]:
        said = " · ".join(CAVEATS[c].label for c in caveats)
        parts.append(f"{said[0].upper()}{said[1:]}.")
    parts.append(sources_words(built, room - sum(len(p) + 1 for p in parts)))
    return " ".join(html.escape(p) for p in parts)


def table_columns(frame: pd.DataFrame, most: int = 3) -> list[str]:
    """The columns that a room can read: the most telling ones that hold something."""
    shown = [c for c in frame.columns if not str(c).endswith(_HIDDEN) and frame[c].notna().any()]
    if {"shown_value", "other_values"} <= set(shown):
        return ["kind", "shown_value", "other_values"][:most]
    order = [c for c in _FIRST if c in shown]
    return [*order, *(c for c in shown if c not in order)][:most]


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "not\u00a0published"
    if isinstance(value, float):
        return theme.percent(value).removesuffix("%")
    return str(value)


def table_html(frame: pd.DataFrame, headings: dict[str, str], most: int = ROWS) -> str:
    """The first rows in large type, and how many more there are."""
    columns = list(headings)
    head = "".join(f"<th>{html.escape(headings[c])}</th>" for c in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{html.escape(_cell(row[c]))}</td>' for c in columns)}</tr>"
        for row in frame.head(most).to_dict("records")
    )
    more = len(frame) - most
    tail = f'<p class="more">and {theme.plural(more, "more row")}</p>' if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"


def cells(frame: pd.DataFrame, columns: list[str], most: int = ROWS) -> list[list[str]]:
    """The first rows in words."""
    return [[_cell(v) for v in row] for row in frame[columns].head(most).itertuples(index=False)]


def statements(frame: pd.DataFrame, most: int = STATEMENTS) -> list[tuple[str, str]]:
    """Titles of the first statements with their first sentence."""
    rows = frame.head(most).to_dict("records")
    return [(str(r["title"]), _short(str(r["summary"]))) for r in rows]


def statements_html(said: Sequence[tuple[str, str]], more: int) -> str:
    """Statements, and how many more there are."""
    body = "".join(
        f"<li><b>{html.escape(title)}</b> {html.escape(words)}</li>" for title, words in said
    )
    tail = f'<p class="more">and {theme.plural(more, "more", "more")}</p>' if more > 0 else ""
    return f'<ol class="said">{body}</ol>{tail}'


def _short(text: str, most: int = 130) -> str:
    """The first sentence, or as much of it as fits."""
    first = text.split(". ", maxsplit=1)[0].rstrip(".")
    first = first if first.endswith(("?", "!")) else f"{first}."
    return first if len(first) <= most else first[:most].rsplit(" ", 1)[0] + " …"


def empty_html(built: Built) -> str:
    """Why there is nothing to see, as a sentence for the room."""
    assert built.empty is not None
    widen = built.empty.widen
    return f'<div class="nothing"><p>{html.escape(built.empty.reason)}</p><p>{html.escape(widen)}</p></div>'  # noqa: E501


def unshaded_html(live: str) -> str:
    """What is said beside a map on which a live filter has left nothing."""
    words = html.escape(live)
    return (
        f'<div class="nothing"><p>Nothing on this map fits {words}.</p><p>This does not mean that '
        "there is none: the Atlas holds what its sources name."
        '<span class="by-key"> R returns to the story.</span></p></div>'
    )


def dots_html(told: Told, current: int) -> str:
    """Progress: one mark a step, those behind filled."""
    marks = "".join(
        f'<i class="{"now" if s.number == current else "done" if s.number < current else ""}"></i>'
        for s in told.steps
    )
    words = f"Step {current} of {len(told.steps)}"
    return f'<div class="dots" role="img" aria-label="{words}">{marks}</div>'


def headline_html(step: ToldStep, live: str = "", words: str = "") -> str:
    """The headline of a slide; under a live filter what is seen, and how to return.

    Args:
        step: The step.
        live: The live filter in words.
        words: The headline as HTML where its numbers are links.
    """
    tag = (
        f'<button type="button" class="live" data-stage-do="reset">Live: {html.escape(live)} · '
        '<span class="by-key">R returns</span><span class="by-hand">back to the story</span>'
        "</button>"
        if live
        else ""
    )
    # One piece: the heading lays out what is in it in a row.
    words = f"<span>{words or html.escape(step.headline)}</span>"
    size = "longest" if len(step.headline) > 130 else "long" if len(step.headline) > 69 else ""
    size += " asked" if live else ""
    return f'<h1 class="{size}" data-stage-step="{step.number}">{words}</h1>{tag}'
