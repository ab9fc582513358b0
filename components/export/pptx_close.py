"""The last slide of a deck: sources, what the caveats mean, the licence."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from components.exhibits import CAVEATS
from components.export.pptx_base import FAINT, WIDTH, Area, add_text, add_title, line_count
from components.export.sheet import LICENCE, Document
from data.citations import Citation

_EDGE: Final = 0.6
_ROOM: Final = WIDTH - 2 * _EDGE
_SMALL: Final = 10.0
_COLUMNS: Final = 2
_COLUMN: Final = (_ROOM - 0.4) / _COLUMNS
_COLUMN_HIGH: Final = 5.5


def add_closing(slide: Any, document: Document) -> None:
    """The closing slide: the sources, those of most slides first; its notes have all there is."""
    cited: dict[str, Citation] = {}
    used: Counter[str] = Counter()
    caveats: dict[str, None] = {}
    for sheet in document.sheets:
        for c in sheet.built.citations:
            cited.setdefault(c.source_id, c)
            used[c.source_id] += 1
        caveats.update(dict.fromkeys(sheet.built.caveats))
    ordered = [cited[key] for key, _ in used.most_common()]
    meanings = [f"{CAVEATS[c].label}: {CAVEATS[c].sentence}" for c in caveats]
    whole = [LICENCE, *(f"{c.for_others}. {c.url}".strip() for c in ordered)]
    columns, size = _columns([*meanings, *whole]), _SMALL
    for larger in (14.0, 12.0, 11.0):
        wider = _columns([*meanings, *whole], larger)
        if len(wider) <= _COLUMNS:
            columns, size = wider, larger
            break
    note = ""
    if len(columns) > _COLUMNS:
        note = "Addresses of the sources and the meaning of the caveats: in the notes below."
        names = [c.for_others for c in ordered]
        columns = _columns([LICENCE, *names])
        shown_names = len(names)
        while len(columns) > _COLUMNS:
            shown_names -= 1
            columns = _columns([LICENCE, *names[:shown_names]])
        if left := len(names) - shown_names:
            note = (
                f"Sources of most slides first; {left} more, every address and the meaning of "
                "the caveats: in the notes below."
            )
    add_title(slide, Area(_EDGE, 0.45, _ROOM, 0.5), "Notes and sources", (26,))
    if note:
        add_text(slide, Area(_EDGE, 0.95, _ROOM, 0.25), note, 12, colour=FAINT, name="What is left")
    for k, column in enumerate(columns):
        box = Area(_EDGE + k * (_COLUMN + 0.4), 1.3, _COLUMN, _COLUMN_HIGH)
        add_text(slide, box, "\n".join(column), size, name=f"Sources, column {k + 1}")
    slide.notes_slide.notes_text_frame.text = "\n".join([*meanings, *whole])


def _columns(lines: list[str], size: float = _SMALL) -> list[list[str]]:
    """Lines shared out over columns of the closing slide."""
    most = int(_COLUMN_HIGH * 72 / (size * 1.22))
    columns: list[list[str]] = [[]]
    used = 0
    for line in lines:
        count = line_count(line, _COLUMN, size)
        if used + count > most:
            columns.append([])
            used = 0
        columns[-1].append(line)
        used += count
    return columns
