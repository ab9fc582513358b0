"""The network of organisations that belong to several collaboratives, and words for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.bipartite import Layout, lay_out
from components.exhibits.charts import finish, wrap
from components.exhibits.lines import lines_of
from components.exhibits.member_words import most_connected
from components.exhibits.numbers import Sentence
from components.exhibits.picks import name_of, token
from data.catalogue import Catalogue
from data.citations import collect
from data.connections import left_out, memberships
from data.lineage import ref
from data.query import COLLABORATIVE_DIMENSIONS
from data.selection import Selection

CONNECTION_DIMENSIONS = COLLABORATIVE_DIMENSIONS
MEMBERSHIP_COLUMNS = [
    "organisation", "name", "role", "memberships", "home", "sector", "note", "source_id", "locator",
]  # fmt: skip
ROLE_LINES: Final = MappingProxyType(
    {"lead_provider": ("solid", 4.0), "member": ("solid", 1.4), "partner": ("dot", 1.6)}
)
"""Role -> dash and width of its line: told apart without colour."""
_ROW_PX = 25
_NAME = re.compile(r"^The (?=.* Trust$)| (University )?NHS (Foundation )?Trust$")


def labels(names: Iterable[str], most: int = 34) -> dict[str, str]:
    """Names as labels: without "NHS Trust" and the like, and cut, unless two would become one.

    Args:
        names: Names of organisations or collaboratives; repeats do not matter.
        most: Longest label in characters; what is cut off is in the hover and the table.

    Returns:
        Name -> label; different names have different labels.
    """
    short = {name: _NAME.sub("", name) or name for name in names}
    cut = {n: s if len(s) <= most else s[: most - 1].rstrip() + "…" for n, s in short.items()}
    shorts, cuts = Counter(short.values()), Counter(cut.values())
    return {
        n: cut[n] if cuts[cut[n]] == 1 else short[n] if shorts[short[n]] == 1 else n for n in short
    }


def told_apart(named: Mapping[str, str]) -> dict[str, str]:
    """Labels by id; those that several ids have are followed by the id, as rows of their own."""
    counts = Counter(named.values())
    return {k: v if counts[v] == 1 else f"{v} [{k}]" for k, v in named.items()}


def gone_notes(catalogue: Catalogue, selection: Selection) -> list[str]:
    """Which collaboratives are not counted because they are no more; one sentence or none."""
    gone = sorted(left_out(catalogue, selection)["short_name"])
    return [f"Not counted, because they are no more: {'; '.join(gone)}."] if gone else []


def membership_notes(catalogue: Catalogue, selection: Selection) -> list[str]:
    """What is counted and what is not, for every exhibit of memberships."""
    notes = ["Only members that a source names are counted; many sources name none."]
    notes.extend(gone_notes(catalogue, selection))
    if selection.collaborative:
        notes.append(
            "Shown are the members of the collaborative selected, with whatever else they belong "
            "to."
        )
    return notes


def _roles(catalogue: Catalogue) -> Mapping[str, str]:
    return catalogue.schema.labels("memberships", "role")


def _lines(frame: pd.DataFrame, layout: Layout) -> list[dict[str, Any]]:
    """One shape a role, with a curve for each membership: many times smaller than a trace each."""
    shapes = []
    for role, (dash, width) in ROLE_LINES.items():
        part = frame[frame["role"] == role]
        if part.empty:
            continue
        curves = []
        for a, b in zip(part["organisation_id"], part["collaborative_id"], strict=True):
            y, z = round(layout.left[a], 2), round(layout.right[b], 2)
            curves.append(f"M0,{y}C0.45,{y} 0.55,{z} 1,{z}")
        shapes.append(
            {
                "type": "path", "path": "".join(curves), "layer": "below",
                "line": {"color": theme.NEUTRAL, "dash": dash, "width": width},
                }
        )  # fmt: skip
    return shapes


_ON_LINE: Final = (0.35, 0.65)
"""Where along a line a pointer meets it; nearer to its ends it meets the names."""
_REACH: Final = 60
"""Pixels from such a place at which it is met."""


def _on_lines(frame: pd.DataFrame, layout: Layout) -> dict[str, Any]:
    """Marks out of sight along the lines of a role: a shape is met by no pointer."""
    x, y, tokens = [], [], []
    for row in frame.to_dict("records"):
        one, other = row["organisation_id"], row["collaborative_id"]
        for t in _ON_LINE:
            s = 1 - t
            x.append(round(3 * s * s * t * 0.45 + 3 * s * t * t * 0.55 + t**3, 3))
            near, far = s**3 + 3 * s * s * t, 3 * s * t * t + t**3
            y.append(round(near * layout.left[one] + far * layout.right[other], 2))
            tokens.append(token(organisation=one, collaborative=other))
    return {
        "x": x, "y": y, "mode": "markers", "marker": {"opacity": 0},
        # A name is sent once for all of them; the click tells which one it is.
        "hoverinfo": "name", "customdata": tokens, "showlegend": False,
    }  # fmt: skip


def group_mark(collaborative: object) -> str:
    """The token of a collaborative as an end of several lines."""
    return token(collaborative=collaborative, mark=f"memberships of {collaborative}")


def _behind(frame: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The memberships that the mark of each organisation and each collaborative stands for."""
    ends = (
        ("organisation_id", lambda key: token(organisation=key)),
        ("collaborative_id", group_mark),
    )
    return {
        name_of(mark(key)): tuple(
            ref("memberships", r["collaborative_id"], r["organisation_id"])
            for r in part.to_dict("records")
        )
        for column, mark in ends
        for key, part in frame.groupby(column)
    }


