"""Names of the reader's own are read as they are written: no sign of theirs is markup on a page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.ui.navigation import PAGES
from data import Catalogue
from data.own import OwnData, Upload, bring
from tests.app.opening import open_page

NAME = "*a* _b_ [x](http://e.example) <b> $x$ :red[a] # |"
RAW = ("*a*", "_b_", "[x](http", "<b>", "$x$", ":red[a]")
"""What Markdown would read, in the name as it is."""
ID = "odd-alliance"
MARKDOWN = {"markdown", "alert", "heading"}
LABELLED = {"button", "page_link", "link_button", "checkbox", "download_button", "popover"}


def _file(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> OwnData:
    one = {"collaborative_id": ID, "name": NAME, "short_name": NAME, "sector": "acute",
           "status": "operating"}  # fmt: skip
    taken = bring(catalogue, None, Upload("odd.csv", _file([one])))
    assert taken.data is not None, taken.problems
    return taken.data


def blocks(node: Any) -> Iterator[tuple[str, Any]]:
    """Every element of a page with its kind, what is folded included."""
    for child in getattr(node, "children", {}).values():
        yield from blocks(child)
    proto = getattr(node, "proto", None)
    kind = getattr(node, "type", "")
    if proto is not None:
        yield kind, proto


def misread(app: AppTest) -> list[str]:
    """Texts that are read as Markdown, and in which a sign of the name is not escaped."""
    found = []
    for root in (app.main, app.sidebar, *([app._tree[2]] if 2 in app._tree.children else [])):
        for kind, proto in blocks(root):
            words = f"{getattr(proto, 'body', '')} {getattr(proto, 'label', '')}"
            if kind == "html":
                # Read as HTML, where a tag of the name alone would be markup.
                found += [f"{kind}: {words[:160]!r}"] if "<b> $x$" in words else []
                continue
            # Lists of choices and boxes show their options as they are; their labels are read.
            bare = re.sub(r"\\.|<details.*?</details>", "", words, flags=re.DOTALL)
            found += [f"{kind}: {words[:160]!r}" for raw in RAW if raw in bare]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("path", [p.url_path for p in PAGES])
def test_no_page_reads_a_sign_of_a_name_as_markup(own: OwnData, path: str) -> None:
    spec = next(p for p in PAGES if p.url_path == path)
    for query in ({"collaborative": ID}, {"collaborative": ID, "region": "E12000007"}, {"id": ID}):
        app = open_page(spec, query, {"_own": own})
        assert [e.message for e in app.exception] == []
        assert misread(app) == []


def test_a_search_result_is_read_as_it_is_written(own: OwnData) -> None:
    app = open_page(PAGES[0], {}, {"_own": own})
    app.button(key="search").click().run()
    app.text_input(key="search-box").set_value("red").run()
    assert misread(app) == []
