"""The board checklist on paper and as rows."""

import re
from datetime import date

import pytest

from components.export.checklist_page import Item, file_name, frame, page
from components.ui.cells import clicked
from data import Catalogue

DAY = date(2026, 11, 24)
ITEMS = (Item("question-resource", True, "Ask <finance>"), Item("risk-oversight"))


def test_rows_hold_tick_note_and_what_bears_on_it(catalogue: Catalogue) -> None:
    rows = frame(catalogue, ITEMS)
    assert rows["ticked"].tolist() == [True, False]
    assert rows["own_note"].tolist() == ["Ask <finance>", ""]
    assert "98%: any funded and dedicated resource" in rows["figures"][0]
    assert rows["source_id"].notna().all()


def test_the_page_has_a_box_for_every_item_and_takes_notes_as_text(catalogue: Catalogue) -> None:
    body = page(catalogue, ITEMS, DAY)
    assert (body.count("☑"), body.count("☐")) == (1, 1)
    assert "Ask &lt;finance&gt;" in body
    assert "2 items, 1 ticked." in body


def test_the_page_needs_no_script_and_nothing_from_outside(catalogue: Catalogue) -> None:
    found = re.findall(r"<(script|link|img|iframe)|https?://|url\(", page(catalogue, ITEMS, DAY))
    assert found == []


def test_every_page_is_numbered_and_says_what_its_figures_are(catalogue: Catalogue) -> None:
    body = page(catalogue, ITEMS, DAY)
    assert 'content:"Page " counter(page)' in body
    assert "<li>98%: any funded and dedicated resource (95% interval 90–99%). How many" in body
    assert "responses are not a random sample" in body


def test_kinds_stand_under_headings_of_their_own(catalogue: Catalogue) -> None:
    found = re.findall(r"<h2>(.*?)</h2>", page(catalogue, ITEMS, DAY))
    assert found == ["Questions for the board", "Risks to manage"]


def test_an_item_that_is_no_insight_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="no row with insight_id 'nothing'"):
        frame(catalogue, (Item("nothing"),))


def test_files_are_named_by_their_day() -> None:
    assert file_name(DAY, "csv") == "board-checklist_2026-11-24.csv"


@pytest.mark.parametrize(
    ("points", "cell"),
    [
        ([], ""),
        ([{"customdata": "collaborative=wyaat;benefit=resilience"}], "wyaat:resilience"),
        ([{"customdata": ["collaborative=wyaat;benefit=efficiency"]}], "wyaat:efficiency"),
        ([{"customdata": ""}], ""),
        ([{"x": 1}], ""),
    ],
)
def test_a_click_names_its_cell(points: list[dict[str, object]], cell: str) -> None:
    assert clicked(points) == cell
