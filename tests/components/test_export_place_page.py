"""The printable page of one's own answers: what it says, and that it needs nothing else."""

import re
from datetime import date

from components.exhibits.placing_words import strip_html, told
from components.export.place_page import file_name, page
from data import Catalogue, Selection
from data.placing import Answers, standings

DAY = date(2026, 11, 24)
GIVEN = Answers({"in": ("considering",), "re": ("clinical-director",), "b4": ("yes",)}, "acute")


def text_of(body: str) -> str:
    return re.sub(r"<[^>]+>", " ", body.partition("</style>")[2])


def test_an_answer_stands_beside_all_and_the_sector(catalogue: Catalogue) -> None:
    said = text_of(page(catalogue, Selection(), GIVEN, DAY))
    assert "So did 16 of 40: 40%, 95% interval 28–53% (base derived)." in said
    assert "Acute collaboratives: 60%, 95% interval 26–88%, base not published" in said


def test_wording_has_no_interval_and_says_so(catalogue: Catalogue) -> None:
    said = text_of(page(catalogue, Selection(), GIVEN, DAY))
    assert "So did about 50%, no interval for such wording" in said


def test_a_question_without_a_figure_says_so(catalogue: Catalogue) -> None:
    said = text_of(page(catalogue, Selection(), GIVEN, DAY))
    assert "No figure of the survey bears on it." in said


def test_a_name_is_text_and_stays_out_of_the_file_name(catalogue: Catalogue) -> None:
    named = Answers(GIVEN.given, "acute", "<b>Ours</b>")
    body = page(catalogue, Selection(), named, DAY)
    assert "&lt;b&gt;Ours&lt;/b&gt; in the national picture" in body
    assert file_name(named, DAY) == "place_acute_2026-11-24.html"


def test_the_page_needs_no_script_and_nothing_from_outside(catalogue: Catalogue) -> None:
    body = page(catalogue, Selection(), GIVEN, DAY)
    assert re.findall(r"<(script|link|img|iframe)|https?://|url\(", body) == []


def test_nothing_answered_is_a_page_that_says_so(catalogue: Catalogue) -> None:
    assert "Nothing has been answered yet." in page(catalogue, Selection(), Answers(), DAY)


def test_a_mark_stands_where_the_share_is_and_open_where_it_is_wording(
    catalogue: Catalogue,
) -> None:
    found = {s.ask.key: s for s in standings(catalogue, Selection(), GIVEN)}
    exact = strip_html(told(found["in"].lines[0], GIVEN).rows)
    assert 'left:40.0%;border-color:#3F72A6;background:#3F72A6"' in exact
    assert 'class="own" style="left:60.0%' in exact
    wording = strip_html(told(found["re"].lines[0], GIVEN).rows)
    assert 'left:50.0%;border-color:#3F72A6"' in wording


def test_a_name_cannot_end_the_style_of_the_head_of_further_pages(catalogue: Catalogue) -> None:
    named = Answers(GIVEN.given, "acute", '"}</style><script>')
    body = page(catalogue, Selection(), named, DAY)
    assert body.count("</style>") == 1
    assert r"\000022 \00007d \00003c \00002f style" in body.partition("</style>")[0]
