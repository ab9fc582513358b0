"""The timeline of policy and of collaboratives."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, wrap
from components.exhibits.connections import told_apart
from components.exhibits.numbers import Sentence
from components.exhibits.picks import token
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.citations import collect
from data.lineage import ref, refs_of
from data.query import COLLABORATIVE_DIMENSIONS, collaboratives
from data.selection import Selection

TIMELINE_DIMENSIONS = COLLABORATIVE_DIMENSIONS
_POLICY_KINDS = ("policy", "law", "guidance")


def _year(on: str) -> float:
    """A date as precise as stated, on the axis of years; a bare year stands in its middle."""
    parts = [int(p) for p in on.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    return parts[0] + (parts[1] - 1) / 12 + (parts[2] / 365 if len(parts) > 2 else 0.04)


@REGISTRY.register(
    "formation-timeline",
    title="When collaboratives formed",
    question="Which came first, the policy or the collaboratives?",
    alt="A timeline: a mark for the year in which each collaborative formed, by sector, above "
    "vertical lines for national law, policy and guidance.",
    responds_to=TIMELINE_DIMENSIONS,
)
def formation_timeline(catalogue: Catalogue, selection: Selection) -> Built:
    """Collaboratives with a year of formation, and national milestones."""
    chosen = collaboratives(catalogue, selection)
    formed = chosen[chosen["formed_year"].notna()].sort_values(["formed_year", "short_name"])
    if formed.empty:
        return nothing(catalogue, selection, "formation-timeline", "years of formation", formed)
    national = catalogue.table("milestones")
    national = national[
        national["collaborative_id"].isna() & national["kind"].isin(_POLICY_KINDS)
    ].sort_values("on")
    figure = go.Figure()
    names = dict(zip(formed["collaborative_id"], formed["short_name"], strict=True))
    rows = {key: wrap(label, 34) for key, label in told_apart(names).items()}
    lines = list(rows.values())
    policy_row = "<b>National policy</b>"
    xs = [_year(on) for on in national["on"]]
    figure.add_scatter(
        x=xs,
        y=[policy_row] * len(xs),
        mode="markers",
        name="National policy",
        marker={"symbol": "diamond-tall", "size": 14, "color": theme.NEUTRAL},
        hovertext=[
            f"<b>{r['on']}</b><br>{wrap(r['title'], 48)}" for r in national.to_dict("records")
        ],
        hoverinfo="text",
        customdata=[token(row=ref("milestones", key)) for key in national["milestone_id"]],
    )
    for x in xs:
        figure.add_vline(x=x, line={"color": theme.GRID, "width": 1, "dash": "dot"})
    for sector, part in formed.groupby("sector", sort=False):
        figure.add_scatter(
            x=[int(y) + 0.5 for y in part["formed_year"]],
            y=[rows[key] for key in part["collaborative_id"]],
            mode="markers+text",
            name=theme.SECTOR_SHORT[str(sector)],
            meta=token(sector=sector),
            marker={
                "symbol": theme.SECTOR_SYMBOLS[str(sector)],
                "size": 15,
                "color": theme.SECTOR_COLOURS[str(sector)],
            },
            text=[str(int(y)) for y in part["formed_year"]],
            textposition="middle right",
            cliponaxis=False,
            hovertext=[
                f"<b>{wrap(r['name'], 46)}</b><br>{int(r['formed_year'])}"
                + (f"<br>{wrap(r['formed_note'], 46)}" if isinstance(r["formed_note"], str) else "")
                for r in part.to_dict("records")
            ],
            hoverinfo="text",
            customdata=[token(collaborative=key) for key in part["collaborative_id"]],
        )
    first, last = int(min(*xs, formed["formed_year"].min())), int(max(*xs, *formed["formed_year"]))
    finish(
        figure,
        130 + 36 * (len(lines) + 1),
        xaxis={"range": [first - 0.3, last + 3.2], "dtick": 2, "tickformat": "d"},
        yaxis={"categoryorder": "array", "categoryarray": [policy_row, *lines[::-1]],
               # Left to itself Plotly leaves two empty rows at either end.
               "range": [-0.7, len(lines) + 0.6]},
    )  # fmt: skip
    unknown = chosen[chosen["formed_year"].isna()]
    years = formed["formed_year"].astype(int)
    act = national[national["kind"] == "law"]["on"]
    law_year = int(str(act.iloc[0])[:4]) if not act.empty else None
    say, table = Sentence(), "collaboratives"
    ends = [
        (str(year), formed[years == year], f"formed_year:{year}")
        for year in (years.min(), years.max())
    ]
    reading = (
        f"Years of formation are published for "
        f"{say(str(len(formed)), table, formed, 'formed_year:*')} of "
        f"{say(str(len(chosen)), table, chosen)}: the earliest "
        f"{say(ends[0][0], table, *ends[0][1:])}, the latest {say(ends[1][0], table, *ends[1][1:])}"
    )
    if law_year and (years < law_year).all():
        law = national[national["kind"] == "law"].head(1)
        reading += f", all before the Act of {say(str(law_year), 'milestones', law)}"
    frame = pd.concat(
        [
            formed[["name", "sector", "formed_year", "formed_note", "source_id", "locator"]],
            national[["on", "title", "kind", "source_id", "locator"]],
        ],
        ignore_index=True,
    )
    notes = []
    if not unknown.empty:
        notes.append(f"Year not published: {'; '.join(unknown['short_name'])}.")
    notes.append("A bare year stands in the middle of it. Point at a diamond for the policy.")
    return Built(
        figure=figure,
        frame=frame,
        citations=collect(catalogue, frame),
        caveats=("partial-coverage", "not-published"),
        reading=reading + ".",
        numbers=say.numbers,
        notes=tuple(notes),
        details=tuple(
            Told(f"{r['on']}: {r['title']}", ref("milestones", r["milestone_id"]))
            for r in national.to_dict("records")
        ),
        refs=(
            *refs_of(catalogue, "collaboratives", formed),
            *refs_of(catalogue, "milestones", national),
        ),
    )
