"""``python -m components.export site OUT``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from components.export.site import SiteError, write_site
from components.stories import StoryError
from data import load_catalogue


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("out", type=Path, help="folder to write; new, empty, or a site from before")
    parser.add_argument("--address", default="", help="address of the live Atlas, for links to it")
    parser.add_argument("--quiet", action="store_true", help="say nothing on the way")


def run(options: argparse.Namespace) -> int:
    """Write the site.

    Returns:
        0, or 1 when it cannot be written (the reason goes to standard error; nothing is left).
    """
    say = (lambda _: None) if options.quiet else print
    try:
        count = write_site(load_catalogue(), options.out, options.address, say)
    except (SiteError, StoryError, OSError) as error:
        print(f"the site was not written: {error}", file=sys.stderr)
        return 1
    print(f"{count} files in {options.out}")
    return 0
