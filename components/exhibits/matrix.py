"""The matrix of organisations by collaboratives."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.bipartite import lay_out
from components.exhibits.charts import finish, flat_heads
from components.exhibits.connections import (
    CONNECTION_DIMENSIONS,
    MEMBERSHIP_COLUMNS,
    labels,
    membership_notes,
    role_words,
    told_apart,
)
from components.exhibits.lines import lines_of
from components.exhibits.member_words import most_connected
from components.exhibits.numbers import Sentence
from components.exhibits.picks import token
from data.catalogue import Catalogue
from data.citations import collect
from data.connections import memberships
from data.selection import Selection

ROLE_MARKS = {
    "lead_provider": ("star", theme.STATUS_COLOURS["expected"]),
    "member": ("circle", theme.ALL_RESPONDENTS),
    "partner": ("circle-open", theme.ALL_RESPONDENTS),
}
"""Role -> symbol and colour: the symbol alone tells them apart."""
_MOST_ROWS = 45
"""Organisations in the matrix: beyond these, one that belongs to one collaborative only is left to
the table."""


@REGISTRY.register(
    "membership-matrix",
    title="Organisations by collaborative",
    question="Who belongs to which collaborative, and as what?",
    alt="A grid of organisations by collaboratives, those with several memberships first: a star "
    "for a lead provider, a filled circle for a member, an open one for a partner.",
    responds_to=CONNECTION_DIMENSIONS,
)
def membership_matrix(catalogue: Catalogue, selection: Selection) -> Built:
    """Every membership that the filters leave."""
    frame = memberships(catalogue, selection)
    if frame.empty:
        return nothing(
            catalogue, selection, "membership-matrix", "members named", frame[MEMBERSHIP_COLUMNS]
        )
    people = frame.drop_duplicates("organisation_id")
    several = int((people["memberships"] > 1).sum())
    count = len(people) if len(people) <= _MOST_ROWS else several or _MOST_ROWS
    drawn = frame[frame["organisation_id"].isin(people["organisation_id"].head(count))]
    notes, noted = membership_notes(catalogue, selection), Sentence()
    whole, by = "memberships", "organisation_id"
    if count < len(people):
        notes.append(
            f"The picture has the {noted(f'{count} organisations', whole, drawn, by=by)} with most "
            f"memberships, the table {noted(f'all {len(people)}', whole, frame, by=by)}."
        )
    notes.append("Names are shortened; the table has them whole.")
    say = Sentence()
    of_all = theme.plural(len(people), "organisation")
    groups = theme.plural(frame["collaborative_id"].nunique(), "collaborative")
    return Built(
        figure=_matrix(catalogue, drawn),
        frame=frame[MEMBERSHIP_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, frame),
        caveats=("partial-coverage",),
        reading=(
            f"{say(theme.plural(len(frame), 'membership'), whole, frame)} of "
            f"{say(of_all, whole, frame, by='organisation_id')} in "
            f"{say(groups, whole, frame, by='collaborative_id')}; "
            + (
                most_connected(frame, say)
                if several
                else "no organisation is named in more than one of them"
            )
            + "."
        ),
        numbers=say.numbers,
        notes=tuple(notes),
        noted=noted.numbers,
        scrolls=True,
        lines=lines_of(
            frame.sort_values(["name", "organisation"]),
            "name",
            lambda r: (
                r["organisation"]
                if r["role"] == "member"
                else f"{r['organisation']} ({role_words(catalogue, r)})"
            ),
        ),
    )


def _matrix(catalogue: Catalogue, drawn: pd.DataFrame) -> go.Figure:
    """Marks on a grid; what hangs together stands together, several memberships first."""
    layout = lay_out(zip(drawn["organisation_id"], drawn["collaborative_id"], strict=True))
    people = drawn.drop_duplicates("organisation_id")
    people = people.assign(
        _single=people["memberships"] == 1, _place=people["organisation_id"].map(dict(layout.left))
    ).sort_values(["_single", "_place"])
    shown = labels(people["organisation"], 28)
    ids = people[["organisation_id", "organisation"]].to_numpy()
    rows = told_apart({k: shown[n] for k, n in ids})
    groups = drawn.drop_duplicates("collaborative_id")
    groups = groups.assign(_place=groups["collaborative_id"].map(dict(layout.right)))
    named = groups.sort_values("_place")[["collaborative_id", "short_name"]]
    heads = labels(named["short_name"], 30)
    columns = told_apart({k: heads[n] for k, n in named.to_numpy()})
    figure = go.Figure()
    for role, label in catalogue.schema.labels("memberships", "role").items():
        part = drawn[drawn["role"] == role]
        if part.empty:
            continue
        symbol, colour = ROLE_MARKS[role]
        figure.add_scatter(
            x=[columns[c] for c in part["collaborative_id"]],
            y=[rows[o] for o in part["organisation_id"]],
            mode="markers",
            name=label,
            marker={
                "color": colour,
                "symbol": symbol,
                "size": 15 if role == "lead_provider" else 11,
                "line": {"width": 2 if role == "partner" else 0, "color": colour},
            },
            customdata=[
                token(organisation=o, collaborative=c)
                for o, c in zip(part["organisation_id"], part["collaborative_id"], strict=True)
            ],
            hovertemplate=f"<b>%{{y}}</b><br>%{{x}}: {label.lower()}<extra></extra>",
        )
    finish(
        figure,
        height=230 + 25 * len(rows),
        xaxis={
            "side": "top", "tickangle": -60, "tickfont": {"size": 12},
            "categoryorder": "array", "categoryarray": list(columns.values()),
            "range": [-0.7, len(columns) - 0.3], "dtick": 1,
        },
        yaxis={
            "categoryorder": "array", "categoryarray": list(rows.values()),
            "range": [len(rows) - 0.3, -0.7], "dtick": 1, "tickfont": {"size": 12},
        },
        legend={"y": -0.01, "yanchor": "top"},
        showlegend=True,
    )  # fmt: skip
    flat_heads(figure, list(columns.values()))
    return figure
