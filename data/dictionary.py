"""The dictionary of every table and field, made from ``datapackage.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.catalogue import Catalogue
from data.memo import kept

_RULES = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "pattern": "matches {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
}


def constraints_of(raw: Mapping[str, Any]) -> str:
    """The constraints of a field of the descriptor in words; ``""`` where there are none."""
    rules = raw.get("constraints", {})
    said = [name for name in ("required", "unique") if rules.get(name)]
    said.extend(words.format(rules[rule]) for rule, words in _RULES.items() if rule in rules)
    if "enum" in rules:
        said.append("one of the values named")
    if raw.get("listOf"):
        said.append(f"several keys of {raw['listOf']['resource']}, separated by semicolons")
    return "; ".join(said)


@kept(1)
def dictionary(catalogue: Catalogue) -> pd.DataFrame:
    """Every field of every table; do not change the frame.

    Returns:
        A row a field, in the order of the descriptor: ``table``, ``column``, ``heading``, ``type``,
        ``unit``, ``constraints``, ``refers_to`` (table of a foreign key), ``meaning``, ``values``
        (value: label, of a closed vocabulary), ``filled`` (per cent of rows that state it) and
        ``example`` (the first value stated).
    """
    rows = []
    raw_tables = {t["name"]: t for t in catalogue.schema.descriptor["resources"]}
    for name, schema in catalogue.schema.tables.items():
        frame = catalogue.frames[name]
        raw_fields = {f["name"]: f for f in raw_tables[name]["schema"]["fields"]}
        refers = {own[-1]: other or name for own, other, _ in schema.foreign_keys}
        for field in schema.fields:
            stated = frame[field.name].dropna()
            key = " (key)" if field.name in schema.primary_key else ""
            rows.append(
                {
                    "table": name,
                    "column": field.name,
                    "heading": field.title,
                    "type": f"{field.type}{key}",
                    "unit": field.unit or "",
                    "constraints": constraints_of(raw_fields[field.name]),
                    "refers_to": refers.get(field.name, ""),
                    "meaning": field.description,
                    "values": "; ".join(f"{v}: {label}" for v, label in field.labels.items()),
                    "filled": round(100 * len(stated) / len(frame), 1) if len(frame) else 0.0,
                    "example": str(stated.iloc[0])[:120] if len(stated) else "",
                }
            )
    return pd.DataFrame(rows)
