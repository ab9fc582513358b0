"""The parts of the pages that are told in chapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Chapter:
    """A part of a page.

    Attributes:
        id: Id in the address.
        title: Name on the button.
        left: Exhibits of the left column.
        right: Exhibits of the right column; none: one column over the whole width.
        lead: The exhibit whose sentence stands for the chapter; the first where not named.
    """

    id: str
    title: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    lead: str = ""

    @property
    def exhibits(self) -> tuple[str, ...]:
        """Every exhibit of the chapter."""
        return (*self.left, *self.right)


BENEFITS: Final = (
    Chapter("benefit", "What is reported", ("outcomes-by-benefit",), ("before-and-after",)),
    Chapter("who", "By whom, and the gaps", lead="benefit-evidence-map"),
    Chapter("service", "On which services", ("outcomes-by-service",)),
    Chapter("units", "Money", ("outcomes-in-money",), ("procurement-savings",)),
    Chapter("people", "People and counts", ("outcomes-in-people",), ("outcomes-in-counts",)),
    Chapter("time", "Time and distance", ("outcomes-in-other-units",)),
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

CONNECTIONS: Final = (
    Chapter("network", "Trusts that meet", ("trust-network",)),
    Chapter("members", "Who is a member", ("membership-matrix",)),
    Chapter("shared", "Members in common", ("shared-members",)),
    Chapter("systems", "Systems in common", ("system-overlap",)),
)

HELPS: Final = (
    Chapter("hinders", "What hinders", ("challenges",), ("risks",)),
    Chapter("helps", "What helps", ("enablers",)),
    Chapter("gain", "What each can gain", ("opportunities",)),
    Chapter("practice", "What others do", ("good-practice",)),
    Chapter("board", "What a board should ask", lead="board-questions"),
)

PARTS: Final[Mapping[str, tuple[Chapter, ...]]] = MappingProxyType(
    {"benefits": BENEFITS, "connections": CONNECTIONS, "delegation": DELEGATION, "helps": HELPS}
)
"""Address of a page -> its parts; the first is open unless the address says otherwise."""
