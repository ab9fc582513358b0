"""No number on a page is a dead end: its line leads to rows, or is named here with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.ui.navigation import PAGES, page
from components.ui.parts import PARTS
from data import Catalogue
from tests.app.opening import open_page

STATES: Final[list[tuple[str, dict[str, str]]]] = [
    *((spec.url_path, {}) for spec in PAGES),
    *((path, {"part": part.id}) for path, parts in PARTS.items() for part in parts[1:]),
    ("footprints", {"vintage": "2026", "show": "footprint-map.list"}),
    ("systems", {"system": "E54000054"}),
    ("systems", {"system": "E54000054", "vintage": "2026"}),
    ("collaboratives", {"id": "wyaat", "vintage": "2026"}),
    ("compare", {"collaboratives": "wyaat,uhn-group"}),
    ("compare", {"systems": "E54000054,E54000034"}),
    ("side-by-side", {"exhibit": "delegation-intent", "b.sector": "acute"}),
    ("place", {"answers": "s.acute~in.considering"}),
    ("benefits", {"find": "cancer", "open": "grades"}),
    ("benefits", {"part": "who", "cell": "wyaat:efficiency_and_scale"}),
    ("benefits", {"sector": "specialised"}),
    ("delegation", {"show": "sector-differences.notes,delegation-intent.notes"}),
    ("priorities", {"show": "priorities-past-year.notes,priorities-shift.table"}),
    ("sources", {"show": "source-list.notes,discrepancy-register.notes"}),
    ("tables", {"find": "cancer", "as": "groups", "by": "benefit"}),
    ("dictionary", {"field": "outcomes.value"}),
    ("dictionary", {"find": "zebra"}),
    ("row", {"row": "collaboratives/wyaat"}),
    ("row", {"row": "survey_waves/nov-2022"}),
    ("row", {"row": "glossary/Evidence strength"}),
]
"""(Page, parameters): among them everything that a page says."""
WAY: Final = (
    r"(?:row\?row=|tables\?|dictionary\b|glossary\?term=|api/v1/schema|[?&](?:at|show|open)=)"
)
NAMES: Final = (
    # Days, years and sets of boundaries: a name of when, not a count.
    r"\b(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?(?:-\d\d)?\b", r"\b\d{1,2} (?=[A-Z][a-z]+ *$)",
    # Names that hold a digit: codes, sections of an Act, forms of paper and of licences.
    r"\b[A-Z]+\d\w*", r"\b65Z\d", r"\bv\.\d\.\d", r"\bversion \d\.\d\.\d", r"\bAttribution 4\.0",
    # The number of a step, or of an item in a list.
    r"^\W*\d (?=· )", r"^\d+\. ",
    r"OpenAPI 3\.1", r"RFC 9457", r"\bCOVID-19", r"api/v\d\S*", r"https?://\S+",
)  # fmt: skip
NO_WAY: Final = {
    r"^Priorities of the past 12 months|priorities for the next 12 months": "what was asked",
    r"^[\d,]+ of [\d,]+ rows": "counts the rows that stand below it",
    r"^[\d,]+ groups? of [\d,]+ rows": "counts the groups that stand below it",
    r"^\**\d+ of \d+ answered": "the reader's own answers",
    r"^(?:up to )?\d+ steps? · about \d+ minutes$": "a talk, which opens with a click",
    r"\*\*Limits\.|\*\*Small numbers\.": "a rule for the reader's own file, told here",
    r"^(?:[\w ]+ )?(?:\d ){2,}\d or more": "the key of a map's colours",
    r"^In brackets: ": "what the numbers of the filters' options are",
}
"""Lines whose digits lead nowhere -> why not.

