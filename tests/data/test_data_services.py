"""Groups of services: what people look for finds who reports it."""

import re

import pytest

from data import Catalogue, Selection
from data.query import outcomes, value_label
from data.service_groups import OTHER, SERVICE_LABELS, SERVICES, groups_of
from data.services import services_of


@pytest.mark.parametrize(
    ("service", "metric", "expected"),
    [
        ("Forensic care", "Patients cared for out of area", {"out-of-area", "forensic"}),
        ("Children's ENT surgery", "Children waiting", {"ent-and-oral", "waiting", "surgery"}),
        ("Procurement", "Savings in 2023-24", {"procurement", "money"}),
        ("Nursing", "Nurse retention rate", {"workforce"}),
        (None, "Readmissions", {"length-of-stay"}),
        ("Community services", "Virtual wards", {"community"}),
        ("Parking", "Spaces", {"other"}),
        (None, None, {"other"}),
    ],
)
def test_words_of_a_row_put_it_into_groups(
    service: object, metric: object, expected: set[str]
) -> None:
    assert expected <= set(groups_of(service, metric))


@pytest.mark.parametrize(
    ("text", "group"),
    [("Patients in total", "ent-and-oral"), ("Secured funding", "forensic"),
     ("Operational leads", "surgery"), ("Independent providers", "ent-and-oral")],
)  # fmt: skip
def test_part_of_another_word_is_no_match(text: str, group: str) -> None:
    assert group not in groups_of(None, text)


def test_ids_and_labels_are_there_once() -> None:
    ids = [g.id for g in (*SERVICES, OTHER)]
    assert len(set(ids)) == len(ids) == len(set(SERVICE_LABELS.values()))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", i) for i in ids)


def test_every_outcome_stands_in_a_group_and_few_in_none_of_ours(catalogue: Catalogue) -> None:
    found = services_of(catalogue)
    assert set(found) == set(catalogue.table("outcomes")["outcome_id"])
    assert all(found.values())
    rest = [key for key, groups in found.items() if groups == (OTHER.id,)]
    assert len(rest) <= len(found) / 5, rest


def test_a_filter_for_a_service_finds_who_reports_it(catalogue: Catalogue) -> None:
    found = outcomes(catalogue, Selection(service=("out-of-area",)))
    assert "South London Mental Health and Community Partnership" in (
        set(catalogue.table("collaboratives").merge(found, on="collaborative_id")["name"])
    )
    assert value_label(catalogue, "service", "out-of-area").startswith("Out-of-area")


@pytest.mark.parametrize("group", list(SERVICE_LABELS))
def test_a_filter_for_a_service_leaves_its_outcomes(catalogue: Catalogue, group: str) -> None:
    left = set(outcomes(catalogue, Selection(service=(group,)), shown_only=False)["outcome_id"])
    assert left == {key for key, groups in services_of(catalogue).items() if group in groups}
