"""What may have been meant by a value that does not exist."""

from __future__ import annotations

from rapidfuzz import fuzz, process, utils

from data.catalogue import Catalogue
from data.query import value_label

LEAST = 72
"""Likeness, of 100, from which a value is suggested."""


def closest(value: str, options: dict[str, str]) -> str | None:
    """The id that is most like a value by itself or by its label; ``None`` where none is like it.

    Args:
        value: What was asked for.
        options: Id -> label.
    """
    texts = {(key, n): t for key, label in options.items() for n, t in enumerate((key, label))}
    found = process.extractOne(
        value, texts, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=LEAST
    )
    return None if found is None else found[2][0]


def suggestion(catalogue: Catalogue, dimension: str, value: str) -> str:
    """Words to follow “… is not a known sector”, such as “; did you mean “acute” (Acute)?”."""
    known = catalogue.known_values.get(dimension, ())
    options = {key: value_label(catalogue, dimension, key) for key in known}
    key = closest(value, options)
    return "" if key is None else f"; did you mean “{key}” ({options[key]})?"