def _network(catalogue: Catalogue, frame: pd.DataFrame) -> go.Figure:
    links = zip(frame["organisation_id"], frame["collaborative_id"], strict=True)
    layout, roles = lay_out(links), _roles(catalogue)
    figure = go.Figure()
    people = frame.drop_duplicates("organisation_id").set_index("organisation_id")
    people = people.loc[list(layout.left)]
    belongs = {
        str(key): "<br>".join(
            f"• {r['short_name']}: {roles[r['role']].lower()}" for r in rows.to_dict("records")
        )
        for key, rows in frame.groupby("organisation_id")
    }
    figure.add_scatter(
        x=[0] * len(people),
        y=[round(y, 2) for y in layout.left.values()],
        mode="markers",
        name="Organisation",
        marker={"color": theme.ALL_RESPONDENTS, "size": 11},
        hovertext=[
            f"<b>{wrap(name, 46)}</b><br>{belongs[str(key)]}"
            for key, name in people["organisation"].items()
        ],
        hoverinfo="text",
        customdata=[token(organisation=key) for key in people.index],
    )
    groups = frame.drop_duplicates("collaborative_id").set_index("collaborative_id")
    linked = frame.groupby("collaborative_id").size()
    for sector in (s for s in theme.SECTOR_COLOURS if s in set(groups["sector"])):
        part = groups[groups["sector"] == sector]
        several = frame.loc[frame["sector"] == sector, "organisation_id"].duplicated()
        figure.add_scatter(
            x=[1] * len(part),
            y=[round(layout.right[key], 2) for key in part.index],
            yaxis="y2",
            mode="markers",
            name=theme.SECTOR_SHORT[sector],
            # Of one sector alone there may be no organisation in several.
            meta=token(sector=sector) if several.any() else None,
            marker={
                "color": theme.SECTOR_COLOURS[sector],
                "symbol": theme.SECTOR_SYMBOLS[sector],
                "size": 13,
            },
            hovertext=[
                f"<b>{wrap(name, 46)}</b><br>{linked[str(key)]} of its members belong to others too"
                for key, name in part["name"].items()
            ],
            hoverinfo="text",
            customdata=[group_mark(key) for key in part.index],
        )
    for role in (r for r in ROLE_LINES if r in set(frame["role"])):
        dash, width = ROLE_LINES[role]
        # Shapes have no legend that shows a line: a line out of sight stands for them.
        figure.add_scatter(
            x=[-2, -1],
            y=[0, 0],
            mode="lines",
            name=roles[role],
            line={"color": theme.NEUTRAL, "dash": dash, "width": width},
            hoverinfo="skip",
        )
    for role in ROLE_LINES:
        part = frame[frame["role"] == role]
        if not part.empty:
            figure.add_scatter(**_on_lines(part, layout), name=roles[role])
    people_labels = labels(people["organisation"])
    group_labels = labels(groups["short_name"])
    axis = {
        "range": [layout.rows + 0.3, -0.3], "showgrid": False, "tickmode": "array",
        "tickfont": {"size": 12}, "ticks": "",
    }  # fmt: skip
    return finish(
        figure,
        height=110 + round(_ROW_PX * layout.rows),
        shapes=_lines(frame, layout),
        xaxis={"range": [-0.03, 1.03], "visible": False},
        yaxis={
            **axis,
            "tickvals": [round(y, 2) for y in layout.left.values()],
            "ticktext": [
                f"{people_labels[r['organisation']]} ({r['memberships']})"
                for r in people.to_dict("records")
            ],
        },
        yaxis2={
            **axis, "side": "right", "overlaying": "y",
            "tickvals": [round(y, 2) for y in layout.right.values()],
            "ticktext": [group_labels[str(groups.loc[key, "short_name"])] for key in layout.right],
        },
        legend={"y": 1.0, "yanchor": "bottom"},
        hoverdistance=_REACH,
    )  # fmt: skip


