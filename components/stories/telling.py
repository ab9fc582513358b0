"""A walkthrough told: exhibits built, figures computed, words put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from components.exhibits import REGISTRY, Built, build_exhibit
from components.exhibits.own_marking import OWN_CAVEAT
from components.stories.figures import FigureError, compute, fill, placeholders, rows_behind
from components.stories.joining import joined
from components.stories.model import (
    SUBJECT_DIMENSIONS,
    Behind,
    Figure,
    Step,
    StoryError,
    StoryProblem,
    SubjectKind,
    Told,
    ToldStep,
    Walkthrough,
)
from data.catalogue import Catalogue
from data.citations import Citation
from data.query import value_label
from data.selection import Selection

NO_SUBJECT: Final = Selection()
OWN_WORDS: Final = (
    "With your own data, words written for this step no longer hold and are left out; what stands "
    "here is what the exhibit itself says"
)
Build = Callable[[str, Selection], Built]
"""(Exhibit id, selection) -> built exhibit, such as a cached form of ``build_exhibit``."""


def subject_kind(subject: Selection) -> SubjectKind | None:
    """What kind of thing a subject is; ``None`` where nothing is chosen."""
    for kind, dimension in SUBJECT_DIMENSIONS.items():
        if getattr(subject, dimension):
            return kind
    return None


def subject_label(catalogue: Catalogue, subject: Selection) -> str:
    """A subject in words, or ``""``."""
    kind = subject_kind(subject)
    if kind is None:
        return ""
    dimension = SUBJECT_DIMENSIONS[kind]
    values = getattr(subject, dimension)
    return ", ".join(value_label(catalogue, dimension, v) for v in values)


def needs_subject(walkthrough: Walkthrough, subject: Selection) -> bool:
    """Whether a subject of the right kind has still to be chosen."""
    kind = subject_kind(subject)
    if walkthrough.subject == "any":
        return kind is None
    return bool(walkthrough.subject) and kind != walkthrough.subject


def selection_of(step: Step, walkthrough: Walkthrough, subject: Selection) -> Selection:
    """The selection of a step, with the subject where the step follows it."""
    if not walkthrough.subject or not step.follows:
        return step.selection
    kind = subject_kind(subject)
    given = {SUBJECT_DIMENSIONS[kind]: getattr(subject, SUBJECT_DIMENSIONS[kind])} if kind else {}
    if subject.vintage:
        given["vintage"] = subject.vintage
    return replace(step.selection, **given)


def written_wave(catalogue: Catalogue) -> str:
    """The wave that the stories are written about, where a reader's own stands beside it.

    Returns:
        Id of the last wave of the Atlas's own; ``""`` where no wave was brought.
    """
    own = {key[0] for key in catalogue.own.get("survey_waves", ())}
    waves = [w for w in catalogue.known_values["wave"] if w not in own]
    return waves[-1] if own and waves else ""


def _kept_to(wave: str, exhibit_id: str, selection: Selection) -> Selection:
    """A selection with a wave, where one is needed, none is named and the exhibit follows it."""
    is_free = wave and not selection.wave and "wave" in REGISTRY[exhibit_id].responds_to
    return replace(selection, wave=wave) if is_free else selection


def tell(
    catalogue: Catalogue,
    walkthrough: Walkthrough,
    subject: Selection = NO_SUBJECT,
    build: Build | None = None,
) -> Told:
    """Tell a walkthrough.

    Args:
        catalogue: The tables.
        walkthrough: The walkthrough.
        subject: What it is told of, where it needs a subject; otherwise it is ignored.
        build: Builds an exhibit; ``build_exhibit`` on the catalogue where it is ``None``.

    Raises:
        StoryError: A subject is needed and missing, or a figure cannot be computed. With rows of
            the reader's own words that do not hold are left out instead: the file is not wrong.
    """
    plain = build or (lambda exhibit_id, selection: build_exhibit(catalogue, selection, exhibit_id))

    def of_wave(exhibit_id: str, selection: Selection) -> Built:
        return plain(exhibit_id, _kept_to(wave, exhibit_id, selection))

    if not walkthrough.subject:
        subject = Selection()
    elif needs_subject(walkthrough, subject):
        wanted = walkthrough.subject.replace("any", "system, collaborative or sector")
        raise StoryError([_problem(walkthrough, 0, "subject", "none chosen", f"a {wanted}")])
    label = subject_label(catalogue, subject)
    steps = walkthrough.steps_for(subject_kind(subject))
    wave, has_own = written_wave(catalogue), bool(catalogue.own)
    told = []
    for n, step in enumerate(steps, start=1):
        selection = _kept_to(wave, step.exhibit_id, selection_of(step, walkthrough, subject))
        told.append(_told(n, step, walkthrough, selection, label, of_wave, has_own))
    title = f"{walkthrough.title}: {label}" if label else walkthrough.title
    kept = joined(told, label) if label else tuple(told)
    return Told(walkthrough, title, label, kept, subject)


def _problem(
    walkthrough: Walkthrough, line: int, key: str, found: str, expected: str
) -> StoryProblem:
    name = f"walkthroughs/{walkthrough.path.name}"
    return StoryProblem(name, line, key, found, expected, "Correct it.")


def _told(
    number: int, step: Step, story: Walkthrough, selection: Selection, label: str, build: Build,
    has_own: bool,
) -> ToldStep:  # fmt: skip
    built = build(step.exhibit_id, selection)
    values: dict[str, str | None] = {
        "subject": label, "reading": built.reading.removesuffix("."),
    }  # fmt: skip
    cited = [built]
    broken: set[str] = set()
    behind: dict[str, Behind] = {}
    for figure in step.figures:
        source = _source(figure, step, selection, built, build)
        try:
            values[figure.name] = compute(figure, source.frame)
        except FigureError as error:
            if has_own:
                values[figure.name] = None
                broken.add(figure.name)
                continue
            key = f"figures.{figure.name} (step {step.id!r}{f', of {label}' if label else ''})"
            raise StoryError(
                [_problem(story, figure.line, key, error.found, error.expected)]
            ) from error
        if values[figure.name] is None:
            continue
        behind[figure.name] = _behind(figure, step, selection, source)
        if source is not built:
            cited.append(source)
    headline, *points = _words(step, values, broken)
    if not headline and has_own:
        headline = values["reading"] or REGISTRY[step.exhibit_id].title
        broken.add("headline")
    if not headline:
        raise StoryError(
            [_problem(story, step.line, f"headline (step {step.id!r}, of {label})",
                      "no headline whose figures all exist", "one more, for this case")]
        )  # fmt: skip
    notes = fill(step.notes, {k: v or "(not published)" for k, v in values.items()}) or ""
    if broken:
        points = points or [f"{OWN_WORDS}."]
        notes = f"{OWN_WORDS}. {notes}"
    if len(cited) > 1:
        # A figure in the words may rest on own rows where no row of the exhibit does.
        is_own = any(OWN_CAVEAT in one.caveats for one in cited) and OWN_CAVEAT not in built.caveats
        caveats = (OWN_CAVEAT, *built.caveats) if is_own else built.caveats
        built = replace(built, citations=_merged(cited), caveats=caveats)
    exhibit = REGISTRY[step.exhibit_id]
    return ToldStep(
        number,
        step,
        headline,
        tuple(points),
        notes,
        exhibit,
        built,
        selection,
        step.seconds,
        values=values,
        behind=behind,
    )


def _behind(figure: Figure, step: Step, selection: Selection, source: Built) -> Behind:
    places = rows_behind(figure, source.frame)
    refs = tuple(source.refs[place] for place in places) if source.refs else ()
    chosen = selection if figure.selection is None else figure.selection
    counts = figure.operation in ("rows", "distinct", "commonest")
    by = figure.column if figure.operation in ("distinct", "commonest") else ""
    exhibit_id = figure.exhibit_id or step.exhibit_id
    return Behind(source.frame.iloc[places], refs, exhibit_id, chosen, counts, by)


def _words(step: Step, values: Mapping[str, str | None], broken: Iterable[str]) -> list[str]:
    """The headline, or ``""``, and the points whose figures exist.

    A figure that no sentence shows guards them all: where it is broken, none of them is told.
    """
    others = step.other_points or ((),) * len(step.points)
    texts = (
        step.headline,
        *step.other_headlines,
        *step.points,
        *(w for o in others for w in o),
    )
    shown = {name for text in texts for name in placeholders(text)}
    if set(broken) - shown:
        return [""]
    headlines = (fill(h, values) for h in (step.headline, *step.other_headlines))
    told = (
        next((w for w in (fill(t, values) for t in (point, *rest)) if w), None)
        for point, rest in zip(step.points, others, strict=True)
    )
    return [next((h for h in headlines if h), ""), *(words for words in told if words)]


def _source(figure: Figure, step: Step, selection: Selection, built: Built, build: Build) -> Built:
    """The exhibit that a figure is taken from."""
    if not figure.exhibit_id and figure.selection is None:
        return built
    chosen = selection if figure.selection is None else figure.selection
    return build(figure.exhibit_id or step.exhibit_id, chosen)


def _merged(cited: Iterable[Built]) -> tuple[Citation, ...]:
    """Citations of several exhibits, each source once with all its places."""
    found: dict[str, Citation] = {}
    for citation in (c for built in cited for c in built.citations):
        before = found.get(citation.source_id)
        if before is None:
            found[citation.source_id] = citation
        else:
            places = dict.fromkeys((*before.locators, *citation.locators))
            found[citation.source_id] = replace(before, locators=tuple(places))
    return tuple(found.values())
