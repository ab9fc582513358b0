"""What a link to an exhibit (``at=``) opens of its page: the part, or the view of the map."""

from __future__ import annotations

from collections.abc import Mapping

from components.exhibits.map_views import VIEWS
from components.ui.map_explorer import FORMS
from components.ui.parts import PARTS


def opened_by(url_path: str, exhibit_id: str) -> Mapping[str, str]:
    """Parameters that show an exhibit on a page on which other things may be open.

    Args:
        url_path: Address of the page below the root.
        exhibit_id: The exhibit.

    Returns:
        Name -> value; empty where the page shows it in any case, or not at all.
    """
    for chapter in PARTS.get(url_path, ()):
        if exhibit_id and exhibit_id in (*chapter.exhibits, chapter.lead):
            return {"part": chapter.id}
    if url_path == "footprints":
        for view in VIEWS:
            if exhibit_id in view.exhibits:
                return {"view": view.id, "form": list(FORMS)[view.exhibits.index(exhibit_id)]}
    return {}
