"""Profiles of every collaborative and every system: they build, and every fact has a source."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest

from data import Catalogue, Selection, load_catalogue
from data.connections import PAST, related
from data.profile_facts import Fact
from data.profile_rows import governance
from data.profile_values import CollaborativeProfile, SystemProfile
from data.profiles import collaborative_profile, system_profile
from data.schema import package_schema

TABLES = load_catalogue()
IDS = list(TABLES.collaborative_names)
CODES = list(TABLES.icb_names)
Profile = CollaborativeProfile | SystemProfile


def facts_in(value: Any) -> Iterator[Fact]:
    """Every fact anywhere within a profile."""
    if isinstance(value, Fact):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from facts_in(getattr(value, part.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from facts_in(item)


@pytest.fixture(scope="module")
def profile() -> Callable[[str], Profile]:
    known: dict[str, Profile] = {}

    def of(key: str) -> Profile:
        if key not in known:
            known[key] = (
                system_profile(TABLES, key) if key in CODES else collaborative_profile(TABLES, key)
            )
        return known[key]

    return of


def changed(catalogue: Catalogue, **tables: pd.DataFrame) -> Catalogue:
    """The catalogue with some tables replaced or added."""
    return replace(catalogue, frames=MappingProxyType({**catalogue.frames, **tables}))


@pytest.mark.parametrize("key", [*IDS, *CODES])
def test_every_fact_of_a_profile_has_a_source_that_is_cited(
    key: str, profile: Callable[[str], Profile]
) -> None:
    made = profile(key)
    cited = {c.source_id for c in made.citations}
    bare = [f for f in facts_in(made) if not f.source_id or not f.locator]
    assert bare == []
    assert {f.source_id for f in facts_in(made)} <= cited


@pytest.mark.parametrize("key", [*IDS, *CODES])
def test_a_profile_holds_no_gap_in_place_of_a_value(
    key: str, profile: Callable[[str], Profile]
) -> None:
    for fact in facts_in(profile(key)):
        for part in fields(fact):
            value = getattr(fact, part.name)
            assert value is None or not pd.api.types.is_scalar(value) or not pd.isna(value)
            assert value not in {"nan", "None", "<NA>"}


@pytest.mark.parametrize("key", IDS)
def test_a_collaborative_holds_what_its_rows_hold(
    key: str, profile: Callable[[str], Profile]
) -> None:
    made = profile(key)
    assert isinstance(made, CollaborativeProfile)
    for table, part in (
        ("memberships", made.members),
        ("footprints", made.footprint),
        ("priorities", made.priorities),
        ("milestones", made.milestones),
    ):
        frame = TABLES.table(table)
        assert len(part) == int((frame["collaborative_id"] == key).sum()), table
    told = TABLES.table("outcomes")
    drawn = told[(told["collaborative_id"] == key) & told["is_shown"].astype(bool)]
    assert {o.outcome_id for o in made.outcomes} == set(drawn["outcome_id"])


@pytest.mark.parametrize("code", CODES)
def test_a_system_names_every_collaborative_that_touches_it(
    code: str, profile: Callable[[str], Profile]
) -> None:
    made = profile(code)
    assert isinstance(made, SystemProfile)
    prints = TABLES.table("footprints")
    wanted = set(prints.loc[prints["icb_code"] == code, "collaborative_id"])
    assert {f.collaborative_id for f in made.footprints} == wanted
    assert {o.collaborative_id for o in made.outcomes} <= wanted
    assert all(o.home_code == code for o in made.organisations)


def test_every_governance_model_has_a_meaning_with_its_source() -> None:
    row = TABLES.table("collaboratives").iloc[0].to_dict()
    for model in package_schema().labels("collaboratives", "governance_model"):
        told = governance(TABLES, {**row, "governance_model": model})
        assert told.meanings, model
        assert all(m.text and m.source_id and m.locator for m in told.meanings)


def test_a_model_that_no_source_names_gets_no_meaning() -> None:
    row = TABLES.table("collaboratives").iloc[0].to_dict()
    told = governance(TABLES, {**row, "governance_model": pd.NA})
    assert (told.label, told.meanings) == ("Not published", ())


def test_lead_providers_come_first_and_homes_are_named() -> None:
    made = collaborative_profile(TABLES, "hny-mhlda")
    assert made.members[0].role == "lead_provider"
    assert made.members[0].home == TABLES.icb_names[made.members[0].home_code]


def test_a_member_outside_the_footprint_is_marked() -> None:
    """As if only one system of a collaborative of several members' homes were its footprint."""
    key = "south-yorkshire-acute-federation"
    prints = TABLES.table("footprints")
    prints = prints[(prints["collaborative_id"] != key) | (prints["icb_code"] == "E54000060")]
    made = collaborative_profile(changed(TABLES, footprints=prints), key)
    outside = {m.name for m in made.members if m.home_code and m.home_code != "E54000060"}
    assert outside
    assert {m.name for m in made.members if m.is_outside} == outside


