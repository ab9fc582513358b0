"""The whole Atlas as one data package: schema, tables and boundaries in a zip."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd

from data.catalogue import Catalogue
from data.schema import TableSchema

# The oldest moment that a zip can name: equal tables give equal bytes.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
ABOUT: Final = """# {title}, version {version}

{description}

`datapackage.json` describes every table and column (Frictionless Data Package). Check it with
`frictionless validate datapackage.json`. Each row names its source (`source_id`, see
`tables/sources.csv`) and the place in it (`locator`).

Text stands here as it is in the tables. Import these files rather than open them in a spreadsheet;
the Atlas's own CSV and XLSX downloads make text harmless that a spreadsheet would run.

Licence of the tables: {licence}. The documents cited belong to their publishers.
{attribution}
"""


def _cell(value: Any) -> str:
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.15g}"
    return str(value)


def table_csv(frame: pd.DataFrame, schema: TableSchema) -> bytes:
    """A table as it is kept on disk: UTF-8, no mark, lines ending in a line feed, nothing changed.

    Args:
        frame: The table.
        schema: Its schema: the columns in order.
    """
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(schema.columns)
    rows = frame[list(schema.columns)].astype(object).itertuples(index=False, name=None)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return sink.getvalue().encode("utf-8")


def _measured(body: bytes) -> dict[str, Any]:
    return {"bytes": len(body), "hash": f"sha256:{hashlib.sha256(body).hexdigest()}"}


def tables_digest(catalogue: Catalogue) -> str:
    """SHA-256 of schema and tables: the version of the content, whatever its version is called."""
    digest = hashlib.sha256(json.dumps(catalogue.schema.descriptor, sort_keys=True).encode())
    for name, schema in catalogue.schema.tables.items():
        digest.update(table_csv(catalogue.table(name), schema))
    return digest.hexdigest()


def descriptor(catalogue: Catalogue) -> dict[str, Any]:
    """The data package's descriptor with size and checksum of each table."""
    schema = catalogue.schema
    resources = []
    for raw in schema.descriptor["resources"]:
        body = table_csv(catalogue.table(raw["name"]), schema.tables[raw["name"]])
        resources.append({**raw, **_measured(body)})
    return {**schema.descriptor, "resources": resources}


def package_zip(
    catalogue: Catalogue, boundaries: Mapping[str, bytes] | None = None, attribution: str = ""
) -> bytes:
    """The whole Atlas as one zip; the same tables give the same bytes.

    Args:
        catalogue: The tables.
        boundaries: File name -> GeoJSON, to go into ``boundaries/``.
        attribution: What the licence of the boundaries asks for.

    Returns:
        A zip with ``datapackage.json``, ``README.md``, ``tables/*.csv`` and
        ``boundaries/*.geojson``, valid by the Frictionless tools.

    Raises:
        ValueError: The catalogue has rows of a reader's own: they never leave as the Atlas's.
    """
    if catalogue.own:
        raise ValueError(
            "expected the tables that every session shares, found a catalogue with own rows; "
            "give the shared one, and offer own rows as a contribution"
        )
    schema = catalogue.schema
    package = descriptor(catalogue)
    licence = "; ".join(str(one["title"]) for one in package.get("licenses", []))
    about = ABOUT.format(
        title=package.get("title", ""),
        version=schema.version,
        description=package.get("description", ""),
        licence=licence,
        attribution=attribution,
    )
    files = {"README.md": about.encode("utf-8")}
    for name, table in schema.tables.items():
        files[table.path] = table_csv(catalogue.table(name), table)
    for name, body in sorted((boundaries or {}).items()):
        files[f"boundaries/{name}"] = body
        package["resources"].append(
            {
                "name": PurePosixPath(name).stem.replace("_", "-"),
                "path": f"boundaries/{name}",
                "title": f"Boundaries: {name}",
                "description": attribution,
                "format": PurePosixPath(name).suffix.lstrip("."),
                "mediatype": "application/geo+json",
                "encoding": "utf-8",
                **_measured(body),
            }
        )
    words = json.dumps(package, ensure_ascii=False, indent=1).encode("utf-8")
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, body in {"datapackage.json": words, **files}.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return sink.getvalue()
