"""Exhibits that are words: insights, priorities, discrepancies and sources."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from components import theme
from components.exhibits.base import REGISTRY, Builder, Built, nothing
from components.exhibits.insight_links import places_of, with_links
from components.exhibits.numbers import Sentence
from components.exhibits.unmoved import EVERY_SECTOR
from data.catalogue import Catalogue
from data.citations import citation, collect
from data.free_text import keep
from data.query import COLLABORATIVE_DIMENSIONS, collaboratives, explain_empty, of_tier
from data.selection import Selection


def _insights(catalogue: Catalogue, selection: Selection, kind: str) -> pd.DataFrame:
    frame = catalogue.table("insights")
    frame = fitting(catalogue, selection, frame[frame["kind"] == kind])
    return frame.sort_values(["source_id", "position"]).reset_index(drop=True)


def fitting(catalogue: Catalogue, selection: Selection, frame: pd.DataFrame) -> pd.DataFrame:
    """The insights that the filters leave; one without a sector concerns every sector."""
    if selection.sector:
        frame = frame[frame["sector"].isna() | frame["sector"].isin(selection.sector)]
    frame = of_tier(catalogue, selection, frame)
    return keep(frame, selection.q, ("title", "summary", "topic"))


def _link_notes(frame: pd.DataFrame, kind: str, say: Sentence) -> tuple[str, ...]:
    """How many of the statements have a figure or an example beside them."""
    figures, shown = frame[frame["figures"].notna()], frame[frame["shown_by"].notna()]
    if figures.empty and shown.empty:
        return ()
    every = say(str(len(frame)), "insights", frame, f"kind:{kind}")
    with_figure = say(f"{len(figures)} stand beside a figure", "insights", figures)
    with_example = say(str(len(shown)), "insights", shown)
    return (
        f"Of the {every}, {with_figure} of the survey and {with_example} "
        "beside a collaborative or a result. Each link says who draws it, the source or the Atlas.",
    )


def _register_insights(
    exhibit_id: str, kind: str, title: str, question: str, what: str, one: str
) -> Builder:
    @REGISTRY.register(
        exhibit_id,
        title=title,
        question=question,
        alt=f"A list of {what}, each with a title, a summary and its source.",
        responds_to=("sector", "tier", "q"),
    )
    def build(catalogue: Catalogue, selection: Selection) -> Built:
        frame = _insights(catalogue, selection, kind)
        everyone = _insights(catalogue, replace(selection, sector=()), kind)
        is_same = bool(selection.sector) and len(frame) == len(everyone)
        if frame.empty:
            return nothing(catalogue, selection, exhibit_id, what, frame)
        cited = places_of(catalogue, frame)
        frame = with_links(catalogue, frame)
        titles = "; ".join(f"“{title}”" for title in frame["title"].head(3))
        more = len(frame) - 3
        tail = f"; and {more} more" if more > 0 else ""
        say, noted = Sentence(), Sentence()
        count = say(theme.plural(len(frame), one, what), "insights", frame, f"kind:{kind}")
        return Built(
            figure=None,
            frame=frame,
            citations=collect(catalogue, cited),
            caveats=(EVERY_SECTOR,) if is_same else (),
            reading=f"{count}: {titles}{tail}.",
            numbers=say.numbers,
            notes=_link_notes(frame, kind, noted),
            noted=noted.numbers,
        )

    return build


_register_insights(
    "enablers", "enabler", "Enablers that leaders name",
    "What do leaders say makes collaboration work?", "enablers", "enabler",
)  # fmt: skip
_register_insights(
    "risks", "risk", "Risks to manage", "Which risks do boards have to manage?", "risks", "risk"
)
_register_insights(
    "opportunities", "opportunity", "Opportunities by type of trust",
    "What can each sector gain?", "opportunities", "opportunity",
)  # fmt: skip
_register_insights(
    "good-practice", "practice", "Good practice", "What have others done that can be copied?",
    "good practices", "good practice",
)  # fmt: skip
_register_insights(
    "board-questions", "board_question", "Questions for boards",
    "What should a board ask of its collaborative?", "questions for boards", "question for boards",
)  # fmt: skip
_register_insights(
    "governance-options", "governance_model", "Governance models explained",
    "What does each governance model mean?", "statements about governance models",
    "statement about governance models",
)  # fmt: skip
_register_insights(
    "key-messages", "key_message", "Key messages of the documents",
    "What do the documents themselves put first?", "key messages", "key message",
)  # fmt: skip


@REGISTRY.register(
    "named-priorities",
    title="Priorities that collaboratives have set",
    question="What has each named collaborative said it will do?",
    alt="A table of priorities by collaborative, theme and period.",
    responds_to=COLLABORATIVE_DIMENSIONS,
)
def named_priorities(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``priorities`` of the collaboratives that the selection leaves."""
    chosen = collaboratives(catalogue, selection)[["collaborative_id", "short_name", "sector"]]
    frame = catalogue.table("priorities").merge(
        chosen.rename(columns={"short_name": "collaborative"}), on="collaborative_id"
    )
    if frame.empty:
        return nothing(catalogue, selection, "named-priorities", "priorities", frame)
    labels = dict(catalogue.schema.labels("priorities", "theme"))
    shown = frame.assign(theme=frame["theme"].map(labels))
    top = shown["theme"].value_counts()
    most = frame[shown["theme"] == top.index[0]]
    say, who = Sentence(), frame["collaborative_id"].nunique()
    return Built(
        figure=None,
        frame=shown[["collaborative", "theme", "priority", "period", "source_id", "locator"]],
        citations=collect(catalogue, frame),
        caveats=("partial-coverage",),
        reading=say(theme.plural(len(frame), "priority", "priorities"), "priorities", frame)
        + " of "
        + say(theme.plural(who, "collaborative"), "priorities", frame, by="collaborative_id")
        + f"; the most common theme is {str(top.index[0]).lower()} ("
        + say(str(len(most)), "priorities", most, f"theme:{most['theme'].iloc[0]}")
        + ").",
        numbers=say.numbers,
    )


