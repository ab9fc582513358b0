"""``python -m components.export``: what people take away, from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from components.export import brief_command, site_command
from data import DataError


@dataclass(frozen=True)
class Command:
    """A sub-command.

    Attributes:
        name: Its name on the command line.
        summary: What it does, for ``--help``.
        arguments: Adds its arguments to a parser.
        run: Does it and gives the exit code.
    """

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


# A further kind of export is one line here and a module beside `brief_command`.
COMMANDS: Final = (
    Command(
        "brief", "write the one-page brief of a collaborative or a system",
        brief_command.arguments, brief_command.run,
    ),
    Command(
        "site", "write every exhibit and walkthrough as plain files for any web server",
        site_command.arguments, site_command.run,
    ),
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; the process's own when ``None``.

    Returns:
        0 when it is written, 1 when it cannot be (the reason goes to standard error).
    """
    parser = argparse.ArgumentParser(prog="python -m components.export")
    parts = parser.add_subparsers(dest="command", required=True)
    for command in COMMANDS:
        own = parts.add_parser(command.name, help=command.summary, description=command.summary)
        command.arguments(own)
        own.set_defaults(run=command.run)
    options = parser.parse_args(argv)
    try:
        return int(options.run(options))
    except DataError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
