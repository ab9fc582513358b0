"""Profiles of the 36 systems of April 2026: carried over, said so, and every fact with a source."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any

import pytest

from data import load_catalogue, vintages
from data.profile_areas import areas, others, placed, vintage_of
from data.profile_facts import Fact
from data.profile_values import SystemProfile
from data.profiles import collaborative_profile, system_profile
from geo.points import icb_at

TABLES = load_catalogue()
CODES = list(vintages.areas(TABLES, "2026")["area_id"])
NEW = [code for code in CODES if code.startswith("icb26-")]
LOCATE = partial(icb_at, vintage="2026")
CARRIED = vintages.carry(TABLES, TABLES.table("footprints"))


def newer(code: str) -> SystemProfile:
    return system_profile(TABLES, code, "2026", locate=LOCATE)


def facts_in(value: Any) -> Iterator[Fact]:
    if isinstance(value, Fact):
        yield value
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from facts_in(getattr(value, part.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from facts_in(item)


def test_there_are_36() -> None:
    assert len(CODES) == 36
    assert list(areas(TABLES, "2026")["icb_code"]) == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_fact_of_a_newer_system_has_a_source_that_is_cited(code: str) -> None:
    made = newer(code)
    cited = {c.source_id for c in made.citations}
    assert [f for f in facts_in(made) if not f.source_id or not f.locator] == []
    used = {f.source_id for f in facts_in(made)}
    used |= {s for f in made.footprints for s in f.other_source_ids}
    assert used | set(made.area.other_source_ids) <= cited


@pytest.mark.parametrize("code", CODES)
def test_its_footprints_are_those_carried_over(code: str) -> None:
    wanted = CARRIED[CARRIED["area_id"] == code].fillna({"carry_note": ""})
    columns = ["collaborative_id", "coverage", "basis", "is_certain", "carry_note", "source_id"]
    told = {tuple(getattr(f, c) for c in columns) for f in newer(code).footprints}
    assert told == {tuple(r) for r in wanted[columns].itertuples(index=False)}


@pytest.mark.parametrize("code", CODES)
def test_its_organisations_are_those_whose_home_is_carried_there(code: str) -> None:
    ids = TABLES.table("organisations")["organisation_id"]
    wanted = {i for i in ids if vintages.carried_home(TABLES, i, LOCATE) == code}
    assert {o.organisation_id for o in newer(code).organisations} == wanted


@pytest.mark.parametrize("code", CODES)
def test_it_says_what_it_was_made_from(code: str) -> None:
    made, links = newer(code), vintages.predecessors(TABLES, code)
    assert {key for key, _ in made.others} == {link.icb_code for link in links}
    assert {c.other_code for c in made.changes} == {k.icb_code for k in links if k.change}
    assert all(c.is_gain for c in made.changes)
    assert made.is_unchanged is (code not in NEW)


@pytest.mark.parametrize("code", list(TABLES.icb_names))
def test_an_older_system_leads_to_those_that_followed(code: str) -> None:
    wanted = {link.area_id for link in vintages.successors(TABLES, code)}
    assert {key for key, _ in others(TABLES, code)} == wanted


def test_a_board_that_keeps_its_name_tells_what_it_gained() -> None:
    made = system_profile(TABLES, "E54000042")
    assert [(c.other, c.is_gain) for c in made.changes] == [("Frimley", True)]


def test_the_code_is_shown_with_how_it_is_known() -> None:
    told = {code: newer(code).area.code_words for code in CODES}
    assert told["E54000054"] == "E54000054"
    assert told["icb26-norfolk-and-suffolk"] == "code not verified"
    assert not any("icb26" in words for words in told.values())


def test_a_code_that_is_not_known_is_said_to_be_unverified() -> None:
    frame = TABLES.table("icbs_2026")
    bare = frame.assign(icb_code=frame["icb_code"].where(frame["area_id"] != "icb26-essex"))
    tables = type(TABLES)(TABLES.schema, {**TABLES.frames, "icbs_2026": bare})
    assert system_profile(tables, "icb26-essex", "2026").area.code_words == "code not verified"


def test_what_may_reach_into_it_comes_last_and_does_not_count_as_a_system() -> None:
    made = newer("icb26-surrey-and-sussex")
    certain = [f.is_certain for f in made.footprints]
    assert certain == sorted(certain, reverse=True)
    assert certain[-1] is False
    key = made.footprints[-1].collaborative_id
    mine = CARRIED[CARRIED["collaborative_id"] == key]
    assert made.footprints[-1].spans == int(mine["is_certain"].sum()) < len(mine)


def test_without_a_way_to_locate_a_split_home_is_not_guessed() -> None:
    homes = placed(TABLES, "organisations", "2026").set_index("organisation_id")["icb_code"]
    old = TABLES.table("organisations").set_index("organisation_id")["icb_code"]
    assert homes[old == "E54000025"].isna().all()
    assert (homes[old == "E54000054"] == "E54000054").all()


def test_the_vintage_of_a_code_is_the_one_wanted_where_it_has_it() -> None:
    assert vintage_of(TABLES, "icb26-essex") == "2026"
    assert vintage_of(TABLES, "E54000026", "2026") == "2023"
    assert [vintage_of(TABLES, "E54000054", v) for v in ("2023", "2026")] == ["2023", "2026"]
    with pytest.raises(KeyError, match="or icb26-essex"):
        vintage_of(TABLES, "icb26-nowhere")


def test_an_unknown_newer_system_is_refused_with_what_was_expected() -> None:
    with pytest.raises(KeyError, match="'E54000026' in the vintage 2026; codes look"):
        system_profile(TABLES, "E54000026", "2026")


def test_a_collaborative_can_be_told_in_the_newer_systems() -> None:
    made = collaborative_profile(TABLES, "hope-eating-disorders", "2026", locate=LOCATE)
    mine = CARRIED[CARRIED["collaborative_id"] == "hope-eating-disorders"]
    assert {f.icb_code for f in made.footprint} == set(mine["area_id"])
    cited = {c.source_id for c in made.citations}
    assert {s for f in made.footprint for s in f.other_source_ids} <= cited
