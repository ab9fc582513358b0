"""``python -m components.exhibits list``: id, title, sources and rows of every exhibit."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from components.exhibits import REGISTRY, build_exhibit
from data import DataError, Selection, load_catalogue


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; the process's own when ``None``.

    Returns:
        0, or 1 when the tables are not valid.
    """
    parser = argparse.ArgumentParser(prog="python -m components.exhibits")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="id, title, sources and rows of every exhibit")
    listing.add_argument("--json", action="store_true", help="print as JSON")
    options = parser.parse_args(argv)
    try:
        catalogue = load_catalogue()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    rows = []
    for exhibit in REGISTRY:
        built = build_exhibit(catalogue, Selection(), exhibit.id)
        sources = [c.source_id for c in built.citations]
        rows.append(
            {"id": exhibit.id, "title": exhibit.title, "sources": sources, "rows": len(built.frame)}
        )
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    width = max(len(str(r["id"])) for r in rows)
    span = max(len(str(r["title"])) for r in rows)
    print(f"{'id':<{width}}  {'title':<{span}}  rows  sources")
    for row in rows:
        cited = ", ".join(row["sources"])  # type: ignore[arg-type]
        print(f"{row['id']:<{width}}  {row['title']:<{span}}  {row['rows']:>4}  {cited}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
