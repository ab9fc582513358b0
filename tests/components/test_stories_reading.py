"""Mistakes in a walkthrough's file are named with file and line; figures are computed safely."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from components.stories import check
from components.stories.figures import FigureError, compute
from components.stories.library import read_all
from components.stories.lines import line_of
from components.stories.model import Figure
from data import Catalogue
from data.walkthrough_files import WALKTHROUGHS_PATH, read_walkthrough

GOOD = """title = "A talk"
summary = "What it tells."

[[steps]]
id = "intent"
exhibit = "delegation-intent"
headline = "{share} are considering it"
points = ["Asked in 2022."]
notes = "Say so."
seconds = 60
[steps.selection]
wave = "nov-2022"
[steps.figures]
share = { value = "percent", where = { option = "Considering it", group = "All respondents" }, as = "percent" }
"""  # noqa: E501
FRAME = pd.DataFrame({"name": ["a", "b", "b"], "of": ["x", "x", "y"], "n": [1.0, 2.5, None]})


def problems_of(catalogue: Catalogue, folder: Path, text: str) -> list[str]:
    (folder / "a-talk.toml").write_text(text, encoding="utf-8")
    stories, problems = read_all(catalogue, [read_walkthrough(folder / "a-talk.toml")])
    return [str(p) for p in (*problems, *check(catalogue, stories))]


def test_the_good_one_is_good(catalogue: Catalogue, tmp_path: Path) -> None:
    assert problems_of(catalogue, tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"delegation-intent"', '"delegation-intend"', "line 6, exhibit: found 'delegation-int"),
        ('"nov-2022"', '"nov-2021"', "line 12, selection.wave: found 'nov-2021'; expected one of"),
        ("wave =", "wafe =", "line 12, selection.wafe: found 'wafe'; expected one of sector"),
        ("{share} are", "{shares} are", "line 7, headline: found {shares}"),
        ("{share} are", "{share} of 43 are", "line 7, headline: found '43' in"),
        ("Asked in", "Half of 12 in", "line 8, points: found '12' in"),
        ('"percent", where', '"per_cent", where', "line 14, figures.share (step 'intent'): fo"),
        ('"Considering it"', '"Wanting it"', "line 14, figures.share (step 'intent'): f"),
        ("seconds = 60", "seconds = 6000", "line 10, seconds: found 6000; expected 10 to 600"),
        ("seconds = 60", 'seconds = "60"', "line 10, seconds: found '60'; expected a whole number"),
        ("notes =", "note =", "line 9, note: found 'note'; expected one of id, exhibit"),
        ('as = "percent" }', 'as = "percent", at_least = 90 }', "line 14, figures.share (step"),
        ("[[steps]]", "[[steps", "line 4: found"),
        ('title = "A talk"\n', "", "line 1, title: found no title; expected a title. Add it."),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(
    catalogue: Catalogue, tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = problems_of(catalogue, tmp_path, GOOD.replace(old, new, 1))
    assert [p for p in found if f"walkthroughs/a-talk.toml, {said}" in p], found


def test_the_line_of_a_key_that_is_missing_is_that_of_its_step() -> None:
    assert line_of(GOOD, 0, "figures", "other") == 13
    assert line_of(GOOD, 0, "nothing") == 4


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("f", "rows"), "3"),
        (Figure("f", "rows", style="word"), "three"),
        (Figure("f", "rows", plural=("row", "rows")), "3 rows"),
        (Figure("f", "rows", published=("n",)), "2"),
        (Figure("f", "distinct", "name"), "2"),
        (Figure("f", "distinct", "name+of"), "3"),
        (Figure("f", "distinct", "name", of="of", having=2), "1"),
        (Figure("f", "value", "n", largest="n", style="percent"), "2.5%"),
        (Figure("f", "value", "n", where=(("name", ("a",)),)), "1"),
        (Figure("f", "sum", "n"), "3.5"),
        (Figure("f", "commonest", "name"), "b"),
        (Figure("f", "commonest", "name", give="count"), "2"),
        (Figure("f", "list", "of", unless=(("name", ("a",)),)), "x and y"),
        (Figure("f", "rows", where=(("name", ("c",)),), at_least=1, optional=True), None),
    ],
)
def test_a_figure_is_computed_from_rows(figure: Figure, words: str | None) -> None:
    assert compute(figure, FRAME) == words


def test_a_value_that_is_not_one_is_refused() -> None:
    with pytest.raises(FigureError, match="2 different values in 'name'"):
        compute(Figure("f", "value", "name"), FRAME)


def test_the_example_of_the_readme_is_a_valid_walkthrough(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    readme = (WALKTHROUGHS_PATH.parent / "README.md").read_text(encoding="utf-8")
    example = readme.split("<!-- example: walkthrough -->\n```toml\n")[1].split("```")[0]
    assert problems_of(catalogue, tmp_path, example) == []
    (said,) = problems_of(catalogue, tmp_path, example.replace('"challenges"', '"challenge"'))
    assert said.replace("a-talk", "why-it-is-hard") in readme
