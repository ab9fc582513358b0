"""The mark or row that was clicked last, kept in the address for as long as it holds.

It is a place, an exhibit or a whole table, and a name in it: the reference of a row, or what a mark
that sums up several rows says of itself. It holds until another one is clicked, or until the
filters are no longer those that the click left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from components.exhibits.picks import Pick
from components.exhibits.picks import read as picks_in
from components.ui import address
from components.ui.filter_bar import BAR, Holder
from data import Catalogue, Selection
from data.lineage import known
from data.selection import plain_text
from data.suggest import closest


def _state(holder: Holder) -> str:
    return f"_marked-{holder.mark}"


@dataclass(frozen=True)
class Marked:
    """What was clicked.

    Attributes:
        place: Id of an exhibit, or name of a table.
        name: Reference of a row, or name of a mark (``picks.name_of``).
        held: The filters under which it holds.
        before: The filters before the click, where it set some; ``None`` where they are not known.
    """

    place: str
    name: str
    held: Selection
    before: Selection | None = None


def read(tables: Catalogue, places: Mapping[str, str], text: str) -> tuple[str, tuple[str, ...]]:
    """What of an address can be used; only the chart that is drawn knows all of its marks.

    Args:
        tables: The catalogue.
        places: Id of each exhibit, or name of each table, of the page -> title.
        text: What the address says.

    Returns:
        The same, or ``""`` with the sentence that says why not.
    """
    place, _, name = text.partition(":")
    if place not in places:
        near = closest(place, dict(places))
        meant = "" if near is None else f"; did you mean “{near}” ({places[near]})?"
        return "", (f"“{plain_text(place)}” has no marks or rows on this page{meant}",)
    values = tables.known_values
    means = all(value in values.get(dimension, ()) for dimension, value in picks_in(name))
    if not name or not means or ("/" in name and not known(tables, name)):
        return "", (f"“{plain_text(name)}” is neither a row nor a mark of “{places[place]}”",)
    return text, ()


def adopt(arrival: address.Arrival, holder: Holder = BAR) -> None:
    """Take it from an address that says something new; the filters have been taken before.

    It leaves the address, and whatever is drawn and finds it puts it there again.
    """
    if address.takes(arrival, holder.mark):
        place, _, name = arrival.params.get(holder.mark, "").partition(":")
        found = Marked(place, name, holder.current()) if name else None
        st.session_state[_state(holder)] = found
    address.put(holder.mark, None)


def now(place: str, holder: Holder = BAR) -> Marked | None:
    """What is marked in a place, if it holds."""
    found: Marked | None = st.session_state.get(_state(holder))
    is_here = found is not None and found.place == place and found.held == holder.current()
    return found if is_here else None


def _told(place: str, name: str) -> str:
    """What the address says of a mark; nothing where it has no name to be found by."""
    return f"{place}:{name}" if name else ""


def keep(found: Marked, holder: Holder = BAR) -> None:
    """Leave it in the address: it was found in what is drawn."""
    address.put(holder.mark, f"{found.place}:{found.name}")


def is_asked(found: Marked, holder: Holder = BAR) -> bool:
    """Whether it comes from an address that is read in this run."""
    return address.now().is_new and address.asked(holder.mark) == f"{found.place}:{found.name}"


def click(
    place: str,
    name: str,
    *picks: Pick,
    before: Selection | None = None,
    holder: Holder = BAR,
) -> None:
    """Mark something and set what it stands for, as one step; for callbacks.

    Where all that it stands for is set already, the filters and the mark go.

    Args:
        place: Id of an exhibit, or name of a table.
        name: Reference of a row, or name of a mark.
        picks: What is set with it.
        before: The filters to go back to, where they are not those of now.
        holder: Whose filters these are.
    """
    if picks and holder.is_on(*picks):
        holder.toggle(*picks)
        return
    was, beside = holder.current(), {holder.mark: _told(place, name)}
    if picks:
        holder.toggle(*picks, beside=beside)
        before = before or was
    else:
        address.step((holder.mark,), beside)
    st.session_state[_state(holder)] = Marked(place, name, holder.current(), before)


def clear(place: str, holder: Holder = BAR) -> None:
    """Nothing is marked in a place any more; for callbacks."""
    if now(place, holder) is not None:
        address.step((holder.mark,), {})
        st.session_state[_state(holder)] = None


def swap(first: Holder, second: Holder) -> None:
    """Exchange what is marked under two holders, whose filters are exchanged; for callbacks."""
    held = st.session_state
    a, b = held.get(_state(first)), held.get(_state(second))
    held[_state(first)], held[_state(second)] = b, a


def also(found: Marked, pick: Pick, holder: Holder = BAR) -> None:
    """Set or take away one more filter; what is marked stays; for callbacks."""
    holder.toggle(pick, beside={holder.mark: _told(found.place, found.name)})
    st.session_state[_state(holder)] = replace(found, held=holder.current())
