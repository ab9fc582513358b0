"""The one schema: complete, described, and with everything that the design names."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.problems import DataError
from data.schema import PACKAGE_PATH, package_schema, read_schema

# Section 4 of the design: tables and the columns that must exist; successions and the dates for
# which a row holds came with issue 3.
DESIGN = {
    "sources": "source_id title publisher published kind tier url licence accessed",
    "icbs": "icb_code ods_code name short_name region_code region hex_row hex_col",
    "icb_changes": "from_icb_code area to_icb to_icb_code effective_on change source_id locator",
    "icbs_2026": (
        "area_id name short_name icb_code code_basis region_code region hex_row hex_col source_id "
        "locator"
    ),
    "organisations": (
        "organisation_id name kind sector icb_code postcode latitude longitude source_id locator"
    ),
    "collaboratives": (
        "collaborative_id name short_name aliases sector governance_model governance_note "
        "formed_year scope status members_stated summary as_of as_of_basis source_id locator"
    ),
    "memberships": "collaborative_id organisation_id role source_id locator",
    "footprints": "collaborative_id icb_code coverage basis source_id locator",
    "successions": "collaborative_id related_id relation on source_id locator",
    "outcomes": (
        "outcome_id collaborative_id benefit service metric direction value unit baseline_value "
        "period status is_quantified comparator discrepancy_id as_of as_of_basis source_id locator "
        "note"
    ),
    "survey_waves": (
        "wave_id title fieldwork responses collaboratives population_estimate source_id"
    ),
    "survey_questions": (
        "wave_id question_id figure topic label answer_kind base_n base_basis source_id locator"
    ),
    "survey_results": (
        "wave_id question_id option_id option option_order sector_group percent count base_n "
        "base_basis precision discrepancy_id source_id locator note"
    ),
    "priorities": "collaborative_id period priority theme source_id locator",
    "insights": "insight_id kind sector title summary source_id locator",
    "insight_links": (
        "link_id insight_id kind wave_id question_id option_id sector_group collaborative_id "
        "outcome_id why basis source_id locator"
    ),
    "milestones": "milestone_id on title kind collaborative_id source_id locator",
    "discrepancies": (
        "discrepancy_id kind summary shown_value other_values rule source_ids"
    ),
    "glossary": "term expansion meaning source_id",
}  # fmt: skip
SECTORS = {"acute", "mhlda", "community", "all_in", "specialised", "ambulance"}
VOCABULARIES = {
    ("sources", "kind"): "report briefing article survey web_page press dataset",
    ("sources", "tier"): "published_report organisation_page press official_statistics own_file",
    ("icbs_2026", "code_basis"): "unchanged reported not_verified",
    ("organisations", "kind"): (
        "foundation_trust nhs_trust icb cic social_enterprise independent charity local_authority "
        "other"
    ),
    ("collaboratives", "governance_model"): (
        "provider_leadership_board lead_provider shared_leadership other"
    ),
    ("collaboratives", "scope"): "place single_ics multi_ics",
    ("collaboratives", "status"): "operating planned predecessor merged",
    ("memberships", "role"): "member lead_provider partner",
    ("footprints", "coverage"): "whole part",
    ("footprints", "basis"): "stated from_members from_region_or_county",
    ("successions", "relation"): "succeeded_by merged_into part_of",
    ("collaboratives", "as_of_basis"): "published read",
    ("outcomes", "as_of_basis"): "published read",
    ("outcomes", "benefit"): (
        "unwarranted_variation health_inequalities efficiency_and_scale specialised_consolidation "
        "resilience_and_capacity recruitment_and_retention"
    ),
    ("outcomes", "direction"): "decrease increase level",
    ("outcomes", "status"): "achieved expected planned",
    ("survey_questions", "answer_kind"): "single multiple top_three scale frequency number",
    ("survey_questions", "base_basis"): "stated derived",
    ("survey_results", "base_basis"): "stated derived",
    ("survey_results", "sector_group"): "all acute mhlda community all_in",
    ("survey_results", "precision"): "exact approximate bound",
    ("insights", "kind"): (
        "enabler risk opportunity practice board_question governance_model key_message"
    ),
    ("discrepancies", "kind"): "between_sources within_source arithmetic wording",
}
RESOURCES: dict[str, dict[str, Any]] = {
    r["name"]: r for r in json.loads(PACKAGE_PATH.read_text(encoding="utf-8"))["resources"]
}
FIELDS = [(name, f) for name, r in RESOURCES.items() for f in r["schema"]["fields"]]
FIELD_IDS = [f"{name}.{f['name']}" for name, f in FIELDS]


def test_the_tables_of_the_design_exist_and_no_others() -> None:
    assert list(RESOURCES) == list(DESIGN)


@pytest.mark.parametrize("table", DESIGN)
def test_table_has_the_columns_of_the_design(table: str) -> None:
    columns = [f["name"] for f in RESOURCES[table]["schema"]["fields"]]
    assert [c for c in DESIGN[table].split() if c not in columns] == []


@pytest.mark.parametrize(("table", "column"), VOCABULARIES)
def test_vocabulary_is_that_of_the_design(table: str, column: str) -> None:
    labels = package_schema().labels(table, column)
    assert set(VOCABULARIES[table, column].split()) == set(labels)


@pytest.mark.parametrize("table", ["organisations", "collaboratives", "insights"])
def test_sector_ids_are_everywhere_the_same(table: str) -> None:
    assert set(package_schema().labels(table, "sector")) == SECTORS


@pytest.mark.parametrize("name", RESOURCES)
def test_table_is_described(name: str) -> None:
    assert all(RESOURCES[name].get(part) for part in ("title", "description", "path"))
    assert RESOURCES[name]["path"] == f"tables/{name}.csv"


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=FIELD_IDS)
def test_field_has_a_title_and_a_sentence(table: str, field: dict[str, Any]) -> None:
    assert field["title"].strip(), table
    assert field["description"].endswith("."), table


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=FIELD_IDS)
def test_every_value_of_a_vocabulary_has_a_label_and_no_label_is_left_over(
    table: str, field: dict[str, Any]
) -> None:
    enumeration = field.get("constraints", {}).get("enum", [])
    assert list(field.get("enumLabels", {})) == enumeration, table
    assert all(label.strip() for label in field.get("enumLabels", {}).values())


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=FIELD_IDS)
def test_a_column_that_names_sources_refers_to_them(table: str, field: dict[str, Any]) -> None:
    if table == "sources" or field["name"] not in {"source_id", "source_ids", "other_source_ids"}:
        return
    keys = RESOURCES[table]["schema"].get("foreignKeys", [])
    single = any(k["fields"] == ["source_id"] for k in keys) and field["name"] == "source_id"
    assert single or field.get("listOf") == {"resource": "sources", "field": "source_id"}


@pytest.mark.parametrize("table", [t for t in DESIGN if t not in {"sources", "glossary"}])
def test_fact_rows_must_say_where_they_come_from(table: str) -> None:
    required = {f.name for f in package_schema().tables[table].fields if f.required}
    assert "locator" in required
    assert {"source_id", "source_ids"} & required


def test_label_of_an_empty_cell_is_not_published() -> None:
    schema = package_schema()
    assert schema.label("collaboratives", "governance_model", None) == "Not published"
    assert schema.label("collaboratives", "governance_model", "") == "Not published"
    assert schema.label("outcomes", "status", "achieved") == "Achieved"


def test_unknown_column_is_named_with_those_that_exist() -> None:
    with pytest.raises(KeyError, match="no column 'colour'; its columns are term, expansion"):
        package_schema().tables["glossary"].field("colour")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, "no such file"),
        ("{", "not JSON"),
        ("{}", "without 'resources'"),
        ('{"resources": [{"name": "a"}]}', "without 'schema'"),
    ],
)
def test_unreadable_descriptor_says_what_is_wrong(
    tmp_path: Any, text: str | None, found: str
) -> None:
    path = tmp_path / "datapackage.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=found):
        read_schema(path)


@pytest.mark.parametrize(
    "body",
    [b"[]", b'{"resources": 3}', b'{"resources": [1]}', b"{}", b"not json", b"\xff\xfe{", b""],
    ids=["list", "number", "no table", "empty", "not JSON", "not UTF-8", "nothing"],
)
def test_a_descriptor_that_is_none_is_a_data_error(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "datapackage.json"
    path.write_bytes(body)
    with pytest.raises(DataError, match=r"datapackage\.json: found"):
        read_schema(path)


def test_a_folder_is_no_descriptor(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected a data package descriptor"):
        read_schema(tmp_path)
