"""Pages under other tables: with a second wave of the survey, and with none."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.ui import cache
from components.ui.navigation import PAGES, PageSpec
from data import Catalogue
from tests.app import opening

SURVEY_PAGES = [p for p in PAGES if p.url_path in {"priorities", "delegation", "partners", "helps"}]


def open_page(spec: PageSpec, tables: Catalogue, patch: pytest.MonkeyPatch) -> AppTest:
    patch.setattr(cache, "catalogue", lambda: (tables, ()))
    return opening.open_page(spec, {})


@pytest.mark.parametrize("spec", PAGES, ids=lambda s: s.url_path or "overview")
def test_a_page_without_any_wave_runs(
    no_waves: Catalogue, monkeypatch: pytest.MonkeyPatch, spec: PageSpec
) -> None:
    app = open_page(spec, no_waves, monkeypatch)
    assert [e.message for e in app.exception] == []


@pytest.mark.parametrize("spec", SURVEY_PAGES, ids=lambda s: s.url_path)
def test_a_page_without_any_wave_says_so(
    no_waves: Catalogue, monkeypatch: pytest.MonkeyPatch, spec: PageSpec
) -> None:
    said = " ".join(i.value for i in open_page(spec, no_waves, monkeypatch).info)
    assert "The tables hold no wave of the survey." in said


@pytest.mark.parametrize("spec", SURVEY_PAGES, ids=lambda s: s.url_path)
def test_a_page_with_a_second_wave_compares(
    two_waves: Catalogue, monkeypatch: pytest.MonkeyPatch, spec: PageSpec
) -> None:
    app = open_page(spec, two_waves, monkeypatch)
    assert [e.message for e in app.exception] == []
    assert any("since “Survey of provider" in c.value for c in app.caption)


@pytest.mark.parametrize("spec", SURVEY_PAGES, ids=lambda s: s.url_path)
def test_a_survey_page_tells_how_to_read_its_percentages(spec: PageSpec) -> None:
    app = opening.open_page(spec, {})
    (how,) = [e for e in app.expander if e.label.startswith("How to read")]
    assert "not a random sample" in how.markdown[0].value
