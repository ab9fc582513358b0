"""The exhibit that sets sectors side by side, with how far chance could account for it."""

from __future__ import annotations

from typing import Final

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import Built, nothing
from components.exhibits.charts import finish, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.picks import name_of, token
from components.exhibits.survey_builder import not_asked, survey_exhibit
from components.exhibits.survey_charts import numbered_rows
from components.exhibits.survey_words import Row, interval_words, points
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.citations import collect
from data.comparisons import sector_pairs
from data.estimates import shortened
from data.lineage import ref
from data.selection import Selection
from data.survey import wave_of, wave_title


def _figure(rows: pd.DataFrame) -> go.Figure:
    """Differences with their intervals around a line at no difference, top row first.

    Args:
        rows: Columns ``label`` (row of the chart), ``difference_points``, ``interval_low``,
            ``interval_high``, ``hover``, and the key of both shares; solid where the interval
            leaves out zero, else open.
    """
    clear = (rows["interval_low"] > 0) | (rows["interval_high"] < 0)
    middle = rows["difference_points"].astype(float)
    figure = go.Figure(
        go.Scatter(
            x=middle.tolist(),
            y=list(range(len(rows))),
            mode="markers+text",
            marker={
                "symbol": ["circle" if c else "circle-open" for c in clear],
                "size": 12,
                "color": theme.ALL_RESPONDENTS,
                "line": {"width": 2.5},
            },
            error_x={
                "array": (rows["interval_high"].astype(float) - middle).round(1).tolist(),
                "arrayminus": (middle - rows["interval_low"].astype(float)).round(1).tolist(),
                "color": theme.NEUTRAL,
            },
            text=[points(v) for v in middle],
            textposition="top center",
            hovertext=rows["hover"].tolist(),
            hoverinfo="text",
            customdata=[_mark(r) for r in rows.to_dict("records")],
            cliponaxis=False,
        )
    )
    figure.add_vline(x=0, line={"color": theme.NEUTRAL, "width": 2})
    labels = rows["label"].tolist()
    return finish(
        figure,
        height=70 + 46 * len(rows) + 12 * sum(label.count("<br>") for label in labels),
        xaxis={"range": [-100, 100], "dtick": 50, "title": {"text": "percentage points"}},
        yaxis=numbered_rows(labels),
        showlegend=False,
    )


def _mark(row: Row) -> str:
    """The token of a pair: its two sectors, and a name of its own."""
    sectors = row["first_group"], row["second_group"]
    name = "~".join((row["question_id"], row["option_id"], *sectors))
    return token(sector=sectors, mark=name)


def _behind(row: Row) -> tuple[str, ...]:
    """The two shares of a pair."""
    key = row["wave_id"], row["question_id"], row["option_id"]
    sectors = row["first_group"], row["second_group"]
    return tuple(ref("survey_results", *key, sector) for sector in sectors)


def _hover(row: Row) -> str:
    lines = [
        f"{theme.SECTOR_SHORT[row[f'{side}_group']]} {theme.percent(row[f'percent_{side}'])} "
        f"(base {shortened(row[f'bases_{side}'])})"
        for side in ("first", "second")
    ]
    return "<br>".join([*lines, f"95% interval {interval_words(row, sign=True)} points"])


def _pair(row: Row) -> str:
    """``acute 60%, community 20%``."""
    return ", ".join(f"{name} {share}" for name, share in _sides(row))


def _sides(row: Row) -> list[tuple[str, str]]:
    """Name and share of both sectors of a pair."""
    return [
        (_name(str(row[f"{side}_group"])), theme.percent(row[f"percent_{side}"]))
        for side in ("first", "second")
    ]


def _name(sector: str) -> str:
    short = theme.SECTOR_SHORT[sector]
    return short if short.isupper() else short.lower()


@survey_exhibit(
    "sector-differences",
    title="Where sectors differ",
    question="Do sectors really differ, or could it be chance?",
    alt="Points for the difference between two sectors in the share that gives an answer, in "
    "percentage points, each with the line of its interval, around an upright line at zero.",
    asked=(),
)
def sector_differences(catalogue: Catalogue, selection: Selection) -> Built:
    """Every pair of sectors with a published share of the same answer."""
    wave = wave_of(catalogue, selection)
    if not wave:
        return not_asked(catalogue, selection)
    pairs, silent = sector_pairs(catalogue, wave), ""
    if pairs.empty:
        wave, pairs, silent = _before(catalogue, wave, pairs)
    if selection.sector:
        touched = pairs[["first_group", "second_group"]].isin(selection.sector).any(axis=1)
        pairs = pairs[touched]
    if pairs.empty:
        return nothing(catalogue, selection, "sector-differences", "pairs of sectors", pairs)
    say = Sentence()
    labels = catalogue.table("survey_questions").drop_duplicates("question_id", keep="last")
    asked = dict(zip(labels["question_id"], labels["label"], strict=True))
    clear = (pairs["interval_low"] > 0) | (pairs["interval_high"] < 0)
    drawn = pairs.assign(
        label=[
            f"{wrap(str(r['option']), 30)}<br><i>{_pair(r)}</i>" for r in pairs.to_dict("records")
        ],
        hover=[_hover(r) for r in pairs.to_dict("records")],
    )
    frame = pairs.assign(
        question=pairs["question_id"].map(asked),
        first=pairs["first_group"].map(dict(theme.SECTOR_SHORT)),
        second=pairs["second_group"].map(dict(theme.SECTOR_SHORT)),
        is_clear=clear,
    )[
        ["question_id", "question", "option", "first", "second", "percent_first", "percent_second",
         "bases_first", "bases_second", "difference_points", "interval_low", "interval_high",
         "is_clear", "source_id", "locator", "locator_second"]
    ]  # fmt: skip
    return Built(
        figure=_figure(drawn),
        frame=frame.reset_index(drop=True),
        refs=tuple(_behind(r)[0] for r in pairs.to_dict("records")),
        behind={name_of(_mark(r)): _behind(r) for r in pairs.to_dict("records")},
        citations=collect(catalogue, pairs),
        caveats=("possible-bases", "small-base", "self-reported"),
        reading=silent + _reading(pairs, clear, say),
        numbers=say.numbers,
        base="Pairs of sectors for which the report gives a share of the same answer",
        notes=(
            "Solid: the interval leaves out zero. Open: it does not, which is no proof that the "
            "sectors are alike.",
            Told(
                "Worked out from the shares and bases in “Table and CSV”: each side’s 95% interval "
                "(Clopper–Pearson), then square and add (Newcombe).",
                _METHOD,
            ),
            *_earlier_notes(catalogue, wave, pairs),
        ),
        details=(
            "Sectors have no published number of collaboratives, so none is assumed: the interval "
            "is that of an endless population, the cautious choice.",
            Told(
                "Each interval is made to miss the truth about once in twenty. Over "
                f"{len(pairs)} of them the chance that at least one leaves out zero by luck is up "
                f"to {min(100, 5 * len(pairs))}%.",
                _METHOD,
            ),
        ),
    )


