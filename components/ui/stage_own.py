"""Own rows on the stage: said to the room where they are shown, and what phones have instead."""

from __future__ import annotations

import html
from collections.abc import Mapping

from components.exhibits import Built
from components.export.own_mark import OWN
from components.stories import Told, subject_id, subject_of
from components.stories.beside import numbers_for_all
from components.ui import cache, overlay


def words(*shown: Built) -> str:
    """That own rows are among those shown, first in the line that the room reads.

    A step that none of them changes says nothing; its citations are those of its figures too.
    """
    data = overlay.current()
    if data is None or not _is_own(*shown):
        return ""
    cited = {c.source_id for b in shown for c in b.citations}
    files = html.escape(overlay.named(data, cited))
    return f'<b class="own">Includes the presenter’s own data: {files}.</b> '


def _is_own(*shown: Built) -> bool:
    return any(OWN in b.caveats or any(c.is_own for c in b.citations) for b in shown)


def steps(shown: Mapping[int, tuple[Built, ...]]) -> list[int]:
    """Numbers of the steps that show own rows, for phones, which have the Atlas's alone.

    Args:
        shown: Number of each step -> what it shows.
    """
    if overlay.current() is None:
        return []
    return [number for number, built in shown.items() if _is_own(*built)]


def for_all(told: Told) -> dict[str, str]:
    """Which step phones are shown with each, where own rows make it another one.

    Returns:
        ``rooms`` (as ``numbers_for_all``); or ``alone`` where phones can be shown none: only this
        session knows the subject; or nothing, where there are no own rows.
    """
    if overlay.current() is None:
        return {}
    story, of = told.walkthrough, told.subject
    if subject_of(cache.shared()[0], story, subject_id(of)) != of:
        return {"alone": "yes"}
    numbers = numbers_for_all(told, cache.told_to_all(story.id, of))
    return {"rooms": ",".join(map(str, numbers))}
