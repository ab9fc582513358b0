"""What rows state of a system itself: its names and codes, and what changed in April 2026."""

from __future__ import annotations

from dataclasses import dataclass

from data.profile_facts import Fact


@dataclass(frozen=True, kw_only=True)
class Area(Fact):
    """A system in one vintage of boundaries.

    Attributes:
        code: Its id in the tables, in addresses and in boundaries: of April 2023 the ICB code, of
            April 2026 the ``area_id``.
        code_words: Its ONS code as a reader may see it, with how it is known where that is not
            from ONS.
        name: Full name of the board.
        short_name: Name as drawn on maps.
        region: NHS England region.
        ods_code: Code of the Organisation Data Service, or ``""``.
        vintage: Id of the vintage, such as ``2023``.
        other_source_ids: Keys of sources that it rests on besides.
    """

    code: str
    code_words: str
    name: str
    short_name: str
    region: str
    ods_code: str
    vintage: str
    other_source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Change(Fact):
    """What became of an area of a board, or what a board was made from.

    Attributes:
        area: The area in words; ``all`` for the whole board that gave it.
        other: Name of the board in the other vintage.
        other_code: Its ONS code, or ``""``.
        on, change: When, and what happened in words.
        ref: Reference of the row that says so (see :mod:`data.lineage`).
        is_gain: Whether the area came from the other board; else it went there.
    """

    area: str
    other: str
    other_code: str
    on: str
    change: str
    ref: str
    is_gain: bool = False
