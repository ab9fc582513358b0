"""The page of terms: found by typing, each with its source, nothing found said so."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.ui.glossary import matching
from data import Catalogue

ROOT = Path(__file__).resolve().parents[2]


def test_a_term_is_found_by_its_name_before_by_its_meaning(catalogue: Catalogue) -> None:
    terms = matching(catalogue, "delegation")["term"].tolist()
    assert terms[0] == "Delegation"
    assert len(terms) > 1


def test_nothing_typed_is_every_term(catalogue: Catalogue) -> None:
    assert len(matching(catalogue, "")) == len(catalogue.table("glossary"))


def test_the_page_says_when_nothing_is_found() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page("pages/data/glossary.py")
    app.query_params["term"] = "zebra"
    app.run()
    assert any("No term holds “zebra”" in str(i.value) for i in app.info)
