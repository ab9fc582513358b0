"""What each column of some rows holds, from the one schema."""

from __future__ import annotations

import pandas as pd

from components.exhibits.headings import fields_by_name, heading

DERIVED = "Worked out by the Atlas."
_KINDS = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}


def columns_of(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Describe the columns of a frame.

    Returns:
        For each: name, heading, type (as in the Table Schema), unit, meaning; the unit is ``""``
        and the meaning ``DERIVED`` for a column that no table has.
    """
    fields = fields_by_name()
    described = []
    for name in map(str, frame.columns):
        field = fields.get(name)
        kind = _KINDS.get(getattr(frame[name].dtype, "kind", "O"), "string")
        described.append(
            {
                "name": name,
                "heading": heading(name),
                # An exhibit may hold words where the table has a code.
                "type": field.type if field and kind != "string" else kind,
                "unit": (field.unit or "") if field else "",
                "meaning": field.description if field else DERIVED,
            }
        )
    return described
