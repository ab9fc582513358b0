"""How a parameter of an address is read: what of it can be used, and a sentence for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from data import Catalogue
from data.selection import plain_text
from data.suggest import closest


@dataclass(frozen=True)
class Asked:
    """An address that is read: the tables, the page, and all parameters."""

    tables: Catalogue
    page: str
    params: Mapping[str, str]


Read = Callable[[Asked, str], tuple[str, tuple[str, ...]]]
"""(address, what a parameter says) -> what can be used of it, a sentence for each other part."""
Options = Callable[[Asked], Mapping[str, str]]


@dataclass(frozen=True)
class Param:
    """A parameter.

    Attributes:
        name: Its name in the address.
        pages: Addresses of the pages that have it.
        read: What of it can be used.
        between: What stands between several values; ``""`` where ``read`` says it, or of one.
    """

    name: str
    pages: frozenset[str]
    read: Read
    between: str = ""

    @property
    def sign(self) -> str:
        """What stands between several values; ``""`` where there is one."""
        return self.between or ("," if isinstance(self.read, Several) else "")


def unknown(value: str, what: str, options: Mapping[str, str]) -> str:
    """Say that a value is not what was asked for, and what may have been meant."""
    near = closest(value, dict(options))
    meant = "" if near is None else f"; did you mean “{near}” ({options[near]})?"
    return f"“{plain_text(value)}” is not {what}{meant}"


def one(what: str, options: Options) -> Read:
    """A reader of one id.

    Args:
        what: What an id is, for the sentence about one that is none.
        options: The ids that there are -> labels.
    """

    def read(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        known = options(seen)
        return (text, ()) if text in known else ("", (unknown(text, what, known),))

    return read


def between_commas(text: str) -> list[str]:
    """What stands between the commas of a text."""
    return [part.strip() for part in text.split(",") if part.strip()]


@dataclass(frozen=True)
class Several:
    """A reader of ids with commas between, ``most`` of them at most; else as ``one``.

    ``parts`` gives the ids, where an address may have them shorter.
    """

    what: str
    options: Options
    most: int
    parts: Callable[[str], Iterable[str]] = between_commas

    def __call__(self, seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
        """Read what a parameter says."""
        known = self.options(seen)
        wanted = list(dict.fromkeys(self.parts(text)))
        kept = [v for v in wanted if v in known]
        dropped = [unknown(v, self.what, known) for v in wanted if v not in known]
        dropped += [
            f"“{known[v]}” is one more than the {self.most} allowed" for v in kept[self.most :]
        ]
        return ",".join(kept[: self.most]), tuple(dropped)


def several(what: str, options: Options, most: int) -> Several:
    """A reader of ids with commas between, ``most`` of them at most; else as ``one``."""
    return Several(what, options, most)


def words(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    """Read what may be anything, up to a length."""
    del seen
    kept = plain_text(text)
    more = len(kept) < len(" ".join(text.split()))
    return kept, (f"of the words looked for, all after “…{kept[-12:]}”",) if more else ()


def switch(seen: Asked, text: str) -> tuple[str, tuple[str, ...]]:
    """Read a switch that is on unless an address says ``no``; older links say ``yes``."""
    del seen
    if text in ("no", "yes"):
        return ("no" if text == "no" else ""), ()
    return "", (f"“{plain_text(text)}” is neither “no” nor “yes”",)
