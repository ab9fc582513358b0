"""Pieces that every view of the map shares: tooltips, members, legend, words on coverage."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from components import theme
from components.exhibits.deck import Area, LegendEntry, Marker, Outline
from components.exhibits.map_said import say_covered, say_systems
from components.exhibits.numbers import Number, Sentence
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.counted import Counted
from data.lineage import ref
from data.map_rows import DEFAULT_VINTAGE, MapRows, Pattern
from data.memo import kept
from data.query import members
from data.selection import Selection
from data.survey import collaboratives_thought, wave_that_thinks

MAX_LISTED = 7
PATTERN_WORDS = {"hatch": "Inferred, not stated", "dots": "Stated for a part only"}
CARRIED_NOTE: Final = Told(
    "The sources speak of the boards of April 2023; footprints are carried over to the boards of "
    "April 2026 by the crosswalk, not stated by a source.",
    Counted("icb_changes"),
)
FRAME_COLUMNS = [
    "icb_code", "icb_name", "region", "name", "sector", "coverage", "basis", "note", "source_id",
    "locator",
]  # fmt: skip
CARRIED_COLUMNS = [
    "area_id", "area_name", "area_region", "name", "sector", "coverage", "basis", "carried_from",
    "carry_note", "source_id", "locator",
]  # fmt: skip


_OF_MEMBERS: Final = [
    "organisation", "organisation_id", "collaborative_id", "role", "longitude", "latitude",
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
    # Few columns: to choose rows of all of them takes most of the time of a map.
    told = ["collaborative_id", column, "coverage", "basis", "is_certain"]
    rows = rows[[c for c in dict.fromkeys(told) if c in rows]]
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
    frame = members(catalogue, ids)[_OF_MEMBERS]
    frame = frame[frame["latitude"].notna()]
    names = catalogue.collaborative_names
    by_name: dict[str, list[dict[Any, Any]]] = {}
    for row in frame.sort_values("organisation", kind="stable").to_dict("records"):
        by_name.setdefault(str(row["organisation"]), []).append(row)
    found = []
    for organisation, rows in by_name.items():
        lines = [
            f"• {names[r['collaborative_id']]}: "
            f"{catalogue.label('memberships', 'role', r['role']).lower()}"
            for r in rows[:MAX_LISTED]
        ]
        if len(rows) > MAX_LISTED:
            lines.append(f"and {len(rows) - MAX_LISTED} more")
        key = str(rows[0]["organisation_id"])
        found.append(
            Marker(
                organisation_id=key,
                name=organisation,
                detail=tuple(lines),
                longitude=float(rows[0]["longitude"]),
                latitude=float(rows[0]["latitude"]),
                lead=any(r["role"] == "lead_provider" for r in rows),
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


STATED_BY: Final[Mapping[Pattern, tuple[str, ...]]] = MappingProxyType(
    {"solid": ("basis:stated", "coverage:whole"), "dots": ("basis:stated",), "hatch": ()}
)
"""How coverage is known -> conditions on the footprints by which it is (``data.counted``)."""


def by_coverage(rows: MapRows) -> dict[Pattern, list[str]]:
    """The areas inside the filters with a stated, a part-stated and an inferred footprint."""
    found: dict[Pattern, list[str]] = {"solid": [], "dots": [], "hatch": []}
    for code in sorted(str(code) for code in rows.shown["area_id"].unique()):
        found[rows.pattern(code)].append(code)
    return found


@kept(1)
def coverage_words(rows: MapRows) -> tuple[str, tuple[Number, ...]]:
    """The coverage of the areas inside the filters in words, and what its numbers count."""
    kinds, say = by_coverage(rows), Sentence()
    carried = " carried over" if rows.vintage != DEFAULT_VINTAGE else ""
    covered = {code for codes in kinds.values() for code in codes}
    none = rows.inside - covered
    total = say_systems(say, theme.plural(len(rows.inside), "system"), rows, rows.inside)

    def said(kind: Pattern, words: str) -> str:
        number = f"{len(kinds[kind])} {words}"
        return say_covered(say, number, rows, kinds[kind], *STATED_BY[kind])

    words = [said("solid", f"with a stated footprint{carried}")]
    if kinds["dots"]:
        words.append(said("dots", "with one stated for a part only"))
    words.append(said("hatch", "with an inferred one only"))
    words.append(
        say_systems(say, f"{len(none)} with none of these", rows, none)
        if none
        else "no system without one"
    )
    return f"of {total}, {', '.join(words)}", say.numbers


def population_note(catalogue: Catalogue) -> str:
    """What the tables hold against what the survey report estimates; empty without an estimate."""
    words = population_words(catalogue)[0]
    return words and Told(words, ref("survey_waves", wave_that_thinks(catalogue)))


@kept(1)
def population_words(catalogue: Catalogue) -> tuple[str, tuple[Number, ...]]:
    """As :func:`population_note`, and what its numbers count."""
    estimate = collaboratives_thought(catalogue)
    if estimate is None:
        return "", ()
    frame, say = catalogue.table("collaboratives"), Sentence()
    now = frame[frame["status"] == "operating"]
    thought = say(f"about {estimate}", "survey_waves", (wave_that_thinks(catalogue),))
    words = (
        f"The survey report estimates {thought} collaboratives in England; the tables hold "
        f"{say(f'{len(frame)} entries', 'collaboratives', frame)}, "
        f"{say(f'{len(now)} of them', 'collaboratives', now, 'status:operating')} described as "
        "operating."
    )
    return words, say.numbers
