"""What both profiles are drawn with: sections as HTML, references, links and the brief."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import streamlit as st

from components.exhibits import profile_words as words
from components.export import brief
from components.export.own_mark import in_profile
from components.public_url import base_path
from components.ui import cache, current
from components.ui.profile_ways import Ways, of_span
from components.ui.text import plain, row_address
from components.ui.ways import mark
from data.counted import Counted, Whence
from data.lineage import ref
from data.profile_facts import Discrepancy, Fact, Outcome
from data.profile_refs import ref_of
from data.profile_values import CollaborativeProfile, SystemProfile

_MOST_LINKS = 12
_STYLE = """<style>
.profile h2{font-size:1.7rem;margin:0;padding:0;line-height:1.2}
.profile h3{font-size:1.08rem;font-weight:650;margin:0 0 .35rem;padding:0}
.profile p{margin:.3rem 0}
.profile .quiet,.profile small{opacity:.82;font-size:.88rem}
.profile sup{font-size:.8rem;opacity:.9;margin-left:1px}
.profile sup a{padding:.25rem 0;text-decoration-thickness:1px;text-underline-offset:2px}
.profile ul,.profile ol{margin:.2rem 0;padding-left:1.15rem}
.profile li{margin:.22rem 0}
.profile dl.facts{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem 1.2rem;
 margin:.8rem 0 0;padding:0}
.profile dl.facts div{margin:0;border-left:3px solid var(--mark);padding-left:.6rem}
.profile dt{font-size:.82rem;opacity:.82;font-weight:400}
.profile dd{margin:0;font-weight:600;line-height:1.3}
.profile table{border-collapse:collapse;width:100%;margin:.2rem 0}
.profile th,.profile td{text-align:left;vertical-align:top;padding:.36rem .6rem .36rem 0;
 border-bottom:1px solid var(--rule);font-size:.94rem}
.profile th{font-size:.82rem;opacity:.82;font-weight:400}
.profile .outcomes{list-style:none;padding:0;columns:2;column-gap:2.2rem}
.profile .outcomes li{break-inside:avoid;padding:.4rem 0;margin:0;
 border-bottom:1px solid var(--rule)}
.profile .pill{display:inline-block;border:1.5px solid currentColor;border-radius:9px;
 padding:0 .5rem;font-size:.8rem;white-space:nowrap}
.profile .expected{border-style:dashed}
.profile .planned{border-style:dotted}
.profile a{color:inherit}
.profile section+section{margin-top:1rem}
.profile .pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem 2.2rem}
.profile .pair>section{margin-top:0}
.profile summary{cursor:pointer}
[class*="st-key-links-"] [data-testid="stPageLink-NavLink"]{background:none;padding:.05rem .6rem;
 border:1px solid var(--edge);border-radius:12px}
[class*="st-key-links-"] [data-testid="stPageLink-NavLink"] *{font-weight:400}
@media(max-width:760px){.profile .pair{grid-template-columns:1fr}
 .profile dl.facts{grid-template-columns:1fr 1fr}
 .profile .outcomes{columns:1}.profile h2{font-size:1.4rem}}
