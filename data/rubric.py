"""The rubric by which the evidence for an outcome is graded: criteria, grades and their words.

Ten criteria are read from the row, its sources and the register of discrepancies. A grade is the
first, from the strongest, whose requirements are all met; nothing is weighted and nothing is added
up. The grade judges what is published about a result, not the result, nor whoever reports it.
``components/text/evidence-rubric.md`` is the same rubric for readers; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Criterion:
    """One thing that is either met or not.

    Attributes:
        id: Name of its column in :func:`grades`.
        label: A few words for people.
        sentence: When it is met.
        lacking: The words for "it is not met", to stand after "because".
    """

    id: str
    label: str
    sentence: str
    lacking: str


@dataclass(frozen=True)
class Grade:
    """One grade.

    Attributes:
        id: Stable id, as in addresses.
        letter: ``A`` (strongest) to ``E``, for places with room for one letter.
        label: A few words for people.
        meaning: What it takes and what it says.
        needs: Criteria that must all be met.
        any_of: Criteria of which one at least must be met, or none at all are named.
    """

    id: str
    letter: str
    label: str
    meaning: str
    needs: tuple[str, ...]
    any_of: tuple[str, ...] = ()

    def fits(self, met: Mapping[str, bool]) -> bool:
        """Whether the criteria that are met are enough for this grade."""
        return all(met[c] for c in self.needs) and (
            not self.any_of or any(met[c] for c in self.any_of)
        )


RUBRIC: Final = (
    Criterion(
        "happened", "It has happened",
        "The status is achieved, not expected or planned.",
        "it is expected or planned, not achieved",
    ),
    Criterion(
        "number", "A number is stated",
        "There is a value, not only words.",
        "no number is stated",
    ),
    Criterion(
        "exact", "The number is exact",
        "The value is a printed figure, not “about” or “more than”.",
        "the number is approximate or a bound",
    ),
    Criterion(
        "start", "The starting value is stated",
        "The source gives the value before as well as the value after.",
        "no starting value is stated",
    ),
    Criterion(
        "comparator", "What it is compared with is said",
        "The source says what the value is set against, in words or by a starting value.",
        "nothing says what it is compared with",
    ),
    Criterion(
        "period", "The period is stated",
        "The source says over which period or at what time.",
        "no period is stated",
    ),
    Criterion(
        "outside", "Somebody else says so",
        "A published report or official statistics state it, not only a page of the body itself "
        "or of its partners, nor only the press.",
        "only the body's own pages or the press state it",
    ),
    Criterion(
        "beyond_press", "It does not rest on the press",
        "At least one source is something other than a press report.",
        "only the press states it",
    ),
    Criterion(
        "second_source", "A second, separate source",
        "Two sources state it that share no publisher; a briefing and its web chapter count once.",
        "one publisher alone states it",
    ),
    Criterion(
        "undisputed", "No discrepancy",
        "The register of discrepancies holds no other value or wording for it.",
        "a discrepancy is registered",
    ),
)  # fmt: skip
"""The criteria, in the order in which they are told."""

_CARRIED = ("happened", "number", "beyond_press")

GRADES: Final = (
    Grade(
        "full", "A", "Measured and fully described",
        "Achieved, an exact number, the starting value, the period, no discrepancy, and stated in "
        "more than the body's own pages or the press.",
        (*_CARRIED, "exact", "start", "period", "outside", "undisputed"),
    ),
    Grade(
        "partial", "B", "Measured, partly described",
        "Achieved, a number, and at least one of starting value, comparator and period.",
        _CARRIED, ("start", "comparator", "period"),
    ),
    Grade(
        "bare", "C", "A number on its own",
        "Achieved and a number, but neither starting value nor comparator nor period.",
        _CARRIED,
    ),
    Grade(
        "words", "D", "Said to have happened",
        "Achieved, but no number is stated, or only the press states it.",
        ("happened",),
    ),
    Grade(
        "intention", "E", "Stated intention",
        "Expected or planned, whatever number is named: not evidence of a result.",
        (),
    ),
)  # fmt: skip
"""The grades, the strongest first; every outcome fits the last."""

CRITERIA: Final = {c.id: c for c in RUBRIC}
GRADE: Final = {g.id: g for g in GRADES}
RANK: Final = {g.id: place for place, g in enumerate(GRADES)}
"""Grade id -> 0 for the strongest, rising."""


def grade_label(grade_id: str) -> str:
    """A grade in words, such as ``B: measured, partly described``."""
    grade = GRADE[grade_id]
    return f"{grade.letter}: {grade.label[0].lower()}{grade.label[1:]}"


def grade_of(met: Mapping[str, bool]) -> Grade:
    """The strongest grade that the criteria met allow.

    Args:
        met: Criterion id -> whether it is met, for every criterion.

    Raises:
        KeyError: A criterion is missing.
    """
    return next(grade for grade in GRADES if grade.fits(met))


def why(met: Mapping[str, bool]) -> str:
    """One sentence: the grade, what keeps it from the next, and how many criteria are met."""
    grade = grade_of(met)
    count = f"meets {sum(met[c.id] for c in RUBRIC)} of {len(RUBRIC)} criteria"
    place = RANK[grade.id]
    if place == 0:
        return f"Grade {grade.letter}: everything that the highest grade asks for; {count}."
    above = GRADES[place - 1]
    lacking = [c for c in above.needs if not met[c]]
    if above.any_of and not any(met[c] for c in above.any_of):
        lacking.extend(above.any_of)
    reasons = [CRITERIA[c].lacking for c in lacking]
    words = reasons[0] if len(reasons) == 1 else f"{', '.join(reasons[:-1])} and {reasons[-1]}"
    return f"Grade {grade.letter}, not {above.letter}, because {words}; {count}."
