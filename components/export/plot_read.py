"""Reading a Plotly figure: its traces and layout as the plain values of ``plot.py``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from components import theme
from components.export.plot import Bar, Key, Line, Panel, Plot, Point
from components.export.plot_axes import Axis, axis_of, row_place

Values = Mapping[str, Any]
LIGHT = "light"


def _nth(value: Any, n: int, default: Any = None) -> Any:
    """Element of what may be one value for all, a list, or missing."""
    if value is None:
        return default
    if isinstance(value, str) or not isinstance(value, Sequence | Iterable):
        return value
    values = list(value)
    found = values[n] if n < len(values) else default
    return default if found is None else found


def _colour(value: Any, default: str = theme.ALL_RESPONDENTS) -> str:
    return str(value) if value else default


def _pairs(trace: Values) -> list[tuple[Any, Any]]:
    return list(zip(trace.get("x") or (), trace.get("y") or (), strict=False))


def _gap(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _bars(trace: Values, panel: Panel, ends: dict[tuple[int, float, bool], float], mode: str) -> (
    Iterator[Bar]
):  # fmt: skip
    marker = trace.get("marker") or {}
    pattern = marker.get("pattern") or {}
    for n, (x, y) in enumerate(_pairs(trace)):
        if _gap(x):
            continue
        row, length = row_place(panel.y, y), float(x)
        low = float(_nth(trace.get("base"), n, 0.0) or 0.0)
        if mode in {"stack", "relative"}:
            key = id(panel), row, length < 0
            low = ends.get(key, 0.0)
            ends[key] = low + length
        yield Bar(
            row,
            low,
            low + length,
            float(_nth(trace.get("width"), n, 0.65)),
            _colour(_nth(marker.get("color"), n)),
            str(_nth(pattern.get("shape"), n, "") or ""),
            str(_nth(trace.get("text"), n, "") or ""),
            str(_nth(trace.get("textposition"), n, "inside")) != "outside",
            str(trace.get("name") or ""),
            str(_nth(trace.get("hovertext"), n, "") or ""),
        )


def _points(trace: Values, panel: Panel) -> Iterator[Point]:
    mode = str(trace.get("mode") or "markers")
    marker, font = trace.get("marker") or {}, trace.get("textfont") or {}
    line, error = marker.get("line") or {}, trace.get("error_x") or {}
    for n, (x, y) in enumerate(_pairs(trace)):
        if _gap(x) or _gap(y):
            continue
        symbol = str(_nth(marker.get("symbol"), n, "circle"))
        colour = _nth(marker.get("color"), n)
        opacity = _nth(marker.get("opacity"), n, 1)
        plain = _colour(colour, theme.ALL_RESPONDENTS)
        if symbol in {"line-ns", "diamond-open"} or plain.startswith("rgba(0,0,0,0"):
            plain = _colour(colour or _nth(line.get("color"), n), theme.NEUTRAL)
        if symbol == "line-ns":
            plain = _colour(_nth(line.get("color"), n), theme.NEUTRAL)
        plus = _nth(error.get("array"), n)
        yield Point(
            row_place(panel.x, x),
            row_place(panel.y, y),
            symbol,
            float(_nth(marker.get("size"), n, 8)),
            plain,
            shown="markers" in mode and float(opacity) > 0,
            text=str(_nth(trace.get("text"), n, "") or "") if "text" in mode else "",
            text_at=str(_nth(trace.get("textposition"), n, "middle center")),
            text_colour=str(_nth(font.get("color"), n, "") or ""),
            text_size=float(_nth(font.get("size"), n, theme.FONT_SIZE)),
            minus=None if plus is None else float(_nth(error.get("arrayminus"), n, plus)),
            plus=None if plus is None else float(plus),
            arm_colour=str(error.get("color") or theme.INK[LIGHT]),
            name=str(trace.get("name") or ""),
            hover=str(_nth(trace.get("hovertext"), n, "") or ""),
        )


def _lines(trace: Values, panel: Panel) -> Iterator[Line]:
    style = trace.get("line") or {}
    run: list[tuple[float, float]] = []
    for x, y in [*_pairs(trace), (None, None)]:
        if _gap(x) or _gap(y):
            # A line off the axis is there for the legend only.
            if len(run) > 1 and any(-0.01 <= panel.x.part(at) <= 1.01 for at, _ in run):
                yield Line(
                    tuple(run),
                    _colour(style.get("color")),
                    float(style.get("width") or 2),
                    str(style.get("dash") or ""),
                    str(trace.get("name") or ""),
                )
            run = []
        else:
            run.append((row_place(panel.x, x), row_place(panel.y, y)))


_CURVE = re.compile(r"M([^,]+),([^C]+)C([^,]+),(\S+) ([^,]+),(\S+) ([^,]+),([^M]+)")
_PARTS = 12


def _curves(path: str) -> Iterator[tuple[tuple[float, float], ...]]:
    """Points along each curve of a path, which is how a chart draws its connections."""
    for found in _CURVE.finditer(path):
        x0, y0, x1, y1, x2, y2, x3, y3 = (float(v) for v in found.groups())
        steps = [n / _PARTS for n in range(_PARTS + 1)]
        yield tuple(
            (
                (1 - t) ** 3 * x0
                + 3 * (1 - t) ** 2 * t * x1
                + 3 * (1 - t) * t * t * x2
                + t**3 * x3,
                (1 - t) ** 3 * y0
                + 3 * (1 - t) ** 2 * t * y1
                + 3 * (1 - t) * t * t * y2
                + t**3 * y3,
            )
            for t in steps
        )


def _shape_lines(shape: Values, rows: Axis) -> Iterator[Line]:
    """Lines of the layout that lie in the first panel: straight ones and connections."""
    style = shape.get("line") or {}
    look = (
        _colour(style.get("color"), theme.NEUTRAL),
        float(style.get("width") or 1),
        str(style.get("dash") or ""),
    )
    if shape.get("type") == "path":
        for points in _curves(str(shape.get("path") or "")):
            yield Line(points, *look)
    if shape.get("type") != "line" or shape.get("xref") == "paper":
        return
    x0, x1 = shape.get("x0"), shape.get("x1")
    y0, y1 = shape.get("y0"), shape.get("y1")
    if str(shape.get("yref") or "y").endswith((" domain", "paper")):
        y0, y1 = rows.low, rows.high
    if not any(_gap(v) or isinstance(v, str) for v in (x0, x1, y0, y1)):
        yield Line(((float(x0), float(y0)), (float(x1), float(y1))), *look)  # type: ignore[arg-type]


def _layout_key(ref: str) -> str:
    return f"{ref[0]}axis{ref[1:]}"


def read_plot(figure: go.Figure) -> Plot:
    """Read a figure of the Atlas.

    Args:
        figure: Bars that lie, scatters of marks, lines and texts; what every exhibit is made of.

    Raises:
        ValueError: The figure has a trace of another type, which would be left out silently.
    """
    whole = figure.to_plotly_json()
    traces = [_listed(t) for t in whole["data"]]
    layout = whole["layout"]
    mode = str(layout.get("barmode") or "group")
    panels: dict[tuple[str, str], Panel] = {}
    ends: dict[tuple[int, float, bool], float] = {}
    keys: dict[str, Key] = {}
    for trace in traces:
        kind = trace.get("type", "scatter")
        if kind not in {"bar", "scatter"}:
            raise ValueError(f"expected bars and scatters, found a trace of type {kind!r}")
        ref = str(trace.get("xaxis") or "x"), str(trace.get("yaxis") or "y")
        if ref not in panels:
            on = [t for t in traces if _same(t, ref)]
            panels[ref] = Panel(
                axis_of(layout.get(_layout_key(ref[0])) or {}, [t.get("x") for t in on], "x"),
                axis_of(layout.get(_layout_key(ref[1])) or {}, [t.get("y") for t in on], "y"),
            )
        panel = panels[ref]
        if kind == "bar":
            panel.bars.extend(_bars(trace, panel, ends, mode))
        else:
            if "lines" in str(trace.get("mode") or "markers"):
                panel.lines.extend(_lines(trace, panel))
            panel.points.extend(_points(trace, panel))
        _note_key(keys, trace, mode)
    for shape in layout.get("shapes") or ():
        if panels:
            first = next(iter(panels.values()))
            first.lines.extend(_shape_lines(shape, first.y))
    shown = layout.get("showlegend")
    several = len([t for t in traces if t.get("showlegend") is not False]) > 1
    entries = tuple(keys.values()) if (shown is not False and (several or shown)) else ()
    return Plot(
        tuple(panels.values()),
        entries,
        int(layout.get("height") or 400),
        mode in {"stack", "relative"},
    )


def _same(trace: Values, ref: tuple[str, str]) -> bool:
    return (str(trace.get("xaxis") or "x"), str(trace.get("yaxis") or "y")) == ref


def _listed(trace: Any) -> dict[str, Any]:
    """A trace whose arrays are lists, its markers and arms included."""
    found: dict[str, Any] = {}
    for key, value in dict(trace).items():
        if hasattr(value, "tolist"):
            found[key] = value.tolist()
        elif isinstance(value, tuple):
            found[key] = list(value)
        elif isinstance(value, Mapping):
            found[key] = _listed(value)
        else:
            found[key] = value
    return found


def _note_key(keys: dict[str, Key], trace: Values, mode: str) -> None:
    name = str(trace.get("name") or "")
    if not name or trace.get("showlegend") is False or name in keys:
        return
    marker = trace.get("marker") or {}
    is_bar = trace.get("type") == "bar"
    lines = str(trace.get("mode") or "") == "lines"
    symbol = "" if is_bar else "line" if lines else str(_nth(marker.get("symbol"), 0, "circle"))
    style = trace.get("line") or {}
    edge = _nth((marker.get("line") or {}).get("color"), 0)
    colour = style.get("color") if lines else _nth(marker.get("color"), 0) or edge
    shape = str(_nth((marker.get("pattern") or {}).get("shape"), 0, "") or "") if is_bar else ""
    del mode
    keys[name] = Key(name, _colour(colour), symbol, shape)
