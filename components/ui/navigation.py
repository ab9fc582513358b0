"""The pages of the Atlas, in the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PageSpec:
    """One page.

    Attributes:
        section: Group in the menu.
        title: Name in the menu.
        script: File, relative to the project's root.
        url_path: Address below the root; ``""`` for the first page.
        exhibits: Exhibits that the page shows when nothing is chosen on it, whatever is filtered.
        on_choice: Exhibits that the page shows once the reader has chosen something on it.
        in_parts: Whether what is chosen is a part of the page (``components/ui/parts.py``).
    """

    section: str
    title: str
    script: str
    url_path: str
    exhibits: tuple[str, ...]
    on_choice: tuple[str, ...] = ()
    in_parts: bool = False


PAGES: Final = (
    PageSpec("Explore", "Overview", "pages/explore/overview.py", "", ("systems-hexmap",)),
    PageSpec(
        "Explore", "Footprints", "pages/explore/footprints.py", "footprints",
        ("footprint-map", "footprint-matrix", "formation-timeline"),
        ("overlap-map", "overlap-hexmap", "sector-map", "sector-hexmap", "benefit-map",
         "benefit-hexmap", "evidence-map", "evidence-hexmap"),
    ),
    PageSpec(
        "Explore", "Systems", "pages/explore/systems.py", "systems",
        ("systems-hexmap", "system-list"), ("system-map",),
    ),
    PageSpec(
        "Explore", "Collaboratives", "pages/explore/collaboratives.py", "collaboratives",
        ("collaborative-list",), ("collaborative-footprint",),
    ),
    PageSpec(
        "Explore", "Compare", "pages/explore/compare.py", "compare", (),
        on_choice=("compare-collaboratives", "compare-systems"),
    ),
    PageSpec("Explore", "Side by side", "pages/explore/side_by_side.py", "side-by-side", ()),
    PageSpec(
        "Explore", "Who works with whom", "pages/explore/connections.py", "connections",
        ("trust-network",), ("membership-matrix", "shared-members", "system-overlap"),
        in_parts=True,
    ),
    PageSpec(
        "Evidence", "Priorities", "pages/evidence/priorities.py", "priorities",
        ("survey-respondents", "priorities-past-year", "priorities-next-year", "priorities-shift",
         "improvement-journey", "improvement-approach", "benefits-named", "named-priorities"),
    ),
    PageSpec(
        "Evidence", "Delegation readiness", "pages/evidence/delegation.py", "delegation",
        ("delegation-intent", "sector-differences"),
        ("delegation-barriers", "challenges", "governance-models", "governance-options",
         "dedicated-resource", "funded-posts", "icb-relationship", "partner-meetings",
         "delegation-milestones", "delegation-insights"),
        in_parts=True,
    ),
    PageSpec("Evidence", "Place your collaborative", "pages/evidence/place.py", "place", ()),
    PageSpec(
        "Evidence", "Partners and resources", "pages/evidence/partners.py", "partners",
        ("icb-relationship", "partner-meetings", "dedicated-resource", "funded-posts"),
    ),
    PageSpec(
        "Evidence", "Benefits", "pages/evidence/benefits.py", "benefits",
        ("outcomes-by-benefit", "before-and-after"),
        ("benefit-evidence-map", "outcomes-by-service", "procurement-savings",
         "outcomes-in-money", "outcomes-in-people", "outcomes-in-counts", "outcomes-in-other-units",
         "outcome-list"),
        in_parts=True,
    ),
    PageSpec(
        "Evidence", "What helps and what hinders", "pages/evidence/helps.py", "helps",
        ("challenges", "risks"),
        ("enablers", "opportunities", "good-practice", "board-questions"),
        in_parts=True,
    ),
    PageSpec("Present", "Walkthroughs", "pages/present/walkthroughs.py", "present", ()),
    PageSpec("Data", "Tables", "pages/data/tables.py", "tables", ()),
    PageSpec("Data", "Dictionary", "pages/data/dictionary.py", "dictionary", ()),
    PageSpec("Data", "Where does this come from?", "pages/data/row.py", "row", ()),
    PageSpec("Data", "Bring your own", "pages/data/own.py", "own", ()),
    PageSpec(
        "Data", "Sources and discrepancies", "pages/data/sources.py", "sources",
        ("source-list", "discrepancy-register"),
    ),
    PageSpec("Data", "Interface and downloads", "pages/data/interface.py", "interface", ()),
    PageSpec("Data", "Glossary", "pages/data/glossary.py", "glossary", ()),
    PageSpec("Data", "About", "pages/data/about.py", "about", ("key-messages",)),
)  # fmt: skip


def page(url_path: str) -> PageSpec:
    """The page at an address.

    Raises:
        KeyError: There is none.
    """
    for spec in PAGES:
        if spec.url_path == url_path:
            return spec
    raise KeyError(f"no page at {url_path!r}")
