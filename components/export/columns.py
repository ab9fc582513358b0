"""What each column of some rows holds, from the one schema."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from data.schema import Field, package_schema

DERIVED = "Worked out by the Atlas."
_KINDS = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}


@lru_cache(maxsize=1)
def _fields() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for table in package_schema().tables.values():
        for field in table.fields:
            found.setdefault(field.name, field)
    return found


def columns_of(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Describe the columns of a frame.

    Returns:
        For each: name, heading, type (as in the Table Schema), unit, meaning; heading and unit are
        ``""`` and the meaning ``DERIVED`` for a column that no table has.
    """
    described = []
    for name in map(str, frame.columns):
        field = _fields().get(name)
        kind = _KINDS.get(getattr(frame[name].dtype, "kind", "O"), "string")
        described.append(
            {
                "name": name,
                "heading": field.title if field else "",
                # An exhibit may hold words where the table has a code.
                "type": field.type if field and kind != "string" else kind,
                "unit": (field.unit or "") if field else "",
                "meaning": field.description if field else DERIVED,
            }
        )
    return described
