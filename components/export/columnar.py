"""Rows as Parquet, with what must be said of them in the metadata of its schema."""

from __future__ import annotations

import io
import json
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from components.export.holding import Holding

METADATA_KEY: Final = b"atlas"


def arrow_table(frame: pd.DataFrame) -> pa.Table:
    """A frame as an Arrow table; a column that mixes types becomes text."""
    plain = frame.reset_index(drop=True)
    mixed = [c for c in plain.columns if plain[c].dtype == object]
    plain = plain.assign(**{c: plain[c].astype("string") for c in mixed})
    return pa.Table.from_pandas(plain, preserve_index=False)


def description(holding: Holding) -> dict[str, object]:
    """What is said of the rows, in words that other programs can read too."""
    return {
        "id": holding.id,
        "title": holding.title,
        "question": holding.question,
        "reading": holding.reading,
        "base": holding.base,
        "filters": dict(holding.filters),
        "caveats": [f"{c.label}: {c.sentence}" for c in holding.caveats],
        "notes": list(holding.notes),
        "sources": holding.sources().to_dict("records"),
        "version": holding.version,
        "taken_on": holding.taken_on,
        "licence": holding.licence,
        "address": holding.address,
    }


def to_parquet(holding: Holding) -> bytes:
    """Rows as Parquet.

    Args:
        holding: The rows and what goes with them.

    Returns:
        The file. Its schema carries pandas' own metadata and, under the key ``atlas``, a JSON
        object with title, filters, sources, licence, date and so on (see ``description``).
    """
    table = arrow_table(holding.frame)
    words = json.dumps(description(holding), ensure_ascii=False).encode("utf-8")
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), METADATA_KEY: words})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
