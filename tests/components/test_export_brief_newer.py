"""Briefs of the systems of April 2026: what they are, and that footprints are carried over."""

import re
from datetime import date
from pathlib import Path

import pytest

from components.exhibits import profile_words as words
from components.export import __main__ as command
from components.export import brief, brief_command
from data import load_catalogue
from data.profile_values import SystemProfile
from data.vintages import areas
from geo.boundaries_io import attribution

TABLES = load_catalogue()
CODES = list(areas(TABLES, "2026")["area_id"])
DAY = date(2026, 11, 22)


def made(code: str) -> tuple[SystemProfile, str]:
    profile = brief.profile_of(TABLES, "system", code, "2026")
    assert isinstance(profile, SystemProfile)
    return profile, brief.page(profile, DAY)


@pytest.mark.parametrize("code", CODES)
def test_a_newer_brief_says_whose_boundaries_and_whose_footprints(code: str) -> None:
    profile, page = made(code)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    assert "integrated care system of April 2026" in text
    assert f"Boundaries of April 2026. {attribution('icb', '2026')}" in text
    assert words.CARRIED in text
    assert profile.area.code_words in text
    assert "icb26-" not in text
    assert words.became_title(profile) in text
    assert "not stated by a source" in text
    for column in brief.columns(profile, 170.0):
        assert column.used <= 170.0


@pytest.mark.parametrize("code", CODES)
def test_the_map_of_a_newer_brief_draws_its_area_and_neighbours(code: str) -> None:
    profile, page = made(code)
    drawing = page[page.index('<svg class="map"') : page.index('<div class="keys">')]
    assert drawing.count('fill="#8DB3DA"') == 1
    assert drawing.count('fill="#DCE1E4"') >= len(profile.neighbours) > 0


def test_what_may_only_reach_into_it_is_told_apart() -> None:
    profile, page = made("icb26-hampshire-and-isle-of-wight")
    told = [words.coverage_words(f) for f in profile.footprints]
    assert [t.startswith("may reach into it") for t in told] == [False, False, True]
    assert "may reach into it, carried over" in page
    assert "1 may reach into it" in page


def test_the_brief_of_a_code_of_both_vintages_has_a_name_of_its_own() -> None:
    older = brief.profile_of(TABLES, "system", "E54000054")
    assert brief.file_name(older, DAY) == "brief_E54000054_2026-11-22.html"
    assert (
        brief.file_name(made("E54000054")[0], DAY) == "brief_E54000054_april-2026_2026-11-22.html"
    )
    assert brief.file_name(made("icb26-essex")[0], DAY) == "brief_icb26-essex_2026-11-22.html"


@pytest.fixture
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the command from reading the tables again; one test lets it."""
    monkeypatch.setattr(brief_command, "load_catalogue", lambda: TABLES)


@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize(
    ("argv", "code"),
    [(["icb26-essex"], "icb26-essex"), (["E54000054", "--vintage", "2026"], "E54000054")],
)
def test_the_command_writes_a_newer_brief(argv: list[str], code: str, tmp_path: Path) -> None:
    out = tmp_path / "brief.html"
    rest = ["--date", "2026-11-22", *argv[1:]]
    assert command.main(["brief", "system", argv[0], str(out), *rest]) == 0
    assert out.read_text(encoding="utf-8") == made(code)[1]


def test_a_brief_of_a_collaborative_on_newer_boundaries_says_so_too() -> None:
    page = brief.page(brief.profile_of(TABLES, "collaborative", "wyaat", "2026"), DAY)
    assert words.CARRIED in page
    assert "Boundaries of April 2026." in page
