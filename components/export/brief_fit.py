"""Room on a page of paper: how many lines a text takes, and what has to go so that all fits.

A brief is one page whatever is known of its subject. Nobody can measure text before the reader's
browser has chosen a font, so lines are counted with the widths of a font a little wider than Arial
and some room is left over; a browser test prints every brief and counts its pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

MM_PER_PT: Final = 25.4 / 72
LINE: Final = 1.28
# Widths in parts of the font size, by characters of about the same width; others count as "x".
_WIDTHS = {
    **dict.fromkeys("ijl'|", 0.25),
    **dict.fromkeys(" .,:;!ftI/[]‘’", 0.3),
    **dict.fromkeys("()-r“”·", 0.36),
    **dict.fromkeys("ckszvxyJ", 0.52),
    **dict.fromkeys("ABEKPSVXY&", 0.7),
    **dict.fromkeys("CDHNRUwTFLZ", 0.72),
    **dict.fromkeys("GOQmM", 0.84),
    **dict.fromkeys("W%▼▲…@", 0.96),
}
_OTHER = 0.58
_SPARE = 1.06
"""Fonts differ: a line is taken to be this much wider than the sum of its characters."""
_BOLD = 1.08
_GAP_MM = 0.7
_REFERENCE = re.compile(r"\[(\d+(?:, \d+)*)\]")
_AFTER_MM = 2.6


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text on one line, in millimetres, for a font size in points."""
    ems = sum(_WIDTHS.get(c, _OTHER) for c in text) * _SPARE
    return ems * size * MM_PER_PT * (_BOLD if bold else 1)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The lines that a text takes in a column.

    Args:
        text: Plain text.
        room: Width of the column in millimetres.
        size: Font size in points.
        bold: Whether it is set in bold.
    """
    lines: list[str] = []
    line, used = "", 0.0
    space = width_mm(" ", size, bold=bold)
    for word in text.split():
        width = width_mm(word, size, bold=bold)
        if line and used + space + width > room:
            lines.append(line)
            line, used = word, width
        else:
            line, used = (f"{line} {word}", used + space + width) if line else (word, width)
    return [*lines, line] if line else lines


def clipped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> str:
    """A text cut at a word, with an ellipsis, so that it takes at most some lines."""
    lines = wrapped(text, room, size, bold=bold)
    if len(lines) <= most:
        return text
    kept = " ".join(lines[:most]).split()
    while len(kept) > 1 and len(wrapped(f"{' '.join(kept)}…", room, size, bold=bold)) > most:
        kept.pop()
    return f"{' '.join(kept).rstrip(',;:')}…"


@dataclass(frozen=True)
class Block:
    """Lines of text: as HTML, and as plain text to count them by.

    Attributes:
        html: What is written.
        text: The same as plain text.
        size: Font size in points.
        bold: Whether most of it is bold.
    """

    html: str
    text: str
    size: float = 8.4
    bold: bool = False

    def height(self, room: float, scale: float = 1.0) -> float:
        """Height in millimetres in a column of some width, with type enlarged by a factor."""
        size = self.size * scale
        return len(wrapped(self.text, room, size, bold=self.bold)) * size * LINE * MM_PER_PT


@dataclass(frozen=True)
class Section:
    """A titled part of a column.

    Attributes:
        title: Heading; ``""`` for none.
        items: What it lists, the most important first; each of one or more blocks.
        least: How many items stay when room is short.
        rank: What goes first when room is short: the higher ranks.
        fixed: Height in millimetres of ``lead``, which always stays.
        lead: HTML above the items, such as a map.
        hidden: How many items did not fit.
        indent: Millimetres that a list takes from the left.
    """

    title: str
    items: tuple[tuple[Block, ...], ...] = ()
    least: int = 1
    rank: int = 1
    fixed: float = 0.0
    lead: str = ""
    hidden: int = 0
    indent: float = 3.0

    @property
    def total(self) -> int:
        """Items that there are, shown or not."""
        return len(self.items) + self.hidden

    @property
    def more(self) -> str:
        """The words in place of what did not fit."""
        if not self.hidden:
            return ""
        return f"and {self.hidden} more (see the Atlas)" if self.items else "See the Atlas."

    def height(self, room: float, scale: float = 1.0) -> float:
        """Height in millimetres in a column of some width, with type enlarged by a factor."""
        inner = room - self.indent
        listed = sum(_GAP_MM + sum(b.height(inner, scale) for b in item) for item in self.items)
        more = Block("", self.more).height(inner, scale) + _GAP_MM if self.hidden else 0.0
        title = 0.0
        if self.title:
            title = Block("", self.title, 9.4, bold=True).height(room, scale) + 1.4
        return title + self.fixed + listed + more + _AFTER_MM

    def shorter(self) -> Section:
        """The section without its last item."""
        return replace(self, items=self.items[:-1], hidden=self.hidden + 1)


@dataclass
class Column:
    """Sections above one another in a column.

    Attributes:
        room: Width in millimetres.
        height: Height in millimetres.
        scale: By how much the type is enlarged.
        sections: From the top.
    """

    room: float
    height: float
    scale: float = 1.0
    sections: list[Section] = field(default_factory=list)

    @property
    def used(self) -> float:
        """Height taken."""
        return sum(s.height(self.room, self.scale) for s in self.sections)

    @property
    def references(self) -> set[int]:
        """Numbers of the sources to which what is shown refers."""
        shown = " ".join(b.text for s in self.sections for item in s.items for b in item)
        return {int(n) for told in _REFERENCE.findall(shown) for n in told.split(", ")}

    @property
    def is_full(self) -> bool:
        """Whether it holds more than fits."""
        return self.used > self.height

    def trim(self) -> None:
        """Shorten lists until the column fits, those of the highest rank and the tallest first.

        ``least`` items go last, and then, from below, sections of which only the title is left.
        """
        for floor in (1, 0):
            while self.is_full:
                can = [
                    (s.rank, s.height(self.room, self.scale), i)
                    for i, s in enumerate(self.sections)
                    if len(s.items) > s.least * floor
                ]
                if not can:
                    break
                index = max(can)[2]
                self.sections[index] = self.sections[index].shorter()
        while self.is_full and len(self.sections) > 1:
            self.sections.pop()


@dataclass(frozen=True)
class Parts:
    """What two columns hold.

    Attributes:
        left: Sections that stand left.
        right: Sections that stand right.
        loose: Sections that go, one after another, where more room is left.
    """

    left: tuple[Section, ...]
    right: tuple[Section, ...]
    loose: tuple[Section, ...]


def _columns(parts: Parts, room: float, height: float, scale: float) -> tuple[Column, Column]:
    left = Column(room, height, scale, list(parts.left))
    right = Column(room, height, scale, list(parts.right))
    for section in parts.loose:
        min((left, right), key=lambda c: c.used).sections.append(section)
    return left, right


def arranged(write: Callable[[int], Parts], room: float, height: float) -> tuple[Column, Column]:
    """Two columns that fit a page: as large and as complete as there is room for.

    Args:
        write: Gives the sections, where each text may take so many lines more than it need.
        room: Width of a column in millimetres.
        height: Height of both in millimetres.
    """
    for extra, scale in ((8, 1.25), (8, 1.12), (8, 1.0), (2, 1.0)):
        columns = _columns(write(extra), room, height, scale)
        if not any(c.is_full for c in columns):
            return columns
    columns = _columns(write(0), room, height, 1.0)
    for column in columns:
        column.trim()
    return columns
