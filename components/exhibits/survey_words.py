"""Shares, bases, intervals and differences in words, the same on every chart of the survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from components import theme
from components.exhibits.base import Built
from components.exhibits.charts import stated, wrap
from components.exhibits.numbers import Sentence
from components.exhibits.picks import token
from components.exhibits.row_picks import answer_picks
from components.exhibits.told import Told
from data.catalogue import Catalogue
from data.counted import Counted
from data.estimates import VERY_SMALL_BASE, shortened
from data.lineage import ref
from data.survey import Question, wave_title

Row = Mapping[Any, Any]


def is_small(row: Row) -> bool:
    """Whether the base is known to be so small that the count belongs beside the percentage."""
    return bool(_only_base(row)) or (
        pd.notna(row["base_n"]) and int(row["base_n"]) < VERY_SMALL_BASE
    )


def _only_base(row: Row) -> str:
    """A small base that is not published and the only one to fit; ``""`` where there is none."""
    only = str(row["bases_possible"] or "")
    return only if only.isdigit() and int(only) < VERY_SMALL_BASE else ""


def share_words(row: Row) -> str:
    """A share as it is printed beside its mark: ``60%``, ``about 50%``, ``50% (5 of 10)``.

    A base that is not published but is the only one to fit is named as that: ``(fits 6 of 10)``.
    """
    only = _only_base(row)
    if only and pd.notna(row["count_fitted"]):
        return f"{stated(row)} (fits {int(row['count_fitted'])} of {only})"
    if not only and is_small(row) and pd.notna(row["count_fitted"]):
        return f"{stated(row)} ({int(row['count_fitted'])} of {int(row['base_n'])})"
    return stated(row)


def base_words(row: Row) -> str:
    """The base of one result: ``16 of 40, derived base``, ``base not published (35 or 42 fit)``."""
    if pd.isna(row["base_n"]):
        fits = f" ({shortened(row['bases_possible'])} fit)" if row["bases_possible"] else ""
        return f"base not published{fits}"
    count = f"{int(row['count_fitted'])} of " if pd.notna(row["count_fitted"]) else "base "
    basis = f", {row['base_basis']} base" if isinstance(row["base_basis"], str) else ""
    return f"{count}{int(row['base_n'])}{basis}"


def interval_words(row: Row, sign: bool = False) -> str:
    """``28–53%``; with a sign, for differences, ``−12 to +22``."""
    low, high = float(row["interval_low"]), float(row["interval_high"])
    if sign:
        # Whole points, but never rounded on to zero: whether it is in or out is what matters.
        return " to ".join(points(v if abs(v) < 1 else round(v)) for v in (low, high))
    return f"{low:.0f}–{high:.0f}%"


def points(value: float) -> str:
    """A difference with its sign: ``+5``, ``−12``, ``0``."""
    whole = f"{abs(value):.1f}".removesuffix(".0")
    return whole if whole == "0" else ("+" if value > 0 else "−") + whole


def mark_of(row: Row) -> str:
    """The token of a mark that shows one result of the survey: its sector, its model, its row."""
    key = tuple(row[c] for c in ("wave_id", "question_id", "option_id", "sector_group"))
    return token(**dict(answer_picks(row)), row=ref("survey_results", *key))


def question_mark(row: Row) -> str:
    """The token of a mark for what a question's answers leave open, beside one of them."""
    return token(row=ref("survey_questions", row["wave_id"], row["question_id"]))


def hover(row: Row) -> str:
    """Who, value, base and interval of a result in three short lines."""
    who = "" if row["sector_group"] == "all" else theme.SECTOR_SHORT[row["sector_group"]] + " "
    text = f"{who}{stated(row)}<br>{base_words(row)}"
    if pd.notna(row["interval_low"]):
        text += f"<br>95% interval {interval_words(row)}"
    if isinstance(row.get("rule"), str):
        text += f"<br><i>{wrap(row['rule'], 52)}</i>"
    return text


_MOST_COUNTS = 4
"""More counts than these are read in the table: respondent-level files have one for each answer."""


