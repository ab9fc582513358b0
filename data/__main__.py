"""``python -m data validate [--json] [PACKAGE]``: check the tables against their schema."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from data.problems import DataError, Problem
from data.schema import PACKAGE_PATH, read_schema
from data.validate import validate_package


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; the process's own when ``None``.

    Returns:
        0 when every table is valid, 1 when there are problems.
    """
    parser = argparse.ArgumentParser(prog="python -m data", description="The Atlas's tables.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("validate", help="check every table against datapackage.json")
    check.add_argument("package", nargs="?", type=Path, default=PACKAGE_PATH, metavar="PACKAGE")
    check.add_argument("--json", action="store_true", help="print problems as JSON")
    options = parser.parse_args(argv)
    try:
        problems: Sequence[Problem] = validate_package(options.package)
    except DataError as error:
        problems = error.problems
    if options.json:
        body = {"valid": not problems, "problems": [p.as_dict() for p in problems]}
        print(json.dumps(body, indent=2, ensure_ascii=False))
    elif problems:
        for problem in problems:
            print(problem)
        print(f"{len(problems)} problem{'s' if len(problems) != 1 else ''}")
    else:
        count = len(read_schema(options.package).tables)
        print(f"{count} tables are valid")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