@REGISTRY.register(
    "discrepancy-register",
    title="Where the sources disagree",
    question="Which stated values cannot both hold, and which does the Atlas show?",
    alt="A table of discrepancies with the value shown, the others, and the rule.",
    responds_to=("q",),
)
def discrepancy_register(catalogue: Catalogue, selection: Selection) -> Built:
    """Every row of ``discrepancies``."""
    columns = ("summary", "shown_value", "other_values", "rule", "subject_id")
    frame = keep(catalogue.table("discrepancies"), selection.q, columns)
    if frame.empty:
        return nothing(catalogue, selection, "discrepancy-register", "discrepancies", frame)
    labels = dict(catalogue.schema.labels("discrepancies", "kind"))
    ids = dict.fromkeys(s.strip() for cell in frame["source_ids"] for s in cell.split(";"))
    say = Sentence()
    every = say(theme.plural(len(frame), "discrepancy", "discrepancies"), "discrepancies", frame)
    kinds = [(k, frame[frame["kind"] == k]) for k in frame["kind"].value_counts().index]
    parts = ", ".join(
        say(f"{len(part)} {labels[k].lower()}", "discrepancies", part, f"kind:{k}")
        for k, part in kinds
    )
    return Built(
        figure=None,
        frame=frame.assign(kind=frame["kind"].map(labels)),
        citations=tuple(citation(catalogue, s) for s in ids),
        caveats=(),
        reading=f"{every}: {parts}.",
        numbers=say.numbers,
    )


@REGISTRY.register(
    "source-list",
    title="Sources",
    question="What does the Atlas rest on?",
    alt="A table of the sources with publisher, date, kind, tier, licence and number of rows.",
    responds_to=("tier", "q"),
)
def source_list(catalogue: Catalogue, selection: Selection) -> Built:
    """Rows of ``sources`` with the number of rows of all tables that cite each."""
    frame = catalogue.table("sources")
    if selection.tier:
        frame = frame[frame["tier"].isin(selection.tier)]
    frame = keep(frame, selection.q, ("title", "publisher", "published", "url"))
    if frame.empty:
        empty = explain_empty(catalogue, selection, ("tier", "q"), "sources")
        return Built(None, frame, (), (), empty.reason, empty=empty)
    counts: dict[str, int] = {}
    for name in catalogue.frames:
        table = catalogue.table(name)
        if name != "sources" and "source_id" in table:
            for source, n in table["source_id"].value_counts().items():
                counts[str(source)] = counts.get(str(source), 0) + int(n)
    rows = frame["source_id"].map(counts).fillna(0).astype("Int64")
    say = Sentence()
    labels = catalogue.schema.labels
    shown = frame.assign(
        kind=frame["kind"].map(dict(labels("sources", "kind"))),
        tier=frame["tier"].map(dict(labels("sources", "tier"))),
        rows=rows,
    ).sort_values("rows", ascending=False)
    return Built(
        figure=None,
        frame=shown.reset_index(drop=True),
        citations=tuple(citation(catalogue, s) for s in frame["source_id"]),
        caveats=(),
        reading=f"{say(theme.plural(len(frame), 'source'), 'sources', frame)} carry "
        f"{say.worked(f'{int(rows.sum()):,} rows', 'rows of all tables that name a source')}.",
        numbers=say.numbers,
    )
