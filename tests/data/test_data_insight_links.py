"""Links of insights: what each leads to exists, says why, and is owned up to where it is ours."""

import pandas as pd
import pytest

from data import Catalogue

TARGETS = {
    "question": ("wave_id", "question_id", "option_id", "sector_group"),
    "collaborative": ("collaborative_id",),
    "outcome": ("outcome_id",),
}


@pytest.fixture(scope="module")
def links(catalogue: Catalogue) -> pd.DataFrame:
    return catalogue.table("insight_links")


def test_a_link_names_the_target_of_its_kind_and_no_other(links: pd.DataFrame) -> None:
    every = {c for columns in TARGETS.values() for c in columns}
    wrong = []
    for row in links.to_dict("records"):
        mine = set(TARGETS[row["kind"]])
        filled = {c for c in every if isinstance(row[c], str)}
        if filled != mine:
            wrong.append(row["link_id"])
    assert wrong == []


def test_every_figure_linked_is_published(catalogue: Catalogue, links: pd.DataFrame) -> None:
    keys = list(TARGETS["question"])
    results = catalogue.table("survey_results")
    found = links[links["kind"] == "question"].merge(results, on=keys, how="left")
    silent = found[found["percent"].isna() & found["count"].isna()]
    assert silent["link_id"].tolist() == []


def test_what_the_passage_states_is_cited_from_the_passage(
    catalogue: Catalogue, links: pd.DataFrame
) -> None:
    insights = catalogue.table("insights")[["insight_id", "source_id", "locator"]]
    both = links.merge(insights, on="insight_id", suffixes=("", "_insight"))
    stated = both[both["basis"] == "stated"]
    assert stated["locator"].tolist() == stated["locator_insight"].tolist()
    assert stated["source_id"].tolist() == stated["source_id_insight"].tolist()


def test_a_reason_is_a_sentence_of_its_own(links: pd.DataFrame) -> None:
    assert [w for w in links["why"] if not w.endswith(".") or len(w) < 15] == []
