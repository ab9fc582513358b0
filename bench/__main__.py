"""Measure the Atlas beside its floors: ``python -m bench``.

For each page, beside a page with one title and a naive page with one map and one chart, all
measured in the same run: the script's own time, server CPU per rerun, bytes on first view and per
filter change, and behaviour with 1, 10, 50 and 200 sessions over the websocket, without a browser.
Only servers started here, on the loopback address, are driven; everything stops by itself.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.load import Level
from bench.measure import (
    PageReport,
    discover,
    measure_page,
    script_times,
    soak,
)
from bench.pages import NAIVE_PAGE, TITLE_PAGE, TUNED_PAGE, PageSpec, atlas_pages
from bench.report import Results, as_json, put_into, render
from bench.server import ServerError, ServerSpec, atlas, floor, running
from bench.stats import median

THINK_SECONDS = 5.0
STATIC = {"server.enableStaticServing": "true"}
NO_COLLECTION = {"runner.postScriptGC": "false"}
VARIANTS: tuple[tuple[str, str, PageSpec, dict[str, str]], ...] = (
    ("title, postScriptGC off", "title", TITLE_PAGE, NO_COLLECTION),
    ("naive, postScriptGC off", "naive", NAIVE_PAGE, NO_COLLECTION),
    (
        "naive, compressed socket",
        "naive",
        NAIVE_PAGE,
        {"server.enableWebsocketCompression": "true"},
    ),
    ("naive, fastReruns off", "naive", NAIVE_PAGE, {"runner.fastReruns": "false"}),
    ("tuned and frozen", "tuned", TUNED_PAGE, STATIC),
    ("tuned, postScriptGC off", "tuned", TUNED_PAGE, STATIC | NO_COLLECTION),
)


def say(text: str) -> None:
    """Tell how far the run is, apart from the report."""
    print(text, file=sys.stderr, flush=True)


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, help="length of each level (15; quick: 6)")
    parser.add_argument("--quick", action="store_true", help="1 and 200 sessions, shorter, fewer")
    parser.add_argument(
        "--sessions", type=int, nargs="*", help="levels with think time (1 10 50 200)"
    )
    parser.add_argument("--closed", type=int, nargs="*", help="levels without (1 10)")
    parser.add_argument("--reruns", type=int, help="reruns for script time and CPU (30; quick: 10)")
    parser.add_argument(
        "--pages", nargs="*", default=[], help="URL paths to measure (/ is the start)"
    )
    parser.add_argument("--no-atlas", action="store_true", help="measure the floors only")
    parser.add_argument("--no-floors", action="store_true", help="measure the Atlas only")
    parser.add_argument(
        "--variants",
        nargs="*",
        metavar="WORD",
        help="also the floors under other settings (all, or those whose name has a word)",
    )
    parser.add_argument(
        "--soak", type=float, metavar="SECONDS", help="20 sessions, memory over time"
    )
    parser.add_argument("--soak-only", action="store_true", help="nothing but the soak")
    parser.add_argument(
        "--atlas-command",
        default="",
        help="how to serve the Atlas; {port} becomes the port (also in PORT; HOST is set as well)",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything measured")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the report")
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="write the report between the marks of a document"
    )
    chosen = parser.parse_args(words)
    quick = chosen.quick
    chosen.seconds = chosen.seconds or (6.0 if quick else 15.0)
    chosen.reruns = chosen.reruns or (10 if quick else 30)
    if chosen.sessions is None:
        chosen.sessions = [1, 200] if quick else [1, 10, 50, 200]
    if chosen.closed is None:
        chosen.closed = [1] if quick else [1, 10]
    if chosen.soak_only and not chosen.soak:
        parser.error("--soak-only needs --soak SECONDS")
    return chosen


def levels(chosen: argparse.Namespace) -> list[Level]:
    """Return the levels that a page goes through, the heaviest last."""
    closed = [Level(n, min(chosen.seconds, 10.0)) for n in chosen.closed]
    return closed + [Level(n, chosen.seconds, THINK_SECONDS) for n in chosen.sessions]


def measure(
    spec: ServerSpec, pages: Sequence[PageSpec], chosen: argparse.Namespace
) -> list[PageReport]:
    """Measure pages of one app: script times on one server, then each page on a fresh one."""
    say(f"{spec.name}: script times")
    times = script_times(spec, pages, chosen.reruns)
    reports = []
    for page, own in zip(pages, times, strict=True):
        say(f"{spec.name}: {page.label}")
        with running(spec) as server:
            report = measure_page(server, page, levels(chosen), chosen.reruns, say)
        report.script_ms = median(own) if own else report.seen_ms
        report.script_source = "server" if own else "client"
        reports.append(report)
    return reports


def measure_variants(chosen: argparse.Namespace) -> list[PageReport]:
    """Measure the floors, and the naive page done with care, under other settings."""
    found = []
    for label, script, page, options in VARIANTS:
        if chosen.variants and not any(word in label for word in chosen.variants):
            continue
        spec = floor(script, options)
        named = PageSpec(page.url_path, label, page.keeps_map, page.moves_map)
        found += measure(spec, [named], chosen)
    return found


def machine() -> dict[str, str]:
    """Describe the machine and the versions, without its name."""
    packages = ("streamlit", "plotly", "pydeck", "pandas", "geopandas")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    return {
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "load average at the start": f"{os.getloadavg()[0]:.1f}",
        "versions": ", ".join([f"Python {platform.python_version()}", *versions]),
    }


def main(words: Sequence[str] | None = None) -> int:
    """Run the bench; return 0, or 1 when a server did not start or a page was not found."""
    chosen = arguments(words)
    given = sys.argv[1:] if words is None else words
    results = Results(shlex.join(["python", "-m", "bench", *given]), machine())
    app = atlas(chosen.atlas_command)
    try:
        if chosen.into:  # before half an hour of measuring
            put_into(chosen.into.read_text(encoding="utf-8"), "")
        pages: list[PageSpec] = []
        if not chosen.no_atlas:
            with running(app) as server:
                pages = atlas_pages(discover(server), chosen.pages)
        if not chosen.soak_only:
            if not chosen.no_floors:
                results.floors = measure(floor("title"), [TITLE_PAGE], chosen)
                results.floors += measure(floor("naive"), [NAIVE_PAGE], chosen)
            results.pages = measure(app, pages, chosen) if pages else []
            results.variants = measure_variants(chosen) if chosen.variants is not None else []
        if chosen.soak:
            subject = (app, pages) if pages else (floor("naive"), [NAIVE_PAGE])
            say("soak: 20 sessions, one second's think time")
            with running(subject[0]) as server:
                results.soak = soak(server, subject[1], Level(20, chosen.soak, 1.0), say)
    except (ServerError, ValueError, OSError) as error:
        say(f"bench: {error}")
        return 1
    text = render(results)
    print(text)
    if chosen.markdown:
        chosen.markdown.write_text(text, encoding="utf-8")
    if chosen.into:
        document = chosen.into.read_text(encoding="utf-8")
        chosen.into.write_text(put_into(document, text), encoding="utf-8")
    if chosen.json:
        chosen.json.write_text(as_json(results), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
