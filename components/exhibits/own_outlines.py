"""Footprints outlined on a map: a few that are compared, or those that a reader brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from components.exhibits.deck import Outline
from data.catalogue import Catalogue
from data.own.merging import MARK

MOST_OUTLINES: Final = 6


def outlined(prints: pd.DataFrame, names: Mapping[str, str]) -> tuple[Outline, ...]:
    """An outline for each collaborative, with its letter.

    Args:
        prints: Footprints with ``collaborative_id`` and ``area_id``.
        names: Collaborative -> its name in the legend, at most ``MOST_OUTLINES``, in order.
    """
    return tuple(
        Outline(
            letter="ABCDEF"[number],
            name=name,
            codes=tuple(sorted(prints[prints["collaborative_id"] == key]["area_id"].unique())),
            number=number,
        )
        for number, (key, name) in enumerate(names.items())
    )


def own_in(catalogue: Catalogue, collaborative_ids: Iterable[str]) -> list[str]:
    """Of these collaboratives those whose row the reader brought, sorted."""
    own = {key[0] for key in catalogue.own.get("collaboratives", ())}
    return sorted(own.intersection(collaborative_ids))


def own_outlines(catalogue: Catalogue, prints: pd.DataFrame) -> tuple[Outline, ...]:
    """Outlines of what the reader brought, so that a map shows where it holds their own rows.

    Args:
        catalogue: The tables.
        prints: Footprints drawn, with ``collaborative_id`` and ``area_id``.

    Returns:
        One for each collaborative that is own or has an own footprint; one for all of them
        together where they are more than ``MOST_OUTLINES``; none without own rows.
    """
    own = own_in(catalogue, prints["collaborative_id"])
    rows = {key[0] for key in catalogue.own.get("footprints", ())} - set(own)
    own += sorted(rows.intersection(prints["collaborative_id"]))
    if len(own) > MOST_OUTLINES:
        together = prints[prints["collaborative_id"].isin(own)].assign(collaborative_id="")
        return outlined(together, {"": f"{len(own)} with rows of your own"})
    names = catalogue.collaborative_names
    return outlined(prints, {k: names[k].removesuffix(MARK) + MARK for k in own})
