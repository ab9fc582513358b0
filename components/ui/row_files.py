"""Rows and shapes as files: what the take-away view, the cards and the tables offer of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import pandas as pd
import streamlit as st

from components.exhibits import REGISTRY, Built
from components.exhibits.deck import DeckMap
from components.export import citing
from components.export.citing import STYLES
from components.export.holding import Holding, of_exhibit, of_table
from components.export.own_mark import OWN, in_name
from components.export.sheet import live_link
from components.export.tabular import file_stem
from components.ui import cache
from components.ui.choice import choose_listed
from components.ui.navigation import PAGES
from data import Catalogue, Selection

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"


@dataclass(frozen=True)
class RowFile:
    """A kind of file made of rows: short id, label, ending, media type, what for, maker."""

    key: str
    label: str
    ending: str
    mime: str
    help: str
    make: Callable[[Holding], bytes]
    shapes: bool = False

    @property
    def short(self) -> str:
        """Its name on a button."""
        return "Excel" if self.key == "xlsx" else self.ending.upper()

    def suits(self, built: Built) -> bool:
        """Whether it can be made of an exhibit."""
        return not self.shapes or isinstance(built.figure, DeckMap)


# Imported within: each of these brings a library that no page needs.
def _csv(holding: Holding) -> bytes:
    from components.export.signed import to_signed_csv  # noqa: PLC0415

    return to_signed_csv(holding)


def _xlsx(holding: Holding) -> bytes:
    from components.export.workbook import to_xlsx  # noqa: PLC0415

    return to_xlsx(holding)


def _parquet(holding: Holding) -> bytes:
    from components.export.columnar import to_parquet  # noqa: PLC0415

    return to_parquet(holding)


def _geojson(holding: Holding) -> bytes:
    from components.export.geographic import to_geojson  # noqa: PLC0415

    return to_geojson(holding)


def _gpkg(holding: Holding) -> bytes:
    from components.export.geographic import to_gpkg  # noqa: PLC0415

    return to_gpkg(holding)


ROW_FILES: Final = (
    RowFile(
        "xlsx", "Rows as Excel (XLSX)", "xlsx", _SHEET,
        "Typed cells, with sheets of notes, sources and columns.", _xlsx,
    ),
    RowFile(
        "csv", "Rows as CSV", "csv", "text/csv",
        "Every row drawn; its source, date, filters and licence in its last columns.", _csv,
    ),
    RowFile(
        "parquet", "Rows as Parquet", "parquet", _PARQUET,
        "Typed columns for pandas, R or DuckDB; notes and sources in its metadata.", _parquet,
    ),
    RowFile(
        "geojson", "Areas as GeoJSON", "geojson", "application/geo+json",
        "The map's areas with their values, for any mapping tool.", _geojson, shapes=True,
    ),
    RowFile(
        "gpkg", "Areas as GeoPackage", "gpkg", "application/geopackage+sqlite3",
        "Areas, members, rows, notes and sources in one file, for QGIS and ArcGIS.", _gpkg,
        shapes=True,
    ),
)  # fmt: skip
"""Every kind of file of rows, in the order in which they are offered."""
FILE: Final = "file"
"""The parameter that says as what the rows of a table are taken away."""
FIRST: Final = ROW_FILES[:2]
"""Those that are a click away wherever rows are seen."""


def today() -> str:
    """Today as YYYY-MM-DD."""
    return datetime.now(UTC).date().isoformat()


def of(exhibit_id: str, built: Built, selection: Selection, address: str = "") -> Holding:
    """What a file of an exhibit holds."""
    return of_exhibit(
        cache.catalogue()[0], REGISTRY[exhibit_id], built, selection,
        taken_on=today(), address=address,
    )  # fmt: skip


def exhibit_file(
    kind: RowFile,
    exhibit_id: str,
    built: Built,
    selection: Selection,
    order: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """The rows of an exhibit as a file, which says their order beside the filters."""
    holding = of(exhibit_id, built, selection)
    return kind.make(replace(holding, filters=(*holding.filters, *order)))


def live(address: str, exhibit_id: str, selection: Selection) -> str:
    """Address of the page that shows an exhibit, with its filters; ``""`` without an address."""
    pages = (p.url_path for p in PAGES if exhibit_id in (*p.exhibits, *p.on_choice))
    return live_link(address, next(pages, ""), selection)


def references(
    exhibit_id: str, built: Built, selection: Selection, address: str, style: str
) -> str:
    """References to an exhibit and to every source of its rows.

    Args:
        exhibit_id: Id in the registry.
        built: It, built for the selection.
        selection: The filters.
        address: Root of the Atlas, ending in a slash, or ``""``.
        style: A key of ``STYLES``.
    """
    tables, _ = cache.catalogue()
    exhibit = REGISTRY[exhibit_id]
    own = selection.only(exhibit.responds_to)
    first = citing.of_exhibit(
        tables, exhibit_id, exhibit.title, own, accessed=today(),
        link=live(address, exhibit_id, own), is_own=OWN in built.caveats,
    )  # fmt: skip
    rest = [citing.of_source(tables, c.source_id, c.locators) for c in built.citations]
    return STYLES[style].write([first, *rest])


def _of_table(
    tables: Catalogue,
    name: str,
    rows: pd.DataFrame,
    filters: tuple[tuple[str, str], ...],
    shown: pd.DataFrame | None,
) -> Holding:
    holding = of_table(tables, name, rows, filters, taken_on=today())
    return holding if shown is None else holding.with_rows(shown)


def kinds() -> dict[str, str]:
    """The kinds of file of rows alone, by their ids in the address -> label."""
    return {f.key: f.label for f in ROW_FILES if not f.shapes}


def table_downloads(
    tables: Catalogue,
    name: str,
    rows: pd.DataFrame,
    filters: tuple[tuple[str, str], ...],
    shown: pd.DataFrame | None = None,
) -> None:
    """Offer some rows of a table as a file; it is made when it is asked for.

    Args:
        tables: The catalogue.
        name: Name of the table.
        rows: Whole rows of the table, whose sources are told.
        filters: (what, in words) of whatever left these rows.
        shown: What is made of them, and taken away: some of their columns, or their groups.
    """
    left, right, _ = st.columns([2, 1.4, 3], vertical_alignment="bottom")
    with left:
        chosen = choose_listed("Take these rows away as", FILE, kinds(), is_named=True)
    kind = next(f for f in ROW_FILES if f.key == chosen)
    # Sources are gathered when the file is asked for; beside own rows its name says whose it is.
    is_own = bool(tables.own) and _of_table(tables, name, rows, filters, shown).is_own
    words = "_".join(f"{what}-{value}" for what, value in filters)
    mark = in_name(is_own)
    right.download_button(
        f"Download {kind.ending.upper()}",
        data=lambda: kind.make(_of_table(tables, name, rows, filters, shown)),
        file_name=f"{file_stem(f'{name}_{words}' if words else name)}{mark}.{kind.ending}",
        mime=kind.mime, key=f"take-{name}", on_click="ignore", help=kind.help, width="stretch",
    )  # fmt: skip
