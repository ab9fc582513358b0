"""Good files: read in every form that people have, merged for one session, told apart."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from components.export.own_templates import template_csv, template_xlsx
from data import Catalogue
from data.catalogue import OWN_TIER
from data.own import Bringing, OwnData, Upload, WaveDetails, bring
from data.own.contributing import contribution
from data.own.kinds import ANSWERS, KINDS
from data.validate import validate_package

DAY = date(2026, 11, 24)
GOOD = (
    "collaborative_id,name,sector,status\n"
    "example-alliance,Example Alliance of Zürich,acute,operating\n"
)
MEMBERS = "collaborative_id,organisation_id,role\nexample-alliance,{},lead_provider\n"
AREAS = "collaborative_id,icb_code,coverage\nexample-alliance,E54000057,whole\n"
OUTCOMES = (
    "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    "example-beds,example-alliance,efficiency_and_scale,Beds saved,12.5,percent,achieved\n"
)
SHARES = (
    "question_id,option_id,sector_group,percent,count,base_n\n"
    "delegation-intent,considering,all,60,48,80\n"
    "delegation-intent,too-early,all,30,24,80\n"
    "delegation-intent,not-considering,all,10,8,80\n"
)


def taken(catalogue: Catalogue, before: OwnData | None, name: str, text: str | bytes) -> OwnData:
    data = text.encode() if isinstance(text, str) else text
    result = bring(catalogue, before, Upload(name, data), today=DAY)
    assert [str(p) for p in result.problems] == []
    assert result.data is not None
    return result.data


def trust(catalogue: Catalogue) -> str:
    return str(catalogue.table("organisations")["organisation_id"].iloc[0])


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> OwnData:
    """A collaborative with a member, a system and an outcome, and a wave in percentages."""
    data = taken(catalogue, None, "mine.csv", GOOD)
    data = taken(catalogue, data, "members.csv", MEMBERS.format(trust(catalogue)))
    data = taken(catalogue, data, "areas.csv", AREAS)
    data = taken(catalogue, data, "outcomes.csv", OUTCOMES)
    return taken(catalogue, data, "survey.csv", SHARES)


FORMS = {
    "utf-8": GOOD.encode(),
    "mark": GOOD.encode("utf-8-sig"),
    "utf-16": GOOD.encode("utf-16"),
    "windows": GOOD.encode("cp1252"),
    "semicolons": GOOD.replace(",", ";").encode(),
    "tabs": GOOD.replace(",", "\t").encode(),
    "returns": GOOD.replace("\n", "\r\n").encode(),
    "quotes": b"\n".join(
        ",".join(f'"{c}"' for c in line.split(",")).encode() for line in GOOD.splitlines()
    ),
    "title above": ("Our collaboratives,,,\n\n" + GOOD).encode(),
    "headings in words": GOOD.replace("collaborative_id,name", "Collaborative id, NAME ").encode(),
    "label": GOOD.replace(",acute,", ",Acute,").encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_csv_file_is_read_in_every_form_that_people_have(catalogue: Catalogue, form: str) -> None:
    data = taken(catalogue, None, "collaboratives.csv", FORMS[form])
    row = data.catalogue.row("collaboratives", "example-alliance")
    assert row["name"] == "Example Alliance of Zürich (your own)"
    assert row["sector"] == "acute"


def test_rows_of_a_problem_are_those_of_the_spreadsheet(catalogue: Catalogue) -> None:
    text = (
        'Title,,,\n\ncollaborative_id,name,sector,status\na-b,"two\nlines",acute,planned\n\n,x,,\n'
    )
    result = bring(catalogue, None, Upload("mine.csv", text.encode()))
    assert {p.row for p in result.problems} == {6}
    assert {p.column for p in result.problems} == {"collaborative_id", "sector", "status"}


def test_a_workbook_is_read_as_its_person_sees_it(catalogue: Catalogue) -> None:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    sheet = book.create_sheet("Outcomes")
    sheet.append(["Our results"])
    sheet.append([])
    sheet.append(["outcome_id", "collaborative_id", "benefit", "metric", "value", "unit", "status",
                  "as_of"])  # fmt: skip
    sheet.append(["a-b", "wyaat", "Efficiency and scale", "Beds", 0.125, "percent", "achieved",
                  date(2024, 5, 1)])  # fmt: skip
    sheet["E4"].number_format = "0.0%"
    notes = book.create_sheet("Read me")
    notes.append(["Nothing to read here"])
    body = io.BytesIO()
    book.save(body)
    data = taken(catalogue, None, "results.xlsx", body.getvalue())
    row = data.catalogue.row("outcomes", "a-b")
    assert float(row["value"]) == 12.5
    assert (row["as_of"], row["as_of_basis"]) == ("2024-05-01", "published")
    assert row["locator"] == "Sheet Outcomes, row 4"


def test_the_shared_catalogue_is_left_as_it_is(catalogue: Catalogue, own: OwnData) -> None:
    assert catalogue.own == {}
    assert "example-alliance" not in set(catalogue.table("collaboratives")["collaborative_id"])
    assert OWN_TIER not in catalogue.known_values["tier"]
    assert OWN_TIER in own.catalogue.known_values["tier"]
    assert "example-alliance" in own.catalogue.known_values["collaborative"]


def test_no_curated_source_is_somebodys_own_file(catalogue: Catalogue) -> None:
    assert OWN_TIER not in set(catalogue.table("sources")["tier"])


def test_own_rows_are_told_apart_by_key_source_and_name(own: OwnData) -> None:
    tables = own.catalogue
    assert tables.own["collaboratives"] == {("example-alliance",)}
    assert tables.own["footprints"] == {("example-alliance", "E54000057")}
    assert tables.own_sources == {f"own-file-{n}" for n in range(1, 6)}
    for name, keys in tables.own.items():
        frame, key = tables.table(name), list(tables.schema.tables[name].primary_key)
        mine = frame[[k in keys for k in frame[key].astype(str).itertuples(index=False, name=None)]]
        assert len(mine) == len(keys), name
        assert set(mine["source_id"]) <= tables.own_sources, name
    assert tables.row("outcomes", "example-beds")["metric"] == "Beds saved (your own)"


def test_a_row_that_the_atlas_has_word_for_word_is_left_out(catalogue: Catalogue) -> None:
    curated = catalogue.table("outcomes").head(3).to_csv(index=False)
    text = curated + "own-one" + curated.splitlines()[1][curated.splitlines()[1].index(",") :]
    result = bring(catalogue, None, Upload("outcomes.csv", text.encode()))
    assert [str(p) for p in result.problems] == []
    assert result.data is not None
    assert result.data.files[0].rows == {"outcomes": 1}
    assert "3 rows are there already" in result.notes[0]


def test_an_id_of_the_atlas_is_not_replaced(catalogue: Catalogue) -> None:
    text = "collaborative_id,name,sector,status\nwyaat,Mine,acute,operating\n"
    result = bring(catalogue, None, Upload("mine.csv", text.encode()))
    assert [p.found for p in result.problems] == ["'wyaat', which the Atlas has already"]
    assert "not replaced" in result.problems[0].action


def test_a_slip_is_answered_with_the_word_that_was_meant(catalogue: Catalogue) -> None:
    text = "collaborative_id,icb_code,coverage\nwyaatt,E54000057,whole\n"
    result = bring(catalogue, None, Upload("mine.csv", text.encode()))
    assert [p.action[:20] for p in result.problems] == ["Did you mean wyaat? "]


def filled(catalogue: Catalogue, kind: str) -> Bringing:
    """The CSV template of a kind with one row, of required cells only."""
    lines = list(csv.reader(io.StringIO(template_csv(catalogue, kind).decode("utf-8-sig"))))
    cells = {
        "collaborative_id": "example-alliance" if kind == "collaboratives" else "wyaat",
        "organisation_id": "example-trust" if kind == "organisations" else trust(catalogue),
        "icb_code": "E54000057" if kind == "footprints" else "", "coverage": "part",
        "outcome_id": "a-b", "priority_id": "a-b", "benefit": "health_inequalities",
        "metric": "Better", "status": "planned" if kind == "outcomes" else "operating",
        "sector": "acute", "name": "Example", "kind": "nhs_trust", "priority": "Beds",
        "theme": "workforce",
    }  # fmt: skip
    if kind == "survey_results":
        place = lines[0].index("percent"), lines[0].index("base_n")
        for line in lines[1:4]:
            line[place[0]], line[place[1]] = "50", "40"
    elif kind == ANSWERS:
        lines += [["acute", *(["other"] * (len(lines[0]) - 1))] for _ in range(9)]
        number = lines[0].index("funded-posts")
        for line in lines[1:]:
            line[number] = "4"
    else:
        pair = ["collaborative_id", "organisation_id"]
        members = catalogue.table("memberships")[pair]
        known = set(members.itertuples(index=False, name=None))
        if kind == "memberships":
            free = [o for o in catalogue.table("organisations")["organisation_id"]
                    if ("wyaat", o) not in known]  # fmt: skip
            cells["organisation_id"] = free[0]
        lines.append([cells.get(c, "") for c in lines[0]])
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return bring(catalogue, None, Upload(f"{kind}.csv", text.getvalue().encode()), today=DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_that_is_filled_in_is_taken(catalogue: Catalogue, kind: str) -> None:
    result = filled(catalogue, kind)
    assert [str(p) for p in result.problems] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_for_excel_explains_every_heading(catalogue: Catalogue, kind: str) -> None:
    book = load_workbook(io.BytesIO(template_xlsx(catalogue, kind)))
    assert book.sheetnames == [kind, "Read me"]
    heads = [c.value for c in book[kind][1]]
    explained = [row[0].value for row in book["Read me"].iter_rows(min_row=5)]
    assert explained == heads
    if kind == "survey_results":
        asked = set(catalogue.table("survey_results")["option_id"])
        place = heads.index("option_id")
        assert {row[place].value for row in book[kind].iter_rows(min_row=2)} == asked


def test_a_contribution_is_a_package_that_frictionless_accepts(
    catalogue: Catalogue, own: OwnData, tmp_path: Path
) -> None:
    with zipfile.ZipFile(io.BytesIO(contribution(own))) as archive:
        archive.extractall(tmp_path)
    assert validate_package(tmp_path / "datapackage.json") == []
    rows = list(csv.reader((tmp_path / "tables" / "outcomes.csv").open(encoding="utf-8")))
    assert tuple(rows[0]) == catalogue.schema.tables["outcomes"].columns
    assert rows[1][4] == "Beds saved"
    assert "own_file" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["resources"]


def test_a_contribution_can_be_brought_again(catalogue: Catalogue, own: OwnData) -> None:
    again = taken(catalogue, None, "contribution.zip", contribution(own))
    assert again.catalogue.own["outcomes"] == own.catalogue.own["outcomes"]


def test_details_of_a_wave_are_those_that_were_given(catalogue: Catalogue) -> None:
    details = WaveDetails("Spring 2026", "March 2026", 90, 110)
    result = bring(catalogue, None, Upload("survey.csv", SHARES.encode()), details=details)
    assert result.data is not None
    wave = result.data.catalogue.row("survey_waves", "own-spring-2026")
    assert (wave["title"], wave["responses"]) == ("Spring 2026 (your own)", 90)
    assert (wave["fieldwork"], wave["population_estimate"]) == ("March 2026", 110)
