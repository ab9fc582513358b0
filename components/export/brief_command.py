"""``python -m components.export brief collaborative wyaat OUT.html``."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from components.export import brief
from data import Catalogue, load_catalogue
from data.vintages import VINTAGES, resolve
from geo.boundaries_io import vintage_title


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("kind", choices=brief.KINDS, help="what the brief is about")
    parser.add_argument(
        "key",
        metavar="ID",
        help="a collaborative's id, an ICB code (E54...) or an area of April 2026 (icb26-...)",
    )
    parser.add_argument("out", metavar="OUT.html", type=Path, help="the file to write")
    parser.add_argument(
        "--vintage", choices=VINTAGES, default="",
        help="boundaries of the system; if left out those that have it, 2023 where both do",
    )  # fmt: skip
    parser.add_argument(
        "--date", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD",
        help="the day that stands on it; today if left out",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Write the brief; say on standard error why not."""
    catalogue = load_catalogue()
    try:
        profile = brief.profile_of(catalogue, options.kind, options.key, options.vintage)
    except KeyError:
        if options.kind == "system" and options.key in catalogue.area_names:
            return _refused(_of_the_other(catalogue, options.key, options.vintage))
        known = catalogue.area_names if options.kind == "system" else catalogue.collaborative_names
        return _refused(_unknown(options.kind, options.key, known))
    try:
        options.out.write_text(
            brief.page(profile, options.date or date.today()), encoding="utf-8", newline="\n"
        )
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return _refused(
            f"cannot write {options.out}: {why}. Name a file in a folder that exists and that you "
            "may write to."
        )
    print(f"{options.out} is written: the brief of {profile.name}, one A4 page")
    return 0


def _of_the_other(catalogue: Catalogue, key: str, vintage: str) -> str:
    """What to ask for where a vintage is named that does not have the system."""
    near = ", ".join(f"{i} ({catalogue.area_names[i]})" for i in resolve(catalogue, [key], vintage))
    return (
        f"expected a system of {vintage_title(vintage)}, found {key} ({catalogue.area_names[key]}) "
        f"of the other vintage. Leave --vintage out, or ask for one that shares its ground: {near}"
    )


def _unknown(kind: str, key: str, known: Mapping[str, str]) -> str:
    """What was expected, what was found, and what may have been meant."""
    ids = {name.lower(): i for i, name in known.items()}
    near = difflib.get_close_matches(key, known, n=3, cutoff=0.5)
    near += [ids[n] for n in difflib.get_close_matches(key.lower(), ids, n=3, cutoff=0.6)]
    near += [i for name, i in ids.items() if key.lower() in name]
    close = list(dict.fromkeys(near))[:3]
    said = f" Did you mean {', '.join(f'{i} ({known[i]})' for i in close)}?" if close else ""
    if kind == "system":
        return (
            "expected an ICB code of April 2023 such as E54000054 or an area of April 2026 such as "
            f"icb26-essex, found {key!r}.{said}"
        )
    return f"expected the id of a collaborative such as wyaat, found {key!r}.{said}"


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
