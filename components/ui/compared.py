"""What the page Compare puts beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {"collaboratives": "Collaboratives", "systems": "Systems"}
)
"""Kind, also the name of the parameter that lists its ids -> label; the first is the default."""
