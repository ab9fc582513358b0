"""What the numbers of a map's sentences count: systems, and the collaboratives that cover them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from components import theme
from components.exhibits.numbers import Sentence
from data.catalogue import Catalogue
from data.lineage import ref
from data.map_rows import DEFAULT_VINTAGE, MapRows
from geo.boundaries_io import VINTAGE_TITLES


def say_systems(say: Sentence, words: str, rows: MapRows, codes: Iterable[str]) -> str:
    """Note a number of systems, as the rows of these systems.

    Args:
        say: Notes it.
        words: The number with its noun.
        rows: The rows of the map.
        codes: The systems, each once or several times.
    """
    table = "icbs" if rows.vintage == DEFAULT_VINTAGE else "icbs_2026"
    return say(words, table, [ref(table, code) for code in sorted({str(c) for c in codes})])


def say_covered(
    say: Sentence, words: str, rows: MapRows, codes: Iterable[str], *stated: str
) -> str:
    """Note a number of systems that are covered, as the footprints there, counted by system.

    Systems of April 2026, which no footprint names, are noted as the systems that they are.

    Args:
        say: Notes it.
        words: The number with its noun.
        rows: The rows of the map.
        codes: The systems, each once or several times.
        stated: Conditions on footprints by which the systems are told, such as ``basis:stated``.
    """
    wanted = {str(code) for code in codes}
    if rows.vintage != DEFAULT_VINTAGE:
        return say_systems(say, words, rows, wanted)
    mine = rows.prints[rows.prints["area_id"].isin(wanted)]
    for condition in stated:
        column, _, value = condition.partition(":")
        mine = mine[mine[column] == value]
    # Named where they are not all that there are: which these are, filters do not say.
    some = () if wanted >= set(rows.prints["area_id"]) else sorted(wanted)
    named = (f"icb_code:{code}" for code in some)
    return say(words, "footprints", mine, *stated, *named, by="icb_code")


def say_covering(
    say: Sentence,
    words: str,
    catalogue: Catalogue,
    rows: MapRows,
    codes: Iterable[str],
    *,
    within: dict[str, tuple[str, ...]] | None = None,
) -> str:
    """Note a number of collaboratives that cover some systems, as their footprints there.

    On areas of April 2026 they are all footprints of these collaboratives, which were carried over.

    Args:
        say: Notes it.
        words: The number with its noun.
        catalogue: The tables.
        rows: The rows of the map.
        codes: The systems.
        within: Filters that are expected to leave them.
    """
    mine = rows.prints[rows.prints["area_id"].isin(set(codes))]
    if rows.vintage != DEFAULT_VINTAGE:
        every = catalogue.table("footprints")
        mine = every[every["collaborative_id"].isin(mine["collaborative_id"])]
    return say(words, "footprints", mine, by="collaborative_id", within=within)


def print_reading(
    who: str, rows: MapRows, part: pd.DataFrame, homes: pd.Series, several: bool, say: Sentence
) -> str:
    """One sentence: systems touched, how that is known, members and where they are at home.

    Args:
        who: The collaborative, or how many.
        rows: Footprints.
        part: Their memberships.
        homes: Home system of each member, by its name.
        several: Whether it is more than one collaborative.
        say: Notes what the numbers count.
    """
    prints, carried = rows.prints, rows.vintage != DEFAULT_VINTAGE
    count, named = prints["area_id"].nunique(), len(homes)
    known = prints[(prints["basis"] == "stated") & prints["is_certain"]]
    stated, is_out = len(known), homes.notna() & ~homes.isin(prints["area_id"])
    if several:
        who = say(
            who,
            "collaboratives",
            sorted(f"collaboratives/{c}" for c in rows.chosen["collaborative_id"]),
        )
    where = say_covered(say, theme.plural(count, "system"), rows, prints["area_id"])
    text = f"{who} {'touch' if several else 'touches'} {where}"
    if carried:
        text += f" of {VINTAGE_TITLES[rows.vintage]}, carried over from the boards of before"
    elif not several and count:
        basis = {0: "inferred", count: "stated"}.get(stated, "")
        text += f", {basis or say(f'{stated} of them', 'footprints', known)}"
        text += "" if basis else " stated"
    people = say(theme.plural(named, "member"), "memberships", part, by="organisation_id")
    text += f"; {people} named" if named else "; no member is named"
    if named and count and not several:
        outside = part.drop_duplicates("organisation_id")[is_out.to_numpy()]
        words = say(str(len(outside)), "memberships", outside) if len(outside) else "none"
        text += f", {words} with headquarters outside"
    return f"{text}."
