"""What docs/api.md shows is run as it stands, against a server on this machine."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from data import Catalogue
from data.selection import Selection
from data.table_filters import table_rows
from server import api
from server.api_ask import DIMENSIONS

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- run -->\n```python\n(.*?)```", TEXT, re.DOTALL)
PANDAS, DUCKDB, MAP = SHOWN


def run(code: str, base: str) -> str:
    """Run three lines that were shown; what they print."""
    assert len(code.splitlines()) == 3
    assert "http://127.0.0.1:8501" in code
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code.replace("http://127.0.0.1:8501", base), {})
    return said.getvalue()


def test_three_lines_with_pandas(
    served: str, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    said = run(PANDAS, served)
    rows = table_rows(catalogue, "outcomes", Selection(sector=("acute",), status=("achieved",)))
    for benefit, count in rows.groupby("benefit").size().items():
        assert re.search(rf"{benefit} +{count}\n", said)


def test_three_lines_with_duckdb(
    served: str, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    said = run(DUCKDB, served)
    for status, rows in catalogue.table("outcomes").groupby("status"):
        assert re.search(rf"{status} +│ +{len(rows)} +│ +{rows['value'].notna().sum()} ", said)


def test_three_lines_with_a_map(
    served: str, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    said = run(MAP, served)
    london = catalogue.table("icbs").query("region == 'London'")["short_name"]
    assert len(london) == 5
    assert all(name in said for name in london)


def test_every_address_and_every_filter_is_documented() -> None:
    for resource in api.RESOURCES:
        assert f"/api/v1{resource.path}" in TEXT, resource.id
    for dimension in DIMENSIONS:
        assert f"`{dimension}`" in TEXT, dimension


def test_the_page_shows_the_same_lines_and_every_address() -> None:
    words = Path(__file__).parents[2] / "components" / "text"
    lines = (words / "interface-lines.md").read_text(encoding="utf-8")
    shown = re.findall(r"```python\n(.*?)```", lines, re.DOTALL)
    assert [s.replace("{address}", "http://127.0.0.1:8501/") for s in shown] == [PANDAS, DUCKDB]
    places = (words / "interface-places.md").read_text(encoding="utf-8")
    tops = {r.path.split("/")[1] for r in api.RESOURCES if r.path} - {"health"}
    assert {t for t in tops if f"api/v1/{t}" not in places} == set()
