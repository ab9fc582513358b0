import pytest

from bench.__main__ import arguments, levels
from bench.client import Session
from bench.load import Level
from bench.pages import CHANGES, DEFAULT_MOVES, atlas_pages
from bench.server import option_variable
from components.ui.navigation import PAGES as SHOWN

PAGES = {"": "Overview", "footprints": "Footprints", "compare": "Compare"}


def test_all_levels_are_driven_by_default() -> None:
    found = levels(arguments([]))
    assert [level.sessions for level in found if level.think_seconds] == [1, 10, 50, 200]
    assert [level.sessions for level in found if level.think_seconds is None] == [1, 10]


def test_quick_is_shorter() -> None:
    quick = arguments(["--quick"])
    assert quick.seconds < arguments([]).seconds
    assert 200 in quick.sessions


@pytest.mark.parametrize(("sessions", "seconds"), [(0, 1.0), (501, 1.0), (1, 0.0), (1, 1e6)])
def test_load_is_bounded(sessions: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="found"):
        Level(sessions, seconds)


def test_only_this_machine_is_driven() -> None:
    with pytest.raises(ValueError, match=r"drives 127\.0\.0\.1 only"):
        Session("http://example.org:8501")


def test_pages_come_from_the_app_and_can_be_chosen() -> None:
    assert [page.label for page in atlas_pages(PAGES)] == [
        "Overview", "Footprints", "Compare",
    ]  # fmt: skip
    chosen = atlas_pages(PAGES, ["/footprints"])
    assert [page.url_path for page in chosen] == ["footprints"]
    assert chosen[0].moves_map == DEFAULT_MOVES


def test_page_that_the_app_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no such page: \\['nowhere'\\]"):
        atlas_pages(PAGES, ["nowhere"])


def test_option_becomes_streamlits_variable() -> None:
    assert option_variable("browser.gatherUsageStats") == "STREAMLIT_BROWSER_GATHER_USAGE_STATS"
    assert option_variable("runner.postScriptGC") == "STREAMLIT_RUNNER_POST_SCRIPT_GC"


def test_every_page_of_the_menu_is_measured() -> None:
    found = atlas_pages({spec.url_path: spec.title for spec in SHOWN})
    assert [page.url_path for page in found] == [spec.url_path for spec in SHOWN]
    assert set(CHANGES) <= {spec.url_path for spec in SHOWN}
