"""From the values of a file to a walkthrough: every key checked, every problem with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final, get_args

from components.exhibits import REGISTRY
from components.stories.figures import GIVEN, OPERATIONS, STYLES, placeholders
from components.stories.lines import line_of
from components.stories.model import (
    SUBJECT_DIMENSIONS,
    Figure,
    Step,
    StoryProblem,
    SubjectNeed,
    Walkthrough,
)
from data.catalogue import Catalogue
from data.selection import Selection
from data.walkthrough_files import WalkthroughFile

_TOP: Final = {"title": str, "summary": str, "subject": str, "steps": list}
_STEP: Final = {
    "id": str, "exhibit": str, "headline": (str, list), "points": list, "notes": str,
    "seconds": int, "selection": dict, "figures": dict, "for": list, "follow_subject": bool,
}  # fmt: skip
_NEEDED: Final = ("id", "exhibit", "headline", "points", "notes", "seconds")
_FIGURE: Final = {
    "where": dict, "unless": dict, "published": list, "largest": str, "smallest": str, "rank": int,
    "of": str, "having": int, "give": str, "most": int, "as": str, "plural": list,
    "at_least": (int, float), "at_most": (int, float), "optional": bool, "exhibit": str,
    "selection": dict,
}  # fmt: skip
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Years and financial years say when; every other number in a headline or point is computed.
_TYPED: Final = re.compile(r"(?<![\w/-])(?!(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?(?!\d))\d[\d,.]*%?")
_FEWEST_S, _MOST_S = 10, 600


class Reader:
    """Reads one file and gathers its problems.

    Args:
        catalogue: The tables, for the values of selections.
        file: The file.
    """

    def __init__(self, catalogue: Catalogue, file: WalkthroughFile) -> None:
        self._catalogue, self._file = catalogue, file
        self._step: int | None = None
        self.problems: list[StoryProblem] = []

    def line(self, *path: str) -> int:
        """Line of a key of the step that is being read."""
        return line_of(self._file.text, self._step, *path)

    def _problem(self, found: str, expected: str, action: str, *path: str) -> None:
        name = f"walkthroughs/{self._file.path.name}"
        key = ".".join(path)
        self.problems.append(
            StoryProblem(name, self.line(*path), key, found, expected, action)
        )  # fmt: skip

    def read(self) -> Walkthrough | None:
        """The walkthrough; ``None`` where there are problems."""
        file, values = self._file, self._file.values
        if file.error:
            name = f"walkthroughs/{file.path.name}"
            problem = StoryProblem(
                name, file.error_line, "", file.error, "a TOML file", "Correct the line."
            )
            self.problems.append(problem)
            return None
        self._keys(values, _TOP, ("title", "summary", "steps"))
        if not _SLUG.fullmatch(file.path.stem):
            self._problem(
                f"{file.path.name!r}", "lower-case words joined by hyphens", "Rename the file."
            )
        subject = values.get("subject", "")
        if subject not in get_args(SubjectNeed):
            known = ", ".join(repr(s) for s in get_args(SubjectNeed))
            self._problem(f"{subject!r}", f"one of {known}", "Correct it.", "subject")
        written = values.get("steps", [])
        steps = [self._read_step(n, s) for n, s in enumerate(written) if isinstance(s, dict)]
        self._step = None
        if not steps:
            self._problem("no steps", "at least one [[steps]]", "Add one.", "steps")
        if self.problems:
            return None
        return Walkthrough(
            file.path.stem, values["title"], " ".join(values["summary"].split()), subject,
            tuple(s for s in steps if s), file.path,
        )  # fmt: skip

    def _keys(
        self, values: Mapping[str, Any], known: Mapping[str, Any], needed: tuple[str, ...],
        *path: str,
    ) -> bool:  # fmt: skip
        """Whether every key is known, of its kind, and none that is needed is missing."""
        before = len(self.problems)
        for key, value in values.items():
            if key not in known:
                self._problem(
                    f"{key!r}", f"one of {', '.join(known)}", "Correct the key.", *path, key
                )
            elif not isinstance(value, known[key]) or (
                isinstance(value, bool) and known[key] is not bool
            ):
                kinds = known[key] if isinstance(known[key], tuple) else (known[key],)
                names = " or ".join(_KINDS[k] for k in kinds)
                self._problem(f"{value!r}", names, "Correct the value.", *path, key)
        for key in needed:
            if not values.get(key):
                self._problem(f"no {key}", f"a {key}", "Add it.", *path, key)
        return len(self.problems) == before

    def _read_step(self, number: int, values: Mapping[str, Any]) -> Step | None:
        self._step = number
        if not self._keys(values, _STEP, _NEEDED):
            return None
        if values["exhibit"] not in {e.id for e in REGISTRY}:
            self._problem(
                f"{values['exhibit']!r}", "the id of an exhibit",
                "`python -m components.exhibits list` prints them.", "exhibit",
            )  # fmt: skip
        others = [s.get("id") for s in self._file.values["steps"][:number]]
        if not _SLUG.fullmatch(values["id"]) or values["id"] in others:
            self._problem(
                f"{values['id']!r}", "lower-case words joined by hyphens, once in the file",
                "Correct the id.", "id",
            )  # fmt: skip
        if not _FEWEST_S <= values["seconds"] <= _MOST_S:
            self._problem(
                str(values["seconds"]), f"{_FEWEST_S} to {_MOST_S} seconds", "Correct it.",
                "seconds",
            )  # fmt: skip
        kinds = tuple(values.get("for", ()))
        for kind in kinds:
            if kind not in SUBJECT_DIMENSIONS:
                known = ", ".join(SUBJECT_DIMENSIONS)
                self._problem(f"{kind!r}", f"some of {known}", "Correct it.", "for")
        headline = values["headline"]
        headlines = (headline,) if isinstance(headline, str) else tuple(map(str, headline))
        points = tuple(tuple(map(str, p)) if isinstance(p, list) else (str(p),)
                       for p in values["points"])  # fmt: skip
        figures = self._figures(values.get("figures", {}))
        self._words(headlines, tuple(w for p in points for w in p), values["notes"], figures)
        return Step(
            exhibit_id=values["exhibit"],
            selection=self._selection(values.get("selection", {}), "selection"),
            headline=headlines[0],
            points=tuple(p[0] for p in points),
            notes=" ".join(values["notes"].split()),
            seconds=values["seconds"],
            id=values["id"],
            other_headlines=headlines[1:],
            other_points=tuple(p[1:] for p in points),
            figures=figures,
            kinds=kinds,
            follows=values.get("follow_subject", True),
            line=self.line(),
        )

    def _words(
        self,
        headlines: tuple[str, ...],
        points: tuple[str, ...],
        notes: str,
        figures: tuple[Figure, ...],
    ) -> None:
        """Numbers are computed, names between braces exist, and every figure is used."""
        known = {*GIVEN, *(f.name for f in figures)}
        used: set[str] = set()
        for key, texts in (("headline", headlines), ("points", points), ("notes", (notes,))):
            for text in texts:
                used.update(placeholders(text))
                for name in sorted(set(placeholders(text)) - known):
                    self._problem(
                        f"{{{name}}}", f"one of {', '.join(sorted(known))}",
                        "Define it under [steps.figures].", key,
                    )  # fmt: skip
                if key != "notes":
                    for typed in _TYPED.findall(text):
                        self._problem(
                            f"{typed!r} in “{text}”", "a number that is computed",
                            "Put a {figure} there and define it under [steps.figures].", key,
                        )  # fmt: skip
        for figure in figures:
            if figure.name not in used and figure.at_least is None and figure.at_most is None:
                self._problem(
                    f"{figure.name!r}, which no text uses", "a figure that is used or checked",
                    "Use it, give it at_least or at_most, or remove it.", "figures", figure.name,
                )  # fmt: skip

    def _figures(self, values: Mapping[str, Any]) -> tuple[Figure, ...]:
        return tuple(
            f for name, spec in values.items() if (f := self._figure(name, spec)) is not None
        )

    def _figure(self, name: str, spec: Any) -> Figure | None:
        path = ("figures", name)
        if not isinstance(spec, dict) or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            self._problem(f"{name} = {spec!r}", "a name and a table of keys", "Correct it.", *path)
            return None
        asked = [o for o in OPERATIONS if o in spec]
        if len(asked) != 1:
            self._problem(
                " and ".join(asked) or "none", f"one of {', '.join(OPERATIONS)}", "Correct it.",
                *path,
            )  # fmt: skip
            return None
        rest = {k: v for k, v in spec.items() if k != asked[0]}
        if not self._keys(rest, _FIGURE, (), *path):
            return None
        style, give = spec.get("as", ""), spec.get("give", "name")
        exhibit_id = spec.get("exhibit", "")
        for is_wrong, found, expected in (
            (style and style not in STYLES, style, f"one of {', '.join(STYLES)}"),
            (give not in {"name", "count"}, give, "name or count"),
            (exhibit_id and exhibit_id not in {e.id for e in REGISTRY}, exhibit_id,
             "the id of an exhibit"),
            (len(spec.get("plural", (0, 0))) != 2, str(spec.get("plural")),
             "the noun for one and for several"),
            ("having" in spec and not spec.get("of"), "having without of", "the column to count"),
        ):  # fmt: skip
            if is_wrong:
                self._problem(f"{found!r}", expected, "Correct it.", *path)
        chosen = spec.get("selection")
        return Figure(
            name=name,
            operation=asked[0],
            column=spec[asked[0]] if asked[0] != "rows" else "",
            where=_conditions(spec.get("where", {})),
            unless=_conditions(spec.get("unless", {})),
            published=tuple(spec.get("published", ())),
            style=style,
            give=give,
            plural=tuple(spec.get("plural", ())),
            exhibit_id=exhibit_id,
            selection=None if chosen is None else self._selection(chosen, *path),
            line=self.line(*path),
            **{
                k: spec[k]
                for k in ("largest", "smallest", "rank", "of", "having", "most", "at_least",
                          "at_most", "optional")
                if k in spec
            },
        )  # fmt: skip

    def _selection(self, values: Mapping[str, Any], *path: str) -> Selection:
        """The selection; every dimension and value is known."""
        kept: dict[str, Any] = {}
        single = {f.name: isinstance(f.default, str) for f in fields(Selection)}
        for dimension, value in values.items():
            if dimension not in single:
                self._problem(
                    f"{dimension!r}", f"one of {', '.join(single)}", "Correct it.",
                    *path, dimension,
                )  # fmt: skip
                continue
            listed = value if isinstance(value, list) else [value]
            known = self._catalogue.known_values[dimension]
            for one in listed:
                if one not in known:
                    few = ", ".join(map(str, known[:6])) + (", …" if len(known) > 6 else "")
                    self._problem(f"{one!r}", f"one of {few}", "Correct it.", *path, dimension)
            kept[dimension] = str(listed[0]) if single[dimension] else tuple(map(str, listed))
        return Selection(**kept)


_KINDS: Final = {
    str: "words in quotation marks", list: "a list", int: "a whole number", float: "a number",
    dict: "a table of keys", bool: "true or false",
}  # fmt: skip


def _conditions(values: Mapping[str, Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple((c, tuple(v) if isinstance(v, list) else (v,)) for c, v in values.items())
