"""One's own answers in an address and in a file; nothing of them is kept on the server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from data.placing import Answers, Ask

FORMAT: Final = "provider-collaboratives-atlas/place"
VERSION: Final = 1
MOST_BYTES: Final = 64_000
MOST_NAME: Final = 120
_SECTOR_KEY: Final = "s"


class PlacingError(ValueError):
    """A file of answers that cannot be read; ``problems`` says what, where, and what to do."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def to_address(answers: Answers) -> str:
    """The answers as one value of an address, such as ``s.acute~in.considering~ba.funding``.

    The name is left out: an address may be seen by others.
    """
    parts = [f"{_SECTOR_KEY}.{answers.sector}"] if answers.sector else []
    parts += [f"{key}.{','.join(options)}" for key, options in answers.given.items() if options]
    return "~".join(parts)


def from_address(
    text: str, questions: Iterable[Ask], sectors: Iterable[str]
) -> tuple[Answers, tuple[str, ...]]:
    """Read :func:`to_address` back.

    Args:
        text: The value from the address.
        questions: Those that are asked.
        sectors: Ids of sectors.

    Returns:
        The part that is known, and a sentence for each part that is not.
    """
    known = {q.key: q for q in questions}
    given: dict[str, tuple[str, ...]] = {}
    sector, dropped = "", []
    for part in filter(None, text.split("~")):
        key, _, rest = part.partition(".")
        options = [o for o in rest.split(",") if o]
        if key == _SECTOR_KEY:
            if rest in set(sectors):
                sector = rest
            else:
                dropped.append(f"“{rest}” is not a sector")
        elif key not in known:
            dropped.append(f"“{key}” is not a question")
        else:
            fits, wrong = _split(known[key], options)
            dropped += [f"“{o}” is not an answer to “{key}”" for o in wrong]
            given[key] = fits
    return Answers({k: v for k, v in given.items() if v}, sector), tuple(dropped)


def _split(ask: Ask, options: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Options that the question has, in its order, and those that it has not or not at once."""
    fits = [o for o in ask.options if o in options]
    wrong = [o for o in options if o not in ask.options]
    if not ask.many and len(fits) > 1:
        wrong += fits[1:]
        fits = fits[:1]
    return tuple(fits), wrong


def to_file(answers: Answers, questions: Iterable[Ask], wave: str) -> bytes:
    """The answers as a JSON file that :func:`from_file` reads; labels are there for people."""
    known = {q.key: q for q in questions}
    body = {
        "format": FORMAT,
        "version": VERSION,
        "name": answers.name,
        "sector": answers.sector,
        "wave": wave,
        "answers": {
            known[key].question_id: {
                "question": known[key].label,
                "options": list(options),
                "in_words": [known[key].options[o] for o in options],
            }
            for key, options in answers.given.items()
            if key in known and options
        },
    }
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def from_file(data: bytes, questions: Iterable[Ask], sectors: Iterable[str]) -> Answers:
    """Read a file of answers.

    Args:
        data: The file.
        questions: Those that are asked.
        sectors: Ids of sectors.

    Raises:
        PlacingError: It is not such a file, or part of it is not known; every problem is named.
    """
    body = _body(data)
    problems: list[str] = []
    sector = _text(body, "sector", problems)
    if sector and sector not in (names := list(sectors)):
        problems.append(f"sector: found “{sector}”; expected one of {', '.join(names)}")
    name = _text(body, "name", problems)
    if len(name) > MOST_NAME:
        problems.append(f"name: found {len(name)} characters; at most {MOST_NAME} are printed")
    found = body.get("answers")
    if not isinstance(found, dict):
        problems.append("answers: expected an object of question ids; download a file to see one")
        raise PlacingError(problems)
    known = {q.question_id: q for q in questions}
    given = {}
    for question_id, entry in found.items():
        options = entry.get("options") if isinstance(entry, dict) else entry
        if question_id not in known:
            problems.append(
                f"answers, {question_id}: no such question; expected one of {', '.join(known)}"
            )
        elif not isinstance(options, list) or not all(isinstance(o, str) for o in options):
            problems.append(f"answers, {question_id}: expected a list of option ids")
        else:
            ask = known[question_id]
            fits, wrong = _split(ask, options)
            problems += [
                f"answers, {question_id}: found “{o}”; expected "
                + ("some" if ask.many else "exactly one")
                + f" of {', '.join(ask.options)}"
                for o in wrong
            ]
            given[ask.key] = fits
    if problems:
        raise PlacingError(problems)
    return Answers({k: v for k, v in given.items() if v}, sector, name)


def _body(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise PlacingError(
            [f"the file has {len(data):,} bytes; answers have at most {MOST_BYTES:,}"]
        )
    try:
        body = json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PlacingError(["the file is not text in UTF-8; choose the JSON file that the "
                            "Atlas wrote"]) from error  # fmt: skip
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        told = f"{where}: not JSON ({error.msg}); choose the file that the Atlas wrote"
        raise PlacingError([told]) from error
    except RecursionError as error:
        raise PlacingError(["the file is nested too deeply to be a file of answers"]) from error
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        said = body.get("format") if isinstance(body, dict) else type(body).__name__
        raise PlacingError([f"format: found {said!r}; expected {FORMAT!r}: choose the file that "
                            "“Save my answers” wrote"])  # fmt: skip
    if body.get("version") != VERSION:
        raise PlacingError([f"version: found {body.get('version')!r}; this Atlas reads {VERSION}"])
    return body


def _text(body: dict[str, Any], key: str, problems: list[str]) -> str:
    value = body.get(key, "")
    if isinstance(value, str):
        return value.strip()
    problems.append(f"{key}: expected text, found {type(value).__name__}")
    return ""
