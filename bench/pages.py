"""Which pages are measured, and which filter changes are applied to each.

The pages are discovered from the running app: it sends its navigation to every session. What
cannot be discovered is which filter changes leave a page's map as it is and which change it: that
is written here, page by page, and checked in every run, because the bench sees whether a map's
body was sent. A page that is not listed gets `DEFAULT_KEEPS` and `DEFAULT_MOVES`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEFAULT_KEEPS = ("status=achieved",)
DEFAULT_MOVES = ("sector=mhlda", "region=E40000003")


@dataclass(frozen=True)
class PageSpec:
    """A page and the filter changes to apply to it, each as a query string."""

    url_path: str
    title: str = ""
    keeps_map: tuple[str, ...] = ()
    """Changes that should leave the map (or the page has no map)."""
    moves_map: tuple[str, ...] = ()
    """Changes that change the map."""

    @property
    def changes(self) -> tuple[str, ...]:
        """Every change, those that keep the map first."""
        return (*self.keeps_map, *self.moves_map)

    @property
    def cycle(self) -> tuple[str, ...]:
        """The states through which a load session goes: unfiltered, then every change."""
        return ("", *self.changes)

    @property
    def label(self) -> str:
        """The name in the report."""
        return self.title or self.url_path or "start page"


TITLE_PAGE = PageSpec("", "Floor: one title")
NAIVE_PAGE = PageSpec(
    "",
    "Floor: naive page",
    keeps_map=("order=value", "order=reverse"),
    moves_map=("sector=mhlda", "sector=acute"),
)
TUNED_PAGE = PageSpec("", "The same, tuned", NAIVE_PAGE.keeps_map, NAIVE_PAGE.moves_map)

# Pages whose filters do something else than the default, by URL path ("" is the start page).
CHANGES: Mapping[str, PageSpec] = {
    # Filters only narrow the list to choose from: what changes the page is what is chosen.
    "compare": PageSpec(
        "compare",
        "Compare",
        keeps_map=(
            "collaboratives=wyaat,south-yorkshire-acute-federation",
            "systems=E54000054,E54000061",
        ),
    ),
}


def atlas_pages(discovered: Mapping[str, str], only: Sequence[str] = ()) -> list[PageSpec]:
    """Return the pages to measure.

    Args:
        discovered: Title by URL path, as the app's navigation gives them.
        only: URL paths (``/`` or an empty string for the start page) to keep; empty for all.

    Returns:
        One specification per page, in the order of the navigation.

    Raises:
        ValueError: If a wanted page, or a page listed in `CHANGES`, is not in the app.
    """
    wanted = [path.strip("/") for path in only]
    unknown = [path for path in [*wanted, *CHANGES] if path not in discovered]
    if unknown:
        raise ValueError(f"no such page: {unknown}; the app has {sorted(discovered)}")
    return [
        CHANGES.get(path) or PageSpec(path, title, DEFAULT_KEEPS, DEFAULT_MOVES)
        for path, title in discovered.items()
        if not wanted or path in wanted
    ]
