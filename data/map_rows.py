"""The rows behind a map: areas of a vintage, and the footprints that a selection leaves on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd

from data import vintages
from data.catalogue import Catalogue
from data.memo import kept
from data.query import collaboratives, footprints
from data.selection import Selection

DEFAULT_VINTAGE = "2023"
Pattern = Literal["solid", "hatch", "dots"]


# Compared and hashed by identity, as frames have no equality of their own.
@dataclass(frozen=True, eq=False)
class MapRows:
    """What any map of a selection is drawn from.

    Attributes:
        vintage: Id of the vintage.
        areas: Every area of the vintage, sorted by code: ``area_id``, ``short_name``,
            ``region_code``, ``region``, ``hex_row``, ``hex_col``.
        inside: Codes of the areas inside the region filter.
        selected: Codes of the areas that the reader selected.
        prints: Footprints of the collaboratives that the filters leave: columns of
            ``data.query.footprints`` and ``area_id``, ``area_name``, ``area_region``,
            ``area_region_code``, ``is_certain``; carried over to a newer vintage, the columns of
            ``data.vintages.carry`` instead of the codes of April 2023.
        curated: Number of curated collaboratives by area under no filter.
        chosen: The collaboratives that the filters leave; columns of ``collaboratives``.
    """

    vintage: str
    areas: pd.DataFrame
    inside: frozenset[str]
    selected: tuple[str, ...]
    prints: pd.DataFrame
    curated: dict[str, int]
    chosen: pd.DataFrame

    @property
    def shown(self) -> pd.DataFrame:
        """The footprints on areas inside the region filter."""
        return self.prints[self.prints["area_id"].isin(self.inside)]

    @cached_property
    def by_area(self) -> Mapping[str, pd.DataFrame]:
        """The footprints of each area that has any, in few columns.

        To choose rows of all columns, area by area, took most of the time of a map.
        """
        told = ["area_id", "collaborative_id", "short_name", "sector", "coverage", "basis"]
        rows = self.prints[[*told, "is_certain"]]
        return {str(code): own for code, own in rows.groupby("area_id")}

    @cached_property
    def _patterns(self) -> Mapping[str, Pattern]:
        return {code: pattern_of(rows) for code, rows in self.by_area.items()}

    def pattern(self, code: str) -> Pattern:
        """How coverage of an area is known (see ``pattern_of``)."""
        return self._patterns.get(code, "solid")


def pattern_of(rows: pd.DataFrame) -> Pattern:
    """How coverage by these footprints is known.

    Args:
        rows: Footprints with ``basis`` and ``coverage``.

    Returns:
        ``solid`` where one is stated for the whole area (or there is none), ``dots`` where one is
        stated for a part of it only, ``hatch`` where all are inferred.
    """
    stated = rows[rows["basis"] == "stated"]
    if rows.empty or (stated["coverage"] == "whole").any():
        return "solid"
    return "hatch" if stated.empty else "dots"


def _placed(catalogue: Catalogue, prints: pd.DataFrame, vintage: str) -> pd.DataFrame:
    """Footprints with the areas of a vintage beside them."""
    if vintage == DEFAULT_VINTAGE:
        on_areas = prints.assign(area_id=prints["icb_code"], is_certain=True)
    else:
        names = prints[["collaborative_id", "name", "short_name", "sector"]].drop_duplicates()
        on_areas = vintages.carry(catalogue, prints).merge(names, on="collaborative_id")
    areas = vintages.areas(catalogue, vintage)[["area_id", "short_name", "region_code", "region"]]
    areas = areas.rename(
        columns={
            "short_name": "area_name",
            "region_code": "area_region_code",
            "region": "area_region",
        }
    )
    return on_areas.merge(areas, on="area_id")


@kept(4)
def curated_by_area(catalogue: Catalogue, vintage: str) -> dict[str, int]:
    """Number of curated collaboratives by area of a vintage, under no filter; do not change."""
    prints = _placed(catalogue, footprints(catalogue, Selection()), vintage)
    counts = prints.groupby("area_id")["collaborative_id"].nunique()
    return {str(code): int(count) for code, count in counts.items()}


@kept(256)
def map_rows(catalogue: Catalogue, selection: Selection) -> MapRows:
    """The rows behind a map of a selection; cached, do not change its frames.

    Args:
        catalogue: The tables.
        selection: The filters. A system selected (of either vintage) leaves the collaboratives
            that touch it, with their whole footprints.
    """
    vintage = selection.vintage or DEFAULT_VINTAGE
    areas = vintages.areas(catalogue, vintage).sort_values("area_id").reset_index(drop=True)
    inside = areas
    if selection.region:
        inside = areas[areas["region_code"].isin(selection.region)]
    selected = vintages.resolve(catalogue, selection.icb, vintage)
    return MapRows(
        vintage=vintage,
        areas=areas,
        inside=frozenset(inside["area_id"]),
        selected=tuple(sorted(selected)),
        prints=_placed(catalogue, footprints(catalogue, selection), vintage),
        curated=curated_by_area(catalogue, vintage),
        chosen=collaboratives(catalogue, selection),
    )
