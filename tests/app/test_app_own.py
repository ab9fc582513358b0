"""Own rows on the pages, without a browser: seen by one session, removed with one click."""

from __future__ import annotations

import logging
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from components.ui import overlay, own_loaded
from components.ui.navigation import PAGES
from data import Catalogue
from data.own import OwnData, Upload, bring
from data.own.kinds import KINDS
from tests.app.opening import APP
from tests.app.opening import open_page as open_at

TEXT = b"collaborative_id,name,sector,status\nexample-alliance,Example Alliance,acute,operating\n"
SCRIPT = "pages/data/own.py"


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> OwnData:
    data = bring(catalogue, None, Upload("mine.csv", TEXT)).data
    assert data is not None
    return data


def open_page(script: str, own: OwnData | None) -> AppTest:
    spec = next(p for p in PAGES if p.script == script)
    return open_at(spec, {}, {"_own": own} if own is not None else {})


def said(app: AppTest) -> str:
    return " ".join(m.value for m in app.markdown)


def test_the_page_says_its_limits_before_anything_is_chosen() -> None:
    app = open_page(SCRIPT, None)
    assert [e.message for e in app.exception] == []
    assert any("at most 64 MB" in c.value for c in app.caption)
    assert "Includes your own data" not in said(app)


@pytest.mark.parametrize("kind", [*KINDS, "several"])
def test_every_kind_has_its_words(kind: str) -> None:
    app = open_page(SCRIPT, None)
    app.selectbox(key="choice-kind").set_value(kind).run()
    assert [e.message for e in app.exception] == []
    assert "2 · " in said(app)


@pytest.mark.parametrize("path", ["footprints", "benefits", "tables", "own"])
def test_every_page_says_that_own_rows_are_there(own: OwnData, path: str) -> None:
    spec = next(p for p in PAGES if p.url_path == path)
    app = open_page(spec.script, own)
    assert [e.message for e in app.exception] == []
    assert "Includes your own data**: mine\\.csv ([1 row](own))" in said(app)


def test_how_many_rows_a_file_has_leads_to_these_rows(own: OwnData) -> None:
    app = open_page(SCRIPT, own)
    found = re.search(r"Rows found: \[1 of collaboratives\]\((\S+?)[ )]", said(app))
    assert found is not None
    there = open_page("pages/data/tables.py", own)
    there.query_params.update(dict(parse_qsl(urlsplit(found[1]).query)))
    there.run()
    assert [e.message for e in there.exception] == []
    whole = len(own.catalogue.frames["collaboratives"])
    assert any(c.value.startswith(f"1 of {whole} rows") for c in there.caption)


def test_one_click_removes_own_rows_and_what_was_filtered_by_them(own: OwnData) -> None:
    app = AppTest.from_file(APP, default_timeout=120)
    app.session_state["_own"] = own
    app.query_params["collaborative"] = "example-alliance"
    app.run()
    assert "example-alliance" in app.query_params["collaborative"]
    app.button(key="own-remove").click().run()
    assert [e.message for e in app.exception] == []
    assert "_own" not in app.session_state
    assert "collaborative" not in app.query_params
    assert "Includes your own data" not in said(app)


def test_one_click_removes_what_the_other_side_was_filtered_by(own: OwnData) -> None:
    app = open_page("pages/explore/side_by_side.py", own)
    app.query_params.update({"exhibit": "outcome-list", "b.collaborative": "example-alliance"})
    app.run()
    assert "example-alliance" in app.query_params["b.collaborative"]
    app.button(key="own-remove").click().run()
    assert [e.message for e in app.exception] == []
    assert "b.collaborative" not in app.query_params
    assert "example-alliance" not in said(app)


@pytest.mark.parametrize(
    ("path", "param"),
    [("pages/explore/collaboratives.py", "id"), ("pages/evidence/benefits.py", "collaborative"),
     ("pages/evidence/benefits.py", "organisation"), ("pages/evidence/delegation.py", "wave"),
     ("pages/explore/compare.py", "collaboratives")],
)  # fmt: skip
def test_a_link_to_own_rows_says_where_they_are_found(path: str, param: str) -> None:
    """For whoever loaded the page anew, and for whoever was sent the link."""
    app = open_page(path, None)
    app.query_params[param] = "example-alliance"
    app.run()
    (told,) = [w.value for w in app.warning]
    assert "“example-alliance” is not a" in told
    assert "own rows are found only in the tab to which they were brought" in told


def test_a_link_that_is_wrong_otherwise_says_nothing_of_own_rows() -> None:
    app = open_page("pages/evidence/benefits.py", None)
    app.query_params["sector"] = "hospital"
    app.run()
    (told,) = [w.value for w in app.warning]
    assert "own rows" not in told


def test_another_session_sees_nothing_of_it(own: OwnData) -> None:
    mine, other = open_page(SCRIPT, own), open_page(SCRIPT, None)
    assert "mine\\.csv" in said(mine)
    assert "mine\\.csv" not in said(other)


def test_every_table_that_can_be_seen_somewhere_leads_to_a_page() -> None:
    known = {p.url_path for p in PAGES}
    assert {path for path, _ in own_loaded.PAGES_OF.values()} <= known


def test_a_fault_beside_own_rows_is_logged_without_their_values(
    own: OwnData, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways that a fault is logged: by Streamlit for a page, by us for a file."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    overlay.keep_out_of_logs()
    for name in ("streamlit.error_util", "components.ui.takeaway"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        for data in (own, None):
            monkeypatch.setattr(overlay, "current", lambda data=data: data)
            try:
                raise KeyError("Example Alliance")
            except KeyError:
                logger.exception("it failed")
        logger.removeHandler(handler)
    hidden, plain = lines[::2], lines[1::2]
    assert hidden == ["it failed: KeyError (own data)"] * 2
    assert all("Example Alliance" in line for line in plain)


@pytest.mark.parametrize(
    ("script", "params"),
    [(SCRIPT, {}), ("pages/data/row.py", {"row": "collaboratives/sly"}),
     ("pages/explore/footprints.py", {"icb": "E54000043"}),
     ("pages/explore/footprints.py", {"collaborative": "sly"}),
     ("pages/explore/systems.py", {"system": "E54000043"})],
)  # fmt: skip
def test_marks_in_a_name_of_ones_own_are_shown_as_they_are(
    catalogue: Catalogue, script: str, params: dict[str, str]
) -> None:
    """In links and headings, which read Markdown: a name draws no picture and sets no formula."""
    data = None
    for name, text in {
        "n.csv": "collaborative_id,name,sector,status\nsly,A **b** $x$ [c](d),acute,operating\n",
        "f.csv": "collaborative_id,icb_code,coverage\nsly,E54000043,whole\n",
        "o.csv": "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
        "sly-a,sly,efficiency_and_scale,A **b** $x$ [c](d),5,percent,achieved\n",
    }.items():
        data = bring(catalogue, data, Upload(name, text.encode())).data
        assert data is not None
    app = open_page(script, data)
    app.query_params.update(params)
    app.run()
    assert [e.message for e in app.exception] == []
    labels = [link.proto.label for link in app.get("page_link")]
    told = [*labels, *(m.value for m in app.markdown)]
    named = [t for t in told if "\\$x" in t or "$x$" in t]
    assert named
    assert [t for t in named if "$x$" in t or "[c](d)" in t] == []
