"""The rows in which collaboratives, and systems, are compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from data.catalogue import Catalogue
from data.comparison import NONE_NAMED, Comparison, OutcomeWords, Value, Words, compare, of_ids
from data.connections import PAST
from data.query import footprints, members, outcomes
from data.selection import Selection

COLLABORATIVE_ROWS: Final = {
    "sector": "Sector",
    "governance_model": "Governance model",
    "governance_note": "Governance in words",
    "formed_year": "Formed",
    "status": "Status",
    "scope": "Scope",
    "members_stated": "Members stated (number)",
    "members_named": "Members named (number)",
    "member_names": "Members named",
    "lead_provider": "Lead provider",
    "systems_stated": "Systems covered, stated",
    "systems_inferred": "Systems covered, inferred",
    "outcomes_by_status": "Outcomes by status",
    "outcomes_by_benefit": "Outcomes by benefit",
    "outcomes_quantified": "Outcomes with a figure",
    "tiers": "Tier of the sources",
    "as_of": "As of (latest source)",
}
SYSTEM_ROWS: Final = {
    "region": "Region",
    "collaboratives": "Collaboratives (number)",
    "sector_acute": "Collaboratives: acute",
    "sector_mhlda": "Collaboratives: mental health, learning disability and autism",
    "sector_community": "Collaboratives: community",
    "sector_all_in": "Collaboratives: all in",
    "sector_specialised": "Collaboratives: specialised",
    "sector_ambulance": "Collaboratives: ambulance",
    "past": "Collaboratives that are no more",
    "stated": "Footprints stated (number)",
    "inferred": "Footprints inferred (number)",
    "members_home": "Members with their home here",
    "outcomes": "Outcomes of the collaboratives here, by status",
    "changes": "What changed in April 2026",
}


def compare_collaboratives(
    catalogue: Catalogue, ids: Iterable[str], outcome_words: OutcomeWords
) -> Comparison:
    """Put collaboratives side by side in the rows of ``COLLABORATIVE_ROWS``.

    Args:
        catalogue: The tables.
        ids: Two to four collaborative ids.
        outcome_words: A row of ``outcomes`` -> its value in words.

    Raises:
        KeyError: There is no such collaborative.
        ValueError: They are fewer than two, or more than four.
    """
    return compare(
        [(key, str(catalogue.row("collaboratives", key)["short_name"])) for key in ids],
        COLLABORATIVE_ROWS,
        lambda key: _collaborative(catalogue, key, outcome_words),
    )


def _collaborative(catalogue: Catalogue, key: str, figure: OutcomeWords) -> Mapping[str, Value]:
    own = catalogue.row("collaboratives", key)
    say = Words(catalogue, "collaboratives", own)
    chosen = Selection(collaborative=(key,))
    part = members(catalogue, [key])
    leads = part[part["role"] == "lead_provider"]
    prints = footprints(catalogue, chosen).sort_values("icb_name")
    stated = prints["basis"] == "stated"
    told = outcomes(catalogue, chosen)
    numbers = told[told["is_quantified"].astype(bool)]
    roles, statuses = (
        catalogue.schema.labels(*column)
        for column in (("memberships", "role"), ("outcomes", "status"))
    )
    mine, drawn = f"collaborative_id:{key}", "is_shown:true"
    sources = _sources(catalogue, own, pd.concat([part, prints, told]))
    labelled = {
        column: say.said(
            pd.NA
            if pd.isna(own[column])
            else catalogue.label("collaboratives", column, own[column])
        )
        for column in ("sector", "governance_model", "status", "scope")
    }
    return {
        **labelled,
        "governance_note": say.said(_note(own["governance_note"])),
        "formed_year": say.said(own["formed_year"]),
        "members_stated": say.said(own["members_stated"]),
        "members_named": say.number("memberships", part, mine),
        "member_names": say.each(
            "memberships",
            part.sort_values("organisation"),
            lambda r: (
                r["organisation"]
                + ("" if r["role"] == "member" else f" ({roles[r['role']].lower()})")
            ),
        ),
        "lead_provider": say.each(
            "memberships", leads, lambda r: str(r["organisation"]), none="none named"
        ),
        "systems_stated": say.each("footprints", prints[stated], _place),
        "systems_inferred": say.each("footprints", prints[~stated], _place, none="none"),
        "outcomes_by_status": say.counted("outcomes", told, "status", mine, drawn),
        "outcomes_by_benefit": say.counted("outcomes", told, "benefit", mine, drawn),
        "outcomes_quantified": say.each(
            "outcomes",
            numbers,
            lambda r: f"{r['metric']}: {figure(r)} ({statuses[r['status']].lower()})",
            none=NONE_NAMED,
        ),
        "tiers": say.counted("sources", sources, "tier"),
        "as_of": _as_of(say, sources),
    }


def _note(note: Any) -> Any:
    """A note that only says that nothing is published is no value."""
    return pd.NA if str(note).strip().rstrip(".").lower() == "not published" else note


def _place(row: Mapping[Any, Any]) -> str:
    return f"{row['icb_name']}{' (part)' if row['coverage'] == 'part' else ''}"


def _sources(catalogue: Catalogue, own: pd.Series, rows: pd.DataFrame) -> pd.DataFrame:
    """The sources behind a collaborative, with the first place in each as their locator."""
    places = pd.concat([own.to_frame().T, rows])[["source_id", "locator"]]
    first = places.drop_duplicates("source_id").astype("string")
    return catalogue.table("sources").merge(first, on="source_id")


def _as_of(say: Words, sources: pd.DataFrame) -> Value:
    """The date of the latest source: that of publication or, where it has none, of reading."""
    dated = sources.assign(
        on=sources["published"].fillna(sources["accessed"].astype("string")),
        how=sources["published"].notna().map({True: "published", False: "page read"}),
    )
    last = dated[dated["on"].notna()].sort_values("on").tail(1)
    if last.empty:
        return say.said(pd.NA)
    return say.each("sources", last, lambda r: f"{r['how']} {r['on']}")


def compare_systems(catalogue: Catalogue, codes: Iterable[str]) -> Comparison:
    """Put systems side by side in the rows of ``SYSTEM_ROWS``.

    Args:
        catalogue: The tables.
        codes: Two to four ICB codes of April 2023.

    Raises:
        KeyError: There is no such system.
        ValueError: They are fewer than two, or more than four.
    """
    return compare(
        [(code, str(catalogue.row("icbs", code)["short_name"])) for code in codes],
        SYSTEM_ROWS,
        lambda key: _system(catalogue, key),
    )


def _system(catalogue: Catalogue, code: str) -> Mapping[str, Value]:
    own = catalogue.row("icbs", code)
    say = Words(catalogue, "icbs", own)
    prints = footprints(catalogue, Selection())
    every = prints[prints["icb_code"] == code].sort_values("short_name")
    table = catalogue.table("collaboratives")
    past = every["collaborative_id"].isin(table.loc[table["status"].isin(PAST), "collaborative_id"])
    prints = every[~past]
    stated = prints["basis"] == "stated"
    part = members(catalogue, catalogue.table("collaboratives")["collaborative_id"])
    here = part[part["icb_code"] == code].sort_values("organisation")
    told = of_ids(
        outcomes(catalogue, Selection()), "collaborative_id", list(every["collaborative_id"])
    )
    changes = of_ids(catalogue.table("icb_changes"), "from_icb_code", [code])
    mine = f"icb_code:{code}"
    inferred = [
        f"basis:{b}" for b in catalogue.schema.labels("footprints", "basis") if b != "stated"
    ]
    touching = [f"collaborative_id:{key}" for key in sorted(set(told["collaborative_id"]))]
    return {
        "region": say.said(own["region"]),
        "collaboratives": say.number("footprints", prints, mine),
        **{
            f"sector_{sector}": say.each(
                "footprints", prints[prints["sector"] == sector], _touching, none=NONE_NAMED
            )
            for sector in catalogue.schema.labels("collaboratives", "sector")
        },
        "past": say.each("footprints", every[past], _touching, none=NONE_NAMED),
        "stated": say.number("footprints", prints[stated], mine, "basis:stated"),
        "inferred": say.number("footprints", prints[~stated], mine, *inferred),
        "members_home": say.each(
            "organisations",
            here.drop_duplicates("organisation_id"),
            lambda r: str(r["organisation"]),
            none=NONE_NAMED,
        ),
        "outcomes": say.counted("outcomes", told, "status", *touching, "is_shown:true"),
        "changes": say.each(
            "icb_changes",
            changes,
            lambda r: (f"{r['to_icb']} ({r['change']})" if r["area"] == "all"
                       else f"{r['area']} → {r['to_icb']} ({r['change']})"),
            none="no change of this board is recorded",
        ),
    }  # fmt: skip


def _touching(row: Mapping[Any, Any]) -> str:
    marks = ["part"] if row["coverage"] == "part" else []
    if row["basis"] != "stated":
        marks.append("inferred")
    return str(row["short_name"]) + (f" ({', '.join(marks)})" if marks else "")
