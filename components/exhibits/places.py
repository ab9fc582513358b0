"""Exhibits of collaboratives and systems as grids and lists."""

from __future__ import annotations

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Built, nothing
from components.exhibits.charts import grid, wrap
from components.exhibits.maps import FRAME_COLUMNS, MAP_DIMENSIONS
from components.exhibits.picks import token
from data.catalogue import Catalogue
from data.citations import collect
from data.query import collaboratives, footprints, systems
from data.selection import Selection


@REGISTRY.register(
    "footprint-matrix",
    title="Collaboratives by system",
    question="Which collaborative covers which systems, and how is that known?",
    alt="A grid of collaboratives by integrated care systems: a filled mark for a stated "
    "footprint, an open one for an inferred one, a small one for a part of the system.",
    responds_to=MAP_DIMENSIONS,
)
def footprint_matrix(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``footprints`` on a grid; only systems that are touched have a column."""
    frame = footprints(catalogue, selection)
    frame = frame[frame["icb_code"].isin(systems(catalogue, selection)["icb_code"])]
    if frame.empty:
        return nothing(catalogue, selection, "footprint-matrix", "footprints", frame)
    stated = frame["basis"] == "stated"
    part = frame["coverage"] == "part"
    basis = frame["basis"].map(dict(catalogue.schema.labels("footprints", "basis")))
    drawn = frame.assign(
        colour=frame["sector"].map(dict(theme.SECTOR_COLOURS)),
        symbol=["square" if s else "square-open" for s in stated],
        size=[9 if p else 16 for p in part],
        legend=["Stated" if s else "Inferred" for s in stated],
        picks=[
            token(collaborative=key, icb=code)
            for key, code in zip(frame["collaborative_id"], frame["icb_code"], strict=True)
        ],
        hover=[
            f"<b>{wrap(r['name'], 46)}</b><br>{r['icb_name']}: "
            f"{'part' if r['coverage'] == 'part' else 'whole'} of the system<br>{b}"
            for r, b in zip(frame.to_dict("records"), basis, strict=True)
        ],
    ).sort_values("legend", ascending=False)
    icbs = catalogue.table("icbs").sort_values(["region", "hex_row", "hex_col"])
    order = [n for n in icbs["short_name"] if n in set(frame["icb_name"])]
    names = frame.groupby("short_name")["icb_code"].nunique().sort_values(ascending=False)
    figure = grid(
        drawn, "icb_name", "short_name", order, list(names.index), "colour", "symbol", "size",
        "hover", "legend", "picks",
    )  # fmt: skip
    figure.update_xaxes(tickangle=-55, tickfont={"size": 11})
    span = int(names.iloc[0])
    widest = names[names == span].index.tolist()
    reading = (
        f"Of {theme.plural(len(frame), 'pair')} of collaborative and system, {int(stated.sum())} "
        f"are stated and {int((~stated).sum())} inferred; {' and '.join(widest)} "
        f"{'spans' if len(widest) == 1 else 'span'} most systems ({span})."
    )
    return Built(
        figure=figure,
        frame=frame[FRAME_COLUMNS].reset_index(drop=True),
        citations=collect(catalogue, frame),
        caveats=("partial-coverage", *(("inferred-footprint",) if not stated.all() else ())),
        reading=reading,
        notes=("A small mark: part of the system only. Colour: sector, as everywhere.",),
        scrolls=True,
    )


@REGISTRY.register(
    "collaborative-list",
    title="The collaboratives",
    question="Which collaboratives do the sources name, and what is known of each?",
    alt="A table of the collaboratives with sector, governance model, year formed, number of "
    "members stated and named, and systems covered.",
    responds_to=MAP_DIMENSIONS,
)
def collaborative_list(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``collaboratives`` with labels and counts from the linked tables."""
    frame = collaboratives(catalogue, selection).sort_values("name")
    if frame.empty:
        return nothing(catalogue, selection, "collaborative-list", "collaboratives", frame)
    named = catalogue.table("memberships").groupby("collaborative_id").size()
    covered = catalogue.table("footprints").groupby("collaborative_id")["icb_code"].nunique()
    reported = catalogue.table("outcomes").groupby("collaborative_id").size()
    labels = {
        c: dict(catalogue.schema.labels("collaboratives", c))
        for c in ("sector", "governance_model", "scope", "status")
    }
    ids = frame["collaborative_id"]
    listed = pd.DataFrame(
        {
            "collaborative_id": ids,
            "name": frame["name"],
            "sector": frame["sector"].map(labels["sector"]),
            "governance_model": frame["governance_model"].map(labels["governance_model"]),
            "formed_year": frame["formed_year"],
            "scope": frame["scope"].map(labels["scope"]),
            "status": frame["status"].map(labels["status"]),
            "members_stated": frame["members_stated"],
            "members_named": ids.map(named).fillna(0).astype("Int64"),
            "systems_mapped": ids.map(covered).fillna(0).astype("Int64"),
            "outcomes_reported": ids.map(reported).fillna(0).astype("Int64"),
            "summary": frame["summary"],
            "other_source_ids": frame["other_source_ids"],
            "source_id": frame["source_id"],
            "locator": frame["locator"],
        }
    )
    unknown = int(listed["governance_model"].isna().sum())
    reading = (
        f"{theme.plural(len(listed), 'entry', 'entries')}: governance is published for "
        f"{len(listed) - unknown}, the year of formation for "
        f"{int(listed['formed_year'].notna().sum())}, outcomes for "
        f"{int((listed['outcomes_reported'] > 0).sum())}."
    )
    return Built(
        figure=None,
        frame=listed.reset_index(drop=True),
        citations=collect(catalogue, listed),
        caveats=("partial-coverage", "not-published"),
        reading=reading,
    )


@REGISTRY.register(
    "system-list",
    title="The systems",
    question="Which collaboratives touch each system?",
    alt="A table of the integrated care systems with region, number of collaboratives, their names "
    "and what became of the board in April 2026.",
    responds_to=MAP_DIMENSIONS,
)
def system_list(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``icbs`` with the collaboratives that touch each and the changes of April 2026."""
    frame = systems(catalogue, selection).sort_values("short_name")
    if frame.empty:
        return nothing(catalogue, selection, "system-list", "systems", frame)
    prints = footprints(catalogue, selection)
    names = prints.sort_values("short_name").groupby("icb_code")["short_name"].agg("; ".join)
    counts = prints.groupby("icb_code")["collaborative_id"].nunique()
    changes = catalogue.table("icb_changes").groupby("from_icb_code")["to_icb"]
    became = changes.agg(lambda v: "; ".join(dict.fromkeys(v)))
    codes = frame["icb_code"]
    listed = pd.DataFrame(
        {
            "icb_code": codes,
            "name": frame["short_name"],
            "region": frame["region"],
            "collaboratives": codes.map(counts).fillna(0).astype("Int64"),
            "names": codes.map(names).astype("string").fillna("none in the tables"),
            "became_in_april_2026": codes.map(became).astype("string").fillna("no change recorded"),
            "source_id": frame["source_id"],
            "locator": frame["locator"],
        }
    )
    without = int((listed["collaboratives"] == 0).sum())
    cited = pd.concat([prints[prints["icb_code"].isin(codes)], listed])
    return Built(
        figure=None,
        frame=listed.reset_index(drop=True),
        citations=collect(catalogue, cited),
        caveats=("partial-coverage",),
        reading=(
            f"{theme.plural(len(listed), 'system')}: {len(listed) - without} with at least one "
            f"curated collaborative, {without} with none in the tables."
        ),
    )
