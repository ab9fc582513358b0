"""Pieces that every view of the map shares: tooltips, members, legend, words on coverage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from components import theme
from components.exhibits.deck import Area, LegendEntry, Marker, Outline
from data.catalogue import Catalogue
from data.map_rows import DEFAULT_VINTAGE, MapRows
from data.memo import kept
from data.query import members
from data.selection import Selection
from data.survey import collaboratives_thought

MAX_LISTED = 7
PATTERN_WORDS = {"hatch": "Inferred, not stated", "dots": "Stated for a part only"}
CARRIED_NOTE = (
    "The sources speak of the 42 boards of April 2023; footprints are carried over to the boards "
    "of April 2026 by the crosswalk, not stated by a source."
)
FRAME_COLUMNS = [
    "icb_code", "icb_name", "region", "name", "sector", "coverage", "basis", "note", "source_id",
    "locator",
]  # fmt: skip
CARRIED_COLUMNS = [
    "area_id", "area_name", "area_region", "name", "sector", "coverage", "basis", "carried_from",
    "carry_note", "source_id", "locator",
]  # fmt: skip


def marks(row: Mapping[Any, Any]) -> str:
    """`` (part, inferred)`` beside a collaborative in a tooltip or a list, or nothing."""
    found = ["part"] if row["coverage"] == "part" else []
    if not row.get("is_certain", True):
        found = ["may reach into it"]
    if row["basis"] != "stated":
        found.append("inferred")
    return f" ({', '.join(found)})" if found else ""


def listed(rows: pd.DataFrame, column: str = "short_name") -> list[str]:
    """The collaboratives of an area, a line each, shortened."""
    rows = rows.drop_duplicates("collaborative_id").sort_values(column)
    lines = [f"• {row[column]}{marks(row)}" for row in rows.head(MAX_LISTED).to_dict("records")]
    if len(rows) > MAX_LISTED:
        lines.append(f"and {len(rows) - MAX_LISTED} more")
    return lines


def absent(rows: MapRows, code: str) -> tuple[str, str]:
    """Fill and words of an area in which the filters leave nothing."""
    if code not in rows.inside:
        return "filtered", "Outside the region selected"
    known = rows.curated.get(code, 0)
    if known:
        return (
            "filtered",
            f"{theme.plural(known, 'collaborative')}, filtered out",
        )
    return "none", "No collaborative named"


def markers(catalogue: Catalogue, selection: Selection, ids: list[str]) -> tuple[Marker, ...]:
    """One marker an organisation, with every collaborative in which it has a part."""
    frame = members(catalogue, ids)
    frame = frame[frame["latitude"].notna()]
    names = catalogue.collaborative_names
    found = []
    for organisation, rows in frame.groupby("organisation", sort=True):
        first = rows.iloc[0]
        lines = [
            f"• {names[r['collaborative_id']]}: "
            f"{catalogue.label('memberships', 'role', r['role']).lower()}"
            for r in rows.head(MAX_LISTED).to_dict("records")
        ]
        if len(rows) > MAX_LISTED:
            lines.append(f"and {len(rows) - MAX_LISTED} more")
        key = str(first["organisation_id"])
        found.append(
            Marker(
                organisation_id=key,
                name=str(organisation),
                detail=tuple(lines),
                longitude=float(first["longitude"]),
                latitude=float(first["latitude"]),
                lead=bool((rows["role"] == "lead_provider").any()),
                selected=key in selection.organisation,
            )
        )
    return tuple(found)


def legend(
    areas: tuple[Area, ...],
    points: tuple[Marker, ...],
    outlines: tuple[Outline, ...],
    steps: dict[str, str],
    absent_words: str,
) -> tuple[LegendEntry, ...]:
    """Lines for what is drawn and for nothing else.

    Args:
        areas: The areas.
        points: Members.
        outlines: Footprints outlined.
        steps: Fill -> words, from the least to the most.
        absent_words: What it means that there is nothing to shade.
    """
    used = {a.fill for a in areas}
    words = {**steps, "none": absent_words, "filtered": "Filtered out"}
    entries = [LegendEntry(key, label) for key, label in words.items() if key in used]
    patterns = {a.pattern for a in areas if a.fill not in {"none", "filtered"}}
    entries.extend(LegendEntry(p, words) for p, words in PATTERN_WORDS.items() if p in patterns)
    entries.extend(
        LegendEntry(f"chip-{sector}", theme.SECTOR_SHORT[sector])
        for sector in theme.SECTOR_COLOURS
        if any(sector in a.chips for a in areas)
    )
    entries.extend(LegendEntry(f"outline-{o.number}", f"{o.letter}: {o.name}") for o in outlines)
    if points:
        entries.append(LegendEntry("dot", "Member’s headquarters"))
        if any(m.lead for m in points):
            entries.append(LegendEntry("lead", "Lead provider"))
    if any(a.selected for a in areas) or any(m.selected for m in points):
        entries.append(LegendEntry("selected", "Selected"))
    return tuple(entries)


def coverage(rows: MapRows) -> tuple[int, int, int, int]:
    """How many areas inside the filters have a stated, a part-stated, an inferred, no footprint."""
    shown = rows.shown
    touched = {str(code) for code in shown["area_id"].unique()}
    kinds = [rows.pattern(code) for code in touched]
    solid, dots, hatch = (kinds.count(k) for k in ("solid", "dots", "hatch"))
    return solid, dots, hatch, len(rows.inside) - len(touched)


@kept(1)
def coverage_words(rows: MapRows) -> str:
    """The coverage of the areas inside the filters, in words."""
    stated, part, inferred, none = coverage(rows)
    total = len(rows.inside)
    carried = " carried over" if rows.vintage != DEFAULT_VINTAGE else ""
    words = [f"{stated} with a stated footprint{carried}"]
    if part:
        words.append(f"{part} with one stated for a part only")
    words.append(f"{inferred} with an inferred one only")
    words.append(f"{none} with none of these" if none else "no system without one")
    return f"of {theme.plural(total, 'system')}, {', '.join(words)}"


@kept(1)
def population_note(catalogue: Catalogue) -> str:
    """What the tables hold against what the survey report estimates; empty without an estimate."""
    estimate = collaboratives_thought(catalogue)
    if estimate is None:
        return ""
    frame = catalogue.table("collaboratives")
    now = int((frame["status"] == "operating").sum())
    return (
        f"The survey report estimates about {estimate} collaboratives in England; "
        f"the tables hold {len(frame)} entries, {now} of them described as operating."
    )
