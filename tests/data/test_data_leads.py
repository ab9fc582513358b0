"""What holds for rows that rest on web pages: dates, addresses, press, what followed what."""

import re
from urllib.parse import urlsplit

import pandas as pd
import pytest

from data import Catalogue

DATED = ["collaboratives", "outcomes"]
UNCONFIRMED = re.compile(r"as read for the leads, row NC\d{2}\b")


def tiers_of(catalogue: Catalogue) -> dict[str, str]:
    sources = catalogue.table("sources")
    return dict(zip(sources["source_id"], sources["tier"], strict=True))


def named_by(cell: object) -> list[str]:
    return [s.strip() for s in str(cell).split(";")] if isinstance(cell, str) else []


# Sources


def test_a_page_has_an_address(catalogue: Catalogue) -> None:
    frame = catalogue.table("sources")
    pages = frame[frame["kind"].isin(["web_page", "press"])]
    parts = {
        s: urlsplit(u) for s, u in zip(pages["source_id"], pages["url"].fillna(""), strict=True)
    }
    assert [s for s, u in parts.items() if u.scheme not in {"http", "https"} or not u.netloc] == []


def test_no_two_sources_are_the_same_page(catalogue: Catalogue) -> None:
    frame = catalogue.table("sources")
    pages = frame[frame["kind"].isin(["web_page", "press"])]
    # The web chapter of the first briefing stands at the briefing's own address.
    again = pages[pages["url"].str.rstrip("/").str.lower().duplicated(keep=False)]
    assert again["source_id"].tolist() == []


def test_press_is_a_kind_and_a_tier_alike(catalogue: Catalogue) -> None:
    frame = catalogue.table("sources")
    wrong = frame[(frame["kind"] == "press") != (frame["tier"] == "press")]
    assert wrong["source_id"].tolist() == []


def test_every_page_is_cited_by_a_row(catalogue: Catalogue) -> None:
    cited: set[str] = set()
    for name in catalogue.frames:
        if name == "sources":
            continue
        frame = catalogue.table(name)
        for column in {"source_id", "source_ids", "other_source_ids"} & set(frame.columns):
            for cell in frame[column].dropna():
                cited.update(named_by(cell))
    frame = catalogue.table("sources")
    pages = frame[frame["kind"].isin(["web_page", "press"])]
    assert set(pages["source_id"]) - cited == set()


# Dates for which a row holds


@pytest.mark.parametrize("table", DATED)
def test_a_row_holds_for_the_date_of_its_source(catalogue: Catalogue, table: str) -> None:
    sources = catalogue.table("sources").set_index("source_id")
    rows = catalogue.table(table).join(sources[["published", "accessed"]], on="source_id")
    expected = rows["published"].fillna(rows["accessed"])
    wrong = rows[rows["as_of"] != expected]
    assert wrong[[wrong.columns[0], "as_of"]].to_numpy().tolist() == []


@pytest.mark.parametrize("table", DATED)
def test_a_date_says_whether_it_was_published_or_read(catalogue: Catalogue, table: str) -> None:
    sources = catalogue.table("sources").set_index("source_id")
    rows = catalogue.table(table).join(sources[["published"]], on="source_id")
    wrong = rows[(rows["as_of_basis"] == "published") != rows["published"].notna()]
    assert wrong[wrong.columns[0]].tolist() == []


@pytest.mark.parametrize("table", DATED)
def test_no_row_holds_for_a_day_after_its_source_was_read(catalogue: Catalogue, table: str) -> None:
    sources = catalogue.table("sources").set_index("source_id")
    rows = catalogue.table(table).join(sources[["accessed"]], on="source_id")
    wrong = rows[pd.to_datetime(rows["as_of"], format="ISO8601") > pd.to_datetime(rows["accessed"])]
    assert wrong[wrong.columns[0]].tolist() == []


# Press


def test_press_alone_never_carries_an_outcome(catalogue: Catalogue) -> None:
    tier = tiers_of(catalogue)
    frame = catalogue.table("outcomes")
    alone = [
        row["outcome_id"]
        for row in frame.to_dict("records")
        if {tier[s] for s in [row["source_id"], *named_by(row["other_source_ids"])]} == {"press"}
    ]
    assert alone == []


# What followed what


def test_no_collaborative_follows_or_contains_itself(catalogue: Catalogue) -> None:
    frame = catalogue.table("successions")
    later: dict[str, set[str]] = {}
    for row in frame.to_dict("records"):
        later.setdefault(row["collaborative_id"], set()).add(row["related_id"])

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = list(later.get(start, ()))
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(later.get(here, ()))
        return found

    assert [c for c in later if c in reached(c)] == []


def test_related_collaboratives_share_a_system(catalogue: Catalogue) -> None:
    prints: dict[str, set[str]] = {}
    for row in catalogue.table("footprints").to_dict("records"):
        prints.setdefault(row["collaborative_id"], set()).add(row["icb_code"])
    frame = catalogue.table("successions")
    apart = [
        (a, b)
        for a, b in zip(frame["collaborative_id"], frame["related_id"], strict=True)
        if not prints[a] & prints[b]
    ]
    assert apart == []


def test_a_merged_collaborative_says_into_what(catalogue: Catalogue) -> None:
    frame = catalogue.table("collaboratives")
    merged = set(frame[frame["status"] == "merged"]["collaborative_id"])
    successions = catalogue.table("successions")
    told = set(successions["collaborative_id"]) | set(
        catalogue.table("milestones")["collaborative_id"].dropna()
    )
    assert merged - told == set()


# Wording


def test_a_place_known_from_the_leads_alone_says_which_row(catalogue: Catalogue) -> None:
    wrong = [
        (name, cell)
        for name in catalogue.frames
        if "locator" in catalogue.table(name).columns
        for cell in catalogue.table(name)["locator"].dropna()
        if "read for the leads" in cell and not UNCONFIRMED.search(cell)
    ]
    assert wrong == []


def test_a_collaborative_that_no_footprint_places_says_why(catalogue: Catalogue) -> None:
    placed = set(catalogue.table("footprints")["collaborative_id"])
    frame = catalogue.table("collaboratives")
    rest = frame[~frame["collaborative_id"].isin(placed)]
    assert rest[rest["members_note"].isna()]["collaborative_id"].tolist() == []
