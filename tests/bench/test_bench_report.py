import json
import math
from pathlib import Path

import pytest

from bench.load import Level, Load
from bench.measure import Change, PageReport, Soak
from bench.pages import PageSpec
from bench.report import (
    BEGIN,
    END,
    Results,
    as_json,
    cost_table,
    load_table,
    misses,
    number,
    put_into,
    render,
    summary,
    table,
)


def change(n_bytes: int, *, changed: bool, expected: bool | None = None) -> Change:
    return Change(
        query="sector=mhlda",
        n_bytes=n_bytes,
        wire_bytes=n_bytes // 3,
        map_bytes=0,
        map_changed=changed,
        expected_to_move=changed if expected is None else expected,
        applied_by="widgets",
        largest=("map", n_bytes),
    )


def report(title: str = "Footprints", cpu_ms: float = 20.0) -> PageReport:
    found = PageReport(PageSpec("footprints", title), script_ms=8.25, cpu_ms=cpu_ms)
    found.has_map = True
    found.first_view_bytes = 250_000
    found.first_view_wire = 80_000
    found.changes = [change(4_000, changed=False), change(90_000, changed=True)]
    found.loads = [load(200, [0.1] * 95 + [0.4] * 5)]
    return found


def load(sessions: int, latencies: list[float]) -> Load:
    return Load(
        Level(sessions, 10, 5),
        latencies=latencies,
        elapsed_seconds=10,
        server_cpu_seconds=5,
        rss_before=200_000_000,
        rss_after=210_000_000,
    )


def test_number_writes_a_dash_for_what_was_not_measured() -> None:
    assert number(math.nan) == "–"
    assert number(1234.56, 1) == "1,234.6"


def test_table_is_aligned_markdown() -> None:
    assert table(("Page", "kB"), [("A", "5"), ("Longer", "1,000")]).splitlines() == [
        "| Page   |    kB |",
        "| ------ | ----: |",
        "| A      |     5 |",
        "| Longer | 1,000 |",
    ]


def test_cost_table_says_share_of_naive_and_both_kinds_of_change() -> None:
    line = cost_table([report()], naive_cpu_ms=80).splitlines()[-1]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    sizes = ["250.0", "4.0 / 4.0", "90.0 / 90.0", "80.0 / 30.0"]
    assert cells == ["Footprints", "8.2", "20.0", "25 %", *sizes]


def test_script_time_seen_by_the_client_is_marked() -> None:
    seen = report()
    seen.script_source = "client"
    assert "~8.2" in cost_table([seen], 80)


def test_load_table_counts_what_was_given_up_as_unanswered() -> None:
    loaded = load(200, [1.0, 60.0])
    loaded.given_up = 1
    loaded.errors = ["no answer within 60 s"]
    page = report()
    page.loads = [loaded]
    cells = [cell.strip() for cell in load_table([page]).splitlines()[-1].strip("|").split("|")]
    assert cells[1:9] == ["200", "think 5 s", "1", "0.1", "1,000", "60,000", "60,000", "1"]


def test_page_within_every_aim_misses_none() -> None:
    assert misses(report(), naive_cpu_ms=80) == []


def test_each_missed_aim_is_named_with_its_figure() -> None:
    page = report(cpu_ms=60)
    page.first_view_bytes = 500_000
    page.changes = [change(30_000, changed=False), change(200_000, changed=True)]
    page.loads = [load(200, [0.8] * 10)]
    page.problems = ["KeyError: 'sector'"]
    assert misses(page, naive_cpu_ms=80) == [
        "CPU 75 % of the naive floor's (aim: under 50 %)",
        "first view 500 kB (aim: under 400)",
        "filter change with the map kept 30 kB (aim: under 20)",
        "filter change with the map changed 200 kB (aim: under 150)",
        "p95 0.80 s with 200 sessions (aim: under 0.5 s)",
        "errors on the page or the connection: KeyError: 'sector'",
    ]


def test_change_that_does_not_do_what_it_was_listed_for_is_told() -> None:
    page = report()
    page.changes = [
        change(90_000, changed=True, expected=False),
        change(900, changed=False, expected=True),
    ]
    assert page.warnings() == [
        "Footprints: ?sector=mhlda was to leave the map, but did not",
        "Footprints: ?sector=mhlda was to change a map, but did not",
    ]


def test_whole_report_and_json_hold_command_machine_pages_and_soak() -> None:
    results = Results("python -m bench", {"machine": "2 cores"}, [report("Floor: naive page", 80)])
    results.pages = [report()]
    results.soak = Soak(load(20, [0.1]), [(0.0, 100), (10.0, 100), (20.0, 100), (30.0, 100)])
    text = render(results)
    assert "Measured with `python -m bench`." in text
    assert "- machine: 2 cores" in text
    assert "- Footprints: meets every aim" in text
    assert "memory changes by +0.00 MB a minute" in text
    assert json.loads(as_json(results))["pages"][0]["cpu_ms"] == 20.0


def test_summary_counts_pages_and_names_those_that_miss_with_their_figure() -> None:
    heavy = report("Benefits")
    heavy.changes = [change(158_000, changed=False)]
    heavy.loads = [load(200, [2.0] * 100)]
    naive = report("Floor: naive page", cpu_ms=110)
    told = summary(Results("bench", {}, floors=[naive], pages=[report(), heavy])).splitlines()
    assert told[0].endswith("met by 2 of 2 pages.")
    assert told[2].endswith("met by 1 of 2 pages; missed by Benefits (158 kB).")
    assert told[4].endswith("met by 1 of 2 pages; missed by Benefits (2,000 ms).")


def test_summary_says_what_was_not_measured() -> None:
    bare = report()
    bare.loads = []
    told = summary(Results("bench", {}, pages=[bare]))
    assert "p95 under 500 ms**: not measured" in told


def test_the_report_takes_the_place_of_the_last_one_and_of_nothing_else() -> None:
    once = put_into(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new\n")
    assert once == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    assert put_into(once, "newer") == once.replace("new", "newer")


def test_a_document_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="expected the marks"):
        put_into("nothing here", "new")


def test_the_document_of_the_project_has_the_marks() -> None:
    document = Path(__file__).parents[2] / "docs" / "performance.md"
    put_into(document.read_text(encoding="utf-8"), "")
