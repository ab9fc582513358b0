"""``python -m components.stories validate``: check every walkthrough; ``show ID``: its words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from components import theme
from components.stories.library import check, read_all, subjects_of
from components.stories.model import StoryError, Walkthrough
from components.stories.telling import tell
from data import Catalogue, DataError, Selection, load_catalogue
from data.walkthrough_files import WALKTHROUGHS_PATH, read_walkthroughs


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: Arguments without the program's name; the process's own when ``None``.

    Returns:
        0, or 1 when tables or walkthroughs are not valid, or 2 when there is no such walkthrough.
    """
    parser = argparse.ArgumentParser(prog="python -m components.stories")
    commands = parser.add_subparsers(dest="command", required=True)
    validate = commands.add_parser("validate", help="check every walkthrough, told of everything")
    validate.add_argument("folder", nargs="?", type=Path, default=WALKTHROUGHS_PATH)
    show = commands.add_parser("show", help="print the words of one walkthrough, figures computed")
    show.add_argument("id")
    show.add_argument("--subject", default="", metavar="ID", help="a system, collaborative, sector")
    options = parser.parse_args(argv)
    try:
        catalogue = load_catalogue()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    folder = options.folder if options.command == "validate" else WALKTHROUGHS_PATH
    stories, problems = read_all(catalogue, read_walkthroughs(folder))
    if options.command == "show":
        return _show(catalogue, {s.id: s for s in stories}, options.id, options.subject)
    problems = (*problems, *check(catalogue, stories))
    for problem in problems:
        print(problem)
    if problems:
        print(theme.plural(len(problems), "problem"))
    else:
        print(f"{theme.plural(len(stories), 'walkthrough')} valid")
    return 1 if problems else 0


def _show(catalogue: Catalogue, stories: dict[str, Walkthrough], key: str, subject: str) -> int:
    if key not in stories:
        print(f"no walkthrough {key!r}; valid ones are {', '.join(stories)}", file=sys.stderr)
        return 2
    story = stories[key]
    options = {v: s for s in subjects_of(catalogue, story) for _, v in s.active if s.active}
    try:
        told = tell(catalogue, story, options.get(subject, Selection()))
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{told.title} · {len(told.steps)} steps, {round(told.seconds / 60)} minutes")
    for step in told.steps:
        print(f"\n{step.number}. {step.headline}\n   [{step.exhibit.id}, {step.seconds} s]")
        print("\n".join(f"   - {point}" for point in step.points))
        print(f"   Notes: {step.notes}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
