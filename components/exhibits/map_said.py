"""What the numbers of a map's sentences count: systems, and the collaboratives that cover them."""

from __future__ import annotations

from collections.abc import Iterable

from components.exhibits.numbers import Sentence
from data.catalogue import Catalogue
from data.lineage import ref
from data.map_rows import DEFAULT_VINTAGE, MapRows


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
