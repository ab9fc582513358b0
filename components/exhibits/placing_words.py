"""Where an answer stands, in words and as a small picture."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from components import theme
from components.exhibits.charts import stated
from components.exhibits.insight_links import Link, links_of
from components.exhibits.survey_words import base_words, interval_words
from components.exhibits.told import result_ref
from data.catalogue import Catalogue
from data.placing import Answers, Line, Standing, has_sector

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Told:
    """One answer, told.

    Attributes:
        answer: The answer's label.
        sentences: Where it stands: all respondents first, then the sector.
        rows: What the small picture draws: (label, row).
        refs: For each sentence the reference of the row that it tells, or ``""``.
    """

    answer: str
    sentences: tuple[str, ...]
    rows: tuple[tuple[str, Row], ...]
    refs: tuple[str, ...]


def told_of(
    standings: Sequence[Standing], answers: Answers, *, brief: bool = False
) -> tuple[tuple[Told, Standing], ...]:
    """The answers to one question, each beside one wave after the other.

    Args:
        standings: Those of the question; all have the same answers.
        answers: For one's own sector.
        brief: As of :func:`told`.

    Returns:
        Each with the standing that it is of; its first sentence begins with the wave's title
        where the wave has to be named: once where all answers stand beside the same one.
    """
    found: list[tuple[Told, Standing]] = []
    for lines in zip(*(s.lines for s in standings), strict=True):
        for line, standing in zip(lines, standings, strict=True):
            one = told(line, answers, brief=brief)
            if standing.is_named and (len(standings) > 1 or not found):
                first, *rest = one.sentences
                first = f"{standing.wave}: {first[:1].lower()}{first[1:]}"
                one = replace(one, sentences=(first, *rest))
            found.append((one, standing))
    return tuple(found)


def told(line: Line, answers: Answers, *, brief: bool = False) -> Told:
    """One answer in sentences and with the rows to be drawn.

    Args:
        line: The answer.
        answers: For one's own sector.
        brief: For paper: without what is said once for all (a sector that is not published, the
            bases that would fit).
    """
    said: list[tuple[str, str]] = []
    rows: list[tuple[str, Row]] = []
    if line.everyone is not None:
        said.append((f"{_same(line.everyone, brief=brief)}.", result_ref(line.everyone)))
        rows.append(("All", line.everyone))
    else:
        said.append(("How many gave this answer is not published.", ""))
    if line.wider is not None:
        label = str(line.wider["option"])
        words = f"“{label}”, which contains it: {_share(line.wider, brief=brief)}."
        said.append((words, result_ref(line.wider)))
        if not rows or pd.isna(rows[0][1]["percent"]):
            rows.append((label, line.wider))
    if answers.sector:
        name = theme.SECTOR_SHORT[answers.sector]
        if not has_sector(answers.sector) and not brief:
            said.append((f"The survey does not report {name} collaboratives separately.", ""))
        elif line.sector is not None:
            words = f"{name} collaboratives: {_share(line.sector, brief=brief)}."
            said.append((words, result_ref(line.sector)))
            rows.append((answers.sector, line.sector))
        elif not brief:
            said.append((f"Not published for {name} collaboratives.", ""))
    sentences, refs = zip(*said, strict=True)
    return Told(line.option, sentences, tuple(rows), refs)


def _same(row: Row, *, brief: bool) -> str:
    """``So did 16 of 40: 40%, 95% interval 28–53%``."""
    if pd.isna(row["percent"]):
        return f"So did {theme.plural(int(row['count']), 'respondent')}; no share is published"
    if pd.notna(row["base_n"]) and pd.notna(row["count_fitted"]):
        who = f"{int(row['count_fitted'])} of {int(row['base_n'])}: {stated(row)}"
        basis = " (base derived)" if row["base_basis"] == "derived" else ""
        return f"So did {who}{_interval(row)}{basis}"
    return f"So did {_share(row, brief=brief)}"


def _share(row: Row, *, brief: bool) -> str:
    if pd.isna(row["percent"]):
        return f"{theme.plural(int(row['count']), 'respondent')}, no share published"
    base = "base not published" if brief and pd.isna(row["base_n"]) else base_words(row)
    return f"{stated(row)}{_interval(row)}, {base}"


def _interval(row: Row) -> str:
    if pd.notna(row["interval_low"]):
        return f", 95% interval {interval_words(row)}"
    return ", no interval for such wording" if row["precision"] == "approximate" else ""


def asides_words(standing: Standing, *, name_wave: bool = False) -> tuple[str, ...]:
    """Further numbers of the question, such as ``Median number of posts: 4``.

    Args:
        standing: The question beside one wave.
        name_wave: Say the wave behind each where it has to be named.
    """
    wave = f" ({standing.wave})" if name_wave and standing.is_named else ""
    return tuple(f"{r['option']}{wave}: {float(r['count']):g}" for r in _stated(standing))


def asides_refs(standing: Standing) -> tuple[str, ...]:
    """The reference of the row behind each of :func:`asides_words`."""
    return tuple(result_ref(r) for r in _stated(standing))


def _stated(standing: Standing) -> list[Row]:
    return [r for r in standing.asides if pd.notna(r["count"])]


def board_links(catalogue: Catalogue, standing: Standing) -> tuple[Link, ...]:
    """What bears on a question for boards."""
    return links_of(catalogue, standing.ask.question_id)


STRIP_STYLE: Final = """
.strip{position:relative;padding-bottom:1.25em}
.strip .lane{position:relative;height:1.15em}
.strip .lane i{position:absolute;top:50%;height:2px;margin-top:-1px}
.strip .lane b{position:absolute;top:50%;width:.8em;height:.8em;margin:-.4em 0 0 -.4em;
 border:2px solid;border-radius:50%;box-sizing:border-box}
