"""The worked example of data/README.md is followed, step by step, on a copy of the tables."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from data.schema import PACKAGE_PATH
from data.validate import validate_package

README = PACKAGE_PATH.parent / "README.md"


def follow(folder: Path) -> Path:
    """Copy the package and append the example's rows; the copy's descriptor."""
    shutil.copytree(PACKAGE_PATH.parent / "tables", folder / "tables")
    shutil.copy(PACKAGE_PATH, folder)
    blocks = re.findall(
        r"<!-- example: (\w+) -->\n```csv\n(.*?)```", README.read_text(encoding="utf-8"), re.S
    )
    assert [name for name, _ in blocks] == ["sources", "outcomes"]
    for name, rows in blocks:
        with (folder / "tables" / f"{name}.csv").open("a", encoding="utf-8") as table:
            table.write(rows)
    return folder / PACKAGE_PATH.name


def test_following_the_example_gives_valid_tables(tmp_path: Path) -> None:
    assert validate_package(follow(tmp_path)) == []


def test_the_mistake_in_the_example_is_reported_as_it_says(tmp_path: Path) -> None:
    package = follow(tmp_path)
    outcomes = tmp_path / "tables" / "outcomes.csv"
    lines = outcomes.read_text(encoding="utf-8").splitlines()
    lines[-1] = lines[-1].replace(",achieved,", ",done,")
    outcomes.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = validate_package(package)
    # The number of the row grows with the table; the rest has to be word for word.
    said = re.sub(r"row \d+", "row N", str(problem))
    assert said in re.sub(r"row \d+", "row N", README.read_text(encoding="utf-8"))
