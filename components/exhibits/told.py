"""Sentences beside an exhibit that rows of a table say, with the way to these rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from data.counted import Whence
from data.lineage import ref


class Told(str):
    """A sentence, and where it comes from; read as any other text.

    Attributes:
        whence: Reference of the row that says it, or a filter that leaves the rows it is worked out
            from.
    """

    whence: Whence

    def __new__(cls, words: str, whence: Whence) -> Self:
        """Make it of the words and their origin."""
        told = super().__new__(cls, words)
        told.whence = whence
        return told

    def __getnewargs__(self) -> tuple[str, Whence]:  # type: ignore[override]
        """What a copy is made of."""
        return str(self), self.whence


def under(name: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Sentences with what they are about before them, with their ways."""
    return tuple(
        Told(f"{name}: {line}", line.whence) if isinstance(line, Told) else f"{name}: {line}"
        for line in lines
    )


def of_result(words: str, row: Mapping[Any, Any]) -> Told:
    """A sentence that a result of the survey says; the row has the key of ``survey_results``."""
    return Told(words, result_ref(row))


def result_ref(row: Mapping[Any, Any]) -> str:
    """The reference of a result of the survey, by the key that its row has."""
    keys = ("wave_id", "question_id", "option_id", "sector_group")
    return ref("survey_results", *(row[key] for key in keys))
