"""Technical terms are explained where a page's words first use them."""

import re
from urllib.parse import parse_qs, urlsplit

from components.ui.text import ALSO, PLAIN, TEXT, explained, marked, plain
from data import Catalogue
from data.lineage import lineage


def test_the_first_use_of_a_term_leads_into_the_glossary(catalogue: Catalogue) -> None:
    told = explained(catalogue, "An ICB, another ICB and its footprint.")
    assert told.count("](glossary?term=ICB ") == 1
    assert told.startswith('An [ICB](glossary?term=ICB "ICB, integrated care board: ')
    assert "[footprint](glossary?term=Footprint " in told


def test_a_term_written_out_is_explained_across_a_line(catalogue: Catalogue) -> None:
    told = explained(catalogue, "from integrated\ncare boards, and")
    assert "[integrated\ncare boards](glossary?term=ICB " in told


def test_links_code_and_headings_are_left_as_they_are(catalogue: Catalogue) -> None:
    for words in ("[An ICB](place)", "`ICB`", "# ICB"):
        assert explained(catalogue, words) == words


def test_what_is_explained_before_is_not_explained_again(catalogue: Catalogue) -> None:
    words = "**Base:** 40, derived; an ICB."
    first, told = marked(catalogue, words, 3, frozenset())
    assert first.startswith("**[Base](glossary?term=Base ")
    assert set(told) == {"Base", "ICB"}
    assert marked(catalogue, words, 3, frozenset(told)) == (words, ())


def test_no_more_terms_are_explained_than_asked_for(catalogue: Catalogue) -> None:
    text, told = marked(catalogue, "Its base, the interval, the footprint.", 1, frozenset())
    assert len(told) == text.count("](glossary") == 1


def test_every_other_way_of_writing_is_of_a_term_of_the_glossary(catalogue: Catalogue) -> None:
    assert set(ALSO) | set(PLAIN) <= set(catalogue.table("glossary")["term"])


def test_words_of_an_address_stand_in_markdown_as_they_are() -> None:
    told = plain("[win](https://x.example) ![i](//y) **b** <i> www.z.example")
    assert told == (r"\[win\](https\://x\.example) !\[i\](//y) \*\*b\*\* \<i\> www\.z\.example")


def test_links_in_prose_lead_to_as_many_rows_as_are_said(catalogue: Catalogue) -> None:
    found = [
        link
        for path in TEXT.glob("*.md")
        for link in re.findall(r"\[([^\]]+)\]\(((?:row|tables)\?[^ )]+)", path.read_text("utf-8"))
    ]
    assert found
    for words, address in found:
        params = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if address.startswith("row?"):
            cells = lineage(catalogue, params["row"]).row.values()
            held = " ".join(str(cell).removesuffix(".0") for cell in cells)
            assert set(re.findall(r"\d+", words)) <= set(re.findall(r"\d+", held)), words
        else:
            assert len(catalogue.table(params["table"])) == int(words)
