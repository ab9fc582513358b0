"""From any row to its source, what contradicts it, and what hangs on it."""

import re

import pandas as pd
import pytest

from data import Catalogue
from data.lineage import _discrepancies, known, lineage, names_of, refs_of
from data.own import Upload, bring


def test_every_row_of_every_table_has_a_reference_of_its_own(catalogue: Catalogue) -> None:
    refs = [r for name in catalogue.frames for r in refs_of(catalogue, name, catalogue.table(name))]
    assert len(refs) == len(set(refs)) == sum(len(f) for f in catalogue.frames.values())
    assert all(known(catalogue, ref) for ref in refs)


@pytest.mark.parametrize("table", ["outcomes", "survey_results", "memberships", "insights"])
def test_a_row_leads_to_its_source_and_the_place_in_it(catalogue: Catalogue, table: str) -> None:
    rows = catalogue.table(table).iloc[::25]
    for ref, row in zip(refs_of(catalogue, table, rows), rows.to_dict("records"), strict=True):
        first = lineage(catalogue, ref).citations[0]
        assert first.source_id == row["source_id"]
        assert first.locators == ((row["locator"],) if pd.notna(row["locator"]) else ())


def test_every_discrepancy_with_a_subject_is_told_of_it(catalogue: Catalogue) -> None:
    register = catalogue.table("discrepancies")
    subjects = register[register["subject_id"].notna()]
    told = {
        d["discrepancy_id"]
        for name in subjects["subject_table"].unique()
        for row in catalogue.table(name).to_dict("records")
        for d in _discrepancies(catalogue, name, {str(k): v for k, v in row.items()})
    }
    assert set(subjects["discrepancy_id"]) - told == set()


def test_an_outcome_names_its_collaborative_which_is_named_by_it(catalogue: Catalogue) -> None:
    mine = lineage(catalogue, "outcomes/slp-forensic-out-of-area")
    [tie] = [t for t in mine.named if t.table == "collaboratives"]
    back = lineage(catalogue, tie.refs[0])
    assert mine.ref in {ref for t in back.naming if t.table == "outcomes" for ref in t.refs}


def test_a_reference_that_does_not_exist_says_what_is_expected(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="expected a table and a key, such as"):
        lineage(catalogue, "outcomes/nothing")


def test_every_row_of_every_table_is_called_by_names_and_not_by_ids(catalogue: Catalogue) -> None:
    for table, schema in catalogue.schema.tables.items():
        rows = catalogue.table(table)
        names = names_of(catalogue, table, rows)
        ids = [f.name for f in schema.fields if f.name.endswith(("_id", "_code"))]
        for row, name in zip(rows.to_dict("records"), names, strict=True):
            # An id of one plain word may be a word of the name as well.
            keys = [row[c] for c in ids if isinstance(row[c], str) and re.search(r"[-\d]", row[c])]
            assert name.strip(), table
            assert not [k for k in keys if re.search(rf"\b{re.escape(k)}\b", name)], name
        assert len(set(names)) > 0.99 * len(names), table


def test_a_row_of_an_own_wave_is_part_of_no_disagreement_of_the_survey(
    catalogue: Catalogue,
) -> None:
    results = "question_id,option_id,sector_group,percent,count,base_n\n"
    body = (results + "delegation-intent,considering,all,60,48,80\n").encode()
    data = bring(catalogue, None, Upload("survey.csv", body)).data
    assert data is not None
    curated = "survey_results/nov-2022~delegation-intent~considering~all"
    own = "survey_results/own-your-survey~delegation-intent~considering~all"
    assert lineage(data.catalogue, curated).discrepancies
    assert lineage(data.catalogue, own).discrepancies == ()
