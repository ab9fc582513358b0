"""Every walkthrough of the Atlas, and what has to hold for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from components.exhibits import REGISTRY, Built, build_exhibit
from components.stories.model import (
    SUBJECT_DIMENSIONS,
    StoryError,
    StoryProblem,
    SubjectKind,
    Walkthrough,
)
from components.stories.reading import Reader
from components.stories.telling import Build, tell
from data.catalogue import Catalogue
from data.selection import Selection
from data.vintages import NEWER, areas
from data.walkthrough_files import WalkthroughFile, read_walkthroughs


def read_all(
    catalogue: Catalogue, files: Iterable[WalkthroughFile]
) -> tuple[tuple[Walkthrough, ...], tuple[StoryProblem, ...]]:
    """Walkthroughs of files, and the problems of those that cannot be used."""
    found: list[Walkthrough] = []
    problems: list[StoryProblem] = []
    for file in files:
        reader = Reader(catalogue, file)
        walkthrough = reader.read()
        if walkthrough:
            found.append(walkthrough)
        problems.extend(reader.problems)
    return tuple(found), tuple(problems)


def walkthroughs(catalogue: Catalogue) -> tuple[Walkthrough, ...]:
    """Every walkthrough, by the name of its file.

    Raises:
        StoryError: A file breaks the rules; carries every problem of every file.
        OSError: A file cannot be read.
    """
    found, problems = read_all(catalogue, read_walkthroughs())
    if problems:
        raise StoryError(problems)
    return found


def subjects(catalogue: Catalogue, kind: SubjectKind) -> tuple[Selection, ...]:
    """Every subject of a kind: for systems the 42 of April 2023, then the 36 of April 2026."""
    if kind == "system":
        older = [Selection(icb=(code,)) for code in catalogue.icb_names]
        codes = areas(catalogue, NEWER).sort_values("short_name")["area_id"]
        return (*older, *(Selection(icb=(code,), vintage=NEWER) for code in codes))
    dimension = SUBJECT_DIMENSIONS[kind]
    values = catalogue.known_values[dimension]
    return tuple(replace(Selection(), **{dimension: (v,)}) for v in values)  # type: ignore[arg-type]


def subjects_of(catalogue: Catalogue, walkthrough: Walkthrough) -> Iterator[Selection]:
    """Every subject that a walkthrough can be told of; one empty one where it needs none."""
    if not walkthrough.subject:
        yield Selection()
    for kind in SUBJECT_DIMENSIONS:
        if walkthrough.subject in {kind, "any"}:
            yield from subjects(catalogue, kind)


def cached_build(catalogue: Catalogue) -> Build:
    """Builds each exhibit once for a selection that makes a difference to it."""
    built: dict[tuple[str, Selection], Built] = {}

    def build(exhibit_id: str, selection: Selection) -> Built:
        key = (exhibit_id, selection.only(REGISTRY[exhibit_id].responds_to))
        if key not in built:
            built[key] = build_exhibit(catalogue, selection, exhibit_id)
        return built[key]

    return build


def check(catalogue: Catalogue, stories: Sequence[Walkthrough]) -> tuple[StoryProblem, ...]:
    """Tell every walkthrough of every subject; what cannot be told is a problem, once each."""
    problems: dict[tuple[str, int, str], StoryProblem] = {}
    build = cached_build(catalogue)
    for story in stories:
        for subject in subjects_of(catalogue, story):
            try:
                tell(catalogue, story, subject, build)
            except StoryError as error:
                for problem in error.problems:
                    problems.setdefault((problem.file, problem.row, problem.expected), problem)
    return tuple(problems.values())


def subject_id(subject: Selection) -> str:
    """A subject as one word for an address; systems of April 2026 say so."""
    values = [v for d, v in subject.active if d in SUBJECT_DIMENSIONS.values()]
    return f"{subject.vintage}.{values[0]}" if subject.vintage else "".join(values[:1])


def subject_of(catalogue: Catalogue, walkthrough: Walkthrough, wanted: str) -> Selection:
    """The subject with an id; an empty selection where the walkthrough cannot be told of it."""
    return next((s for s in subjects_of(catalogue, walkthrough) if subject_id(s) == wanted),
                Selection())  # fmt: skip
