"""Exhibits: pure functions (catalogue, selection) -> figure, frame, citations and words.

Importing this package registers every exhibit. Nothing here imports Streamlit.
"""

from components.exhibits import (
    benefits,
    compare,
    connections,
    delegation,
    evidence,
    maps,
    matrix,
    overlaps,
    pairs,
    partners,
    places,
    priorities,
    profile_maps,
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
    "compare",
    "connections",
    "delegation",
    "evidence",
    "maps",
    "matrix",
    "overlaps",
    "pairs",
    "partners",
    "places",
    "priorities",
    "profile_maps",
    "services",
    "statements",
    "timeline",
]
