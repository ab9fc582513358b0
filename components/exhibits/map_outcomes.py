"""Views of the map that speak of outcomes: what is reported, and how strong the evidence is."""

from __future__ import annotations

import pandas as pd

from components import theme
from components.exhibits.deck import Area
from components.exhibits.map_draw import Drawn, each_area
from components.exhibits.map_said import say_systems
from components.exhibits.numbers import Sentence
from components.exhibits.outcome_words import SHOWN, WHO
from data.catalogue import Catalogue
from data.evidence import GRADE, RANK
from data.map_rows import MapRows
from data.query import outcomes
from data.selection import Selection

OF_THE_WHOLE = (
    "An outcome belongs to its collaborative as a whole: that the footprint covers a system does "
    "not say that it was reached there."
)
BENEFIT_STEPS = {"1": "1 outcome", "2": "2 to 4", "3": "5 to 9", "4": "10 or more"}
GRADE_STEPS = {
    "1": "D or E: said, or intended",
    "2": f"C: {GRADE['bare'].label.lower()}",
    "3": f"B: {GRADE['partial'].label.lower()}",
    "4": f"A: {GRADE['full'].label.lower()}",
}
_GRADE_FILL = {"full": "4", "partial": "3", "bare": "2", "words": "1", "intention": "1"}


def _placed(catalogue: Catalogue, selection: Selection, rows: MapRows) -> pd.DataFrame:
    """Outcomes on the areas that their collaboratives cover; one row an outcome and area."""
    told = outcomes(catalogue, selection)[["outcome_id", "collaborative_id", "benefit", "grade"]]
    prints = rows.prints[["collaborative_id", "area_id", "area_name"]].drop_duplicates()
    return told.merge(prints, on="collaborative_id")


def _step(count: int) -> str:
    return "1" if count == 1 else "2" if count < 5 else "3" if count < 10 else "4"


def _silent(rows: MapRows, code: str, name: str, region: str) -> Area | None:
    """An area with collaboratives of which no outcome is reported."""
    if code not in rows.by_area:
        return None
    words = "No outcome reported by its collaboratives"
    return Area(code, name, "none", (region, words), words.lower(), selected=code in rows.selected)


def draw_benefits(catalogue: Catalogue, selection: Selection, rows: MapRows) -> Drawn:
    """Shade each system by the outcomes that collaboratives covering it report."""
    told = _placed(catalogue, selection, rows)
    by_area = dict(tuple(told[["area_id", "benefit"]].groupby("area_id")))
    labels = catalogue.schema.labels("outcomes", "benefit")

    def area(code: str, name: str, region: str) -> Area | None:
        mine = by_area.get(code)
        if mine is None:
            return _silent(rows, code, name, region)
        counts = mine["benefit"].value_counts()
        lines = [f"• {labels[b]}: {counts[b]}" for b in labels if b in counts.index]
        return Area(
            code=code,
            name=name,
            fill=_step(len(mine)),
            detail=(region, *lines),
            summary=theme.plural(len(mine), "outcome"),
            pattern=rows.pattern(code),
            selected=code in rows.selected,
        )

    here = told[told["area_id"].isin(rows.inside)]
    distinct = here.drop_duplicates("outcome_id")
    counts = {str(c): len(part) for c, part in distinct.groupby("collaborative_id")}
    say, who = Sentence(), distinct["collaborative_id"].nunique()
    count = theme.plural(len(distinct), "outcome")
    by = theme.plural(who, "collaborative")
    every = theme.plural(len(rows.inside), "system")
    reading = (
        f"{say(count, 'outcomes', distinct, SHOWN)} reported by "
        f"{say(by, 'outcomes', distinct, SHOWN, by=WHO)}, whose footprints touch "
        f"{say_systems(say, str(here['area_id'].nunique()), rows, here['area_id'])} of "
        f"{say_systems(say, every, rows, rows.inside)}."
    )
    return Drawn(
        each_area(rows, area), BENEFIT_STEPS, reading, notes=(OF_THE_WHOLE,),
        caveats=("self-reported", "mixed-status"), with_members=False,
        absent_words="No collaborative, or no outcome reported",
        columns={"outcomes_reported": counts}, numbers=say.numbers,
    )  # fmt: skip


def draw_evidence(catalogue: Catalogue, selection: Selection, rows: MapRows) -> Drawn:
    """Shade and letter each system by the strongest evidence for an outcome there."""
    told = _placed(catalogue, selection, rows)
    told = told.assign(rank=told["grade"].map(RANK))
    by_area = dict(tuple(told[["area_id", "grade", "rank"]].groupby("area_id")))

    def area(code: str, name: str, region: str) -> Area | None:
        mine = by_area.get(code)
        if mine is None:
            return _silent(rows, code, name, region)
        counts = mine["grade"].value_counts()
        best = str(mine.sort_values("rank")["grade"].iloc[0])
        lines = [
            f"• {GRADE[g].letter}, {GRADE[g].label.lower()}: {counts[g]}"
            for g in GRADE
            if g in counts.index
        ]
        return Area(
            code=code,
            name=name,
            fill=_GRADE_FILL[best],
            detail=(region, *lines),
            summary=f"strongest grade {GRADE[best].letter}, {GRADE[best].label.lower()}",
            pattern=rows.pattern(code),
            selected=code in rows.selected,
            letter=GRADE[best].letter,
        )

    here = told[told["area_id"].isin(rows.inside)]
    best = here.sort_values("rank").drop_duplicates("area_id")
    say, none = Sentence(), rows.inside - set(best["area_id"])
    strongest = here.sort_values("rank").drop_duplicates("collaborative_id")
    letters = {c: GRADE[g].letter for c, g in strongest[["collaborative_id", "grade"]].to_numpy()}
    parts = [(GRADE[g].letter, best.loc[best["grade"] == g, "area_id"]) for g in GRADE]
    words = [
        say_systems(say, f"{letter} in {len(codes)}", rows, codes)
        for letter, codes in parts
        if len(codes)
    ]
    reading = (
        f"Strongest grade of evidence by system: {', '.join(words) or 'none'}; no outcome in "
        f"{say_systems(say, str(len(none)), rows, none)} of "
        f"{say_systems(say, theme.plural(len(rows.inside), 'system'), rows, rows.inside)}."
    )
    return Drawn(
        each_area(rows, area), GRADE_STEPS, reading, notes=(OF_THE_WHOLE,),
        caveats=("self-reported",), with_members=False,
        absent_words="No collaborative, or no outcome reported",
        columns={"strongest_grade": letters}, numbers=say.numbers,
    )  # fmt: skip
