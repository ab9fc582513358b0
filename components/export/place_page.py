"""Place your collaborative on paper: one self-contained HTML file for a board paper, A4."""

from __future__ import annotations

import html
from datetime import date
from itertools import groupby
from typing import Final

from components import theme
from components.exhibits.insight_links import stated_mark
from components.exhibits.placing_words import (
    STRIP_STYLE,
    Told,
    asides_words,
    board_links,
    strip_html,
    told_of,
)
from components.export.own_mark import WORDS
from data.catalogue import Catalogue
from data.citations import citation
from data.placing import Answers, Standing, has_sector, standings
from data.selection import Selection
from data.survey import wave_of, wave_title

_STYLE: Final = """
@page{size:A4 portrait;margin:13mm 12mm;
 @bottom-right{content:"Page " counter(page) " of " counter(pages);font:7pt Arial,sans-serif}}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;color:#000;background:#fff;
 font:9pt/1.24 Arial,"Liberation Sans",Helvetica,"DejaVu Sans Condensed",sans-serif}
main{width:186mm;margin:0 auto}
.top{display:flex;justify-content:space-between;font-size:8pt;border-bottom:.6mm solid #005EB8}
h1{font-size:15pt;line-height:1.15;margin:1.6mm 0 .8mm;overflow-wrap:anywhere}
.how,.tiny{margin:0 0 .6mm}
h2{break-after:avoid;font-size:12pt;margin:2.6mm 0 .6mm}
section{break-inside:avoid}
table{border-collapse:collapse;width:100%}
td{vertical-align:top;padding:.7mm 2mm .7mm 0;border-bottom:.2mm solid #8A97A1}
thead{display:table-header-group}
th{text-align:left;font-size:8pt;padding:.4mm 2mm .4mm 0;border-bottom:.35mm solid #000}
tbody,tr{break-inside:avoid}
td:nth-child(1){width:54mm;color:#222}
td:nth-child(2){width:33mm;font-weight:bold}
td:nth-child(4){width:36mm;padding-right:0}
td.same{border-bottom:0}
.more td:nth-child(2){font-weight:normal;padding-top:0}
td .strip{width:33mm;font-size:7.4pt}
.board .tiny{font-size:9pt}
.board td:nth-child(1){width:60mm}
.board td:nth-child(2){width:22mm}
.tiny,footer{font-size:8pt;line-height:1.25}
footer{margin-top:3mm;border-top:.35mm solid #000;padding-top:.8mm;break-inside:avoid}
footer p{margin:0 0 .6mm}
@media screen{body{background:#e9edf0;padding:6mm 0}
 main{width:210mm;padding:11mm 12mm;background:#fff;box-shadow:0 1px 6px rgba(0,0,0,.3)}}
"""
_NOTHING: Final = "Nothing has been answered yet."


def file_name(answers: Answers, made_on: date) -> str:
    """Name of the file, such as ``place_acute_2026-11-24.html``; the name given stays out of it."""
    return f"place_{answers.sector or 'all'}_{made_on.isoformat()}.html".replace("_in_", "-in_")


def page(catalogue: Catalogue, selection: Selection, answers: Answers, made_on: date) -> str:
    """The printable page as an HTML document.

    Args:
        catalogue: The tables.
        selection: ``wave`` says beside which survey the answers stand.
        answers: What was answered.
        made_on: Day that stands on it.
    """
    found = standings(catalogue, selection, answers)
    survey = [s for s in found if s.ask.kind == "survey"]
    board = [s for s in found if s.ask.kind == "board"]
    title = answers.name or "Our collaborative"
    # The selected wave alone where nothing is answered: there is no other to be named.
    waves = dict.fromkeys(s.wave for s in survey) or [
        wave_title(catalogue, wave_of(catalogue, selection))
    ]
    beside = " and ".join(f"“{html.escape(w)}”" for w in waves)
    sector = theme.SECTOR_SHORT[answers.sector] if answers.sector else "sector not given"
    is_own = any(s.source_id in catalogue.own_sources for s in found)
    own = f"<strong>{WORDS}</strong>" if is_own else ""
    body = [
        '<div class="top"><span>Provider Collaboratives Atlas: place your collaborative</span>'
        f"{own}"
        f"<span>{made_on.day} {made_on:%B %Y}</span></div>",
        f"<h1>{html.escape(title)} in the national picture</h1>",
        f'<p class="how">{html.escape(sector)} · beside {beside} · our own answers, '
        f"item by item; no score is made of them.{_silent(answers)}</p>",
    ]
    if not found:
        body.append(f"<p>{_NOTHING}</p>")
    if survey:
        asks = [list(of_one) for _, of_one in groupby(survey, key=lambda s: s.ask.key)]
        rows = "".join(_survey_rows(of_one, answers) for of_one in asks)
        head = _head("Question", "Our answer", "Who gave the same", "Share, %")
        body.append(f"<h2>Beside the survey</h2><table>{head}{rows}</table>")
    if board:
        rows = "".join(_board_row(catalogue, s) for s in board)
        head = _head("Question", "Our answer", "What bears on it")
        body.append(
            '<section><h2>Questions for our board</h2><p class="tiny">The survey did not ask '
            "these; what the Atlas finds to bear on them stands beside our answer.</p>"
            f'<table class="board">{head}{rows}</table></section>'
        )
    body.append(_foot(catalogue, found))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=830">'
        f"<title>{html.escape(title)} in the national picture</title>"
        f"<style>{STRIP_STYLE}{_STYLE}{_running(title, made_on, is_own=is_own)}</style></head>\n"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _running(title: str, made_on: date, *, is_own: bool) -> str:
    """The head of every page but the first, as a style; a reader's name cannot end the string."""
    words = f"{title} in the national picture · {made_on.day} {made_on:%B %Y}"
    words += f" · {WORDS}" if is_own else ""
    safe = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x} " for c in words)
    return (
        f'@page{{@top-left{{content:"{safe}";font:8pt Arial,sans-serif}}}}'
        "@page:first{@top-left{content:none}}"
    )


