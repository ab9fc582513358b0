"""Numbers in the words of a slide lead to the rows that they were computed from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from components.exhibits import REGISTRY
from components.exhibits.appearances import row_refs
from components.exhibits.numbers import Number, found_in
from components.stories.figures import fill, placeholders
from components.stories.model import Behind, ToldStep
from components.ui.ways import ONE, SEVERAL, address_of, counted_by, rows_address
from data import Catalogue
from data.lineage import lineage
from data.memo import kept

_KEYS: Final = {
    "icb_name": "icb_code", "name": "collaborative_id", "collaborative": "collaborative_id",
    "organisation": "organisation_id",
}  # fmt: skip
"""Column of names of an exhibit -> the column of a table that groups rows alike."""
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")


@kept(400)
def words_html(tables: Catalogue, step: ToldStep, said: str) -> str:
    """A headline or a point as HTML, in which each number is a link that looks like the words.

    Args:
        tables: The catalogue.
        step: The step.
        said: Its headline or one of its points.
    """
    names = list(_names(step, said))
    out, at = "", 0
    for start, end, number in found_in(said, (Number(words, name, ()) for name, words in names)):
        address = address_behind(tables, step.behind[number.table], number.words)
        if not address:
            continue
        title = ONE if address.startswith("row?") else SEVERAL
        out += html.escape(said[at:start])
        out += (
            f'<a href="{html.escape(address)}" title="{title}">{html.escape(said[start:end])}</a>'
        )
        at = end
    return out + html.escape(said[at:])


def points_html(tables: Catalogue, step: ToldStep, points: Iterable[str]) -> str:
    """Talking points as a list; arguments as of :func:`words_html`."""
    return f"<ul>{''.join(f'<li>{words_html(tables, step, p)}</li>' for p in points)}</ul>"


def _names(step: ToldStep, said: str) -> Iterator[tuple[str, str]]:
    """The figures in words that were told, in their order: their names and what stands there."""
    written = step.step
    others = (words for several in written.other_points for words in several)
    for text in (written.headline, *written.other_headlines, *written.points, *others):
        if not set(placeholders(text)) <= set(step.values) or fill(text, step.values) != said:
            continue
        for name in placeholders(text):
            words = step.values[name] or ""
            begins = text.startswith(f"{{{name}}}")
            if name in step.behind:
                yield name, f"{words[:1].upper()}{words[1:]}" if begins else words
        return


def address_behind(tables: Catalogue, behind: Behind, words: str) -> str:
    """Where a figure comes from, beside any page: its rows, else those of its exhibit as a table.

    Args:
        tables: The catalogue.
        behind: What the figure was computed from.
        words: The figure as it is said.
    """
    exhibit = REGISTRY[behind.exhibit_id]
    selection = behind.selection.only(exhibit.responds_to)
    every = behind.refs or tuple(row_refs(tables, behind.rows))
    refs = tuple(dict.fromkeys(every))
    # Rows of an exhibit that are two of a table (a difference) count otherwise there.
    is_whole = all(refs) and (len(refs) == len(every) or not behind.counts)
    names = {ref.split("/", 1)[0] for ref in refs}
    address = ""
    if is_whole and len(names) == 1 and (behind.counts or _states(tables, refs, words)):
        name = names.pop()
        columns = tables.schema.tables[name].columns
        by = next((c for c in (behind.by, _KEYS.get(behind.by)) if c in columns), "")
        if by or not behind.by:
            number = Number("", name, refs, by=by)
            address = address_of(counted_by(tables, number, selection))
    return address or rows_address(exhibit.id, selection)


def _states(tables: Catalogue, refs: tuple[str, ...], words: str) -> bool:
    """Whether one of the rows has the digits of a figure; a figure without any is a name."""
    cells = (str(c) for ref in refs for c in lineage(tables, ref).row.values())
    held = set(_DIGITS.findall(" ".join(cell.removesuffix(".0") for cell in cells)))
    return set(_DIGITS.findall(words)) <= held
