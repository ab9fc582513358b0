"""A checklist for a board on paper: what was ticked and noted, and what bears on each item."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from components import theme
from components.exhibits.insight_links import links_of, stated_mark
from data.catalogue import Catalogue
from data.citations import citation

_STYLE: Final = """
@page{size:A4 portrait;margin:11mm 12mm 14mm;
 @bottom-right{content:"Page " counter(page) " of " counter(pages);font:7.4pt Arial,sans-serif}}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;color:#000;background:#fff;
 font:9pt/1.32 Arial,"Liberation Sans",Helvetica,"DejaVu Sans Condensed",sans-serif}
main{width:186mm;margin:0 auto}
.top{display:flex;justify-content:space-between;font-size:7.4pt;border-bottom:.6mm solid #005EB8}
h1{font-size:16pt;line-height:1.15;margin:1.6mm 0 1mm}
h2{break-after:avoid;font-size:11pt;margin:3mm 0 .6mm;border-bottom:.35mm solid #000}
.item{display:grid;grid-template-columns:7mm 1fr;padding:1.6mm 0;
 border-bottom:.2mm solid #8A97A1;break-inside:avoid}
.item>b{font-size:13pt;line-height:1}
.item p{margin:0 0 .7mm}
.item ul{margin:0 0 1mm;padding-left:3.4mm;font-size:7.8pt}
footer{margin-top:3mm;font-size:7.4pt;break-inside:avoid}footer p{margin:0 0 .7mm}
.note{border:.25mm solid #8A97A1;min-height:11mm;padding:.8mm 1.2mm;white-space:pre-wrap;
 overflow-wrap:anywhere}
.tiny{font-size:7.4pt}
@media screen{body{background:#e9edf0;padding:6mm 0}
 main{width:210mm;padding:11mm 12mm;background:#fff;box-shadow:0 1px 6px rgba(0,0,0,.3)}}
"""

_HEADINGS: Final = {
    "board_question": "Questions for the board",
    "risk": "Risks to manage",
    "enabler": "What helps",
    "practice": "What others do",
    "opportunity": "What can be gained",
}
_FOOT: Final = (
    "<footer><p>Percentages are shares of those who answered the national survey. An interval "
    "allows for the chance of who answered, as if answering had nothing to do with the answer; "
    "responses are not a random sample. What stands beside an item was put there by the Atlas, "
    "unless it says that the source did.</p>"
)


@dataclass(frozen=True)
class Item:
    """One item of the checklist.

    Attributes:
        insight_id: The insight that it asks about.
        ticked: Whether it was ticked.
        note: What was noted.
    """

    insight_id: str
    ticked: bool = False
    note: str = ""


def file_name(made_on: date, ending: str) -> str:
    """Name of the file, such as ``board-checklist_2026-11-24.html``."""
    return f"board-checklist_{made_on.isoformat()}.{ending}"


def frame(catalogue: Catalogue, items: Sequence[Item]) -> pd.DataFrame:
    """The checklist as rows: what is asked, whether it is ticked, the note, and what bears on it.

    Raises:
        KeyError: An item asks about an insight that there is not.
    """
    rows = []
    for item in items:
        insight = catalogue.row("insights", item.insight_id)
        links = links_of(catalogue, item.insight_id)
        rows.append(
            {
                "kind": catalogue.label("insights", "kind", insight["kind"]),
                "title": insight["title"],
                "summary": insight["summary"],
                "ticked": item.ticked,
                "own_note": item.note,
                "figures": "; ".join(x.plain for x in links if x.kind == "question"),
                "shown_by": "; ".join(x.plain for x in links if x.kind != "question"),
                "source_id": insight["source_id"],
                "locator": insight["locator"],
            }
        )
    columns = ["kind", "title", "summary", "ticked", "own_note", "figures", "shown_by",
               "source_id", "locator"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def page(catalogue: Catalogue, items: Sequence[Item], made_on: date) -> str:
    """The printable checklist as an HTML document that needs nothing else.

    Raises:
        KeyError: An item asks about an insight that there is not.
    """
    rows = frame(catalogue, items)
    done = int(rows["ticked"].sum())
    parts = [
        '<div class="top"><span>Provider Collaboratives Atlas: board checklist</span>'
        f"<span>{made_on.day} {made_on:%B %Y}</span></div><h1>Board checklist</h1>"
        f'<p class="tiny">{theme.plural(len(rows), "item")}, {done} ticked. Ticks and notes are '
        "our own and were not stored by the Atlas.</p>"
    ]
    kinds = [str(catalogue.row("insights", item.insight_id)["kind"]) for item in items]
    for kind in dict.fromkeys(kinds):
        parts.append(f"<h2>{_HEADINGS.get(kind, catalogue.label('insights', 'kind', kind))}</h2>")
        for item, own in zip(items, kinds, strict=True):
            if own == kind:
                parts.append(_item(catalogue, item))
    cited = dict.fromkeys(citation(catalogue, s).plain for s in rows["source_id"])
    parts.append(f"{_FOOT}<p>Sources: {html.escape('; '.join(cited))}.</p></footer>")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=830">'
        f"<title>Board checklist</title><style>{_STYLE}</style></head>\n"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _item(catalogue: Catalogue, item: Item) -> str:
    """An item with its box, what bears on it, room for a note and where it stands."""
    row = catalogue.row("insights", item.insight_id)
    lines = [
        html.escape(f"{x.head}. {x.why}{stated_mark(x)}")
        for x in links_of(catalogue, item.insight_id)
    ]
    title = str(row["title"])
    title += "" if title.endswith(("?", "!", ".")) else "."
    beside = f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""
    publisher = catalogue.row("sources", str(row["source_id"]))
    place = f"{publisher['publisher']}, {publisher['published']}: {row['locator']}"
    return (
        f'<div class="item"><b>{"☑" if item.ticked else "☐"}</b><div>'
        f"<p><strong>{html.escape(title)}</strong> {html.escape(str(row['summary']))}"
        f'</p>{beside}<div class="note">{html.escape(item.note)}</div>'
        f'<p class="tiny">{html.escape(place)}</p></div></div>'
    )