def role_words(catalogue: Catalogue, row: Mapping[Any, Any]) -> str:
    """The role of a membership, in words."""
    return catalogue.label("memberships", "role", row["role"]).lower()


@REGISTRY.register(
    "trust-network",
    title="Organisations in several collaboratives",
    question="Which trusts and partners link one collaborative to another?",
    alt="Two columns joined by lines: on the left organisations that belong to two or more "
    "collaboratives, on the right those collaboratives, by sector; a thick line for a lead "
    "provider, a thin one for a member, a dotted one for a partner.",
    responds_to=CONNECTION_DIMENSIONS,
)
def trust_network(catalogue: Catalogue, selection: Selection) -> Built:
    """Memberships of the organisations that have two or more."""
    everyone = memberships(catalogue, selection)
    frame = everyone[everyone["memberships"] > 1]
    if frame.empty:
        return nothing(
            catalogue, selection, "trust-network", "organisations in several collaboratives",
            frame[MEMBERSHIP_COLUMNS],
        )  # fmt: skip
    several = frame["organisation_id"].nunique()
    say, by = Sentence(), "organisation_id"
    who = (f"{by}:{key}" for key in frame[by].unique())
    named = theme.plural(everyone[by].nunique(), "organisation")
    return Built(
        figure=_network(catalogue, frame),
        behind=_behind(frame),
        frame=frame[MEMBERSHIP_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, frame),
        caveats=("partial-coverage",),
        reading=(
            f"{say(str(several), 'memberships', frame, *who, by=by)} of "
            f"{say(named, 'memberships', everyone, by=by)} named "
            f"{'belongs' if several == 1 else 'belong'} to two or more of the collaboratives "
            f"shown; {most_connected(frame, say)}."
        ),
        numbers=say.numbers,
        notes=(
            *membership_notes(catalogue, selection),
            "Behind a name on the left: how many it belongs to. Names are shortened; the table "
            "has them whole.",
        ),
        scrolls=True,
        lines=lines_of(
            frame, "organisation", lambda r: f"{r['short_name']} ({role_words(catalogue, r)})"
        ),
    )
