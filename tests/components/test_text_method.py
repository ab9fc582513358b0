"""The text on intervals holds what the code does."""

import re
from pathlib import Path

from components.exhibits.base import CAVEATS, TOLD_BY
from components.ui import opening
from components.ui.methods import TOLD_ON, address_of
from components.ui.navigation import page
from components.ui.text import TEXT
from data import Catalogue
from data.lineage import known
from data.statistics import Sample, limits


def method() -> str:
    return words("method-intervals")


def words(name: str) -> str:
    """A text as it is read: what its links say, without where they lead."""
    written = (Path(TEXT) / f"{name}.md").read_text(encoding="utf-8")
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", written).split())


def whole(count: int, base: int, population: int) -> str:
    found = limits(Sample(count, base, population))
    return f"{100 * found.low:.0f}% to {100 * found.high:.0f}%"


def test_its_examples_come_out() -> None:
    found = limits(Sample(16, 40, 120))
    assert f"16 of 40 answers, out of 120 collaboratives, give {whole(16, 40, 120)}" in method()
    ends = f"from {120 * found.low:.0f} to {120 * found.high:.0f} of the 120"
    assert ends in method()
    assert f"150, the same answers would give {whole(16, 40, 150)}" in method()


def test_it_names_the_limits_of_the_method_and_its_sources() -> None:
    for words in ("not a random sample", "Wright 1991", "Clopper and Pearson 1934",
                  "Newcombe 1998", "no proof that there is none"):  # fmt: skip
        assert words in method()


def test_a_method_in_the_glossary_names_the_paragraph_that_tells_it(catalogue: Catalogue) -> None:
    rows = catalogue.table("glossary")
    rows = rows[rows["source_id"].isna() & rows["locator"].notna()]
    assert {"Confidence interval", "Evidence strength", "Base"} <= set(rows["term"])
    for place in rows["locator"]:
        where, part = re.findall(r"'([^']+)'", place)
        address, text = TOLD_ON[where]
        assert address_of(place) == address
        path, _, opens = address.partition("?open=")
        assert page(path).url_path == path
        assert opens in opening.options(path)
        assert part in words(text), place


def test_a_number_in_the_label_of_a_caveat_is_in_the_term_that_it_leads_to(
    catalogue: Catalogue,
) -> None:
    terms = catalogue.table("glossary").set_index("term")["meaning"]
    said = {k: re.findall(r"\d+", caveat.label) for k, caveat in CAVEATS.items()}
    assert {key for key, numbers in said.items() if numbers} == set(TOLD_BY)
    for key, term in TOLD_BY.items():
        assert set(said[key]) <= set(re.findall(r"\d+", terms[term])), key


def test_the_links_of_the_texts_lead_to_rows_that_are_there(catalogue: Catalogue) -> None:
    for name in ("method-intervals", "about"):
        written = (Path(TEXT) / f"{name}.md").read_text(encoding="utf-8")
        refs = re.findall(r"\]\(row\?row=([^ )]+)", written)
        assert refs, name
        assert [r for r in refs if not known(catalogue, r.replace("%2F", "/"))] == []
