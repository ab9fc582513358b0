"""Citations: every source once, with the places in it."""

import pandas as pd
import pytest

from data import Catalogue
from data.citations import citation, collect


def frame_of(*rows: tuple[object, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source_id", "locator"], dtype="string")


def test_each_source_is_cited_once_with_its_locators_in_order(catalogue: Catalogue) -> None:
    cited = collect(
        catalogue,
        frame_of(
            ("survey-2022", "Figure 9"),
            ("nhsp-2022-peers", "Case study 1"),
            ("survey-2022", "Figure 2"),
            ("survey-2022", "Figure 9"),
        ),
    )
    assert [c.source_id for c in cited] == ["survey-2022", "nhsp-2022-peers"]
    assert cited[0].locators == ("Figure 9", "Figure 2")
    assert cited[1].locators == ("Case study 1",)


def test_the_source_used_most_comes_first_and_ties_go_by_id(catalogue: Catalogue) -> None:
    cited = collect(
        catalogue,
        frame_of(("survey-2022", "a"), ("nhsp-2022-peers", "b"), ("nhsp-2022-benefits", "c"),
                 ("nhsp-2022-peers", "d")),
    )  # fmt: skip
    assert [c.source_id for c in cited] == ["nhsp-2022-peers", "nhsp-2022-benefits", "survey-2022"]


def test_other_sources_of_a_row_are_cited_after_those_of_the_rows(catalogue: Catalogue) -> None:
    frame = frame_of(("survey-2022", "a"), ("survey-2022", "b"))
    others = pd.Series(["nhsp-2022-aims; survey-2022", None], dtype="string")
    cited = collect(catalogue, frame.assign(other_source_ids=others))
    assert [(c.source_id, c.locators) for c in cited] == [
        ("survey-2022", ("a", "b")),
        ("nhsp-2022-aims", ()),
    ]


def test_missing_sources_and_locators_are_passed_over(catalogue: Catalogue) -> None:
    cited = collect(catalogue, frame_of(("survey-2022", None), (None, "nowhere")))
    assert [(c.source_id, c.locators) for c in cited] == [("survey-2022", ())]


@pytest.mark.parametrize("frame", [frame_of(), pd.DataFrame({"a": [1]})], ids=["empty", "without"])
def test_a_frame_without_sources_has_no_citations(
    catalogue: Catalogue, frame: pd.DataFrame
) -> None:
    assert collect(catalogue, frame) == ()


def test_a_citation_carries_what_the_source_says_of_itself(catalogue: Catalogue) -> None:
    cited = citation(catalogue, "survey-2022")
    assert cited.plain == (
        "NHS Confederation and NHS Providers (2023-03-02), The evolution of provider collaboration"
    )
    assert cited.tier == "Published report"
    assert cited.url.startswith("https://")


def test_a_citation_without_date_or_address_has_no_gaps(catalogue: Catalogue) -> None:
    undated = catalogue.table("sources")
    undated = undated[undated["published"].isna()]
    for source in undated["source_id"]:
        plain = citation(catalogue, source).plain
        assert "()" not in plain
        assert "<NA>" not in plain


def test_every_source_of_the_table_can_be_cited(catalogue: Catalogue) -> None:
    for source in catalogue.table("sources")["source_id"]:
        assert citation(catalogue, source).plain


def test_an_unknown_source_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="no row with source_id 'ghost'"):
        citation(catalogue, "ghost")


def test_rows_of_several_sources_cite_each_and_give_the_places_of_those_named_alone(
    catalogue: Catalogue,
) -> None:
    first, second = sorted(catalogue.frames["sources"]["source_id"])[:2]
    rows = pd.DataFrame(
        {"source_ids": [f"{first};{second}", second], "locator": ["page 1; page 2", "page 3"]}
    )
    assert [(c.source_id, c.locators) for c in collect(catalogue, rows)] == [
        (second, ("page 3",)), (first, ()),
    ]  # fmt: skip


def test_every_table_that_names_sources_cites_each_of_them(catalogue: Catalogue) -> None:
    for name, frame in catalogue.frames.items():
        column = next((c for c in ("source_id", "source_ids") if c in frame), None)
        if column is None or name == "sources":
            continue
        named = {s.strip() for cell in frame[column].dropna() for s in cell.split(";")}
        missing = named - {c.source_id for c in collect(catalogue, frame)}
        assert (name, missing) == (name, set())
