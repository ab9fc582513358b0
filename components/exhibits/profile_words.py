"""Words that the page and the printed brief of a profile share, computed from the profile."""

from __future__ import annotations

from functools import partial
from typing import Final

from components import theme
from components.exhibits.benefits import value_words
from data.catalogue import Catalogue
from data.profile_areas import Locate
from data.profile_facts import Footprint, Member, Outcome, Related
from data.profile_places import Change
from data.profile_values import CollaborativeProfile, SystemProfile
from data.profiles import collaborative_profile, system_profile
from data.vintages import NEWER
from geo.footprints import neighbours
from geo.points import icb_at

NOT_PUBLISHED: Final = "not published"
NO_COLLABORATIVE: Final = (
    "No collaborative that the sources name touches this system.",
    "It means that none of the sources from which the Atlas is curated names one here.",
    "It does not mean that there is none, nor that providers here do not work together: the Atlas "
    "is not a register and holds far fewer collaboratives than are thought to exist.",
)
NOT_OF_THE_SYSTEM: Final = (
    "Reported by collaboratives that touch this system. Where a collaborative spans several "
    "systems, its outcomes are of the collaborative, not of this system."
)
NO_MODEL: Final = (
    "No source names a governance model. The Atlas assigns none, whatever arrangements are "
    "described."
)
SELF_REPORTED: Final = (
    "Outcomes are as reported by the collaboratives or the bodies that represent them; the Atlas "
    "has not evaluated them. Achieved, expected and planned are kept apart and are not to be added."
)
NEIGHBOURS: Final = "Neighbouring systems"
ORGANISATIONS_HERE: Final = "Organisations based here that a source names"
NO_ORGANISATION: Final = (
    "None in the tables: they hold the organisations that a source names in a collaborative, not "
    "every trust. Others may well have their headquarters here."
)
GAPS: Final = "“Not published” means that no source states a value; it is not zero."
INFERRED: Final = (
    "Inferred: read from members' homes or from a region or county that is named, not stated."
)
SPOKEN_OF: Final = "The sources speak of the 42 boards of April 2023."
CARRIED: Final = (
    f"{SPOKEN_OF} Footprints on the 36 of April 2026 are carried over by the Atlas’s crosswalk, "
    "not stated by a source."
)
LOCATE: Final[Locate] = partial(icb_at, vintage=NEWER)
"""One value, as what is placed by it is cached."""


def full_collaborative(
    catalogue: Catalogue, collaborative_id: str, vintage: str = "2023"
) -> CollaborativeProfile:
    """The profile of a collaborative with the neighbours of its footprint.

    Raises:
        KeyError: There is no such collaborative.
        GeoError: There are no boundaries of such a vintage.
    """
    return collaborative_profile(catalogue, collaborative_id, vintage, neighbours(vintage), LOCATE)


def full_system(catalogue: Catalogue, code: str, vintage: str = "2023") -> SystemProfile:
    """The profile of a system with its neighbours, which the boundaries know and tables do not.

    Raises:
        KeyError: The vintage has no such system.
        GeoError: There are no boundaries of such a vintage.
    """
    return system_profile(catalogue, code, vintage, neighbours(vintage).get(code, ()), LOCATE)


def members_words(profile: CollaborativeProfile) -> str:
    """How many members are stated and named, such as ``7 stated, 5 named``."""
    named = f"{len(profile.members)} named" if profile.members else "none named"
    if profile.members_stated is None:
        return f"number {NOT_PUBLISHED}, {named}"
    return f"{profile.members_stated} stated, {named}"


def systems_words(profile: CollaborativeProfile) -> str:
    """How many systems are stated and drawn, such as ``2 drawn: 1 stated, 1 inferred``."""
    prints = profile.footprint
    if not prints:
        drawn = f"footprint {NOT_PUBLISHED}"
    else:
        stated = sum(f.is_stated for f in prints)
        kinds = [f"{stated} {_stated_word(profile.vintage)}"] if stated else []
        kinds += [f"{len(prints) - stated} inferred"] if stated < len(prints) else []
        drawn = f"{len(prints)} drawn ({', '.join(kinds)})"
    return drawn if profile.icbs_stated is None else f"{profile.icbs_stated} stated, {drawn}"


def _stated_word(vintage: str) -> str:
    """What a stated footprint is called: carried over, it was stated of other boards."""
    return "stated for April 2023" if vintage == NEWER else "stated"


def formed_words(profile: CollaborativeProfile) -> str:
    """Year of formation, or that it is not published."""
    return NOT_PUBLISHED if profile.formed_year is None else str(profile.formed_year)


def key_facts(profile: CollaborativeProfile) -> tuple[tuple[str, str], ...]:
    """(Name, value) of what a reader wants first."""
    return (
        ("Sector", profile.sector_label),
        ("Governance model", _lower_gap(profile.governance.label)),
        ("Formed", formed_words(profile)),
        ("Members", members_words(profile)),
        ("Systems", systems_words(profile)),
        ("Status", f"{profile.status_label}; {_lower_gap(profile.scope_label).lower()}"),
    )