def test_without_a_footprint_no_member_is_called_outside() -> None:
    prints = TABLES.table("footprints")
    bare = changed(TABLES, footprints=prints[prints["collaborative_id"] != "wyaat"])
    made = collaborative_profile(bare, "wyaat")
    assert made.footprint == ()
    assert made.members
    assert not any(m.is_outside for m in made.members)


@pytest.mark.parametrize(
    ("key", "discrepancy"),
    [
        ("acute-hospitals-alliance", "outcome-aha-procurement-2022-23"),  # of an outcome
        ("black-country", "outcome-black-country-breast-sites"),  # of a value not drawn
        ("foundation-group", "entity-george-eliot-name"),  # of a member
        ("northern-ambulance-alliance", "entity-northern-ambulance-systems"),  # in a note
        ("wyh-mental-health", "entity-west-yorkshire-harrogate-dates"),  # of itself
    ],
)
def test_discrepancies_that_concern_it_are_found(key: str, discrepancy: str) -> None:
    made = collaborative_profile(TABLES, key)
    assert discrepancy in {d.discrepancy_id for d in made.discrepancies}


def test_the_value_that_a_rule_did_not_choose_is_not_an_outcome() -> None:
    made = collaborative_profile(TABLES, "acute-hospitals-alliance")
    told = {o.outcome_id: o.value for o in made.outcomes}
    assert "aha-procurement-savings-2022-23-stated-august-2022" not in told
    assert told["aha-procurement-savings-2022-23-stated-december-2022"] == 4.4


def test_outcomes_with_a_figure_come_first() -> None:
    made = collaborative_profile(TABLES, "acute-hospitals-alliance")
    bare = [o.value is None for o in made.outcomes]
    assert bare == sorted(bare)
    assert bare[0] is False


def test_related_collaboratives_share_something() -> None:
    made = collaborative_profile(TABLES, "wyaat")
    systems = {s.removesuffix(" (inferred)") for r in made.related for s in r.systems}
    assert systems <= {f.icb for f in made.footprint}
    assert all(r.members or r.systems for r in made.related)
    assert made.collaborative_id not in {r.collaborative_id for r in made.related}
    shared = [len(r.members) for r in made.related]
    assert shared == sorted(shared, reverse=True)


def test_successions_read_from_both_ends() -> None:
    table = pd.DataFrame(
        {
            "collaborative_id": ["wyaat", "uhn-group"],
            "related_id": ["wyh-mental-health", "wyaat"],
            "relation": ["succeeded_by", "part_of"],
            "on": ["2020-04", ""],
            "note": ["", ""],
            "source_id": ["nhsp-2022-benefits"] * 2,
            "locator": ["made up for this test"] * 2,
        },
        dtype="string",
    )
    tables = changed(TABLES, successions=table)
    first = collaborative_profile(tables, "wyaat").successions
    assert [(s.label, s.related_id) for s in first] == [
        ("Succeeded by", "wyh-mental-health"),
        ("Includes", "uhn-group"),
    ]
    other = collaborative_profile(tables, "wyh-mental-health").successions
    assert [(s.label, s.related_id) for s in other] == [("Successor of", "wyaat")]


def test_a_system_carries_what_became_of_it() -> None:
    made = system_profile(TABLES, "E54000034")
    assert {c.other for c in made.changes} >= {"Thames Valley", "Surrey and Sussex"}
    assert system_profile(TABLES, "E54000054").changes == ()


def test_neighbours_are_named_in_order() -> None:
    made = system_profile(TABLES, "E54000054", neighbours=("E54000061", "E54000051"))
    assert [name for _, name in made.neighbours] == sorted(
        TABLES.icb_names[c] for c in ("E54000061", "E54000051")
    )


def test_an_unknown_key_is_refused_with_what_was_expected() -> None:
    with pytest.raises(KeyError, match="no collaborative 'wyat'"):
        collaborative_profile(TABLES, "wyat")
    with pytest.raises(KeyError, match="codes look like E54000054"):
        system_profile(TABLES, "E54")
    with pytest.raises(ValueError, match="expected a vintage of 2023, 2026, found '1999'"):
        system_profile(TABLES, "E54000054", vintage="1999")


@pytest.mark.parametrize("vintage", ["2023", "2026"])
def test_related_collaboratives_are_those_of_who_works_with_whom(vintage: str) -> None:
    made = collaborative_profile(TABLES, "wyaat", vintage)
    wanted = related(TABLES, "wyaat", Selection(vintage=vintage))
    assert [r.collaborative_id for r in made.related] == wanted["related_id"].tolist()
    gone = TABLES.table("collaboratives").set_index("collaborative_id")["status"]
    assert not {gone[r.collaborative_id] for r in made.related} & set(PAST)