def stated_counts(asked: Question) -> tuple[str, ...]:
    """The counts of all respondents that the source itself states, in one sentence."""
    rows = asked.results
    rows = rows[(rows["sector_group"] == "all") & rows["count"].notna() & rows["base_n"].notna()]
    if rows.empty or len(rows) > _MOST_COUNTS:
        return ()
    said = [
        f"{r['option'].lower()} {int(r['count'])} of {int(r['base_n'])}"
        for r in rows.to_dict("records")
    ]
    asked_for = (f"question_id:{asked.question_id}", f"wave_id:{asked.wave_id}")
    where = (*asked_for, "sector_group:all", "count:*", "base_n:*")
    return (Told(f"Counts stated: {', '.join(said)}.", Counted("survey_results", where)),)


def change_notes(asked: Question, name: str = "") -> tuple[str, ...]:
    """The change of each answer of all respondents since the earlier wave, in one sentence."""
    if asked.not_comparable:
        return (asked.not_comparable,)
    if not asked.earlier:
        return ()
    rows = asked.results
    known = rows[(rows["sector_group"] == "all") & rows["change_points"].notna()]
    head = f"{name}: points" if name else "Points"
    if known.empty:
        return (f"{head} since “{asked.earlier}”: no share is published in both waves.",)
    said = []
    for row in known.to_dict("records"):
        ends = {"interval_low": row["change_low"], "interval_high": row["change_high"]}
        change = f"{points(row['change_points'])} ({interval_words(ends, sign=True)})"
        said.append(f"{row['option'].lower()} {change}")
    return (f"{head} since “{asked.earlier}” (95% interval): {'; '.join(said)}.",)


def change_clause(row: Row) -> str:
    """What to say of a share's change since the earlier wave within a sentence, or ``""``."""
    if "change_points" not in row or pd.isna(row["change_points"]):
        return ""
    low, high = float(row["change_low"]), float(row["change_high"])
    ends = interval_words({"interval_low": low, "interval_high": high}, sign=True)
    chance = ", so chance could account for it" if low <= 0 <= high else ""
    change = points(float(row["change_points"]))
    return f" ({change} points on the earlier wave, interval {ends}{chance})"


def base_of(asked: Question) -> str:
    """The base of a question in words; where it has none, that of most of its answers."""
    bases = asked.results.loc[asked.results["sector_group"] == "all", "base_n"].dropna()
    if asked.base_n is None and len(bases):
        return f"{asked.base}, {int(bases.mode().iloc[0])} fits most answers"
    return asked.base


def base_line(asked: Question) -> str:
    """What stands after "Base:", such as ``40, derived (one answer)``."""
    return f"{base_of(asked).removeprefix('base ')} ({asked.answer_kind.lower()})"


def bases_of(asked: dict[str, tuple[str, Question]]) -> str:
    """The bases of several questions in words: ``base 41, derived, for …; not published for 3``."""
    known = [
        f"{q.base.removeprefix('base ')}, for {name.lower()}"
        for name, q in asked.values()
        if q.base_n is not None
    ]
    silent = len(asked) - len(known)
    if not known:
        return "not published"
    rest = f"; not published for the other {silent}" if silent else ""
    return ", ".join(known) + rest


_SIZE = re.compile(r"of about (\d+)")


def with_method(built: Built, wave: str) -> Built:
    """The exhibit with a note that says what its intervals are of, so that they can be redone.

    Args:
        built: The exhibit.
        wave: The wave whose answers are drawn, which estimates how many collaboratives there are.
    """
    if "interval_method" not in built.frame or "interval" not in built.caveats:
        return built
    methods = built.frame.loc[built.frame["interval_low"].notna(), "interval_method"].astype(str)
    sizes = {m.group(1) for m in map(_SIZE.search, methods) if m}
    say = Sentence()
    note = say("Intervals: 95%", "glossary", (ref("glossary", "Confidence interval"),))
    parts = [
        "hypergeometric, for "
        + say(f"about {size} collaboratives", "survey_waves", (ref("survey_waves", wave),))
        for size in sorted(sizes)
    ]
    if methods.str.contains("not known").any():
        whom = "sectors, of which the number is not published: " if sizes else ""
        parts.append(f"{whom}Clopper–Pearson")
    note += f", {'; '.join(parts)}. “Table and CSV” lists each with its bases."
    return replace(built, notes=(*built.notes, note), noted=(*built.noted, *say.numbers))


def of_own_wave(catalogue: Catalogue, wave: str, built: Built) -> Built:
    """The exhibit; where it is of a wave that the reader brought, its sentence begins with that."""
    if (wave,) not in catalogue.own.get("survey_waves", ()) or built.empty is not None:
        return built
    return replace(built, reading=f"{wave_title(catalogue, wave)}: {built.reading}")
