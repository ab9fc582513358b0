"""Comparisons as exhibits, and as the table that a reader sees."""

import re

import pytest

from components.exhibits import Built, build_exhibit
from components.ui.side_by_side import comparison_html
from data import Catalogue, Selection
from data.vintages import OLDER, resolve

PAIRS = {
    "compare-collaboratives": Selection(collaborative=("wyaat", "foundation-group", "hny-mhlda")),
    "compare-systems": Selection(icb=("E54000054", "E54000034")),
}


@pytest.fixture(scope="module", params=PAIRS)
def built(catalogue: Catalogue, request: pytest.FixtureRequest) -> Built:
    return build_exhibit(catalogue, PAIRS[request.param], request.param)


def test_the_reading_counts_the_rows_that_differ(built: Built) -> None:
    verdicts = built.frame.drop_duplicates("aspect")["compared"].value_counts()
    rows = built.frame["aspect"].nunique()
    assert f"differ in {verdicts['differs']} of {rows} rows" in built.reading
    assert f"the same in {verdicts['same']}" in built.reading
    unknown = verdicts.get("not all published", 0)
    assert (f"cannot be compared in {unknown}," in built.reading) == (unknown > 0)


def test_it_is_read_as_words_with_a_table_beside(built: Built) -> None:
    assert built.figure is None
    assert built.is_comparison
    assert built.is_statements
    assert built.citations


@pytest.mark.parametrize("exhibit_id", PAIRS)
@pytest.mark.parametrize(("count", "words"), [(0, "none is chosen"), (1, "1 is"), (5, "5 are")])
def test_too_few_or_too_many_say_how_to_choose(
    catalogue: Catalogue, exhibit_id: str, count: int, words: str
) -> None:
    names = list(catalogue.collaborative_names)[:count]
    systems = list(catalogue.icb_names)[:count]
    selection = (
        Selection(icb=tuple(systems))
        if exhibit_id == "compare-systems"
        else Selection(collaborative=tuple(names))
    )
    found = build_exhibit(catalogue, selection, exhibit_id)
    assert found.empty is not None
    assert found.frame.empty
    assert found.empty.reason.startswith("Two to four ")
    assert words in found.empty.reason
    assert found.empty.widen.startswith("Choose ")


def test_a_system_of_april_2026_stands_for_those_that_share_ground_with_it(
    catalogue: Catalogue,
) -> None:
    new = "icb26-essex"
    older = resolve(catalogue, (new,), OLDER)
    found = build_exhibit(catalogue, Selection(icb=(new,)), "compare-systems")
    assert set(found.frame["subject"]) == {catalogue.icb_names[code] for code in older}
    assert new not in catalogue.icb_names


def test_the_table_has_a_row_an_aspect_and_a_cell_a_subject(built: Built) -> None:
    text = comparison_html(built.frame)
    aspects, subjects = built.frame["aspect"].nunique(), built.frame["subject"].nunique()
    assert text.count('role="rowheader"') == aspects
    assert text.count('role="cell"') == aspects * subjects
    assert text.count('role="columnheader"') == subjects + 1


def test_a_difference_is_marked_by_a_sign_and_a_word(built: Built) -> None:
    text = comparison_html(built.frame)
    rows = re.findall(r'<tr role="row" class="([\w-]+)">(.*?)</tr>', text)
    signs = {"differs": "≠", "same": "=", "not-all-published": "?"}
    verdicts = built.frame.drop_duplicates("aspect")["compared"].str.replace(" ", "-").tolist()
    assert [look for look, _ in rows] == verdicts
    for look, row in rows:
        assert f">{signs[look]}</b> {look.replace('-', ' ')}<" in row


def test_a_gap_is_said_to_be_not_published(built: Built) -> None:
    frame = built.frame
    gaps = int(frame["value"].isna().sum())
    assert comparison_html(frame).count("<i>not published</i>") == gaps


def test_names_and_values_are_escaped(built: Built) -> None:
    first = built.frame["subject"].iloc[0]
    frame = built.frame.assign(
        subject=built.frame["subject"].replace(first, '<b onclick="x">'), value="<script>"
    )
    text = comparison_html(frame)
    assert "<script>" not in text
    assert "<b onclick" not in text
