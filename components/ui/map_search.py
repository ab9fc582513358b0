"""One box that finds systems, collaboratives, trusts and postcode districts."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.ui import address, filters
from components.ui.text import plain
from data import Catalogue, Selection
from data.map_rows import DEFAULT_VINTAGE, map_rows
from data.memo import kept
from data.selection import plain_text
from data.vintages import areas
from geo.lookup import DistrictHit, find_district

BOX = "map-search"
SAID = "_map-search-said"
_FOUND = "_map-search-found"
DISTRICT = "found"
"""The parameter that names the postcode district found, of which the page says where it lies. Never
a whole postcode: that may be somebody's home."""
FOCUS = "map-focus"
NUDGE = "map-nudge"
PARAM = "look"
"""The parameter that says where the map looks: systems or regions, or ``ENGLAND``."""
ENGLAND = "england"
# A footprint of more systems than this is seen best with England around it.
MOST_AROUND = 9
_KINDS = {"icb": "system", "collaborative": "collaborative", "organisation": "trust or partner"}


@kept(4)
def entries(tables: Catalogue, vintage: str) -> dict[str, str]:
    """What can be found by name: ``dimension:value`` -> what the box shows."""
    frame = areas(tables, vintage).sort_values("short_name")
    found = {
        f"icb:{code}": f"{name} ({_KINDS['icb']})"
        for code, name in frame[["area_id", "short_name"]].itertuples(index=False)
    }
    for dimension, names in (
        ("collaborative", tables.table("collaboratives").set_index("collaborative_id")["name"]),
        ("organisation", tables.table("organisations").set_index("organisation_id")["name"]),
    ):
        pairs = sorted(names.items(), key=lambda pair: str(pair[1]).lower())
        found.update({f"{dimension}:{k}": f"{v} ({_KINDS[dimension]})" for k, v in pairs})
    return found


def by_name(tables: Catalogue, vintage: str, typed: str) -> str | None:
    """The one thing whose name is, begins with or contains what was typed.

    Args:
        tables: The catalogue.
        vintage: Whose systems are meant.
        typed: What the reader typed and did not choose from the list.

    Returns:
        Its key in ``entries``, or ``None`` where none or several fit.
    """
    wanted = " ".join(typed.casefold().split())
    names = {k: v.rsplit(" (", 1)[0].casefold() for k, v in entries(tables, vintage).items()}
    tests: tuple[Callable[[str], bool], ...] = (
        wanted.__eq__,
        lambda name: name.startswith(wanted),
        lambda name: wanted in name,
    )
    for test in tests:
        hits = [key for key, name in names.items() if test(name)]
        if hits:
            return hits[0] if len(hits) == 1 else None
    return None


def read_district(text: str) -> tuple[str, tuple[str, ...]]:
    """The district of ``found=``, or a sentence that there is none; of a whole postcode its own."""
    hit = find_district(text)
    if hit is None:
        return "", (f"“{plain_text(text)}” is not a postcode district that is known here",)
    return hit.label, ()


def district_words(tables: Catalogue, hit: DistrictHit) -> str:
    """Where a postcode district lies, in a sentence."""
    names = tables.area_names
    shares = [
        f"{names[code]}" + (f" ({share:.0%} of its postcodes)" if hit.is_split else "")
        for code, share in hit.systems
    ]
    outside = [f"{country} ({share:.0%})" for country, share in hit.elsewhere]
    kind = "The postcode area" if hit.is_area else "The postcode district"
    if not shares:
        return f"{kind} {hit.label} is not in England: {', '.join(outside)}."
    more = f"; and in {', '.join(outside)}" if outside else ""
    return f"{kind} {hit.label} is in {', '.join(shares)}{more}."


def _around(tables: Catalogue, vintage: str, dimension: str, value: str) -> tuple[str, ...]:
    """Where to look to see something whole: the systems that it touches, England if too many."""
    if dimension == "icb":
        return (value,)
    chosen = Selection(**{dimension: (value,)}, vintage=vintage)  # type: ignore[arg-type]
    touched = map_rows(tables, chosen).prints["area_id"].drop_duplicates().sort_values()
    return tuple(touched) if len(touched) <= MOST_AROUND else ()


def go(focus: tuple[str, ...]) -> None:
    """Look at places, also when the map was sent there before and moved away by hand since.

    Args:
        focus: ICB or region codes; none means England.
    """
    st.session_state[FOCUS] = focus
    st.session_state[NUDGE] = st.session_state.get(NUDGE, 0) + 1


def _select(tables: Catalogue, vintage: str, dimension: str, values: list[str]) -> None:
    """Filter by what was found and by nothing else, in one step."""
    bare = filters.with_vintage(tables, Selection(), vintage)
    filters.apply(filters.with_dimension(bare, dimension, values))


def _find(tables: Catalogue, vintage: str) -> None:
    """Select what was found; the callback of the box.

    The box keeps what was typed: emptying it from here would send all its names again.
    """
    asked = st.session_state[BOX]
    st.session_state[SAID] = st.session_state[_FOUND] = ""
    if not asked:
        return
    if asked not in entries(tables, vintage):
        asked = by_name(tables, vintage, asked) or asked
    if asked in entries(tables, vintage):
        dimension, value = asked.split(":", 1)
        _select(tables, vintage, dimension, [value])
        go(_around(tables, vintage, dimension, value))
        return
    hit = find_district(asked, vintage)
    if hit is None:
        st.session_state[SAID] = (
            f"Nothing is called “{plain(asked)}”. Try the name of a system, a collaborative or a "
            "trust, or a postcode district of England such as LS1."
        )
        return
    st.session_state[_FOUND] = hit.label
    if hit.systems:
        codes = [code for code, _ in hit.systems]
        _select(tables, vintage, "icb", codes)
        go(tuple(codes))


def draw(tables: Catalogue, vintage: str, labelled: bool = True) -> None:
    """The box, and below it what it found or why it found nothing.

    Args:
        tables: The catalogue.
        vintage: Vintage of the boundaries.
        labelled: Whether its label is seen; what it says when it is empty says as much.
    """
    names = entries(tables, vintage or DEFAULT_VINTAGE)
    st.selectbox(
        "Find a system, collaborative, trust or postcode district",
        list(names),
        index=None,
        format_func=lambda key: names.get(key, key),
        key=BOX,
        placeholder="Type a name, or a postcode district such as LS1",
        accept_new_options=True,
        on_change=_find,
        args=(tables, vintage or DEFAULT_VINTAGE),
        label_visibility="visible" if labelled else "collapsed",
    )
    asked, arrival = address.asked(DISTRICT), address.now()
    if address.takes(arrival, DISTRICT) and (asked or arrival.is_history):
        st.session_state[_FOUND] = asked
    found = st.session_state.get(_FOUND, "")
    hit = find_district(found, vintage or DEFAULT_VINTAGE) if found else None
    address.put(DISTRICT, found)
    said = district_words(tables, hit) if hit else st.session_state.get(SAID, "")
    if said:
        st.caption(said)
