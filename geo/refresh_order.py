"""What to take over, and the words that must come with it: part of ``python -m geo refresh``."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo import build
from geo.boundaries_io import ATTRIBUTION, BOUNDARIES, LICENCE, VINTAGE_TITLES
from geo.compare import CODE_PATTERN
from geo.errors import GeoError
from geo.refresh_input import Boundaries, plain


@dataclass(frozen=True)
class Order:
    """What to take over.

    Attributes:
        source: Address of a layer of a feature service, or path of a file.
        vintage: Id of the vintage, such as ``2023``; part of the file names.
        out: The folder that gets the files.
        names: CSV of the ICBs expected (icb_code, name, region_code, region; ons_code where the
            Atlas has an id of its own for an area); by default the embedded one of the vintage.
        title: The vintage in words; by default the known one.
        attribution: The words that must stand on every map; by default the service's own.
        licence: By default the Open Government Licence, if the attribution names it.
        date: Date of the boundaries, YYYY, YYYY-MM or YYYY-MM-DD; by default the service's.
        layer: The layer of a file that has several.
        page_size: Areas to ask a service for at once.
    """

    source: str
    vintage: str
    out: Path = BOUNDARIES
    names: Path | None = None
    title: str | None = None
    attribution: str | None = None
    licence: str | None = None
    date: str | None = None
    layer: str | None = None
    page_size: int = 10


def expected(order: Order) -> tuple[dict[str, build.IcbName], str]:
    """Read which ICBs the vintage has, and what it is called.

    Args:
        order: What to take over.

    Returns:
        Name and region by the code that the input has (E54...), and the vintage in words.

    Raises:
        GeoError: If the vintage, its names or its title are missing or of another form.
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2})?", order.vintage):
        raise GeoError(
            f"Expected a vintage such as 2023 or 2026-04, found {plain(order.vintage, 40)!r}. It "
            "becomes part of the file names."
        )
    embedded = BOUNDARIES / f"icb_{order.vintage}_names.csv"
    if order.names is None and not embedded.is_file():
        raise GeoError(
            f"Expected the codes of the ICBs of vintage {order.vintage} in {embedded.name}, found "
            "no such file. Give a CSV with columns icb_code, name, region_code, region as --names."
        )
    names = _names_by_ons_code(order.names or embedded)
    title = order.title or VINTAGE_TITLES.get(order.vintage)
    if not title:
        raise GeoError(
            f"Expected a title for the new vintage {order.vintage}, found none. Give one in words, "
            'such as --title "April 2024".'
        )
    return names, title


def _names_by_ons_code(path: Path) -> dict[str, build.IcbName]:
    """Read the ICBs expected by their ONS code: ``ons_code`` where the file has it."""
    try:
        names = build.read_names(path)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise GeoError(
            f"Expected a CSV in UTF-8 in {path.name}, found something else ({plain(error, 80)}). "
            "Save it as CSV UTF-8."
        ) from error
    codes = [row.get("ons_code") or row["icb_code"] for row in rows]
    wrong = [code for code in codes if not re.fullmatch(CODE_PATTERN, code)]
    twice = len(rows) - min(len(names), len(set(codes)))
    if wrong or twice:
        found = f"{plain(', '.join(wrong[:8]), 200)}" if wrong else f"{twice} of them twice"
        raise GeoError(
            f"Expected one ONS code such as E54000008 for each ICB in {path.name}, found {found}. "
            "Correct the column icb_code, or, where the Atlas has ids of its own, give a copy of "
            "the file as --names with a column ons_code that holds ONS's codes."
        )
    return {code: names[row["icb_code"]] for code, row in sorted(zip(codes, rows, strict=True))}


def given_words(order: Order) -> dict[str, str | None]:
    """Collect what the person gave of the words that the metadata needs.

    Args:
        order: What to take over.

    Returns:
        attribution, licence and date, None where not given.

    Raises:
        GeoError: If the date or the page size is of another form.
    """
    if order.date is not None and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", order.date):
        raise GeoError(
            f"Expected a date as YYYY, YYYY-MM or YYYY-MM-DD, found {plain(order.date, 40)!r}. "
            "Write --date 2023-04."
        )
    if not 1 <= order.page_size <= 10_000:
        raise GeoError(
            f"Expected a page size from 1 to 10000, found {order.page_size}. Leave it out for 10."
        )
    return {"attribution": order.attribution, "licence": order.licence, "date": order.date}


def words_for(given: Mapping[str, str | None], boundaries: Boundaries) -> dict[str, str | None]:
    """Decide on licence, attribution and date: as given, else the input's own.

    Args:
        given: As ``given_words``.
        boundaries: What was read.

    Returns:
        licence, attribution and source_date, for the metadata; the date may be missing.

    Raises:
        GeoError: If there is no attribution or no licence.
    """
    attribution = given["attribution"] or boundaries.copyright
    if not attribution:
        raise GeoError(
            f"Expected the attribution that the licence of {boundaries.label} asks for, found none "
            "in the input. Give it with --attribution; that of the embedded boundaries is "
            f'"{ATTRIBUTION}"'
        )
    licence = given["licence"]
    if not licence and "open government licence" in attribution.lower():
        licence = LICENCE
    if not licence:
        raise GeoError(
            f"Expected a licence for {boundaries.label}, found none named in its attribution "
            f'("{attribution}"). Give it with --licence.'
        )
    return {
        "licence": licence,
        "attribution": attribution,
        "source_date": given["date"] or boundaries.date,
    }