.strip .lane b.own{border-radius:0;transform:rotate(45deg) scale(.85)}
.strip u{position:absolute;top:0;bottom:1.2em;width:1px;background:currentColor;opacity:.22}
.strip s{position:absolute;bottom:0;transform:translateX(-50%);text-decoration:none;
 font-size:.78em;opacity:.9}
"""
"""How :func:`strip_html` looks, on screen and on paper."""


def strip_html(rows: tuple[tuple[str, Row], ...]) -> str:
    """A scale from 0 to 100% with the shares and their intervals, as HTML that needs nothing else.

    Args:
        rows: (``All``, a sector id or a label; row with ``percent`` and the interval).

    Returns:
        ``""`` where no row has a share.
    """
    drawn = [(label, r) for label, r in rows if pd.notna(r["percent"])]
    if not drawn:
        return ""
    lanes = "".join(_lane(label, row) for label, row in drawn)
    ticks = "".join(
        f'<u style="left:{t}%"></u><s style="left:{t}%">{t}{"%" if t == 100 else ""}</s>'
        for t in (0, 50, 100)
    )
    words = "; ".join(
        f"{'All respondents' if k == 'All' else theme.SECTOR_SHORT.get(k, k)} {stated(r)}"
        for k, r in drawn
    )
    return f'<div class="strip" role="img" aria-label="{html.escape(words)}">{ticks}{lanes}</div>'


def _lane(label: str, row: Row) -> str:
    colour = theme.SECTOR_COLOURS.get(label, theme.ALL_RESPONDENTS)
    line = ""
    if pd.notna(row["interval_low"]):
        low, high = float(row["interval_low"]), float(row["interval_high"])
        fill = f"background:{colour}"
        if row["bases_possible"]:
            # Dashed: the base is not published.
            fill = f"background:repeating-linear-gradient(90deg,{colour} 0 5px,transparent 5px 8px)"
        line = f'<i style="left:{low:.1f}%;width:{high - low:.1f}%;{fill}"></i>'
    is_open = row["precision"] in {"approximate", "bound"}
    inside = "" if is_open else f";background:{colour}"
    own = ' class="own"' if label in theme.SECTOR_COLOURS else ""
    left = float(row["percent"])
    return (
        f'<div class="lane">{line}<b{own} style="left:{left:.1f}%;border-color:{colour}{inside}">'
        "</b></div>"
    )
