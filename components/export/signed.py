"""CSV that says where it is from and stays a plain table.

Comment lines above the header break Excel, pandas and DuckDB alike, and a second file beside the
first is lost with the first forwarded message. So what has to be said stands in the last four
columns of every row: it survives sorting, filtering and copying some rows elsewhere.
"""

from __future__ import annotations

import pandas as pd

from components.export.holding import Holding
from components.export.tabular import to_csv

SIGNED = ("row_source", "taken_from", "taken_on", "terms")


def signed(holding: Holding) -> pd.DataFrame:
    """The rows with four more columns.

    Returns:
        The frame and ``row_source`` (publisher, date and title of the row's source; several where
        a row rests on several), ``taken_from`` (Atlas, version, title, filters), ``taken_on``
        (YYYY-MM-DD) and ``terms`` (the licence).
    """
    frame = holding.frame.reset_index(drop=True)
    plain = {c.source_id: c.for_others for c in holding.citations}
    named = pd.Series("", index=frame.index, dtype="string")
    for column in ("source_id", "source_ids", "other_source_ids"):
        if column in frame:
            ids = frame[column].astype("string").fillna("")
            named = named + ids.map(lambda cell: f"{cell};")
    sources = named.map(
        lambda cell: "; ".join(
            dict.fromkeys(plain.get(i.strip(), i.strip()) for i in cell.split(";") if i.strip())
        )
    )
    return frame.assign(
        row_source=sources,
        taken_from=holding.taken_from,
        taken_on=holding.taken_on,
        terms=holding.licence,
    )


def to_signed_csv(holding: Holding) -> bytes:
    """The rows as CSV with the columns of ``signed``."""
    return to_csv(signed(holding))
