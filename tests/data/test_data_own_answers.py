"""Answers of respondents: counted, compared, and small cells withheld."""

from __future__ import annotations

import csv
import io
import itertools
import random

import numpy as np
import pandas as pd
import pytest

from data import Catalogue, Selection
from data.own import Upload, WaveDetails, bring
from data.own.answers import questions_of
from data.own.disclosure import THRESHOLD, cells_to_show, groups_to_show
from data.own.questions import SECTORS
from data.survey import question

MAIN = ("delegation-intent", "priorities-next-year", "funded-posts", "icb-plan-priorities")


def answers(catalogue: Catalogue, size: int, seed: int = 5) -> tuple[bytes, list[dict[str, str]]]:
    """Made-up answers, some left out; sectors of very different sizes."""
    dice = random.Random(seed)
    asked = {q: a for q, a in questions_of(catalogue).items() if q in MAIN}
    rows = []
    for _ in range(size):
        row = {"sector_group": dice.choices((*SECTORS, ""), (40, 30, 6, 20, 4))[0]}
        for name, one in asked.items():
            options = list(one.options)
            if dice.random() < 0.05:
                row[name] = ""
            elif one.kind == "number":
                row[name] = str(dice.randint(0, 20))
            elif one.is_single:
                row[name] = dice.choices(options, range(len(options), 0, -1))[0]
            else:
                row[name] = ";".join(dice.sample(options, 2))
        rows.append(row | {"email": "someone@example.org"})
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(), rows


@pytest.mark.parametrize("size", [120, 100_000])
def test_everything_is_counted_from_the_answers(catalogue: Catalogue, size: int) -> None:
    data, rows = answers(catalogue, size)
    details = WaveDetails("Made-up", "2026", population=None)
    result = bring(catalogue, None, Upload("answers.csv", data), details=details)
    assert [str(p) for p in result.problems] == []
    assert result.data is not None
    tables = result.data.catalogue
    assert tables.row("survey_waves", "own-made-up")["responses"] == size
    found = question(tables, Selection(wave="own-made-up"), "delegation-intent")
    mine = [r for r in rows if r["delegation-intent"]]
    assert found.base_n == len(mine)
    checked = 0
    for cell in found.results.to_dict("records"):
        group = [r for r in mine if cell["sector_group"] in ("all", r["sector_group"])]
        count = sum(r["delegation-intent"] == cell["option_id"] for r in group)
        if pd.notna(cell["count"]):
            assert (cell["count"], cell["base_n"]) == (count, len(group))
            assert abs(float(cell["percent"]) - 100 * count / len(group)) <= 0.5
            checked += 1
        else:
            assert "Withheld" in cell["note"]
    assert checked >= 8
    assert found.earlier.startswith("Survey of provider collaborative leaders")
    assert any("email" in note for note in result.notes)
    assert "someone@example.org" not in str(tables.frames["survey_results"].to_dict())


def ways(shown: dict[tuple[int, int], int], bases: list[int], totals: dict[int, int],
         options: int) -> list[set[int]]:  # fmt: skip
    """Every table that agrees with what is shown, by trying them all: value of each cell."""
    columns = []
    for group, base in enumerate(bases):
        fits = [
            c for c in itertools.product(range(base + 1), repeat=options)
            if sum(c) == base and all(c[o] == v for (o, g), v in shown.items() if g == group)
        ]  # fmt: skip
        columns.append(fits)
    seen: list[set[int]] = [set() for _ in range(options * len(bases))]
    for table in itertools.product(*columns):
        if all(sum(column[o] for column in table) == v for o, v in totals.items()):
            for g, column in enumerate(table):
                for o, value in enumerate(column):
                    seen[o * len(bases) + g].add(value)
    return seen


@pytest.mark.parametrize("seed", range(12))
def test_nobody_can_work_out_a_small_cell_by_trying_every_table(seed: int) -> None:
    dice = np.random.default_rng(seed)
    counts = dice.integers(0, 9, size=(3, 3))
    counts[:, 2] = counts[:, 2] * (seed % 2)
    bases = counts.sum(axis=0)
    groups = groups_to_show([int(b) for b in bases[:2]], int(bases[2]))
    may = cells_to_show(counts, bases, [*groups, False], single=True)
    crowd = [g for g in range(3) if g == 2 or not groups[g]]
    columns = [[g] for g in range(3) if g not in crowd] + [crowd]
    merged = [[int(counts[o, c].sum()) for c in columns] for o in range(3)]
    shown = {
        (o, place): merged[o][place]
        for o in range(3) for place, column in enumerate(columns[:-1]) if may.cells[o, column[0]]
    }  # fmt: skip
    totals = {o: int(counts[o].sum()) for o in range(3) if may.totals[o]}
    sizes = [sum(merged[o][p] for o in range(3)) for p in range(len(columns))]
    seen = ways(shown, sizes, totals, 3)
    for o in range(3):
        for place in range(len(columns)):
            base = sum(merged[k][place] for k in range(3))
            if base and merged[o][place] < THRESHOLD:
                values = seen[o * len(columns) + place]
                assert max(values) - min(values) >= THRESHOLD


@pytest.mark.parametrize("seed", range(8))
def test_small_cells_of_several_answers_are_withheld_from_both_sides(seed: int) -> None:
    dice = np.random.default_rng(seed)
    bases = np.array([30, 12, 8, 20, 6])
    counts = np.array([[dice.integers(0, b + 1) for b in bases] for _ in range(4)])
    may = cells_to_show(counts, bases, [True, True, True, True, False], single=False)
    for o, g in itertools.product(range(4), range(4)):
        if may.cells[o, g]:
            assert THRESHOLD <= counts[o, g] <= bases[g] - THRESHOLD
    for o in range(4):
        hidden = [g for g in range(5) if not may.cells[o, g]]
        if may.totals[o] and len(hidden) == 1:
            assert THRESHOLD <= counts[o, hidden[0]] <= bases[hidden[0]] - THRESHOLD


@pytest.mark.parametrize(
    ("sizes", "unstated", "shown"),
    [
        ([20, 10, 8, 7], 0, [True, True, True, True]),
        ([20, 10, 8, 3], 0, [True, True, False, False]),
        ([20, 10, 8, 3], 4, [True, True, True, False]),
        ([20, 10, 8, 7], 2, [True, True, True, False]),
        ([2, 1, 0, 0], 0, [False, False, False, False]),
    ],
)
def test_groups_not_shown_are_never_a_few(
    sizes: list[int], unstated: int, shown: list[bool]
) -> None:
    assert groups_to_show(sizes, unstated) == shown
