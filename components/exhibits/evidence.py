"""The evidence map: which collaborative reports which benefit, how strongly, and the gaps."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.outcome_words import (
    BENEFIT_DIMENSIONS,
    SHOWN,
    WHO,
    outcome_caveats,
    value_words,
)
from components.exhibits.picks import token
from data.catalogue import Catalogue
from data.citations import collect
from data.evidence import GRADE, GRADES, RANK, grade_label
from data.query import collaboratives, outcomes
from data.selection import Selection

_ROW, _MARK = 34, 25
# What is not clicked stays as it is: the click opens a cell, and the list beside it says which.
_AS_BEFORE: Final = {
    "unselected": {"marker": {"opacity": 1}},
    "selected": {"marker": {"opacity": 1}},
}
OF_OUTCOMES = ("benefit", "status", "grade", "service")
"""Dimensions that act on outcomes: under them "nothing" means "nothing that fits"."""


def benefits_shown(catalogue: Catalogue, selection: Selection) -> list[str]:
    """Ids of the benefits that the selection leaves, in the order of the schema."""
    known = catalogue.schema.labels("outcomes", "benefit")
    return [b for b in known if not selection.benefit or b in selection.benefit]


def cells(catalogue: Catalogue, selection: Selection) -> pd.DataFrame:
    """The cells of the evidence map, gaps among them.

    Returns:
        One row a collaborative with outcomes and a benefit: ``collaborative_id``,
        ``collaborative``, ``sector``, ``benefit`` (id), ``benefit_label``, ``grade`` (id of the
        strongest; empty for a gap), ``evidence`` (in words), ``outcomes`` (how many),
        ``outcome_ids`` and ``source_ids`` (separated by semicolons); the collaborative with the
        strongest and the most evidence first.
    """
    labels = catalogue.schema.labels("outcomes", "benefit")
    mine: dict[str, list[dict[Any, Any]]] = {}
    for row in outcomes(catalogue, selection).to_dict("records"):
        mine.setdefault(row["collaborative_id"], []).append(row)

    def strength(rows: list[dict[Any, Any]]) -> tuple[int, int, int]:
        best = min(RANK[r["grade"]] for r in rows)
        return best, -len({r["benefit"] for r in rows}), -len(rows)

    found: list[dict[str, Any]] = []
    for key, rows in sorted(mine.items(), key=lambda item: strength(item[1])):
        for benefit in benefits_shown(catalogue, selection):
            part = sorted(
                (r for r in rows if r["benefit"] == benefit), key=lambda r: RANK[r["grade"]]
            )
            grade = str(part[0]["grade"]) if part else ""
            found.append(
                {
                    "collaborative_id": key,
                    "collaborative": rows[0]["collaborative"],
                    "sector": rows[0]["sector"],
                    "benefit": benefit,
                    "benefit_label": labels[benefit],
                    "grade": grade,
                    "evidence": grade_label(grade) if grade else "nothing reported",
                    "outcomes": len(part),
                    "outcome_ids": "; ".join(r["outcome_id"] for r in part),
                    "source_ids": "; ".join(_sources(part)) or None,
                }
            )
    columns = ["collaborative_id", "collaborative", "sector", "benefit", "benefit_label", "grade",
               "evidence", "outcomes", "outcome_ids", "source_ids"]  # fmt: skip
    return pd.DataFrame(found, columns=columns)


def _sources(part: list[dict[Any, Any]]) -> list[str]:
    """Ids of every source of some outcomes, each once."""
    cells = [r[c] for c in ("source_id", "other_source_ids") for r in part]
    return list(
        dict.fromkeys(s.strip() for cell in cells if isinstance(cell, str) for s in cell.split(";"))
    )


def _hover(part: list[dict[Any, Any]], label: str) -> str:
    told = [f"• {wrap(r['metric'][:70], 44)}: {value_words(r)}" for r in part]
    more = [f"and {len(told) - 3} more"] if len(told) > 3 else []
    head = wrap(f"{part[0]['collaborative']}: {label}", 46)
    return "<br>".join([f"<b>{head}</b>", *told[:3], *more])


def _picture(grid: pd.DataFrame, frame: pd.DataFrame, rest: str) -> go.Figure:
    """Marks with letters on a grid; gaps are open squares, and so is the row of the rest."""
    names = dict(zip(grid["collaborative_id"], grid["collaborative"], strict=True))
    benefits = list(dict.fromkeys(grid["benefit"]))
    x_of, y_of = {b: i for i, b in enumerate(benefits)}, {key: i for i, key in enumerate(names)}
    figure = go.Figure()
    parts: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for row in frame.to_dict("records"):
        parts.setdefault((row["collaborative_id"], row["benefit"]), []).append(row)
    for grade in GRADES:
        rows = grid[grid["grade"] == grade.id]
        if rows.empty:
            continue
        filled = not theme.GRADE_SYMBOLS[grade.id].endswith("-open")
        colour = theme.GRADE_COLOURS[grade.id]
        points = rows.to_dict("records")
        figure.add_scatter(
            x=[x_of[r["benefit"]] for r in points],
            y=[y_of[r["collaborative_id"]] for r in points],
            mode="markers+text",
            name=f"{grade.letter} {grade.label.lower()}",
            meta=token(grade=grade.id),
            marker={"symbol": theme.GRADE_SYMBOLS[grade.id], "size": _MARK, "color": colour,
                    "line": {"width": 2, "color": colour}, "opacity": 1},
            text=[f"<b>{grade.letter}</b>"] * len(points),
            textfont={"size": 13, **({"color": "#FFFFFF"} if filled else {})},
            hovertext=[_hover(parts[r["collaborative_id"], r["benefit"]], r["benefit_label"])
                       for r in points],
            hoverinfo="text",
            customdata=[token(collaborative=r["collaborative_id"], benefit=r["benefit"])
                        for r in points],
            **_AS_BEFORE,
        )  # fmt: skip
        many = [r for r in points if r["outcomes"] > 1]
        if many:
            figure.add_scatter(
                x=[x_of[r["benefit"]] + (0.27 if grade.letter == "C" else 0.2) for r in many],
                y=[y_of[r["collaborative_id"]] for r in many],
                text=[f"×{r['outcomes']}" for r in many], mode="text",
                textposition="middle right", textfont={"size": 12}, hoverinfo="skip",
                showlegend=False,
            )  # fmt: skip
    gaps = [
        (
            x_of[r["benefit"]],
            y_of[r["collaborative_id"]],
            token(collaborative=r["collaborative_id"], benefit=r["benefit"]),
        )
        for r in grid[grid["outcomes"] == 0].to_dict("records")
    ]
    ticks = [wrap(n, 30) for n in names.values()]
    if rest:
        gaps += [(x, len(names), token(benefit=b)) for b, x in x_of.items()]
        ticks.append(f"<i>{wrap(rest, 30)}</i>")
    if gaps:
        figure.add_scatter(
            x=[x for x, *_ in gaps], y=[y for _, y, _ in gaps], mode="markers",
            name="nothing reported", customdata=[cell for *_, cell in gaps],
            marker={"symbol": "square-open", "size": _MARK - 3, "color": theme.NEUTRAL,
                    "line": {"width": 1.2, "color": theme.NEUTRAL}},
            hovertext="nothing reported in the sources", hoverinfo="text", **_AS_BEFORE,
        )  # fmt: skip
    counts = grid[grid["outcomes"] > 0].groupby("benefit").size()
    tops = [f"<b>{theme.BENEFIT_SHORT[b].replace(' ', '<br>')}</b><br>{counts.get(b, 0)} of "
            f"{len(names)}" for b in benefits]  # fmt: skip
    return finish(
        figure,
        218 + _ROW * len(ticks),
        xaxis={"side": "top", "tickmode": "array", "tickvals": list(x_of.values()),
               "ticktext": tops, "range": [-0.55, len(benefits) - 0.35], "showgrid": False,
               "tickangle": 0},
        yaxis={"tickmode": "array", "tickvals": list(range(len(ticks))), "ticktext": ticks,
               "range": [len(ticks) - 0.4, -0.6]},
        # One below the other from the left edge: a phone shows the left half of the grid, and all
        # of the legend. Margins are fixed, or room would be made for it beside the grid.
        legend={"orientation": "v", "x": 0, "xref": "container", "xanchor": "left",
                "y": 1, "yref": "container", "yanchor": "top"},
        showlegend=True,
        margin={"l": 196, "r": 8, "t": 170, "b": 4, "autoexpand": False},
    )  # fmt: skip


_SIX: Final = "the six benefits of scale for each collaborative with an outcome"


def _best(filled: pd.DataFrame, frame: pd.DataFrame, say: Sentence) -> str:
    """How many cells have each grade as their strongest, such as ``2 at A, 17 at B``."""
    said = []
    for grade in GRADE:
        at = filled.loc[filled["grade"] == grade, ["collaborative_id", "benefit"]]
        rows = frame[frame["grade"] == grade].merge(at, on=["collaborative_id", "benefit"])
        if len(at):
            words, by = f"{len(at)} at {GRADE[grade].letter}", f"{WHO},benefit"
            said.append(say(words, "outcomes", rows, SHOWN, by=by, within={"grade": (grade,)}))
    return ", ".join(said)


@REGISTRY.register(
    "benefit-evidence-map",
    title="Who reports which benefit, and how firmly",
    question="Where is there something reported, how firm is it, and where are the gaps?",
    alt="A grid of collaboratives by the six benefits of scale; a letter from A to E in a mark of "
    "its own shape gives the strongest grade of evidence, an open square is a gap.",
    responds_to=BENEFIT_DIMENSIONS,
)
def benefit_evidence_map(catalogue: Catalogue, selection: Selection) -> Built:
    """Cells of collaboratives with outcomes by benefit, gaps included."""
    frame = outcomes(catalogue, selection)
    if frame.empty:
        return nothing(catalogue, selection, "benefit-evidence-map", "outcomes", frame)
    grid = cells(catalogue, selection)
    filled = grid[grid["outcomes"] > 0]
    with_outcomes = grid["collaborative_id"].nunique()
    chosen = collaboratives(catalogue, selection)
    silent = chosen[~chosen["collaborative_id"].isin(grid["collaborative_id"])]
    fits = " that fits the filters" if any(getattr(selection, d) for d in OF_OUTCOMES) else ""
    rest = f"{theme.plural(len(silent), 'more collaborative')}: no outcome{fits}"
    if silent.empty:
        rest = ""
    say = Sentence()
    who = theme.plural(with_outcomes, "collaborative")
    reading = (
        f"{say(who, 'outcomes', frame, SHOWN, by=WHO)} of "
        f"{say(str(len(chosen)), 'collaboratives', chosen)} "
        f"{'reports' if with_outcomes == 1 else 'report'} an outcome{fits}: "
        f"{say(str(len(filled)), 'outcomes', frame, SHOWN, by=f'{WHO},benefit')} of their "
        f"{say.worked(f'{len(grid)} cells', _SIX)} are filled ({_best(filled, frame, say)}), "
        f"{say.worked(f'{len(grid) - len(filled)} are gaps', 'cells less those that are filled')}."
    )
    notes = [
        "A mark shows the strongest grade in the cell, × and a number how many outcomes it holds. "
        "An open square: the sources report nothing there, which is not the same as no benefit."
    ]
    return Built(
        figure=_picture(grid, frame, rest),
        frame=grid,
        citations=collect(catalogue, frame),
        caveats=outcome_caveats(frame),
        reading=reading,
        numbers=say.numbers,
        notes=tuple(notes),
        details=(f"No outcome{fits}: {'; '.join(silent['short_name'])}.",) if rest else (),
        scrolls=True,
    )
