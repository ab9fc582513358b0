"""What the interface says when it cannot answer: what was found, what it takes, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data import Catalogue, Selection
from data.selection import LONGEST_TEXT
from data.suggest import closest, suggestion
from server.api_answer import ApiError

_FEW = 20
"""As many values are told in a sentence; more are in ``known`` alone."""
_MOST = 100
"""As many values are in ``known``."""
_LETTERS = 4
_SINGLE = ("vintage", "wave")


def cut(value: str) -> str:
    """What was asked for, in marks, as long as a sentence holds."""
    return f"“{value[:40]}…”" if len(value) > 41 else f"“{value}”"


def listed(values: Sequence[str]) -> str:
    """Values in a sentence, or where all of them are."""
    if len(values) <= _FEW:
        return ", ".join(values)
    where = "“known”" if len(values) <= _MOST else f"“known” (the first {_MOST})"
    return f"one of {len(values):,} values, such as {values[0]}; they are in {where}"


def no_such(
    what: str, value: str, options: Mapping[str, str], where: str, *, status: int = 404
) -> ApiError:
    """The problem of a thing that does not exist.

    Args:
        what: What was asked for, such as ``table``.
        value: The id asked for.
        options: Id -> title of all that exist.
        where: The address that lists them.
        status: HTTP status.
    """
    # A few letters are like something in any long list.
    near = closest(value, dict(options)) if len(value) > _LETTERS else None
    meant = f" Did you mean “{near}” ({options[near]})?" if near else ""
    return ApiError(
        status, f"No such {what}",
        f"There is no {what} {cut(value)}.{meant} {where} lists all {len(options)}.",
        known=list(options),
    )  # fmt: skip


def not_taken(names: Sequence[str], allowed: Sequence[str], filters: Sequence[str]) -> ApiError:
    """The problem of parameters that an address does not take.

    Args:
        names: The parameters.
        allowed: Those that it takes.
        filters: Every filter of the interface.
    """
    said = []
    for name in names:
        near = closest(name, {a: a for a in allowed})
        if name in filters:
            said.append(f"The filter {cut(name)} does not apply to this address.")
        elif name in {"limit", "offset"}:
            said.append(f"{cut(name)} does not apply to this address, which is given whole.")
        else:
            meant = f" Did you mean “{near}”?" if near else ""
            said.append(f"There is no parameter {cut(name)}.{meant}")
    takes = f"It takes {', '.join(allowed)}; leave out anything else."
    todo = ""
    if set(names) & set(filters):
        todo += " Filters apply to the rows of a table (/tables/{name}) and of an exhibit "
        todo += "(/exhibits/{id})."
    return ApiError(
        400, "Unknown parameter", f"{' '.join(said)} {takes}{todo}", known=list(allowed)
    )


def _filter(
    tables: Catalogue, name: str, raw: str, known: Mapping[str, Sequence[str]]
) -> tuple[str, bool]:
    """What is wrong with one filter, or ``""``, and whether the values that exist help."""
    values = [v.strip() for v in raw.split(",") if v.strip()]
    if name == "q":
        words = " ".join(raw.split())
        if len(words) <= LONGEST_TEXT:
            return "", False
        return (
            f"The filter q has {len(words)} characters and takes at most {LONGEST_TEXT}. "
            "Look for fewer words.", False,
        )  # fmt: skip
    said = [v for v in values if Selection.from_params({name: v}, known)[1]]
    if said:
        hints = (suggestion(tables, name, v).removeprefix("; ") for v in said)
        meant = " ".join(f"{h[:1].upper()}{h[1:]}" for h in hints if h)
        years = " or a range such as 2015-2019" if name == "formed" else ""
        return (
            f"The filter {name} has no value {' or '.join(map(cut, said))}."
            f"{f' {meant}' if meant else ''} It takes {listed(known[name])}{years}.", True,
        )  # fmt: skip
    if name in _SINGLE and len(values) > 1:
        return (
            f"The filter {name} takes one value; {len(values)} were given ({cut(raw)}). "
            "Ask once for each.", False,
        )  # fmt: skip
    return "", False


def check_filters(tables: Catalogue, params: Mapping[str, str]) -> None:
    """Check that every value of every filter exists.

    Raises:
        ApiError: 400 with a sentence for each filter that is wrong, and the values of it that
            exist in ``known``.
    """
    known = {name: list(values) for name, values in tables.known_values.items()}
    found = {name: _filter(tables, name, raw, known) for name, raw in params.items()}
    wrong = {name: one for name, one in found.items() if one[0]}
    if not wrong:
        return
    helps = {name: known[name][:_MOST] for name, (_, has_values) in wrong.items() if has_values}
    todo = " Correct the value, or leave the filter out." if helps else ""
    raise ApiError(
        400, "Unknown filter value", " ".join(said for said, _ in wrong.values()) + todo,
        known=helps,
    )  # fmt: skip
