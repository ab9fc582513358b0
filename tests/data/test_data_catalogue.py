"""One catalogue per process: nothing changes it, and a broken file does not take it down."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from data import Catalogue, CatalogueStore, DataError, load_catalogue
from data.schema import PACKAGE_PATH


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package that a test may damage."""
    shutil.copy(PACKAGE_PATH, tmp_path)
    shutil.copytree(PACKAGE_PATH.parent / "tables", tmp_path / "tables")
    return tmp_path / PACKAGE_PATH.name


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    # Two edits within the clock's tick must not look like none.
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))


def test_every_table_of_the_schema_is_loaded_with_its_columns(catalogue: Catalogue) -> None:
    assert list(catalogue.frames) == list(catalogue.schema.tables)
    for name, schema in catalogue.schema.tables.items():
        assert tuple(catalogue.table(name).columns) == schema.columns


def test_columns_have_types_in_which_missing_is_not_zero(catalogue: Catalogue) -> None:
    results = catalogue.table("survey_results").dtypes
    assert {str(results[c]) for c in ("percent", "count")} == {"Float64"}
    assert str(results["base_n"]) == "Int64"
    outcomes = catalogue.table("outcomes").dtypes
    assert {str(outcomes[c]) for c in ("is_quantified", "is_shown")} == {"boolean"}
    assert catalogue.table("survey_results")["percent"].isna().any()


def test_the_word_none_in_a_cell_stays_a_word(catalogue: Catalogue) -> None:
    assert "none" in set(catalogue.table("survey_results")["option_id"])


@pytest.mark.parametrize("name", ["outcomes", "survey_results"])
def test_a_table_handed_out_can_be_changed_without_changing_the_catalogue(
    catalogue: Catalogue, name: str
) -> None:
    before = catalogue.table(name).copy(deep=True)
    mine = catalogue.table(name)
    mine.loc[0, "source_id"] = "changed"
    mine["locator"] = "changed"
    mine.iloc[1, 0] = "changed"
    mine["extra"] = 1
    pd.testing.assert_frame_equal(catalogue.table(name), before)


def test_a_row_handed_out_can_be_changed_without_changing_the_catalogue(
    catalogue: Catalogue,
) -> None:
    row = catalogue.row("sources", "survey-2022")
    row["title"] = "changed"
    assert catalogue.row("sources", "survey-2022")["title"] != "changed"


def test_the_lists_of_the_catalogue_cannot_be_changed(catalogue: Catalogue) -> None:
    for mapping in (
        catalogue.frames, catalogue.regions, catalogue.icb_names, catalogue.collaborative_names,
        catalogue.known_values,
    ):  # fmt: skip
        with pytest.raises(TypeError):
            mapping["new"] = ()  # type: ignore[index]


def test_unknown_table_and_row_are_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="no table 'ghosts'; the tables are sources"):
        catalogue.table("ghosts")
    with pytest.raises(KeyError, match="icbs has no row with icb_code 'E54000099'"):
        catalogue.row("icbs", "E54000099")


def test_names_for_choices_cover_every_row(catalogue: Catalogue) -> None:
    assert len(catalogue.regions) == 7
    assert len(catalogue.icb_names) == 42
    assert len(catalogue.collaborative_names) == len(catalogue.table("collaboratives"))


def test_loading_invalid_tables_carries_every_problem(package: Path) -> None:
    replace_in(package.parent / "tables" / "outcomes.csv", ",achieved,", ",done,")
    replace_in(package.parent / "tables" / "footprints.csv", ",whole,", ",most,")
    with pytest.raises(DataError) as caught:
        load_catalogue(package)
    assert {p.file for p in caught.value.problems} == {
        "tables/footprints.csv",
        "tables/outcomes.csv",
    }
    assert "2 problems in the tables" in str(caught.value)


def test_the_store_hands_out_the_same_catalogue_while_no_file_changes(package: Path) -> None:
    store = CatalogueStore(package, every_s=0)
    assert store.get()[0] is store.get()[0]
    assert store.get()[1] == ()


def test_the_store_looks_at_the_files_no_more_often_than_it_was_told(package: Path) -> None:
    store = CatalogueStore(package, every_s=3600)
    good, _ = store.get()
    replace_in(package.parent / "tables" / "glossary.csv", "term,expansion", "word,expansion")
    assert store.get() == (good, ())


def test_the_store_keeps_the_last_good_catalogue_and_recovers(package: Path) -> None:
    store = CatalogueStore(package, every_s=0)
    good, _ = store.get()
    glossary = package.parent / "tables" / "glossary.csv"
    text = glossary.read_text(encoding="utf-8")

    replace_in(glossary, "term,expansion", "word,expansion")
    kept, problems = store.get()
    assert kept is good
    assert {p.file for p in problems} == {"tables/glossary.csv"}
    assert store.get() == (good, problems)

    first = text.splitlines()[1]
    replace_in(glossary, "word,expansion", "term,expansion")
    replace_in(glossary, first, "Mended,,A term that was added.,,")
    mended, problems = store.get()
    assert mended is not good
    assert problems == ()
    assert "Mended" in set(mended.table("glossary")["term"])


def test_the_store_keeps_the_last_good_catalogue_while_a_file_is_away(package: Path) -> None:
    store = CatalogueStore(package, every_s=0)
    good, _ = store.get()
    (package.parent / "tables" / "icbs.csv").rename(package.parent / "icbs.away")
    kept, problems = store.get()
    assert kept is good
    assert [(p.file, p.found) for p in problems] == [("tables/icbs.csv", "no file")]


def test_the_store_keeps_the_last_good_catalogue_while_the_descriptor_is_broken(
    package: Path,
) -> None:
    store = CatalogueStore(package, every_s=0)
    good, _ = store.get()
    replace_in(package, "{", "")
    kept, problems = store.get()
    assert kept is good
    assert [p.file for p in problems] == ["datapackage.json"]


def test_the_store_without_any_valid_catalogue_says_so(package: Path) -> None:
    replace_in(package.parent / "tables" / "glossary.csv", "term,expansion", "word,expansion")
    store = CatalogueStore(package, every_s=0)
    for _ in range(2):
        with pytest.raises(DataError, match=r"tables/glossary\.csv, row 1, column term"):
            store.get()
    replace_in(package.parent / "tables" / "glossary.csv", "word,expansion", "term,expansion")
    assert store.get()[1] == ()
