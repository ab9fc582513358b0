"""A step as large words for a projector, and as readable words for a phone: HTML, no Streamlit."""

from __future__ import annotations

import html
from typing import Final

import pandas as pd

from components import theme
from components.exhibits import CAVEATS, Built
from components.stories.model import Told, ToldStep

ROWS: Final = 7
_HEAD: Final = 86.0
_LETTERS: Final = 66
"""Letters of 22 pixels in a line of a table, words being broken at their ends."""
STATEMENTS: Final = 5
_HIDDEN: Final = ("_id", "_ids", "locator", "note", "url", "other_locator", "is_shown", "summary")
_FIRST: Final = (
    "name", "collaborative", "option", "title", "what", "priority", "partner", "metric", "theme",
    "sector", "governance_model", "formed_year", "value_in_words", "status", "coverage", "basis",
    "evidence", "icb_name", "percent", "count", "names", "region", "collaboratives",
)  # fmt: skip
_FEW_WIDTH: Final = 22
"""Letters in a line of points in the larger letters, with room for words that do not part."""
_FEW_LINES: Final = 11
"""Such lines beside a picture, a gap between points counted as four tenths of one."""


def seconds_words(seconds: int) -> str:
    """A time as a clock shows it, such as ``2:30``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def sources_words(built: Built, most: int = 2) -> str:
    """Sources in one line, the first few by name."""
    names = [c.plain for c in built.citations]
    if not names:
        return "Source: none, as no rows are shown."
    more = f"; and {len(names) - most} more" if len(names) > most else ""
    return f"Source: {'; '.join(names[:most])}{more}."


def footing(built: Built) -> str:
    """Base, caveats and sources as HTML, for the foot of a slide."""
    parts = [f"Base: {built.base}."] if built.base else []
    if built.caveats:
        said = " · ".join(CAVEATS[c].label for c in built.caveats[:4])
        parts.append(f"{said[0].upper()}{said[1:]}.")
    parts.append(sources_words(built))
    return " ".join(html.escape(p) for p in parts)


def points_html(points: tuple[str, ...]) -> str:
    """Talking points as a list."""
    return f"<ul>{''.join(f'<li>{html.escape(p)}</li>' for p in points)}</ul>"


def are_few(points: tuple[str, ...]) -> bool:
    """Whether points leave room beside a picture for letters that are larger still."""
    return sum(len(p) // _FEW_WIDTH + 1.4 for p in points) <= _FEW_LINES


def table_columns(frame: pd.DataFrame, most: int = 3) -> list[str]:
    """The columns that a room can read: the most telling ones that hold something."""
    shown = [c for c in frame.columns if not str(c).endswith(_HIDDEN) and frame[c].notna().any()]
    if {"shown_value", "other_values"} <= set(shown):
        return ["kind", "shown_value", "other_values"][:most]
    order = [c for c in _FIRST if c in shown]
    return [*order, *(c for c in shown if c not in order)][:most]


def _cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return "not published"
    if isinstance(value, float):
        return theme.percent(value).removesuffix("%")
    return str(value)


def larger(taken: float, height: float) -> float:
    """How much larger letters may be where rows take only a part of a height, at most 1.35.

    Wider letters need more lines, so the height grows by more than the letters do.

    Args:
        taken: Pixels that the rows take as they are.
        height: Pixels that there are.
    """
    return round(min(max((height / max(taken, 1)) ** 0.5, 1.0), 1.35), 2)


def rows_that_fit(frame: pd.DataFrame, columns: list[str], height: float) -> int:
    """How many rows stand in a height at 22 pixels a letter; at least one.

    Args:
        frame: The rows.
        columns: Those shown, which share the width.
        height: Pixels at scale 1.
    """
    left, fit = height - _HEAD, 0
    for taken in _row_heights(frame, columns):
        left -= taken
        if left < 0:
            break
        fit += 1
    return max(fit, 1)


def table_height(frame: pd.DataFrame, columns: list[str], rows: int) -> float:
    """Pixels that the first rows take, with their head and the line below."""
    return _HEAD + sum(_row_heights(frame, columns)[:rows])


def _row_heights(frame: pd.DataFrame, columns: list[str]) -> list[float]:
    rows = [[_cell(v) for v in r] for r in frame[columns].head(12).itertuples(index=False)]
    # A browser shares the width of a table about as the longest cells of its columns ask for.
    asked = [min(max(9, *(len(c) for c in column)), 50) for column in zip(*rows, strict=True)]
    share = [_LETTERS * a / max(sum(asked), _LETTERS) for a in asked]
    return [
        27.0 * max(-(-len(c) // max(int(w), 1)) for c, w in zip(row, share, strict=True)) + 16
        for row in rows
    ]


def statements_height(frame: pd.DataFrame, most: int = STATEMENTS) -> float:
    """Pixels that statements take at 22 pixels a letter."""
    lines = sum(1 + -(-len(_short(str(s))) // 66) for s in frame["summary"].head(most))
    return lines * 28.0 + min(len(frame), most) * 13 + 30 * (len(frame) > most)


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


def statements_html(frame: pd.DataFrame, most: int = STATEMENTS) -> str:
    """Titles of statements with their first sentence, and how many more there are."""
    rows = frame.head(most).to_dict("records")
    body = "".join(
        f"<li><b>{html.escape(str(r['title']))}</b> {html.escape(_short(str(r['summary'])))}</li>"
        for r in rows
    )
    more = len(frame) - most
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
        "there is none: the Atlas holds what its sources name. R returns to the story.</p></div>"
    )


def dots_html(told: Told, current: int) -> str:
    """Progress: one mark a step, those behind filled."""
    marks = "".join(
        f'<i class="{"now" if s.number == current else "done" if s.number < current else ""}"></i>'
        for s in told.steps
    )
    words = f"Step {current} of {len(told.steps)}"
    return f'<div class="dots" role="img" aria-label="{words}">{marks}</div>'


def headline_html(step: ToldStep, live: str = "") -> str:
    """The headline of a slide; under a live filter what is seen, and how to return."""
    tag = f'<span class="live">Live: {html.escape(live)} · R returns</span>' if live else ""
    words = html.escape(step.headline)
    size = "longest" if len(step.headline) > 130 else "long" if len(step.headline) > 69 else ""
    size += " asked" if live else ""
    return f'<h1 class="{size}" data-stage-step="{step.number}">{words}</h1>{tag}'
