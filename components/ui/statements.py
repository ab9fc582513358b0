"""Statements as a list that opens: title first, the rest on demand."""

from __future__ import annotations

import html

import pandas as pd

from data import Catalogue


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
    return f'<div class="statements">{"".join(parts)}</div>'
