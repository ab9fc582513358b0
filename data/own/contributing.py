"""Own rows as a contribution: a data package in the form of the repository, with what to do."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

from data.own.merging import OwnData

_README = """\
# A contribution to the Provider Collaboratives Atlas

{files}

`tables/` holds the rows in the form of the repository's `data/tables/`, `datapackage.json` their
schema. Nothing in here has been checked against a publication.

1. Read `data/README.md` in the repository: a row needs a source that others can read.
2. In `tables/sources.csv` replace each row of the tier `own_file` by the publication that states
   the rows, and write its id and the place in it into `source_id` and `locator` of every row.
3. Append the rows to the files of the same name in `data/tables/`, without the header row.
4. Run `make validate`: it names every cell that is not right yet. It refuses the tier `own_file`.
5. Open a pull request with the source named in its message.

No cell in here begins like a formula: such text is refused when a file is brought, so a spreadsheet
that opens these tables runs nothing.

Shares counted from answers of respondents have small cells withheld already; the
answers themselves are not in here, and the Atlas has not kept them.
"""


def contribution(data: OwnData) -> bytes:
    """Everything own as a zip: tables, their schema and what to do.

    Args:
        data: What the session brought.

    Returns:
        A data package that the Frictionless tools accept. Its cells are the reader's own text, as
        in the repository's tables, which programs read: an apostrophe in front would be part of
        the row. None is needed: text that a spreadsheet would run is refused when it is brought
        (``data.validate.formula_problems``). Keys into tables that are not part of it are left to
        the repository's own check.
    """
    schema = data.catalogue.schema
    resources = []
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for raw in schema.descriptor["resources"]:
            rows = data.rows.get(raw["name"])
            if not rows:
                continue
            columns = schema.tables[raw["name"]].columns
            text = io.StringIO(newline="")
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([row.get(c, "") for c in columns] for row in rows)
            archive.writestr(raw["path"], text.getvalue().encode("utf-8"))
            resources.append({**raw, "schema": _alone(raw["schema"])})
        descriptor = {
            **{k: v for k, v in schema.descriptor.items() if k != "resources"},
            "name": "contribution",
            "title": "A contribution to the Provider Collaboratives Atlas",
            "description": "Rows that a reader brought; their sources are still to be given.",
            "resources": resources,
        }
        text_of = json.dumps(descriptor, indent=1, ensure_ascii=False)
        archive.writestr("datapackage.json", text_of.encode("utf-8"))
        archive.writestr("README.md", _readme(data).encode("utf-8"))
    return body.getvalue()


def _alone(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without keys into other tables: part of those rows are the Atlas's own."""
    return {k: v for k, v in schema.items() if k != "foreignKeys"}


def _readme(data: OwnData) -> str:
    lines = []
    for file in data.files:
        rows = ", ".join(f"{count} of {table}" for table, count in file.rows.items())
        lines.append(f"- `{file.label}` (source `{file.source_id}`): {rows}")
    return _README.format(files="\n".join(lines))
