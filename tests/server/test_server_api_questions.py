"""The ten questions of docs/questions.md, asked of the interface and checked against the tables."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data import Catalogue
from data.evidence import grades
from server import ROUTES

Get = Callable[..., Any]


@pytest.fixture(scope="module")
def get() -> Iterator[Get]:
    with TestClient(Starlette(routes=ROUTES)) as client:

        def asked(path: str, **params: str) -> Any:
            answer = client.get(f"/api/v1/{path}", params=params)
            assert answer.status_code == 200, answer.text
            return answer.json() if "format" not in params else answer.content

        yield asked


def test_1_the_priority_that_mental_health_names_most(get: Get, catalogue: Catalogue) -> None:
    """The survey publishes no share of that sector for next year: the answer is of all, and so."""
    body = get("exhibits/priorities-next-year", sector="mhlda")
    rows = catalogue.table("survey_results").query("question_id == 'priorities-next-year'")
    assert rows.loc[rows["sector_group"] == "mhlda", "percent"].isna().all()
    assert {r["group"] for r in body["rows"]} == {"All respondents"}
    best = max(body["rows"], key=lambda r: r["percent"] or 0)
    top = (
        rows[rows["sector_group"] == "all"].dropna(subset="percent").sort_values("percent").iloc[-1]
    )
    assert (best["option"], best["percent"]) == (top["option"], top["percent"])
    assert body["citations"][0]["source_id"] == top["source_id"]


def test_2_who_covers_kent_and_medway(get: Get, catalogue: Catalogue) -> None:
    kent = next(k for k, name in catalogue.icb_names.items() if name.startswith("Kent"))
    rows = get("exhibits/footprint-map", icb=kent)["rows"]
    here = {(r["name"], r["basis"]) for r in rows if r["icb_code"] == kent}
    prints = catalogue.table("footprints").merge(
        catalogue.table("collaboratives")[["collaborative_id", "name"]], on="collaborative_id"
    )
    wanted = prints[prints["icb_code"] == kent]
    labels = catalogue.schema.labels("footprints", "basis")
    assert {n for n, _ in here} == set(wanted["name"])
    stated = {b for _, b in here} & {"stated", labels["stated"]}
    assert sum(b in stated for _, b in here) == int((wanted["basis"] == "stated").sum())


def test_3_achieved_outcomes_of_grade_a(get: Get, catalogue: Catalogue) -> None:
    total = get("tables/outcomes", status="achieved", grade="full")["total"]
    merged = catalogue.table("outcomes").merge(grades(catalogue)[["outcome_id", "grade"]])
    assert total == int(((merged["status"] == "achieved") & (merged["grade"] == "full")).sum()) > 0


def test_4_that_as_a_spreadsheet(get: Get, catalogue: Catalogue) -> None:
    book = pd.read_excel(io.BytesIO(get("tables/outcomes", sector="acute", format="xlsx")))
    own = catalogue.table("collaboratives").query("sector == 'acute'")["collaborative_id"]
    table = catalogue.table("outcomes")
    wanted = table[table["collaborative_id"].isin(own)]
    assert book["outcome_id"].tolist() == wanted["outcome_id"].tolist()


def test_5_where_a_figure_comes_from(get: Get, catalogue: Catalogue) -> None:
    rows = get("tables/outcomes", q="out of area")["rows"]
    found = [r for r in rows if r["value"] == 36 and r["unit"] == "percent"]
    wanted = catalogue.table("outcomes").query("value == 36 and unit == 'percent'")
    assert [(r["source_id"], r["locator"]) for r in found] == list(
        wanted[["source_id", "locator"]].itertuples(index=False, name=None)
    )
    assert get(f"sources/{found[0]['source_id']}")["title"]


def test_6_do_two_documents_disagree_on_procurement(get: Get, catalogue: Catalogue) -> None:
    rows = get("tables/discrepancies")["rows"]
    found = [r for r in rows if "procurement" in r["summary"].lower()]
    table = catalogue.table("discrepancies")
    wanted = table[table["summary"].str.contains("procurement", case=False)]
    assert [r["shown_value"] for r in found] == wanted["shown_value"].tolist() != []


def test_7_formed_before_2020_and_their_governance(get: Get, catalogue: Catalogue) -> None:
    rows = get("tables/collaboratives", formed="-2019")["rows"]
    wanted = catalogue.table("collaboratives").query("formed_year < 2020")
    assert {r["collaborative_id"]: r["governance_model"] for r in rows} == {
        k: None if pd.isna(g) else g
        for k, g in zip(wanted["collaborative_id"], wanted["governance_model"], strict=True)
    }


def test_8_what_shared_leadership_is_and_who_has_it(get: Get, catalogue: Catalogue) -> None:
    meanings = [
        t["meaning"]
        for t in get("tables/glossary")["rows"]
        if t["term"].lower() == "shared leadership"
    ]
    glossary = catalogue.table("glossary")
    wanted = glossary.loc[glossary["term"].str.lower() == "shared leadership", "meaning"]
    assert meanings == wanted.tolist() != []
    rows = get("tables/collaboratives", governance="shared_leadership")["rows"]
    having = catalogue.table("collaboratives").query("governance_model == 'shared_leadership'")
    assert [r["name"] for r in rows] == having["name"].tolist() != []


def test_9_how_acute_and_mental_health_differ_on_barriers(get: Get, catalogue: Catalogue) -> None:
    body = get("exhibits/sector-differences", sector="acute,mhlda")
    results = catalogue.table("survey_results").query("sector_group in ['acute', 'mhlda']")
    percents = results.set_index(["question_id", "option", "sector_group"])["percent"]
    both = [r for r in body["rows"] if (r["first"], r["second"]) == ("Acute", "MHLDA")]
    published = percents.unstack().dropna()
    assert {(r["question_id"], r["option"]) for r in both} == set(published.index)
    for row in both:
        said = published.loc[(row["question_id"], row["option"])]
        assert [row["percent_first"], row["percent_second"]] == [said["acute"], said["mhlda"]]
        assert row["difference_points"] == pytest.approx(said["acute"] - said["mhlda"])


def test_10_which_trusts_belong_to_most(get: Get, catalogue: Catalogue) -> None:
    rows = pd.DataFrame(get("tables/memberships")["rows"])
    counted = rows.groupby("organisation_id")["collaborative_id"].nunique()
    table = catalogue.table("memberships").groupby("organisation_id")["collaborative_id"].nunique()
    assert counted.to_dict() == table.to_dict()
    names = {r["organisation_id"] for r in get("tables/organisations")["rows"]}
    assert set(counted[counted == counted.max()].index) <= names
