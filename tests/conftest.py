"""Fixtures that every test folder shares."""

import random

import pandas as pd
import pytest

from data import Catalogue, load_catalogue


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
