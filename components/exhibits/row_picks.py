"""What a row of a table stands for: the filters that a click on it sets or offers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from components import theme
from components.exhibits.picks import Pick
from data.catalogue import Catalogue
from data.comparison_rows import SYSTEM_ROWS
from data.lineage import row_of
from data.memo import kept
from data.rows import listed, text

STANDS_FOR: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "collaboratives": (
            ("collaborative_id", "collaborative"), ("sector", "sector"),
            ("governance_model", "governance"),
        ),
        "outcomes": (
            ("collaborative_id", "collaborative"), ("benefit", "benefit"), ("status", "status"),
        ),
        "priorities": (("collaborative_id", "collaborative"),),
        "milestones": (("collaborative_id", "collaborative"),),
        "successions": (("collaborative_id", "collaborative"),),
        "insight_links": (("collaborative_id", "collaborative"), ("sector_group", "sector")),
        # A membership is told of the member, a footprint of the system, as on the map.
        "memberships": (("organisation_id", "organisation"), ("collaborative_id", "collaborative")),
        "footprints": (("icb_code", "icb"), ("collaborative_id", "collaborative")),
        "organisations": (("organisation_id", "organisation"), ("sector", "sector")),
        "icbs": (("icb_code", "icb"), ("region_code", "region")),
        "icbs_2026": (("area_id", "icb"), ("region_code", "region")),
        "icb_changes": (("from_icb_code", "icb"),),
        "insights": (("sector", "sector"),),
        "survey_results": (("sector_group", "sector"), ("wave_id", "wave")),
        "survey_questions": (("wave_id", "wave"),),
        "survey_waves": (("wave_id", "wave"),),
        "sources": (("tier", "tier"),),
        # Nothing is filtered by a term; a contradiction stands for what its subject stands for.
        "glossary": (),
        "discrepancies": (),
    }
)  # fmt: skip
"""Table -> (column, dimension) of what its rows stand for; the first that a row has is set."""
WHY_NOT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "survey_results": "An answer of all respondents together",
        "survey_questions": "A question to all respondents together",
        "survey_waves": "A count of the whole survey",
        "insights": "It speaks of every sector",
        "insight_links": "It speaks of every sector",
        "milestones": "It concerns every collaborative",
        "discrepancies": "It concerns no single collaborative, system or sector",
        "icb_changes": "It concerns no single system of April 2023",
        "organisations": "An organisation in no collaborative and no sector",
        "glossary": "A term",
    }
)
"""Table -> what a row is that stands for nothing that a filter knows."""
GOVERNANCE_MODELS: Final = MappingProxyType(
    {
        "provider-leadership-board": "provider_leadership_board",
        "lead-provider": "lead_provider",
        "shared-leadership": "shared_leadership",
    }
)
"""Answer to the question ``governance-model`` -> the model of collaboratives that it names."""
_IN_FRAMES: Final = (
    ("collaborative_id", "collaborative"), ("icb_code", "icb"), ("organisation_id", "organisation"),
    ("benefit", "benefit"), ("sector", "sector"),
)  # fmt: skip
"""The same of a frame whose rows are not those of a table, or say more than these."""
_NAMES: Final = ("name", "first")
"""Columns that name a collaborative where nothing else says which."""
_PAIR: Final = ("first", "second")
"""Columns that name two of a kind, both of which the row is about."""


def _of(
    catalogue: Catalogue, row: Mapping[Any, Any], columns: tuple[tuple[str, str], ...]
) -> list[Pick]:
    # Where there is one wave, choosing it changes nothing.
    known = {d: v for d, v in catalogue.known_values.items() if d != "wave" or len(v) > 1}
    return [(d, str(row[c])) for c, d in columns if c in row and str(row[c]) in known.get(d, ())]


def answer_picks(row: Mapping[Any, Any]) -> tuple[Pick, ...]:
    """What an answer of the survey stands for: its sector, and the governance that it names.

    Args:
        row: Has ``question_id``, ``option_id`` and ``sector_group`` of ``survey_results``.
    """
    found = [] if row["sector_group"] == "all" else [("sector", str(row["sector_group"]))]
    if row["question_id"] == "governance-model" and row["option_id"] in GOVERNANCE_MODELS:
        found.append(("governance", GOVERNANCE_MODELS[row["option_id"]]))
    return tuple(found)


@kept(1)
def _by_name(catalogue: Catalogue) -> Mapping[str, Pick]:
    """What a short name stands for; a name that several have, as own rows may, for none."""
    every = [(name, ("sector", key)) for key, name in theme.SECTOR_SHORT.items()]
    every += [(name, ("collaborative", key)) for key, name in catalogue.collaborative_names.items()]
    counts = Counter(name for name, _ in every)
    return MappingProxyType({name: pick for name, pick in every if counts[name] == 1})


def _named(catalogue: Catalogue, row: Mapping[Any, Any], columns: tuple[str, ...]) -> list[Pick]:
    """The collaboratives and sectors that columns of a row name."""
    known, names = _by_name(catalogue), (str(row[c]) for c in columns if c in row)
    return [known[name] for name in names if name in known]


def _compared(catalogue: Catalogue, row: Mapping[Any, Any]) -> list[Pick]:
    """What a row of a comparison is of, whatever its value comes from."""
    if not {"aspect", "subject"} <= row.keys():
        return []
    # A system and a collaborative may share a name; what is compared of them is never the same.
    is_system = row["aspect"] in SYSTEM_ROWS.values()
    names = catalogue.icb_names if is_system else catalogue.collaborative_names
    kind = "icb" if is_system else "collaborative"
    return [(kind, key) for key, name in names.items() if name == row["subject"]]


def _subject(catalogue: Catalogue, row: Mapping[str, Any]) -> list[Pick]:
    """What every row stands for of which a contradiction speaks."""
    table, subject = text(row["subject_table"]), text(row["subject_id"])
    if not table:
        return []
    frame = catalogue.frames[table]
    keys = catalogue.schema.tables[table].primary_key
    # The register writes question and option, and leaves the wave to the source.
    keys = tuple(k for k in keys if k != "wave_id" or len(keys) == 1)
    if subject:
        cells = frame[list(keys[: subject.count("/") + 1])].astype("string")
        about = cells.agg("/".join, axis=1) == subject
    elif "discrepancy_id" in frame:
        about = frame["discrepancy_id"] == row["discrepancy_id"]
    else:
        return []
    every = [
        _of(catalogue, r, STANDS_FOR[table]) for r in frame[about.fillna(False)].to_dict("records")
    ]
    return [pick for pick in every[0] if all(pick in picks for picks in every)] if every else []


def row_picks(catalogue: Catalogue, ref: str, row: Mapping[Any, Any]) -> tuple[Pick, ...]:
    """What a row stands for: the first is what it is, the others what it is also about.

    Args:
        catalogue: The tables.
        ref: Reference of the row of a table that it shows, or ``""``.
        row: The row as it is shown.

    Returns:
        (dimension, value), each dimension once but for the two of a pair; nothing where no filter
        is meant.
    """
    found: list[Pick] = []
    if ref:
        table, cells = ref.split("/", 1)[0], row_of(catalogue, ref)
        if table == "footprints" and "area_id" in row:
            # It was carried over to an area of April 2026, which is what the reader sees.
            cells = {**cells, "icb_code": row["area_id"]}
        found = _of(catalogue, cells, STANDS_FOR[table])
        if table == "discrepancies":
            found = _subject(catalogue, cells)
        elif table == "survey_results":
            found = [*answer_picks(cells), *found]
    else:
        found = _named(catalogue, row, _NAMES)[:1]
    found = [*_compared(catalogue, row), *found, *_of(catalogue, row, _IN_FRAMES)]
    first: dict[str, str] = {}
    for dimension, value in found:
        first.setdefault(dimension, value)
    pair = _named(catalogue, row, _PAIR) if set(_PAIR) <= row.keys() else []
    return tuple(dict.fromkeys((*first.items(), *pair)))


def set_by(picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """Of what a row stands for that which a click sets: what it is, both of a pair."""
    return tuple(pick for pick in picks if pick[0] == picks[0][0])


def row_offers(catalogue: Catalogue, ref: str) -> tuple[Pick, ...]:
    """What can be filtered by beside what a row stands for: what it is tied to, and its tier.

    Args:
        catalogue: The tables.
        ref: Reference of the row.
    """
    cells = row_of(catalogue, ref)
    offers: list[Pick] = []
    if ref.startswith("insights/"):
        links = catalogue.frames["insight_links"]
        for row in links[links["insight_id"] == cells["insight_id"]].to_dict("records"):
            offers += _of(catalogue, row, STANDS_FOR["insight_links"])
    sources = [text(cells.get("source_id")), *listed(cells.get("source_ids"))]
    tiers = catalogue.frames["sources"].set_index("source_id")["tier"]
    offers += [("tier", str(tiers[key])) for key in sources if key in tiers.index][:1]
    return tuple(dict.fromkeys(offers))


def why_not(ref: str) -> str:
    """Why a row stands for no filter, in a sentence."""
    what = WHY_NOT.get(ref.split("/", 1)[0], "")
    return f"{what}: no filter stands for it." if what else "No filter stands for such a row."
