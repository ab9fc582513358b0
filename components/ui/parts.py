"""The parts of the pages that are told in chapters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from components.ui.chapters import Chapter

BENEFITS: Final = (
    Chapter("benefit", "What is reported", ("outcomes-by-benefit",), ("before-and-after",)),
    Chapter("who", "By whom, and the gaps", lead="benefit-evidence-map"),
    Chapter("service", "On which services", ("outcomes-by-service",)),
    Chapter("units", "Money, people, days", ("outcomes-in-own-units",), ("procurement-savings",)),
    Chapter("list", "Every result", ("outcome-list",)),
)

DELEGATION: Final = (
    Chapter("intent", "Who wants it", ("delegation-intent",), ("sector-differences",)),
    Chapter("barriers", "What stands in the way", ("delegation-barriers",), ("challenges",)),
    Chapter("governance", "Governance", ("governance-models",), ("governance-options",)),
    Chapter("resource", "People and posts", ("dedicated-resource",), ("funded-posts",)),
    Chapter("icbs", "Boards and partners", ("icb-relationship",), ("partner-meetings",)),
    Chapter(
        "law", "Law and purpose", ("delegation-milestones",), ("delegation-insights",),
    ),
)  # fmt: skip

HELPS: Final = (
    Chapter("hinders", "What hinders", ("challenges",), ("risks",)),
    Chapter("helps", "What helps", ("enablers",)),
    Chapter("gain", "What each can gain", ("opportunities",)),
    Chapter("practice", "What others do", ("good-practice",)),
    Chapter("board", "What a board should ask", lead="board-questions"),
)

PARTS: Final[Mapping[str, tuple[Chapter, ...]]] = MappingProxyType(
    {"benefits": BENEFITS, "delegation": DELEGATION, "helps": HELPS}
)
"""Address of a page -> its parts; the first is open unless the address says otherwise."""
