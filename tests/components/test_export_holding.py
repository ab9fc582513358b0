"""Files of any exhibit and any table: typed, described, harmless and complete."""

import io
import json
from collections.abc import Callable
from datetime import date

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
from openpyxl import Workbook, load_workbook

from components.exhibits import REGISTRY
from components.export import columnar, geographic, signed, workbook
from components.export.holding import LICENCE, Holding, of_exhibit, of_table, table_filters
from data import Catalogue, Selection
from geo.boundaries_io import attribution
from server.api_answer import json_bytes
from server.api_resource import records
from tests.components.conftest import Build

DAY = "2026-11-24"
CHOSEN = {
    "compare-collaboratives": Selection(collaborative=("wyaat", "acute-hospitals-alliance")),
    "compare-systems": Selection(icb=("E54000008", "E54000054")),
    "system-map": Selection(icb=("E54000008",)),
    "collaborative-footprint": Selection(collaborative=("wyaat",)),
}
MAPS = ("footprint-map", "evidence-hexmap", "system-map", "collaborative-footprint")

Take = Callable[..., Holding]


@pytest.fixture(scope="module")
def take(catalogue: Catalogue, build: Build) -> Take:
    def taken(exhibit_id: str, selection: Selection | None = None) -> Holding:
        exhibit = REGISTRY[exhibit_id]
        chosen = selection or CHOSEN.get(exhibit_id, Selection())
        built = build(exhibit_id, chosen)
        return of_exhibit(catalogue, exhibit, built, chosen, taken_on=DAY, address="http://a/")

    return taken


def opened(body: bytes) -> Workbook:
    return load_workbook(io.BytesIO(body))


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_every_exhibit_leaves_as_parquet_and_workbook_with_all_its_rows(
    take: Take, exhibit_id: str
) -> None:
    holding = take(exhibit_id)
    back = pd.read_parquet(io.BytesIO(columnar.to_parquet(holding)))
    assert list(back.columns) == [str(c) for c in holding.frame.columns]
    assert len(back) == len(holding.frame)
    assert int(back.isna().to_numpy().sum()) == int(holding.frame.isna().to_numpy().sum())
    # Long ones take long; of maps, which share their rows, some are opened again.
    if len(holding.frame) <= 60 or exhibit_id in MAPS:
        book = load_workbook(io.BytesIO(workbook.to_xlsx(holding)), read_only=True)
        assert book.sheetnames == ["Rows", "Notes", "Sources", "Columns"]
        assert book["Rows"].max_row == len(holding.frame) + 1
        assert book["Sources"].max_row == len(holding.citations) + 1
        assert book["Columns"].max_row == len(holding.frame.columns) + 1
    rows = pd.read_csv(io.BytesIO(signed.to_signed_csv(holding)))
    assert list(rows.columns[-4:]) == list(signed.SIGNED)
    assert len(rows) == len(holding.frame)
    assert len(json.loads(json_bytes(records(holding.frame)))) == len(holding.frame)
    if "source_id" in holding.frame and len(rows):
        assert rows["row_source"].notna().all()


def test_every_table_leaves_with_its_own_types(catalogue: Catalogue) -> None:
    for name in catalogue.frames:
        holding = of_table(catalogue, name, catalogue.table(name), taken_on=DAY)
        schema = pq.read_schema(io.BytesIO(columnar.to_parquet(holding)))
        for field in catalogue.schema.tables[name].fields:
            kind = str(schema.field(field.name).type)
            wanted = {"Int64": "int64", "Float64": "double", "boolean": "bool"}
            assert kind == wanted.get(field.dtype, kind), (name, field.name)
            assert field.dtype != "string" or kind in {"string", "large_string"}


def test_cells_of_a_workbook_are_typed_and_missing_ones_are_empty(take: Take) -> None:
    sheet = opened(workbook.to_xlsx(take("procurement-savings")))["Rows"]
    header = [c.value for c in sheet[1]]
    value = sheet.cell(2, header.index("value") + 1)
    assert value.data_type == "n"
    assert isinstance(value.value, int | float)
    shown = sheet.cell(2, header.index("is_shown") + 1)
    assert shown.value is True
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_a_workbook_says_what_it_holds(take: Take) -> None:
    holding = take("delegation-intent", Selection(sector=("acute",), icb=("E54000008",)))
    notes = opened(workbook.to_xlsx(holding))["Notes"]
    said = {row[0]: row[1] for row in notes.iter_rows(min_row=2, values_only=True)}
    exhibit = REGISTRY["delegation-intent"]
    assert said["Title"] == exhibit.title
    assert said["Question"] == exhibit.question
    assert said["Filters"] == "Sector: Acute", "the system filter does not reach this exhibit"
    assert said["Taken on"] == DAY
    assert said["Licence"] == LICENCE
    assert said["Base"]
    assert any(row[0] == "Caveat" for row in notes.iter_rows(values_only=True))


