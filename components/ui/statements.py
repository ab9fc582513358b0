"""Statements as a list that opens: title first, the rest on demand.

A filter hides statements by a rule of style and leaves the list itself as it is: the browser holds
it already, and the rule is a few hundred bytes where the list is ten thousand.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from components.exhibits.insight_links import BASIS_WORDS, Link, links_of
from components.exhibits.survey_builder import QUESTIONS_OF
from components.ui.navigation import PAGES
from components.ui.text import marked_html, row_address
from components.ui.ways import mark
from data import Catalogue
from data.lineage import ref


@dataclass(frozen=True)
class Statements:
    """A list of statements as it is sent.

    Attributes:
        html: The list.
        style: What hides the statements that the filters leave out; ``""`` for none.
    """

    html: str
    style: str = ""


def statements(every: pd.DataFrame, left: pd.DataFrame, tables: Catalogue, card: str) -> Statements:
    """The statements of an exhibit, with those hidden that the filters leave out.

    Args:
        every: Its statements when nothing is filtered; columns of ``statements_html``.
        left: Those that the filters leave, in the same order.
        tables: For the names of sectors and sources.
        card: Class of the card in which the list stands.
    """
    known = every["insight_id"] if "insight_id" in every else pd.Series(dtype=object)
    if not known.is_unique or not set(left.get("insight_id", ["?"])) <= set(known):
        return Statements(statements_html(left, tables))
    kept = set(left["insight_id"])
    hidden = [f".s-{key}" for key in known if key not in kept]
    for number, (_, rows) in enumerate(_groups(every, tables)):
        if not kept & set(rows["insight_id"]):
            hidden.append(f".g-{number}")
    style = f".{card} :is({','.join(hidden)}){{display:none}}" if hidden else ""
    return Statements(statements_html(every, tables), style)


def _groups(frame: pd.DataFrame, tables: Catalogue) -> list[tuple[str, pd.DataFrame]]:
    """The statements under their headings: what they tell, their sector, or their source."""
    if "told_under" in frame:
        return [(str(k), part) for k, part in frame.groupby("told_under", sort=False)]
    if bool(frame["sector"].notna().any()):
        labels = tables.schema.labels("insights", "sector")
        keys = frame["sector"].fillna("")
        parts = [("Every sector", frame[keys == ""])]
        parts += [(label, frame[keys == sector]) for sector, label in labels.items()]
        return [(title, part) for title, part in parts if not part.empty]
    titles = tables.table("sources").set_index("source_id")["title"]
    keys = frame["source_id"]
    return [(str(titles[k]), frame[keys == k]) for k in sorted(keys.unique())]


_MOST_TERMS: Final = 2
"""Terms that one statement explains at most; each is explained where the list first uses it."""


def statements_html(frame: pd.DataFrame, tables: Catalogue) -> str:
    """HTML of insights, grouped, each with what bears on it and who shows it.

    Args:
        frame: Columns ``title``, ``summary``, ``sector``, ``source_id``, ``locator``; with
            ``insight_id`` the links of each are told, with ``told_under`` it gives the groups.
        tables: For the names of sectors and sources.
    """
    sources = tables.table("sources").set_index("source_id")
    parts: list[str] = []
    told: set[str] = set()
    for number, (title, rows) in enumerate(_groups(frame, tables)):
        parts.append(f'<h3 class="g-{number}">{html.escape(title)}</h3>')
        for row in rows.to_dict("records"):
            source = sources.loc[row["source_id"]]
            links = links_of(tables, row["insight_id"]) if "insight_id" in row else ()
            summary, terms = marked_html(tables, row["summary"], _MOST_TERMS, frozenset(told))
            told.update(terms)
            parts.append(
                f'<details class="s-{key_of(row)}">'
                f"<summary>{html.escape(row['title'])}{_marks(links)}</summary>"
                f"<p>{summary}</p>{links_html(links)}"
                f"<small>{_source(row, str(source['title']))}</small></details>"
            )
    return f'<div class="statements">{"".join(parts)}</div>'


def key_of(row: Mapping[Any, Any]) -> str:
    """What a statement is called in the page and in its address: its id, else by its title."""
    return str(row.get("insight_id") or re.sub(r"[^a-z0-9]+", "-", row["title"].lower()).strip("-"))


def _source(row: Mapping[Any, Any], title: str) -> str:
    """Source and place of a statement, which lead to its row where it has an id."""
    said = html.escape(f"{title}: {row['locator']}")
    if "insight_id" not in row:
        return said
    return f'<a href="{row_address(ref("insights", row["insight_id"]))}">{said}</a>'


def _marks(links: tuple[Link, ...]) -> str:
    """Beside a title: that there are figures or examples to be opened."""
    figures = sum(x.kind == "question" for x in links)
    shown = len(links) - figures
    told = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in
            ((figures, "figure"), (shown, "example")) if n]  # fmt: skip
    return f' <span class="marks">{", ".join(told)}</span>' if told else ""


def links_html(links: tuple[Link, ...]) -> str:
    """What bears on an insight as a list; who draws each link stands beside it."""
    items = []
    for link in links:
        head, place = html.escape(link.head), address_of(link)
        if place:
            # Pages lie on one level, so a relative address holds wherever they are served.
            head = f'<a href="{html.escape(place)}" target="_self">{head}</a>'
        items.append(
            f"<li><b>{head}</b>{mark(link.ref, link.head)}. {html.escape(link.why)} "
            f"<i>{BASIS_WORDS[link.basis]}</i></li>"
        )
    return f'<ul class="links">{"".join(items)}</ul>' if items else ""


def address_of(link: Link) -> str:
    """Where a reader can go on: the page of the question, or the collaborative; or ``""``."""
    if link.kind != "question":
        return f"collaboratives?id={link.target_id}"
    shown = {e for e, asked in QUESTIONS_OF.items() if link.target_id in asked}
    for spec in PAGES:
        if shown & {*spec.exhibits, *spec.on_choice}:
            return spec.url_path
    return ""
