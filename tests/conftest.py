"""Fixtures that every test folder shares."""

import asyncio
import csv
import random
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data import Catalogue, load_catalogue
from data.schema import PACKAGE_PATH

RunAsync = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture
def run_async() -> Iterator[RunAsync]:
    """Run a coroutine in a thread of its own.

    A browser test on the same worker leaves Playwright's loop running in the main thread, where
    ``asyncio.run`` then refuses.
    """
    with ThreadPoolExecutor(1) as pool:
        yield lambda coroutine: pool.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The Atlas's own tables, loaded once."""
    return load_catalogue()


@pytest.fixture(scope="session")
def crowded(catalogue: Catalogue) -> Catalogue:
    """Made-up tables of the size that the whole of England would have.

    70 collaboratives, 120 organisations of which some 40 belong to several, every role, every
    status of a collaborative, stated, inferred and partial footprints, long names.
    """
    dice = random.Random(7)
    icbs = catalogue.table("icbs")
    sectors = list(catalogue.schema.labels("collaboratives", "sector"))
    cite = {"source_id": "nhsp-2022-benefits", "locator": "Section 3"}
    trusts = [
        {
            "organisation_id": f"T{n:02}",
            "name": f"{icb['short_name']} {dice.choice(('Teaching', 'District and Community'))} "
            f"Hospitals {n} NHS {'Foundation ' if n % 3 else ''}Trust",
            "kind": "foundation_trust" if n % 3 else "nhs_trust",
            "icb_code": icb["icb_code"],
            **cite,
        }
        for n in range(120)
        for icb in [icbs.iloc[n % len(icbs)]]
    ]
    joined: list[dict[str, object]] = []
    made: list[dict[str, object]] = []
    prints: list[dict[str, object]] = []
    for n in range(70):
        home = icbs.iloc[(n * 5) % len(icbs)]
        region = icbs[icbs["region_code"] == home["region_code"]]["icb_code"].tolist()
        covered = dice.sample(region, min(len(region), dice.choice((1, 1, 2, 3))))
        key = f"made-up-{n:02}"
        made.append(
            {
                "collaborative_id": key,
                "name": f"{home['short_name']} provider collaborative number {n}",
                "short_name": f"{home['short_name']} {n}",
                "sector": sectors[n % len(sectors)],
                "governance_model": (None, "lead_provider", "shared_leadership")[n % 3],
                "scope": "multi_ics" if len(covered) > 1 else "single_ics",
                "status": "predecessor" if n == 69 else "operating",
                **cite,
            }
        )
        prints += [
            {"collaborative_id": key, "icb_code": code, "coverage": ("whole", "part")[n % 5 == 4],
             "basis": ("stated", "from_members")[n % 2], **cite}
            for code in covered
        ]  # fmt: skip
        # Some collaboratives name no members, as in the documents.
        near = [t for t in trusts if t["icb_code"] in covered]
        near = dice.sample(near, 0 if n % 7 == 6 else min(len(near), (2, 3, 4, 2)[n % 4]))
        joined += [
            {"collaborative_id": key, "organisation_id": t["organisation_id"],
             "role": "lead_provider" if not place and n % 3 == 1 else
             "partner" if place == 3 else "member", **cite}
            for place, t in enumerate(near)
        ]  # fmt: skip
    tables = {
        "organisations": trusts,
        "collaboratives": made,
        "footprints": prints,
        "memberships": joined,
    }
    frames = dict(catalogue.frames)
    for name, rows in tables.items():
        like = catalogue.table(name)
        frames[name] = pd.DataFrame(rows).reindex(columns=like.columns).astype(like.dtypes)
    for name in ("outcomes", "priorities"):
        frames[name] = catalogue.table(name).iloc[:0]
    return Catalogue(catalogue.schema, frames)


SECOND_WAVE = "nov-2024"


def _append(folder: Path, table: str, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    path = folder / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, list(rows[0])).writerows(change(row) for row in rows)


def _later(row: dict[str, str]) -> dict[str, str]:
    """A result of the made-up second wave: a tenth more of all 60, of each sector's 12."""
    new = {**row, "wave_id": SECOND_WAVE, "other_percent": "", "discrepancy_id": "", "note": ""}
    if row["percent"] and row["question_id"] != "respondents":
        base = 60 if row["sector_group"] == "all" else 12
        count = min(base, round(base * (float(row["percent"]) / 100 + 0.1)))
        share = int(100 * count / base + 0.5)
        new |= {"percent": str(share), "count": str(count), "base_n": str(base)}
        new |= {"base_basis": "stated", "precision": "exact"}
    elif row["base_n"]:
        new |= {"base_n": "60", "base_basis": "stated"}
    return new


@pytest.fixture(scope="session")
def two_waves(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The Atlas's tables with a made-up second wave: 60 responses of about 110."""
    folder = tmp_path_factory.mktemp("waves")
    shutil.copytree(PACKAGE_PATH.parent / "tables", folder / "tables")
    shutil.copy(PACKAGE_PATH, folder)
    wave = {"wave_id": SECOND_WAVE, "title": "Made-up survey, November 2024"}
    _append(
        folder,
        "survey_waves",
        lambda row: {**row, **wave, "fieldwork": "November 2024", "responses": "60",
                     "collaboratives": "60", "population_estimate": "110"},
    )  # fmt: skip
    base = {"wave_id": SECOND_WAVE, "base_n": "60", "base_basis": "stated", "base_note": ""}
    _append(folder, "survey_questions", lambda row: {**row, **base})
    _append(folder, "survey_results", _later)
    return load_catalogue(folder / PACKAGE_PATH.name)


@pytest.fixture(scope="session")
def no_waves(catalogue: Catalogue) -> Catalogue:
    """The Atlas's tables with the survey's tables empty but for their headers."""
    empty = {
        name: catalogue.table(name).iloc[:0]
        for name in ("survey_waves", "survey_questions", "survey_results")
    }
    return Catalogue(catalogue.schema, {**catalogue.frames, **empty})