def system_facts(profile: SystemProfile) -> tuple[tuple[str, str], ...]:
    """(Name, value) of what a reader of a system wants first."""
    prints = profile.footprints
    stated = sum(f.is_stated and f.is_certain for f in prints)
    doubtful = sum(not f.is_certain for f in prints)
    kinds = [
        f"{stated} {_stated_word(profile.area.vintage)}",
        f"{len(prints) - stated - doubtful} inferred",
    ]
    kinds += [f"{doubtful} may reach into it"] if doubtful else []
    count = f"{len(prints)} ({', '.join(kinds)})" if prints else "0"
    return (
        ("Region", profile.area.region),
        ("Collaboratives", count),
        (ORGANISATIONS_HERE, str(len(profile.organisations) or "none named")),
        ("Outcomes reported by them", str(len(profile.outcomes))),
        (NEIGHBOURS, str(len(profile.neighbours))),
        ("April 2026", became_words(profile)),
    )


def _lower_gap(label: str) -> str:
    return NOT_PUBLISHED if label == "Not published" else label


def spoken_words(vintage: str) -> str:
    """Which boards the sources speak of, and what that means for footprints in a vintage."""
    return CARRIED if vintage == NEWER else SPOKEN_OF


def became_title(profile: SystemProfile) -> str:
    """Heading of what changed in April 2026."""
    made = profile.is_newer and not profile.is_unchanged
    return "What it was made from in April 2026" if made else "What changed in April 2026"


def unchanged_words(profile: SystemProfile) -> str:
    """The sentence in place of changes where there are none."""
    if profile.is_newer:
        return "No change is recorded: board and area are taken to be those of April 2023."
    return "No change of this board is recorded."


def became_words(profile: SystemProfile) -> str:
    """What became of a board, or what it was made from, in a few words."""
    others = tuple(dict.fromkeys(c.other for c in profile.changes))
    if not others:
        return "no change recorded"
    if profile.is_newer:
        return f"made from {theme.plural(len(others), 'board')} of April 2023"
    if all(c.is_gain for c in profile.changes):
        return f"keeps its name, gains area from {' and '.join(others)}"
    return f"now {others[0]}" if len(others) == 1 else f"divided among {len(others)} boards"


def change_words(change: Change) -> str:
    """One change in a sentence's worth of words."""
    if change.is_gain:
        # Its own area of before is not something that another board gave.
        area = f"The whole of {change.other}" if change.area == "all" else change.area
        source = "" if change.area == "all" else f", from {change.other}"
        return f"{area.replace(';', ',')}{source} ({change.change})"
    area = "The whole area" if change.area == "all" else change.area
    return f"{area}: to {change.other} ({change.change})"


def coverage_words(row: Footprint) -> str:
    """Coverage and basis, such as ``part of the system; inferred from members' homes``."""
    basis = row.basis_label[:1].lower() + row.basis_label[1:]
    coverage = row.coverage_label.lower() if row.is_certain else "may reach into it"
    basis = basis if row.is_stated else f"inferred {basis}"
    if row.carry_note:
        return f"{coverage}, carried over; for April 2023 {basis}"
    return f"{coverage}; {basis}"


def home_words(member: Member) -> str:
    """Where a member has its headquarters, and whether that is outside the footprint."""
    home = member.home or f"home {NOT_PUBLISHED}"
    return f"{home} (outside the footprint)" if member.is_outside else home


def outcome_value(outcome: Outcome) -> str:
    """The value in words, with the value before where it is stated."""
    words = value_words(outcome.figures)
    if outcome.baseline is not None:
        words += f" (from {theme.amount(outcome.baseline, outcome.unit)})"
    return words


def outcome_detail(outcome: Outcome) -> str:
    """Benefit, period, comparator and strength of evidence, separated by semicolons."""
    parts = [outcome.benefit_label]
    parts += [f"period: {outcome.period}"] if outcome.period else []
    parts += [f"compared with: {outcome.comparator}"] if outcome.comparator else []
    parts += [f"evidence grade {outcome.evidence}"] if outcome.evidence else []
    return "; ".join(parts)


def related_parts(related: Related) -> dict[str, str]:
    """What two collaboratives share: table whose rows say so, ``""`` for none -> words."""
    parts = {}
    if related.members:
        count = theme.plural(len(related.members), "member")
        parts["memberships"] = f"{count} in common ({', '.join(related.members)})"
    if related.systems:
        count = theme.plural(len(related.systems), "system")
        parts["footprints"] = f"{count} in common ({', '.join(related.systems)})"
    if related.same_sector:
        parts[""] = "same sector"
    return parts


def related_words(related: Related) -> str:
    """What two collaboratives share, in a line."""
    return "; ".join(related_parts(related).values())
