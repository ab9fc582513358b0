"""A comparison as a table that is read side by side, or one below the other on a phone."""

from __future__ import annotations

import html

import pandas as pd

_SIGNS = {"differs": "≠", "same": "=", "not all published": "?"}
"""A sign beside the words: a difference is never told by colour alone."""


def comparison_html(frame: pd.DataFrame) -> str:
    """HTML of a comparison: a row an aspect, a column a subject.

    The roles are named because a phone shows the rows as blocks, which would take them away.

    Args:
        frame: Columns ``aspect``, ``subject``, ``value``, ``compared``; a row an item, aspect by
            aspect and subject by subject.
    """
    subjects = list(dict.fromkeys(frame["subject"]))
    names = [html.escape(str(s)) for s in subjects]
    heads = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in names)
    rows = []
    for aspect, part in frame.groupby("aspect", sort=False):
        verdict = str(part["compared"].iloc[0])
        mark = f'<span class="verdict"><b aria-hidden="true">{_SIGNS[verdict]}</b> {verdict}</span>'
        cells = "".join(
            f'<td role="cell" data-of="{name}">{_value(part[part["subject"] == subject])}</td>'
            for subject, name in zip(subjects, names, strict=True)
        )
        rows.append(
            f'<tr role="row" class="{verdict.replace(" ", "-")}">'
            f'<th role="rowheader" scope="row">{html.escape(str(aspect))}{mark}</th>{cells}</tr>'
        )
    return (
        '<div class="side-by-side"><table role="table">'
        f'<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">What</th>'
        f'{heads}</tr></thead><tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )


def _value(items: pd.DataFrame) -> str:
    texts = [html.escape(str(v)) for v in items["value"].dropna()]
    if not texts:
        return "<i>not published</i>"
    if len(texts) == 1:
        return texts[0]
    return f"<ul>{''.join(f'<li>{t}</li>' for t in texts)}</ul>"
