"""Tables on slides, shared out over as many as they need."""

from __future__ import annotations

from typing import Any, Final

from pptx.util import Inches, Pt

from components import theme
from components.export.brief_fit import clipped, wrapped
from components.export.pptx_base import FONT, INK, Area, describe, rgb, width_of
from components.export.shown import Shown

_SIZE: Final = 10.5
_LARGER: Final = (16.0, 14.0, 12.0)
"""Letters of a table of a few rows, which leaves room on its slide."""
_MM: Final = 25.4
_PAD: Final = 0.09
MOST_PAGES: Final = 4
_MOST_LINES: Final = 4
_LEAST: Final = 0.8
_WIDEST_WORD: Final = 1.5


def _widths(table: Shown, width: float, size: float = _SIZE) -> list[float]:
    """Widths by the length of what stands in a column, none too narrow."""
    lengths = []
    for n, heading in enumerate(table.headings):
        cells = sorted(len(r[n]) for r in table.rows) or [1]
        typical = cells[int(len(cells) * 0.85)] if cells else 1
        lengths.append(min(60.0, max(len(heading) * 0.8, float(typical), 6.0)) ** 0.8)
    total = sum(lengths)
    least = [_least(table, n, size) for n in range(len(table.headings))]
    found = [max(low, width * v / total) for low, v in zip(least, lengths, strict=True)]
    # What is too much goes from the columns that have more than their longest word needs.
    spare = [v - low for v, low in zip(found, least, strict=True)]
    over = sum(found) - width
    if sum(spare) > 0:
        part = min(1.0, over / sum(spare))
        found = [v - part * s for v, s in zip(found, spare, strict=True)]
    scale = width / sum(found)
    return [v * scale for v in found]


def _least(table: Shown, column: int, size: float) -> float:
    """Room for the longest word of a column: a word that breaks is not read."""
    words = {w for row in table.rows for w in row[column].split()}
    plain = max((width_of(w, size) for w in words), default=0.0)
    head = max(width_of(w, size, bold=True) for w in table.headings[column].split())
    return max(_LEAST, min(_WIDEST_WORD * size / _SIZE, max(plain, head) + 2 * _PAD + 0.03))


def _high(
    cells: tuple[str, ...], widths: list[float], size: float = _SIZE, *, bold: bool = False
) -> float:
    lines = max(
        len(wrapped(c, (w - 2 * _PAD) * _MM, size, bold=bold)) or 1
        for c, w in zip(cells, widths, strict=True)
    )
    return lines * size * 1.22 / 72 + 2 * 0.045


def table_pages(
    table: Shown, width: float, height: float, most: int = MOST_PAGES
) -> tuple[list[Shown], int]:
    """A table as slides hold it.

    Args:
        table: All rows.
        width: Room in inches.
        height: Room in inches.
        most: Slides at most.

    Returns:
        The table of each slide, and how many rows are left out.
    """
    widths = _widths(table, width)
    short = tuple(
        tuple(clipped(c, (w - 2 * _PAD) * _MM, _SIZE, _MOST_LINES)
              for c, w in zip(row, widths, strict=True))
        for row in table.rows
    )  # fmt: skip
    head = _high(table.headings, widths, bold=True)
    pages: list[list[tuple[str, ...]]] = []
    used = height + 1
    left = 0
    for n, row in enumerate(short):
        high = _high(row, widths)
        if used + high > height:
            if len(pages) == most:
                left = len(short) - n
                break
            pages.append([])
            used = head
        pages[-1].append(row)
        used += high
    if not left:
        pages = (
            _even([(row, _high(row, widths)) for row in short], len(pages), height - head) or pages
        )
    return [Shown(table.headings, tuple(rows)) for rows in pages], left


def _even(
    rows: list[tuple[tuple[str, ...], float]], count: int, height: float
) -> list[list[tuple[str, ...]]]:
    """Rows shared out evenly over slides, so that the last has more than one; or none."""
    share = sum(high for _, high in rows) / max(1, count)
    pages: list[list[tuple[str, ...]]] = [[]]
    done = used = 0.0
    for row, high in rows:
        # A row belongs to the slide in which its middle lies.
        if pages[-1] and done + high / 2 > share * len(pages):
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        done, used = done + high, used + high
        if used > height:
            return []
    return pages if len(pages) == count else []


def _largest(table: Shown, whole: Shown, area: Area) -> float:
    """The letters of a slide: larger where all rows are on it and none is cut."""
    if table.rows != whole.rows:
        return _SIZE
    for size in _LARGER:
        if sum(_least(whole, n, size) for n in range(len(whole.headings))) > area.width:
            continue
        widths = _widths(whole, area.width, size)
        high = sum(_high(row, widths, size, bold=row is whole.headings)
                   for row in (whole.headings, *whole.rows))  # fmt: skip
        if high <= area.height:
            return size
    return _SIZE


def add_table(slide: Any, table: Shown, whole: Shown, area: Area, alt: str) -> None:
    """One slide's part of a table.

    Args:
        slide: The slide.
        table: The rows of this slide.
        whole: All rows: they give the widths, so that columns do not move from slide to slide.
        area: Where it stands.
        alt: Text alternative.
    """
    size = _largest(table, whole, area)
    widths = _widths(whole, area.width, size)
    frame = slide.shapes.add_table(len(table.rows) + 1, len(table.headings), *area.emu)
    made = frame.table
    made.first_row, made.horz_banding = True, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Inches(width)
    for n, row in enumerate((table.headings, *table.rows)):
        made.rows[n].height = Inches(_high(row, widths, size, bold=n == 0))
        for cell, text in zip(made.rows[n].cells, row, strict=True):
            _write(cell, text, size, is_head=n == 0, odd=n % 2 == 1)
    describe(frame, alt, "Table")


def _write(cell: Any, text: str, size: float, *, is_head: bool, odd: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_PAD)
    cell.margin_top = cell.margin_bottom = Inches(0.045)
    cell.text_frame.word_wrap = True
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.name, run.font.bold = Pt(size), FONT, is_head
    run.font.color.rgb = rgb("#FFFFFF" if is_head else INK)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(
        theme.NHS_DARK_BLUE if is_head else "#F3F6F8" if odd else "#FFFFFF"
    )
