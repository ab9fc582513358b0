"""A comparison as a table that is read side by side, or one below the other on a phone."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from components.ui.ways import mark
from data.counted import Whence

_SIGNS = {"differs": "≠", "same": "=", "not all published": "?"}
"""A sign beside the words: a difference is never told by colour alone."""


_SHORT = 16


def comparison_html(frame: pd.DataFrame, whence: Sequence[Whence] = ()) -> str:
    """HTML of a comparison: a row an aspect, a column a subject.

    The roles are named because a phone shows the rows as blocks, which would take them away.

    Args:
        frame: Columns ``aspect``, ``subject``, ``value``, ``compared``; a row an item, aspect by
            aspect and subject by subject.
        whence: For each row where it comes from; none: no value leads there.
    """
    rows_of = frame.to_dict("records")
    marks = (
        [mark(way, _of(row)) for way, row in zip(whence, rows_of, strict=True)] if whence else ""
    )
    frame = frame.assign(mark=marks)
    subjects = list(dict.fromkeys(frame["subject"]))
    names = [html.escape(str(s)) for s in subjects]
    heads = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in names)
    rows = []
    for aspect, part in frame.groupby("aspect", sort=False):
        verdict = str(part["compared"].iloc[0])
        sign = f'<span class="verdict"><b aria-hidden="true">{_SIGNS[verdict]}</b> {verdict}</span>'
        cells = "".join(
            f'<td role="cell" data-of="{name}">{_value(part[part["subject"] == subject])}</td>'
            for subject, name in zip(subjects, names, strict=True)
        )
        rows.append(
            f'<tr role="row" class="{verdict.replace(" ", "-")}">'
            f'<th role="rowheader" scope="row">{html.escape(str(aspect))}{sign}</th>{cells}</tr>'
        )
    return (
        '<div class="side-by-side"><table role="table">'
        f'<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">What</th>'
        f'{heads}</tr></thead><tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )


def _of(row: Mapping[Any, Any]) -> str:
    """What a mark stands behind: a short value alone says too little."""
    value = "not published" if pd.isna(row["value"]) else str(row["value"])
    return f"{row['aspect']}: {value}" if len(value) <= _SHORT else value


def _value(items: pd.DataFrame) -> str:
    told = items.dropna(subset=["value"])
    pairs = zip(told["value"], told["mark"], strict=True)
    texts = [f"{html.escape(str(value))}{way}" for value, way in pairs]
    if not texts:
        return f"<i>not published</i>{''.join(items['mark'])}"
    if len(texts) == 1:
        return texts[0]
    return f"<ul>{''.join(f'<li>{t}</li>' for t in texts)}</ul>"
