"""Exhibits of what collaboratives have in common: members and systems."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import finish, wrap
from components.exhibits.connections import CONNECTION_DIMENSIONS, gone_notes, membership_notes
from components.exhibits.numbers import Sentence
from components.exhibits.picks import token
from data.catalogue import Catalogue
from data.citations import collect
from data.connections import joined, overlaps, shared
from data.lineage import ref
from data.query import systems
from data.selection import Selection

SHARED_COLUMNS = [
    "first", "second", "shared_members", "organisation", "role_first", "role_second",
    "other_source_ids", "source_id", "locator", "other_locator",
]  # fmt: skip
OVERLAP_COLUMNS = [
    "icb_name", "region", "collaboratives", "name", "sector", "coverage", "basis", "note",
    "source_id", "locator",
]  # fmt: skip
_MOST_PAIRS = 30
_PAIRED = "collaboratives two by two, each pair with the members that are in both"
_SHARED = "organisations that are members of both collaboratives of a pair"


@REGISTRY.register(
    "shared-members",
    title="Collaboratives that share members",
    question="Which two collaboratives have two or more members in common?",
    alt="Bars of pairs of collaboratives, ranked by how many organisations belong to both; solid "
    "where both are of one sector, hatched where they are not.",
    responds_to=CONNECTION_DIMENSIONS,
)
def shared_members(catalogue: Catalogue, selection: Selection) -> Built:
    """Pairs of collaboratives that share two members or more."""
    frame = shared(catalogue, selection)
    if frame.empty:
        return nothing(
            catalogue, selection, "shared-members", "pairs of collaboratives with shared members",
            frame[SHARED_COLUMNS],
        )  # fmt: skip
    pairs = frame.groupby(["first_id", "second_id"], sort=False).agg(
        first=("first", "first"),
        second=("second", "first"),
        alike=("first_sector", "first"),
        other=("second_sector", "first"),
        count=("shared_members", "first"),
        names=("organisation", list),
    )
    pairs = pairs.assign(ids=list(pairs.index))
    drawn = pairs.head(_MOST_PAIRS)
    labels = [
        f"{wrap(str(p.first), 30)} +<br>{wrap(str(p.second), 30)}" for p in drawn.itertuples()
    ]
    figure = go.Figure()
    for name, shape, is_alike in (("Same sector", "", True), ("Different sectors", "/", False)):
        rows = [
            (label, p)
            for label, p in zip(labels, drawn.to_dict("records"), strict=True)
            if (p["alike"] == p["other"]) == is_alike
        ]
        if not rows:
            continue
        figure.add_bar(
            y=[label for label, _ in rows],
            x=[int(p["count"]) for _, p in rows],
            orientation="h",
            name=name,
            marker={
                "color": theme.ALL_RESPONDENTS,
                "pattern": {"shape": shape, "fillmode": "overlay",
                            "fgcolor": "rgba(255,255,255,0.55)", "size": 7},
            },
            text=[str(p["count"]) for _, p in rows],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertext=["<br>".join([f"<b>{label}</b>", *(f"• {wrap(n, 46)}" for n in p["names"])])
                       for label, p in rows],
            hoverinfo="text",
            customdata=[_mark(p["ids"]) for _, p in rows],
        )  # fmt: skip
    most = int(pairs["count"].max())
    breaks = sum(label.count("<br>") for label in labels)
    finish(
        figure,
        height=90 + 26 * len(drawn) + 14 * breaks,
        xaxis={"range": [0, most * 1.08], "dtick": max(1, round(most / 6)), "tickformat": "d"},
        yaxis={"categoryorder": "array", "categoryarray": labels[::-1]},
        showlegend=True,
    )
    top = [f"{p.first} and {p.second}" for p in pairs[pairs["count"] == most].itertuples()]
    say = Sentence()
    counted = say.worked(theme.plural(len(pairs), "pair"), _PAIRED)
    reading = (
        f"{counted} of collaboratives "
        f"{'shares' if len(pairs) == 1 else 'share'} two or more members; "
    )
    if len(top) == 1:
        theirs = frame[frame["shared_members"] == most]
        words = say(str(most), "memberships", _behind(theirs), by="organisation_id")
        reading += f"{top[0]} have the most in common ({words})."
    else:
        words = say.worked(str(most), _SHARED)
        reading += (
            f"the most that any pair shares is {words}, which "
            f"{say.worked(f'{len(top)} pairs', _PAIRED)} do."
        )
    notes, noted = membership_notes(catalogue, selection), Sentence()
    if len(pairs) > len(drawn):
        every = noted.worked(f"the table all {len(pairs)}", _PAIRED)
        notes.append(f"The picture has the first {len(drawn)} pairs, {every}.")
    places = pd.concat(
        [
            frame[["source_id", "locator"]],
            frame[["other_source_ids", "other_locator"]].set_axis(["source_id", "locator"], axis=1),
        ]
    )
    return Built(
        figure=figure,
        frame=frame[SHARED_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, places),
        caveats=("partial-coverage",),
        reading=reading,
        numbers=say.numbers,
        notes=tuple(notes),
        noted=noted.numbers,
        refs=tuple(ref("memberships", *key) for key in _keys(frame, "first_id")),
        behind={
            _mark(ids): _behind(part) for ids, part in frame.groupby(["first_id", "second_id"])
        },
    )


def _mark(ids: object) -> str:
    """The token of a pair: both collaboratives."""
    return token(collaborative=ids)


def _keys(frame: pd.DataFrame, column: str) -> list[tuple[str, str]]:
    return list(zip(frame[column], frame["organisation_id"], strict=True))


def _behind(part: pd.DataFrame) -> tuple[str, ...]:
    """The memberships of a pair, those in the one beside those in the other."""
    both = zip(_keys(part, "first_id"), _keys(part, "second_id"), strict=True)
    return tuple(ref("memberships", *key) for keys in both for key in keys)


@REGISTRY.register(
    "system-overlap",
    title="Collaboratives that meet in one system",
    question="In which systems do most collaboratives overlap, and of which sectors?",
    alt="A row of marks for each integrated care system, one mark a collaborative that touches it, "
    "ranked by their number; the shape and colour of a mark is its sector, an open one is an "
    "inferred footprint.",
    responds_to=CONNECTION_DIMENSIONS,
)
def system_overlap(catalogue: Catalogue, selection: Selection) -> Built:
    """Pairs of system and collaborative, counted by system."""
    frame = overlaps(catalogue, selection)
    if frame.empty:
        return nothing(catalogue, selection, "system-overlap", "footprints", frame[OVERLAP_COLUMNS])
    frame = frame.assign(place=frame.groupby("icb_code").cumcount() + 1)
    ranked = frame.drop_duplicates("icb_code")
    figure = go.Figure()
    stated = frame["basis"] == "stated"
    for sector in theme.SECTOR_COLOURS:
        for is_stated, suffix in ((True, ""), (False, "-open")):
            part = frame[(frame["sector"] == sector) & (stated == is_stated)]
            if part.empty:
                continue
            figure.add_scatter(
                x=part["place"].tolist(),
                y=part["icb_name"].tolist(),
                mode="markers",
                name=f"{theme.SECTOR_SHORT[sector]}, {'stated' if is_stated else 'inferred'}",
                meta=token(sector=sector),
                marker={
                    "color": theme.SECTOR_COLOURS[sector],
                    "symbol": theme.SECTOR_SYMBOLS[sector] + suffix,
                    "size": 12,
                    "line": {"width": 0 if is_stated else 2},
                },
                hovertext=[
                    f"<b>{wrap(r['short_name'], 46)}</b><br>"
                    f"{'part' if r['coverage'] == 'part' else 'whole'} of {r['icb_name']}"
                    for r in part.to_dict("records")
                ],
                hoverinfo="text",
                customdata=[
                    token(icb=r["icb_code"], collaborative=r["collaborative_id"])
                    for r in part.to_dict("records")
                ],
            )
    figure.add_scatter(
        x=[int(n) + 0.55 for n in ranked["collaboratives"]],
        y=ranked["icb_name"].tolist(),
        mode="text",
        text=[str(n) for n in ranked["collaboratives"]],
        textposition="middle right",
        textfont={"size": theme.LABEL_SIZE},
        hoverinfo="skip",
        showlegend=False,
    )
    most = int(ranked["collaboratives"].max())
    finish(
        figure,
        height=110 + 26 * len(ranked),
        xaxis={"range": [0.4, most + 1.4], "visible": False},
        yaxis={"range": [len(ranked) - 0.4, -0.6], "dtick": 1,
               "categoryorder": "array", "categoryarray": ranked["icb_name"].tolist()},
        showlegend=True,
    )  # fmt: skip
    shown = systems(catalogue, selection)
    bare = shown[~shown["icb_code"].isin(frame["icb_code"])]
    without = sorted(bare["short_name"])
    top = ranked.loc[ranked["collaboratives"] == most, "icb_name"].tolist()
    several = int((ranked["collaboratives"] > 1).sum())
    say, by = Sentence(), "icb_code"
    shared_by = frame[frame["collaboratives"] > 1]
    named = (f"icb_code:{code}" for code in shared_by["icb_code"].unique())
    reading = (
        f"{say(str(several), 'footprints', shared_by, *named, by=by)} of "
        f"{say(theme.plural(len(shown), 'system'), 'icbs', shown)} "
        f"{'is' if several == 1 else 'are'} touched by two or more of the collaboratives shown"
    )
    if several:
        theirs = frame[frame["collaboratives"] == most]
        if len(top) <= 3:
            has = "has" if len(top) == 1 else "have"
            each = say(str(most), "footprints", theirs, by=by, each=True)
            reading += f"; {joined(top)} {has} most ({each})"
        else:
            each = say(str(most), "footprints", theirs, by=by, each=True)
            where = say(f"{len(top)} systems", "footprints", theirs, by=by)
            reading += f"; the most in any is {each}, in {where}"
    notes = [
        "One mark: one collaborative; the number behind them: how many.",
        *gone_notes(catalogue, selection),
    ]
    details, noted = [], Sentence()
    if without:
        count = noted(theme.plural(len(without), "system"), "icbs", bare)
        notes.append(f"{count} without any under these filters: named under Sources and notes.")
        details.append(f"No collaborative in the tables under these filters: {'; '.join(without)}.")
    return Built(
        figure=figure,
        frame=frame[OVERLAP_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, frame),
        caveats=("partial-coverage", *(("inferred-footprint",) if not stated.all() else ())),
        reading=reading + ".",
        numbers=say.numbers,
        notes=tuple(notes),
        noted=noted.numbers,
        details=tuple(details),
    )
