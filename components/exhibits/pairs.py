"""The exhibit of pairs: the value before and the value after, as slopes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.benefits import strongest_first, with_set_aside
from components.exhibits.charts import finish
from components.exhibits.numbers import Sentence
from components.exhibits.outcome_labels import Row, aside_hover, hover, mark_of, rows_of, values_of
from components.exhibits.outcome_words import (
    BENEFIT_DIMENSIONS,
    FRAME_COLUMNS,
    SHOWN,
    outcome_caveats,
    rules_by_id,
    rules_of,
    value_words,
)
from components.exhibits.picks import token
from data.catalogue import Catalogue
from data.citations import collect
from data.query import outcomes
from data.selection import Selection

_DASHES: Final = MappingProxyType({"achieved": "solid", "expected": "dash", "planned": "dot"})
_LINE, _BAND, _GAP = 18, 74, 14


def _slope(figure: go.Figure, row: Row, axis: str) -> None:
    """The line of one pair on an axis of its own, with both values written at its ends."""
    outcome = row.outcome
    before, after = float(outcome["baseline_value"]), float(outcome["value"])
    unit, status = str(outcome["unit"]), str(outcome["status"])
    colour = theme.STATUS_COLOURS[status]
    hedge = value_words(outcome).rpartition(" to ")[2]
    figure.add_scatter(
        x=[0, 1],
        y=[before, after],
        yaxis=axis,
        mode="lines+markers+text",
        line={"color": colour, "width": 4, "dash": _DASHES[status]},
        marker={"size": [10, 14], "symbol": ["circle", theme.STATUS_SYMBOLS[status]],
                "color": [theme.NEUTRAL, colour], "line": {"width": 2.5, "color": colour},
                "opacity": 1},
        text=[theme.amount(before, unit), f"<b>{hedge}</b>"],
        textposition=["middle left", "middle right"],
        hovertext=[hover(outcome)] * 2,
        customdata=[mark_of(outcome)] * 2,
        hoverinfo="text",
        cliponaxis=False,
        name=status.capitalize(),
        legendgroup=status,
        meta=token(status=status),
        showlegend=not any(t.legendgroup == status for t in figure.data),
    )  # fmt: skip
    for (start, end), mark in zip(row.others, row.other_marks, strict=True):
        figure.add_scatter(
            x=[1] if start is None else [0, 1], y=[end] if start is None else [start, end],
            yaxis=axis, mode="markers",
            marker={"symbol": "diamond-open", "size": 14, "color": theme.DISAGREE[0],
                    "line": {"width": 2.5}},
            hovertext=[aside_hover(v, row) for v in (start, end) if v is not None],
            customdata=[mark for v in (start, end) if v is not None],
            hoverinfo="text",
            name="Also stated, not chosen", legendgroup="aside",
            showlegend=not any(t.legendgroup == "aside" for t in figure.data),
        )  # fmt: skip


def _slopes(groups: dict[str, list[Row]]) -> go.Figure:
    """Slopes below one another under the name of their unit, each from a zero of its own."""
    figure = go.Figure()
    texts: list[str] = []
    tops: list[int] = []
    bands: list[tuple[Row, int]] = []
    y = 0
    for title, rows in groups.items():
        texts.append(f"<b>{title}</b>")
        tops.append(y)
        y += _LINE + _GAP // 2
        for row in rows:
            texts.append(row.text)
            tops.append(y)
            y += _LINE * (row.text.count("<br>") + 1) + 4
            bands.append((row, y))
            y += _BAND + _GAP
    for number, (row, top) in enumerate(bands, start=2):
        _slope(figure, row, f"y{number}")
        most = max(values_of(row))
        figure.layout[f"yaxis{number}"] = {
            "domain": [max(1 - (top + _BAND) / y, 0), 1 - top / y],
            "range": [0, (most or 1) * 1.15], "anchor": "x", "showticklabels": False,
            "showgrid": False, "zeroline": True, "zerolinecolor": theme.NEUTRAL,
        }  # fmt: skip
    figure.add_scatter(
        x=[-0.6] * len(texts), y=tops, text=texts, mode="text", textposition="bottom right",
        textfont={"size": theme.LABEL_SIZE}, hoverinfo="skip", showlegend=False, cliponaxis=False,
    )  # fmt: skip
    axis: dict[str, Any] = {"range": [-0.6, 1.9], "visible": False}
    return finish(
        figure,
        y + 56,
        xaxis=axis,
        yaxis={"range": [y, 0], "visible": False},
        margin={"l": 8, "r": 8, "t": 40, "b": 4},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
        showlegend=True,
    )


@REGISTRY.register(
    "before-and-after",
    title="Before and after",
    question="Where do sources state both the value before and the value after?",
    alt="A slope for each pair, from the value before on the left to the value after on the right, "
    "each in its own unit and from a zero of its own.",
    responds_to=BENEFIT_DIMENSIONS,
)
def before_and_after(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``outcomes`` with a baseline."""
    frame = outcomes(catalogue, selection)
    frame = frame[frame["baseline_value"].notna() & frame["value"].notna()]
    if frame.empty:
        return nothing(catalogue, selection, "before-and-after", "pairs of values", frame)
    table = outcomes(catalogue, selection, shown_only=False)
    drawn = rows_of(strongest_first(frame), table, rules_by_id(catalogue))
    groups = {
        f"{label[0].upper()}{label[1:]}": part
        for unit, label in catalogue.schema.labels("outcomes", "unit").items()
        if (part := [r for r in drawn if r.outcome["unit"] == unit])
    }
    first = drawn[0].outcome
    fell = frame[frame["value"] < frame["baseline_value"]]
    rose = frame[frame["value"] > frame["baseline_value"]]
    say, both = Sentence(), (SHOWN, "value:*", "baseline_value:*")
    rows = with_set_aside(frame, table)
    return Built(
        figure=_slopes(groups),
        frame=rows[FRAME_COLUMNS],
        citations=collect(catalogue, rows),
        caveats=outcome_caveats(rows),
        reading=(
            f"{say(theme.plural(len(frame), 'pair'), 'outcomes', frame, *both)} of values "
            f"({say(f'{len(fell)} fell', 'outcomes', fell)}, "
            f"{say(f'{len(rose)} rose', 'outcomes', rose)}); the best "
            f"described is “{first['metric']}” ({first['collaborative']}), "
            f"{say.row(value_words(first), 'outcomes', first)}, {first['status']}."
        ),
        numbers=say.numbers,
        notes=("Each slope starts from a zero of its own, so that its fall or rise is in "
               "proportion; heights do not compare between slopes. A pair is not proof that the "
               "collaborative caused the change.",
               "Percentages without a stated baseline are changes, not pairs; they are under "
               "“Reported outcomes by benefit of scale”.", *rules_of(catalogue, frame)),
    )  # fmt: skip
