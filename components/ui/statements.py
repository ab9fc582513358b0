"""Statements as a list that opens: title first, the rest on demand."""

from __future__ import annotations

import html

import pandas as pd

from data import Catalogue

_STYLE = """<style>
.statements{columns:2;column-gap:28px}
.statements details{break-inside:avoid;padding:7px 0;border-bottom:1px solid rgba(138,151,161,.35)}
.statements summary{cursor:pointer;font-weight:600}
.statements p{margin:6px 0 2px 0}
.statements small{opacity:.75}
.statements h4{break-after:avoid;margin:14px 0 4px 0;padding:0;font-size:1rem}
@media(max-width:760px){.statements{columns:1}}
</style>"""


def statements_html(frame: pd.DataFrame, tables: Catalogue) -> str:
    """HTML of insights, grouped by sector where they have one, else by source.

    Args:
        frame: Columns ``title``, ``summary``, ``sector``, ``source_id``, ``locator``.
        tables: For the names of sectors and sources.
    """
    sources = tables.table("sources").set_index("source_id")
    by_sector = bool(frame["sector"].notna().any())
    groups = frame["sector"].fillna("") if by_sector else frame["source_id"]
    order = list(tables.schema.labels("insights", "sector")) if by_sector else []
    parts = []
    for key in sorted(groups.unique(), key=lambda k: order.index(k) if k in order else -1):
        rows = frame[groups == key]
        if by_sector:
            title = tables.label("insights", "sector", key) if key else "Every sector"
        else:
            title = str(sources.loc[key, "title"])
        parts.append(f"<h4>{html.escape(title)}</h4>")
        for row in rows.to_dict("records"):
            source = sources.loc[row["source_id"]]
            parts.append(
                f"<details><summary>{html.escape(row['title'])}</summary>"
                f"<p>{html.escape(row['summary'])}</p>"
                f"<small>{html.escape(str(source['title']))}: {html.escape(row['locator'])}</small>"
                "</details>"
            )
    return f'{_STYLE}<div class="statements">{"".join(parts)}</div>'