def test_a_workbook_runs_nothing(catalogue: Catalogue) -> None:
    frame = pd.DataFrame(
        {"=1+1": ['=HYPERLINK("x")', "+1-1", "-2.5", "a\x00b"], "n": [-1, 2, 3, 4]}
    )
    holding = of_table(catalogue, "glossary", frame, taken_on=DAY)
    sheet = opened(workbook.to_xlsx(holding))["Rows"]
    cells = [c for line in sheet.iter_rows() for c in line]
    assert {c.data_type for c in cells} == {"s", "n"}
    assert [c.value for c in sheet["A"]] == ["'=1+1", '\'=HYPERLINK("x")', "'+1-1", "-2.5", "ab"]
    assert sheet["B2"].value == -1


def test_parquet_carries_title_filters_sources_licence_and_date(take: Take) -> None:
    holding = take("delegation-intent", Selection(sector=("acute",)))
    meta = pq.read_schema(io.BytesIO(columnar.to_parquet(holding))).metadata
    said = json.loads(meta[columnar.METADATA_KEY])
    assert said["title"] == holding.title
    assert said["filters"] == {"Sector": "Acute"}
    assert said["taken_on"] == DAY
    assert said["licence"].startswith("Creative Commons")
    assert [s["source_id"] for s in said["sources"]] == [c.source_id for c in holding.citations]


def test_rows_of_csv_say_where_they_are_from(take: Take) -> None:
    holding = take("delegation-intent", Selection(sector=("acute",)))
    row = pd.read_csv(io.BytesIO(signed.to_signed_csv(holding))).iloc[0]
    assert holding.citations[0].plain in row["row_source"]
    assert "filters: Sector: Acute" in row["taken_from"]
    assert row["taken_on"] == date.fromisoformat(DAY).isoformat()


@pytest.mark.parametrize("exhibit_id", MAPS)
def test_a_map_leaves_as_areas_with_values_by_vintage(take: Take, exhibit_id: str) -> None:
    for vintage, count in (("2023", 42), ("2026", 36)):
        chosen = CHOSEN.get(exhibit_id, Selection())
        if "vintage" not in REGISTRY[exhibit_id].responds_to and vintage == "2026":
            continue
        holding = take(exhibit_id, Selection(
            icb=chosen.icb, collaborative=chosen.collaborative, vintage=vintage
        ))  # fmt: skip
        document = json.loads(geographic.to_geojson(holding))
        assert document["attribution"] == attribution("icb", vintage)
        assert document["atlas_taken_on"] == DAY
        frame = gpd.GeoDataFrame.from_features(document["features"], crs="EPSG:4326")
        assert len(frame) == count
        assert frame["area_id"].is_unique
        assert frame.geometry.is_valid.all()
        assert set(frame["says"]) == {a.summary for a in holding.picture.areas}  # type: ignore[union-attr]


def test_numbers_on_the_areas_are_those_of_the_rows(take: Take) -> None:
    holding = take("footprint-map")
    frame = geographic.areas(holding).set_index("area_id")
    counted = holding.frame.groupby("icb_code")["name"].nunique()
    assert frame["collaboratives"].to_dict() == {
        code: int(counted.get(code, 0)) for code in frame.index
    }


def test_a_geopackage_has_layers_rows_notes_and_sources(take: Take) -> None:
    holding = take("footprint-map")
    body = geographic.to_gpkg(holding)
    layers = dict(pyogrio.list_layers(io.BytesIO(body)))
    assert layers == {
        "areas": "MultiPolygon", "members": "Point", "rows": None, "notes": None, "sources": None,
    }  # fmt: skip
    said = pyogrio.read_info(io.BytesIO(body), layer="areas")["dataset_metadata"]
    assert said["attribution"] == attribution("icb", "2023")
    rows = pyogrio.read_dataframe(io.BytesIO(body), layer="rows")
    assert len(rows) == len(holding.frame)
    assert len(pyogrio.read_dataframe(io.BytesIO(body), layer="areas")) == 42
    assert geographic.to_gpkg(holding) == body, "equal rows give equal bytes"


def test_what_is_no_map_has_no_shapes(take: Take) -> None:
    holding = take("delegation-intent")
    with pytest.raises(ValueError, match="expected a map, found 'delegation-intent'"):
        geographic.to_geojson(holding)


def test_filters_of_a_table_are_told_in_words(catalogue: Catalogue) -> None:
    words = table_filters(catalogue, Selection(sector=("acute", "mhlda"), region=("E40000003",)))
    assert dict(words)["Region"] == "London"
    assert dict(words)["Sector"].startswith("Acute, ")