def _head(*words: str) -> str:
    """Heads of columns, repeated on every page that the table runs over."""
    cells = "".join(f"<th>{html.escape(w)}</th>" for w in words)
    return f"<thead><tr>{cells}</tr></thead>"


def _silent(answers: Answers) -> str:
    """What holds wherever nothing is said of one's own sector."""
    if not answers.sector:
        return ""
    name = theme.SECTOR_SHORT[answers.sector]
    if not has_sector(answers.sector):
        return f" The survey does not report {name} collaboratives separately."
    return f" Where {name} collaboratives are not mentioned, their share is not published."


def _survey_rows(of_one: list[Standing], answers: Answers) -> str:
    """The rows of one question, which stay on one page; an answer is named once for its waves."""
    lines = told_of(of_one, answers, brief=True)
    rows = []
    for place, (one, standing) in enumerate(lines):
        label = standing.ask.label if place == 0 else ""
        answer = one.answer if standing is of_one[0] else ""
        # What holds of a wave stands below the last of its answers.
        ends = place >= len(lines) - len(of_one)
        more = (*asides_words(standing), *standing.doubts) if ends else ()
        rows.append(_row(label, answer, one, more, is_last=place == len(lines) - 1))
    return f"<tbody>{''.join(rows)}</tbody>"


def _row(label: str, answer: str, one: Told, more: tuple[str, ...], *, is_last: bool) -> str:
    same = "" if is_last and not more else ' class="same"'
    said = " ".join(html.escape(s) for s in one.sentences)
    extra = ""
    if more:
        ends = " same" if not is_last else ""
        extra = (
            f'<tr class="more"><td class="{ends.strip()}"></td><td class="tiny{ends}" colspan="3">'
            f"{html.escape(' · '.join(more))}</td></tr>"
        )
    return (
        f"<tr><td{same}>{html.escape(label)}</td><td{same}>{html.escape(answer)}</td>"
        f"<td{same}>{said}</td><td{same}>{strip_html(one.rows)}</td></tr>{extra}"
    )


def _board_row(catalogue: Catalogue, standing: Standing) -> str:
    links = board_links(catalogue, standing)
    said = [html.escape(x.brief + stated_mark(x)) for x in links]
    beside = "<br>".join(said) or "No figure of the survey bears on it."
    answer = html.escape(standing.lines[0].option)
    label = html.escape(standing.ask.label)
    cells = f'<td>{label}</td><td>{answer}</td><td class="tiny">{beside}</td>'
    return f"<tbody><tr>{cells}</tr></tbody>"


def _foot(catalogue: Catalogue, found: tuple[Standing, ...]) -> str:
    sources = dict.fromkeys(s.source_id for s in found)
    cited = "; ".join(citation(catalogue, s).plain for s in sources)
    dot = "●"
    return (
        "<footer><p>"
        f"{dot} all respondents, ◆ our sector, line: 95% interval (dashed: base not published, "
        "widest over every base that fits). Open mark: approximate wording. An interval allows for "
        "the chance of who answered, as if answering had nothing to do with the answer; the "
        "responses are not a random sample. “Not published” is not zero.</p>"
        + (f"<p>Source: {html.escape(cited)}.</p>" if cited else "")
        + "<p>Our own answers are not part of the Atlas and were not stored by it.</p></footer>"
    )