The numbers in the options of a filter, the buttons of a map's panel and the tiles of the Overview
are widgets: choosing them, or the name on the tile, gives the rows.
"""


class Lines(HTMLParser):
    """The lines of a piece of HTML: what its smallest whole parts say and where they lead."""

    WHOLE: Final = frozenset({"li", "tr", "details", "p", "h1", "h2", "h3", "h4", "dd", "div"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self._said, self._leads, self._hidden = "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._hidden = tag in ("style", "script")
        if self._open:
            self._open += [tag] if tag == self._open[0] else []
        elif tag in self.WHOLE and not (tag == "div" and given.get("class")):
            self.end()
            self._open = [tag]
        self._leads += f" {given.get('href') or ''}" if tag == "a" else ""

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        if self._open and tag == self._open[0]:
            self._open.pop()
            if not self._open:
                self.end()

    def handle_data(self, data: str) -> None:
        self._said += "" if self._hidden else f" {data}"

    def end(self) -> None:
        """Take what was said since the last one as a line."""
        self.found.append((" ".join(self._said.split()), self._leads))
        self._said, self._leads = "", ""


def of_html(body: str) -> list[tuple[str, str]]:
    reader = Lines()
    reader.feed(body)
    reader.end()
    return reader.found


def of_markdown(written: str) -> Iterator[tuple[str, str]]:
    """Lines of Markdown; those of a paragraph that are only wrapped are one."""
    for paragraph in re.split(r"\n\s*\n", written):
        for part in re.split(r"  \n|\n(?=\s*(?:[-*|]|\d+\.) )|(?<=^)(?=#)", paragraph, flags=re.M):
            head, _, rest = part.partition("\n") if part.startswith("#") else (part, "", "")
            for line in filter(None, (head, rest)):
                leads = " ".join(re.findall(r"\]\(([^\s)]+)", line))
                said = re.sub(r"\[([^\]]*)\]\([^)]*\)", _outside, line)
                said = re.sub(r"`[^`]*`|:material/\w+:|:small\[|[#\\\]]", "", said)
                yield " ".join(said.split()), leads


def _outside(link: re.Match[str]) -> str:
    """What a link says; nothing where it is the title of a source."""
    return "" if "](http" in link.group() else link.group(1)


def lines(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every line that a page says outside its widgets, with where it leads."""
    for block in app.get("html"):
        yield from of_html(str(block.proto.body))
    for kind in ("markdown", "caption", "info", "warning", "subheader", "title"):
        every: list[Any] = [*app.get(kind)]
        for element in every:
            written = str(element.value)
            if kind in ("info", "warning"):
                # A message is read as one.
                written = " ".join(written.split())
            if "<" in written and "</" in written:
                yield from of_html(written)
            else:
                yield from of_markdown(written)


def written_in(catalogue: Catalogue) -> frozenset[str]:
    """Titles of sources and places in them: names, however many digits they have."""
    every = {" ".join(str(t).split()) for t in catalogue.table("sources")["title"]}
    for frame in catalogue.frames.values():
        if "locator" in frame:
            every |= {" ".join(str(place).split()) for place in frame["locator"].dropna()}
    return frozenset(every)


def dead_ends(app: AppTest, names: frozenset[str] = frozenset()) -> list[str]:
    """Lines with a number that lead nowhere, beside those that are wholly one of some names."""
    found = []
    for said, leads in lines(app):
        left = "" if said.strip("-* ").removeprefix("Place in it:** ") in names else said
        for name in NAMES:
            left = re.sub(name, "", left)
        if re.search(r"\d", left) and not re.search(WAY, leads):
            found += [said] if not any(re.search(rule, said) for rule in NO_WAY) else []
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module", autouse=True)
def _fresh_cache() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.mark.parametrize(("path", "params"), STATES, ids=lambda s: str(s) or "overview")
def test_every_number_of_a_page_leads_on(
    catalogue: Catalogue, path: str, params: dict[str, str]
) -> None:
    app = open_page(page(path), params)
    assert not app.exception
    assert dead_ends(app, written_in(catalogue)) == []


@pytest.mark.parametrize(
    ("said", "is_dead"),
    [
        ("There are 17 trusts.", True),
        ("There are [17 trusts](tables?table=organisations&filtered=no).", False),
        ("There are [17 trusts](https://example.org/list).", False),
        ("Seen in 2022/23 and in April 2023.", False),
        ("One.  \nTwo of 12. [Where from](row?row=icbs/E54000054)  \nThree of 14.", True),
    ],
)
def test_a_dead_end_is_seen(said: str, is_dead: bool) -> None:
    app = AppTest.from_string(f"import streamlit as st\nst.markdown({said!r})").run()
    assert bool(dead_ends(app)) is is_dead


def test_a_dead_end_in_html_is_seen() -> None:
    body = "<ul><li>12 of 14 <a href='row?row=x'>[row]</a></li><li>15 more</li></ul>"
    app = AppTest.from_string(f"import streamlit as st\nst.html({body!r})").run()
    assert dead_ends(app) == ["15 more"]
