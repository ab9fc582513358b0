"""What is said of a CSV file beside it: metadata as in "CSV on the Web" (W3C, 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from components.export.columnar import description
from components.export.columns import columns_of
from components.export.holding import ATLAS, LICENCE_URL, Holding

_DATATYPES: Final[dict[str, Any]] = {
    "integer": "integer",
    "year": "integer",
    "number": "number",
    "date": "date",
    "boolean": {"base": "boolean", "format": "True|False"},
}


def to_csvw(holding: Holding, url: str, key: Sequence[str] = ()) -> dict[str, Any]:
    """Metadata of a CSV file of some rows: what each column holds, and all that goes with them.

    Args:
        holding: The rows.
        url: Address of the CSV file: commas, UTF-8, a header of the columns' names.
        key: Columns that together tell rows apart, or none.

    Returns:
        A table description: title, day, licence and sources in Dublin Core terms, the columns with
        their types, and under ``notes`` one object as in ``columnar.description`` (filters in
        words, reading, base, caveats, sources with the places in them, version).
    """
    columns = [
        {
            # Titles are what stands in the header.
            "name": column["name"], "titles": column["name"], "dc:title": column["heading"],
            "dc:description": column["meaning"],
            **({"schema:unitText": column["unit"]} if column["unit"] else {}),
            "datatype": _DATATYPES.get(column["type"], "string"),
        }
        for column in columns_of(holding.frame)
    ]  # fmt: skip
    schema: dict[str, Any] = {"columns": columns}
    if key:
        schema["primaryKey"] = list(key)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": holding.title,
        "dc:description": holding.question,
        "dc:publisher": ATLAS,
        "dc:date": holding.taken_on,
        "dc:license": {"@id": LICENCE_URL},
        "dc:rights": holding.licence,
        "dc:source": [
            {
                "dc:identifier": c.source_id, "dc:title": c.title, "dc:publisher": c.publisher,
                **({"dc:date": c.published} if c.published else {}),
                **({"schema:url": c.url} if c.url else {}),
            }
            for c in holding.citations
        ],
        "notes": [description(holding)],
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True,
                    "lineTerminators": ["\n"]},
        "tableSchema": schema,
    }  # fmt: skip
