"""Every table, cell by cell: what holds for all of them alike."""

import csv
import re
from functools import cache

import pytest

from data.schema import PACKAGE_PATH, package_schema
from data.validate import validate_package

TABLES = package_schema().tables
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def rows_of(name: str) -> tuple[tuple[str, ...], ...]:
    path = PACKAGE_PATH.parent / TABLES[name].path
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(tuple(row) for row in csv.reader(handle))


def cells_of(name: str, column: str) -> list[str]:
    at = rows_of(name)[0].index(column)
    return [row[at] for row in rows_of(name)[1:]]


def test_every_table_is_valid() -> None:
    assert validate_package() == []


def test_every_file_has_a_schema() -> None:
    files = {p.name for p in (PACKAGE_PATH.parent / "tables").iterdir()}
    assert files == {f"{name}.csv" for name in TABLES}


@pytest.mark.parametrize("name", TABLES)
def test_header_is_that_of_the_schema(name: str) -> None:
    assert rows_of(name)[0] == TABLES[name].columns


@pytest.mark.parametrize("name", TABLES)
def test_table_has_rows(name: str) -> None:
    assert len(rows_of(name)) > 1


@pytest.mark.parametrize("name", TABLES)
def test_ids_are_unique(name: str) -> None:
    keys = list(zip(*(cells_of(name, c) for c in TABLES[name].primary_key), strict=True))
    assert sorted(k for k in set(keys) if keys.count(k) > 1) == []


@pytest.mark.parametrize(
    "name", [t for t in TABLES if t not in {"organisations", "icbs", "icbs_2026"}]
)
def test_own_ids_are_lower_case_slugs(name: str) -> None:
    own = [c for c in TABLES[name].primary_key if c.endswith("_id") and c != "organisation_id"]
    assert [v for c in own for v in cells_of(name, c) if not SLUG.fullmatch(v)] == []


@pytest.mark.parametrize("name", [t for t in TABLES if t not in {"sources", "glossary"}])
def test_every_fact_row_says_where_it_comes_from(name: str) -> None:
    source = "source_id" if "source_id" in TABLES[name].columns else "source_ids"
    places = zip(cells_of(name, source), cells_of(name, "locator"), strict=True)
    assert [n for n, place in enumerate(places, start=2) if not all(place)] == []


def test_a_term_of_the_glossary_that_has_a_source_has_its_place_there() -> None:
    # A method of the Atlas itself has a place without a source: tests/components/test_text_method.
    places = zip(cells_of("glossary", "source_id"), cells_of("glossary", "locator"), strict=True)
    assert [n for n, (source, place) in enumerate(places, start=2) if source and not place] == []


@pytest.mark.parametrize("name", TABLES)
def test_text_has_no_stray_white_space(name: str) -> None:
    stray = re.compile(r"^\s|\s$|\s\s|[^\S ]|[\x00-\x1f\x7f\u00ad\u200b\ufeff]")
    found = [(n, c) for n, row in enumerate(rows_of(name), start=1) for c in row if stray.search(c)]
    assert found == []


@pytest.mark.parametrize("name", TABLES)
def test_text_was_not_garbled_on_the_way(name: str) -> None:
    garbled = re.compile(r"�|Ã.|â€|Â[£©–]|&(amp|nbsp|quot|#\d+);")
    found = [
        (n, c) for n, row in enumerate(rows_of(name), start=1) for c in row if garbled.search(c)
    ]
    assert found == []


@pytest.mark.parametrize("name", TABLES)
def test_missing_values_are_empty_cells(name: str) -> None:
    words = {"n/a", "na", "nan", "none", "null", "-", "–", "unknown", "tbc", "?", "not stated"}
    columns = [c for c in TABLES[name].columns if not c.endswith("_id")]
    assert [c for c in columns if words & {v.lower() for v in cells_of(name, c)}] == []


@pytest.mark.parametrize("name", TABLES)
def test_items_of_a_list_cell_are_single_and_clean(name: str) -> None:
    lists = [c for c in TABLES[name].columns if c in {"aliases", "source_ids", "other_source_ids"}]
    for column in lists:
        for cell in filter(None, cells_of(name, column)):
            items = [item.strip() for item in cell.split(";")]
            assert all(items), cell
            assert len(items) == len(set(items)), cell


@pytest.mark.parametrize("name", [t for t in TABLES if "other_source_ids" in TABLES[t].columns])
def test_other_sources_do_not_name_the_source_again(name: str) -> None:
    pairs = zip(cells_of(name, "source_id"), cells_of(name, "other_source_ids"), strict=True)
    assert [source for source, others in pairs if source in others.split(";")] == []


@pytest.mark.parametrize("name", TABLES)
def test_file_ends_with_one_line_break_and_uses_unix_line_ends(name: str) -> None:
    raw = (PACKAGE_PATH.parent / TABLES[name].path).read_bytes()
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")
    assert b"\r" not in raw
