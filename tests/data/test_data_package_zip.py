"""The whole Atlas in one zip: valid by the Frictionless tools, and the same bytes each time."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from frictionless import Package, system

from data import Catalogue, load_catalogue
from data.package_zip import package_zip, table_csv, tables_digest
from data.schema import PACKAGE_PATH
from geo.boundaries_io import ATTRIBUTION, boundary_files


@pytest.fixture(scope="module")
def body(catalogue: Catalogue) -> bytes:
    return package_zip(catalogue, boundary_files(), ATTRIBUTION)


def test_the_zip_is_valid_by_frictionless(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "atlas.zip"
    path.write_bytes(body)
    with system.use_context(trusted=True):
        report = Package(str(path)).validate()
    assert report.valid, report.to_summary()
    assert len(report.tasks) == len(json.loads(PACKAGE_PATH.read_text())["resources"]) + len(
        boundary_files()
    )


def test_the_check_would_find_a_changed_file(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"wyaat", b"wyaax") if "footprints" in name else text)
    report = Package(str(path)).validate()
    assert not report.valid


def test_the_same_tables_give_the_same_bytes(catalogue: Catalogue, body: bytes) -> None:
    again = load_catalogue()
    assert package_zip(again, boundary_files(), ATTRIBUTION) == body
    assert tables_digest(again) == tables_digest(catalogue)


def test_other_tables_have_another_digest(catalogue: Catalogue) -> None:
    shorter = {**catalogue.frames, "glossary": catalogue.table("glossary").iloc[1:]}
    assert tables_digest(Catalogue(catalogue.schema, shorter)) != tables_digest(catalogue)


def test_tables_are_packed_as_they_stand(catalogue: Catalogue) -> None:
    """Cell by cell; of numbers, the value: ``-3.55380`` becomes ``-3.5538``."""

    def cells(text: str) -> list[list[str]]:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        numeric = {f.name for f in table.fields if f.type == "number"}
        places = [i for i, name in enumerate(rows[0]) if name in numeric]
        for row in rows[1:]:
            for i in places:
                row[i] = str(float(row[i])) if row[i] else ""
        return rows

    for name, table in catalogue.schema.tables.items():
        packed = table_csv(catalogue.table(name), table).decode("utf-8")
        disk = (PACKAGE_PATH.parent / table.path).read_text(encoding="utf-8")
        assert cells(packed) == cells(disk), name


def test_the_zip_says_what_it_is(body: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        about = archive.read("README.md").decode("utf-8")
        names = archive.namelist()
    assert names[0] == "datapackage.json"
    assert "Creative Commons Attribution 4.0" in about
    assert ATTRIBUTION in about
    assert "boundaries/icb_2026_fine.geojson" in names
