"""Tables and their columns as things that the search finds."""

from __future__ import annotations

from data.catalogue import Catalogue
from data.memo import kept
from data.search import Entry


@kept(1)
def of_tables(catalogue: Catalogue) -> tuple[Entry, ...]:
    """An entry for every table, and for every column of one.

    The key of a column is ``table.column``. Titles say what they are, so that a page or an exhibit
    that is called the same comes before.
    """
    tables = catalogue.schema.tables.values()
    found = [
        Entry("table", t.name, f"{t.title} (table)", t.description, t.name.replace("_", " "))
        for t in tables
    ]
    columns = [
        Entry("field", f"{t.name}.{f.name}", f"{f.title} (column)", f"Column of {t.title}", f.name)
        for t in tables
        for f in t.fields
    ]
    return (*found, *columns)
