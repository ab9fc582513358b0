"""References that other programs can read back."""

import json
import re

import pytest

from components.export.citing import (
    STYLES,
    Reference,
    of_exhibit,
    of_source,
    to_bibtex,
    to_csl,
    to_plain,
    to_ris,
)  # fmt: skip
from data import Catalogue, Selection

AWKWARD = Reference(
    key="awkward", kind="web_page", title="50% of {trusts} & R&D_costs: £2.1m #1 ~x^2 \\ $5",
    publisher="O’Neill & Söhne", published="2023-07", url="https://x.test/a_b?c=1&d=%20#e",
    accessed="2026-11-24", note="Page 1\nand 2",
)  # fmt: skip


def bibtex(text: str) -> list[dict[str, str]]:
    """A strict little reader: braces must balance, one field a line, nothing left over."""
    entries = []
    for block in re.findall(r"@\w+\{.*?\n\}\n", text, re.DOTALL):
        head, *lines = block.removesuffix("\n}\n").splitlines()
        kind, key = re.fullmatch(r"@(\w+)\{([^,\s]+),", head).groups()  # type: ignore[union-attr]
        entry = {"kind": kind, "key": key}
        for line in lines:
            name, value = re.fullmatch(r"  (\w+) = (.+?),?", line).groups()  # type: ignore[union-attr]
            bare = re.sub(r"\\[\\{}$&#%_~^]", "", value)
            assert bare.count("{") == bare.count("}"), line
            if name not in {"url", "month"}:
                assert not re.search(r"(?<!\\)[$&#%_^~]", value), line
            entry[name] = value if name == "month" else value[1:-1]
        entries.append(entry)
    return entries


def untex(text: str) -> str:
    text = text.replace(r"\textbackslash{}", "\0").replace(r"\textasciitilde{}", "~")
    text = text.replace(r"\textasciicircum{}", "^")
    return re.sub(r"\\([{}$&#%_])", r"\1", text).replace("\0", "\\")


def ris(text: str) -> list[dict[str, str]]:
    records: list[dict[str, str]] = [{}]
    for line in text.splitlines():
        if not line:
            continue
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()  # type: ignore[union-attr]
        if tag == "ER":
            records.append({})
        else:
            records[-1][tag] = value
    assert records.pop() == {}
    return records


def test_every_source_reads_back_in_every_style(catalogue: Catalogue) -> None:
    ids = catalogue.table("sources")["source_id"].tolist()
    refs = [of_source(catalogue, i) for i in ids]
    entries, records = bibtex(to_bibtex(refs)), ris(to_ris(refs))
    items = json.loads(to_csl(refs))
    assert [e["key"] for e in entries] == [r["ID"] for r in records] == [i["id"] for i in items]
    assert [e["key"] for e in entries] == ids
    for ref, entry, record, item in zip(refs, entries, records, items, strict=True):
        assert untex(entry["title"][1:-1]) == record["TI"] == item["title"] == ref.title
        assert untex(entry["author"][1:-1]) == record["PB"] == item["publisher"]
        assert entry.get("date", "") == ref.published
        assert entry.get("url", "") == record.get("UR", "") == item.get("URL", "") == ref.url
        assert entry["urldate"] == record["Y2"].replace("/", "-") == ref.accessed
        assert "-".join(f"{p:02}" for p in item["accessed"]["date-parts"][0]) == ref.accessed
    assert len(to_plain(refs).splitlines()) == len(refs)


def test_special_characters_are_escaped_and_read_back() -> None:
    (entry,) = bibtex(to_bibtex([AWKWARD]))
    assert untex(entry["title"][1:-1]) == AWKWARD.title
    assert entry["note"] == "Page 1 and 2"
    assert entry["month"] == "jul"
    (record,) = ris(to_ris([AWKWARD]))
    assert record["TI"] == AWKWARD.title
    assert record["N1"] == "Page 1 and 2"
    assert record["DA"] == "2023/07/"
    (item,) = json.loads(to_csl([AWKWARD]))
    assert item["issued"] == {"date-parts": [[2023, 7]]}


def test_a_source_without_a_date_has_none(catalogue: Catalogue) -> None:
    sources = catalogue.table("sources")
    ref = of_source(catalogue, sources.loc[sources["published"].isna(), "source_id"].iloc[0])
    assert "(no date)" in to_plain([ref])
    assert "year" not in bibtex(to_bibtex([ref]))[0]
    assert "issued" not in json.loads(to_csl([ref]))[0]


def test_an_exhibit_is_cited_with_its_filters_and_the_day(catalogue: Catalogue) -> None:
    ref = of_exhibit(
        catalogue,
        "footprint-map",
        "Footprints",
        Selection(sector=("acute", "mhlda")),
        accessed="2026-11-24",
        link="http://a.test/footprints?sector=acute,mhlda",
    )
    line = to_plain([ref])
    assert line.startswith("Provider Collaboratives Atlas (no date). Footprints.")
    assert "Available at: http://a.test/footprints?sector=acute,mhlda" in line
    assert "filters: sector = acute,mhlda" in line
    assert line.endswith("(accessed 2026-11-24).\n")


@pytest.mark.parametrize("style", STYLES)
def test_no_reference_is_no_text_that_breaks(style: str) -> None:
    text = STYLES[style].write([])
    assert text in {"", "[]"}
