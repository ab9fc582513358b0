"""Exhibits: pure functions (catalogue, selection) -> figure, frame, citations and words.

Importing this package registers every exhibit. Nothing here imports Streamlit.
"""

from components.exhibits import (
    benefits,
    challenges,
    compare,
    connections,
    delegation,
    delegation_background,
    evidence,
    maps,
    matrix,
    overlaps,
    own_units,
    pairs,
    partners,
    places,
    priorities,
    profile_maps,
    respondents,
    sector_differences,
    services,
    statements,
    timeline,
)
from components.exhibits.base import CAVEATS, REGISTRY, Built, Exhibit, build_exhibit

__all__ = [
    "CAVEATS",
    "REGISTRY",
    "Built",
    "Exhibit",
    "benefits",
    "build_exhibit",
    "challenges",
    "compare",
    "connections",
    "delegation",
    "delegation_background",
    "evidence",
    "maps",
    "matrix",
    "overlaps",
    "own_units",
    "pairs",
    "partners",
    "places",
    "priorities",
    "profile_maps",
    "respondents",
    "sector_differences",
    "services",
    "statements",
    "timeline",
]
