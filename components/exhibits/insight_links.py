"""What bears on an insight: figures of the survey, collaboratives and outcomes, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from components import theme
from components.exhibits.charts import stated
from components.exhibits.outcome_words import value_words
from components.exhibits.survey_words import interval_words
from data.catalogue import Catalogue
from data.evidence import GRADE, grades
from data.lineage import ref, refs_of
from data.memo import kept
from data.selection import Selection
from data.survey import asks, question

BASIS_WORDS: Final = MappingProxyType(
    {"stated": "linked by the source", "assigned": "linked by the Atlas"}
)
"""Who draws a link, as it is said beside it."""


Target = tuple[str, str, str, str]
"""Words of what is linked, its id, of a figure its value alone, and the row of the number."""


@dataclass(frozen=True)
class Link:
    """One link of an insight.

    Attributes:
        kind: ``question``, ``collaborative`` or ``outcome``.
        head: What is linked: ``98%: any funded resource``, the collaborative, the result.
        why: What it is of, or what it shows.
        basis: ``stated`` by the passage, or ``assigned`` by the Atlas.
        figure: Of a figure of the survey, its value and interval alone; else ``""``.
        target_id: Question or collaborative to which a reader can go on.
        source_id: Source that carries the link.
        locator: Where in it.
        ref: Reference of the row of the figure or the result; ``""`` for a collaborative.
    """

    kind: str
    head: str
    why: str
    basis: str
    figure: str
    target_id: str
    source_id: str
    locator: str
    ref: str = ""

    @property
    def plain(self) -> str:
        """The link in one line of text."""
        return f"{self.head}. {self.why} ({BASIS_WORDS[self.basis]})"

    @property
    def brief(self) -> str:
        """The link as briefly as it can be understood, for paper."""
        why = self.why.removesuffix(".")
        return f"{why}: {self.figure}" if self.figure else f"{self.head}: {why}"


def stated_mark(link: Link) -> str:
    """What paper says of a link that the source itself draws."""
    return " (linked by the source)" if link.basis == "stated" else ""


def figure_words(row: Mapping[Any, Any]) -> str:
    """A published result in words, such as ``98%: any funded resource (95% interval 90–99%)``.

    Args:
        row: A row of a question's results, with ``INTERVAL_COLUMNS``.
    """
    whom = "" if row["sector_group"] == "all" else f"{theme.SECTOR_SHORT[row['sector_group']]}, "
    option = str(row["option"])
    label = option if option[:2].isupper() else f"{option[0].lower()}{option[1:]}"
    value, _, interval = _value(row).partition(",")
    return f"{value}: {whom}{label}" + (f" ({interval.strip()})" if interval else "")


def _value(row: Mapping[Any, Any]) -> str:
    """``98%, 95% interval 90–99%``, or a count."""
    value = stated(row) if pd.notna(row["percent"]) else f"{float(row['count']):g}"
    if pd.notna(row["interval_low"]):
        value += f", 95% interval {interval_words(row)}"
    return value


def _question(catalogue: Catalogue, row: Mapping[Any, Any]) -> Target | None:
    selection = Selection(wave=str(row["wave_id"]))
    if not asks(catalogue, selection, row["question_id"]):
        return None
    rows = question(catalogue, selection, row["question_id"]).results
    hits = rows[
        (rows["option_id"] == row["option_id"]) & (rows["sector_group"] == row["sector_group"])
    ]
    if hits.empty:
        return None
    found = hits.iloc[0].to_dict()
    (of_row,) = refs_of(catalogue, "survey_results", hits.head(1))
    return figure_words(found), str(row["question_id"]), _value(found), of_row


def _collaborative(catalogue: Catalogue, row: Mapping[Any, Any]) -> Target | None:
    name = catalogue.collaborative_names.get(row["collaborative_id"])
    return None if name is None else (name, str(row["collaborative_id"]), "", "")


def _outcome(catalogue: Catalogue, row: Mapping[Any, Any]) -> Target | None:
    table = catalogue.table("outcomes")
    hits = table[table["outcome_id"] == row["outcome_id"]]
    if hits.empty:
        return None
    found = hits.iloc[0].to_dict()
    who = catalogue.collaborative_names.get(found["collaborative_id"], "")
    told = f"{found['metric']}"
    if pd.notna(found["value"]):
        told += f", {value_words(found)}"
    known = grades(catalogue).set_index("outcome_id")["grade"]
    letter = GRADE[str(known[found["outcome_id"]])].letter
    words = f"{who}: {told} ({found['status']}, grade {letter})"
    return words, str(found["collaborative_id"]), "", ref("outcomes", found["outcome_id"])


_FIND: Final[Mapping[str, Callable[[Catalogue, Mapping[Any, Any]], Target | None]]] = (
    MappingProxyType({"question": _question, "collaborative": _collaborative, "outcome": _outcome})
)


@kept(1)
def _all(catalogue: Catalogue) -> Mapping[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = {}
    for row in catalogue.table("insight_links").to_dict("records"):
        # The tables of another wave or a narrower set may lack a target: then there is no link.
        target = _FIND[row["kind"]](catalogue, row)
        if target is not None:
            link = Link(row["kind"], target[0], row["why"], row["basis"], target[2], target[1],
                        row["source_id"], row["locator"], target[3])  # fmt: skip
            found.setdefault(row["insight_id"], []).append(link)
    return MappingProxyType({key: tuple(links) for key, links in found.items()})


def links_of(catalogue: Catalogue, insight_id: str) -> tuple[Link, ...]:
    """The links of one insight: figures first, as in the table."""
    return _all(catalogue).get(insight_id, ())


def with_links(catalogue: Catalogue, insights: pd.DataFrame) -> pd.DataFrame:
    """Insights with what bears on them.

    Args:
        catalogue: The tables.
        insights: Rows of ``insights``.

    Returns:
        The rows with ``figures`` (of the survey), ``shown_by`` (collaboratives and outcomes),
        sentences separated by semicolons, missing where there is none; and ``other_source_ids``.
    """
    links = [links_of(catalogue, key) for key in insights["insight_id"]]
    figures = ["; ".join(x.plain for x in of if x.kind == "question") or None for of in links]
    shown = ["; ".join(x.plain for x in of if x.kind != "question") or None for of in links]
    others = [
        "; ".join(dict.fromkeys(x.source_id for x in of if x.source_id != own)) or None
        for of, own in zip(links, insights["source_id"], strict=True)
    ]
    text = {"figures": figures, "shown_by": shown, "other_source_ids": others}
    return insights.assign(**{k: pd.array(v, dtype="string") for k, v in text.items()})


def places_of(catalogue: Catalogue, insights: pd.DataFrame) -> pd.DataFrame:
    """``source_id`` and ``locator`` of insights and of their links, for the citations."""
    rows = [
        (x.source_id, x.locator) for k in insights["insight_id"] for x in links_of(catalogue, k)
    ]
    linked = pd.DataFrame(rows, columns=["source_id", "locator"], dtype="string")
    return pd.concat([insights[["source_id", "locator"]], linked], ignore_index=True)