def _before(catalogue: Catalogue, wave: str, none: pd.DataFrame) -> tuple[str, pd.DataFrame, str]:
    """The last wave before this one that has pairs, its pairs, and the words that say so."""
    waves = list(catalogue.table("survey_waves")["wave_id"])
    for before in reversed(waves[: waves.index(wave)] if wave in waves else []):
        pairs = sector_pairs(catalogue, before)
        if not pairs.empty:
            silent, spoken = wave_title(catalogue, wave), wave_title(catalogue, before)
            return before, pairs, f"“{silent}” has no two sectors; this is of “{spoken}”. "
    return wave, none, ""


def _earlier_notes(catalogue: Catalogue, wave: str, pairs: pd.DataFrame) -> tuple[str, ...]:
    """The same differences in the wave before, where it has them."""
    waves = list(catalogue.table("survey_waves")["wave_id"])
    before = waves[: waves.index(wave)] if wave in waves else []
    if not before:
        return ()
    then = sector_pairs(catalogue, before[-1])
    # The larger share stands first in each wave; turned round, a difference changes its sign.
    turned = then.rename(columns={"first_group": "second_group", "second_group": "first_group"})
    turned = turned.assign(
        difference_points=-then["difference_points"],
        interval_low=-then["interval_high"],
        interval_high=-then["interval_low"],
    )
    keys = ["question_id", "option_id", "first_group", "second_group"]
    values = [*keys, "difference_points", "interval_low", "interval_high"]
    both = pairs[[*keys, "option"]].merge(pd.concat([then[values], turned[values]]), on=keys)
    said = [
        f"{r['option'].lower()}, {_name(r['first_group'])} minus {_name(r['second_group'])} "
        f"{points(r['difference_points'])} ({interval_words(r, sign=True)})"
        for r in both.to_dict("records")
    ]
    title = wave_title(catalogue, before[-1])
    return (f"In “{title}”: {'; '.join(said)}.",) if said else ()


_PAIRED: Final = "two sectors of which the report gives a share of the same answer"
_METHOD: Final = ref("glossary", "Confidence interval")
_NEWCOMBE: Final = "each share’s interval by Clopper and Pearson, then square and add by Newcombe"


def _reading(pairs: pd.DataFrame, clear: pd.Series, say: Sentence) -> str:
    found = pairs[clear]
    if found.empty and len(pairs) == 1:
        return f"{_sentence(pairs.iloc[0].to_dict(), say)}: the interval includes no difference."
    if found.empty:
        none = say.worked(theme.plural(len(pairs), "published pair"), _PAIRED)
        return (
            f"In none of the {none} does the interval leave out zero: chance could account for "
            "each difference."
        )
    if len(pairs) == 1:
        return f"{_sentence(found.iloc[0].to_dict(), say)}: the interval leaves out zero."
    # Numbers are noted in the order in which they are read.
    every = say.worked(f"{len(pairs)} published pairs", _PAIRED)
    clear_of = say.worked(str(len(found)), "pairs of which the interval leaves out zero")
    said = "; ".join(_sentence(row, say) for row in found.to_dict("records"))
    have = "has an interval that leaves" if len(found) == 1 else "have intervals that leave"
    return (
        f"Of {every} compared, {clear_of} {have} out zero: {said}; among "
        f"{say.worked(f'{len(pairs)} comparisons', _PAIRED)} one may do so by chance alone."
    )


def _sentence(row: Row, say: Sentence) -> str:
    sides = ", ".join(
        f"{name} {say(share, 'survey_results', (behind,))}"
        for (name, share), behind in zip(_sides(row), _behind(row), strict=True)
    )
    both = _behind(row)
    gap = f"{points(row['difference_points'])} points"
    gap = say.worked(gap, "the one share minus the other", "survey_results", both)
    interval = say.worked(interval_words(row, sign=True), _NEWCOMBE, "survey_results", both)
    return f"“{row['option']}”, {sides} ({gap}, interval {interval})"