</style>"""
Profile = CollaborativeProfile | SystemProfile


def style() -> None:
    """Send the looks of the profiles."""
    st.html(_STYLE)


def esc(value: object) -> str:
    """Text as HTML."""
    return html.escape(str(value))


def block(*parts: str) -> str:
    """Parts of a profile as one piece of HTML."""
    return f'<div class="profile">{"".join(parts)}</div>'


def section(title: str, body: str, whence: Iterable[Whence] = ()) -> str:
    """A titled part; nothing where there is no body.

    Args:
        title: Its title.
        body: HTML.
        whence: Where the numbers of the title come from.
    """
    marks = "".join(mark(way, title) for way in whence)
    return f"<section><h3>{esc(title)}{marks}</h3>{body}</section>" if body else ""


def spoken(words: str) -> str:
    """A sentence on the boards that the sources speak of, with the way to their rows; as HTML."""
    return f"{esc(words)}{mark(Counted('icbs'), words)}"


def bullets(items: Iterable[str]) -> str:
    """A list of pieces of HTML."""
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{inner}</ul>" if inner else ""


def references(profile: Profile) -> Callable[[Fact], str]:
    """A function that gives a fact's mark: the numbers of its sources in their list.

    The mark leads to the row that the fact was read from, in the same session
    (``server/assets/links.js``): there a row of the reader's own is found as well.
    """
    numbers = {c.source_id: i for i, c in enumerate(profile.citations, start=1)}
    tables = cache.catalogue()[0]

    def mark(fact: Fact) -> str:
        named = fact.source_ids if isinstance(fact, Discrepancy) else (fact.source_id,)
        told = f"[{', '.join(str(numbers[s]) for s in named)}]"
        ref = ref_of(tables, profile, fact)
        if not ref:
            return f'<sup title="{esc(fact.locator)}">{told}</sup>'
        title = f"Where does this come from? {fact.locator}"
        return (
            f'<sup><a href="{row_address(ref)}" target="_self"'
            f' title="{esc(title)}" aria-label="{esc(f"Source {told}: open the row")}">'
            f"{told}</a></sup>"
        )

    return mark


def facts(pairs: Iterable[tuple[str, str]], whence: Ways) -> str:
    """Key facts, each with its name and the marks that lead to where it comes from."""
    inner = "".join(
        f"<div><dt>{esc(name)}</dt><dd>{esc(value)}"
        f"{''.join(mark(way, f'{name}: {value}') for way in whence.get(name, ()))}</dd></div>"
        for name, value in pairs
    )
    return f'<dl class="facts">{inner}</dl>'


def span(collaborative_id: str, words: str) -> str:
    """Over how many systems a collaborative spans, with the mark that leads to its footprints."""
    return f"{esc(words)}{mark(of_span(cache.catalogue()[0], collaborative_id), words)}"


def outcome_list(told: Iterable[Outcome], mark: Callable[[Fact], str], whose: bool) -> str:
    """Outcomes with value, status, benefit, period and strength of evidence.

    Args:
        told: The outcomes.
        mark: Gives the mark of a fact's source.
        whose: Whether to name the collaborative that reports each.
    """
    items = []
    for outcome in told:
        by = ""
        if whose:
            systems = span(outcome.collaborative_id, f"{outcome.spans} systems")
            of = f", of {systems}" if outcome.spans > 1 else ""
            by = f"{esc(outcome.collaborative)}{of}. "
        value, status = "", f"{outcome.status_label}, no figure"
        if outcome.value is not None:
            value = f"<strong>{esc(words.outcome_value(outcome))}</strong> "
            status = outcome.status_label
        items.append(
            f'<li>{value}<span class="pill {outcome.status}">{esc(status)}</span><br>'
            f"{esc(outcome.metric)}{mark(outcome)}<br>"
            f"<small>{by}{esc(words.outcome_detail(outcome))}</small></li>"
        )
    return f'<ul class="outcomes">{"".join(items)}</ul>' if items else ""


def disagreements(doubts: Iterable[Discrepancy], mark: Callable[[Fact], str]) -> str:
    """Discrepancies: what is stated, what is shown and by which rule."""
    return bullets(
        f"{esc(d.summary)}{mark(d)}<br><small>Shown: {esc(d.shown)}. Also stated: "
        f"{esc(d.others)}. {esc(d.rule)}</small>"
        for d in doubts
    )


def sources(profile: Profile) -> str:
    """The numbered sources with their places."""
    items = []
    for c in profile.citations:
        title, way = esc(c.title), mark(ref("sources", c.source_id), c.title)
        if c.url.startswith(("https://", "http://")):
            title = f'<a href="{esc(c.url)}" target="_blank" rel="noopener">{title}</a>'
        date_of = f", {esc(c.published)}" if c.published else ""
        places = ""
        if c.locators:
            told = bullets(esc(place) for place in c.locators)
            count = "1 place" if len(c.locators) == 1 else f"{len(c.locators)} places"
            places = f"<details><summary><small>{count}</small></summary>{told}</details>"
        items.append(f"<li>{title}. {esc(c.publisher)}{date_of} ({esc(c.tier)}){way}{places}</li>")
    read = f'<p class="quiet">Sources as read by {esc(profile.as_of)}.</p>' if profile.as_of else ""
    return f"<ol>{''.join(items)}</ol>{read}"


def links(
    title: str,
    page: str,
    param: str,
    targets: Iterable[tuple[str, str]],
    beside: Mapping[str, Mapping[str, str]] | None = None,
    name: str = "",
) -> None:
    """A row of links to other profiles.

    Args:
        title: Words before them.
        page: Address of the page.
        param: Address parameter that names the one.
        targets: (Id, label) of each.
        beside: Id -> other address parameters of its link; without it the filters stay.
        name: Tells a second row of links to the same page from the first.
    """
    every = list(targets)
    if not every:
        return
    with st.container(
        horizontal=True, gap="small", vertical_alignment="center", key=f"links-{page}{name}"
    ):
        st.caption(title, width="content")
        for key, label in every[:_MOST_LINKS]:
            params = {**(beside or {}).get(key, {}), param: key}
            st.page_link(
                current.link(page), label=plain(label), query_params=params, width="content"
            )
        if len(every) > _MOST_LINKS:
            st.caption(f"and {len(every) - _MOST_LINKS} more, listed above", width="content")


def offer_brief(profile: Profile) -> None:
    """Buttons that open the printable brief, or save it."""
    today = date.today()
    is_own = in_profile(profile)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if not is_own:
            st.link_button(
                "Open the brief",
                f"{base_path()}/{brief.address(profile)}",
                help="One A4 page to read or print, in a new tab",
                type="primary",
            )
        st.download_button(
            "Printable brief (HTML, A4)",
            data=lambda: brief.page(profile, today).encode("utf-8"),
            file_name=brief.file_name(profile, today),
            mime="text/html",
            key="brief",
            on_click="ignore",
            help="One A4 page in one file: opens without a network, prints well or saves as PDF",
            type="primary" if is_own else "secondary",
        )
        if is_own:
            # An address that anybody may open never shows what one session brought.
            st.caption(
                ":material/attach_file: With your own rows, which no address shows: "
                "save it as a file."
            )
