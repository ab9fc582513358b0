"""What a session brought is marked in every exhibit that it changes, and leaves nothing behind."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from functools import cache
from inspect import unwrap
from weakref import ref

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.exhibits import REGISTRY, Built, build_exhibit
from components.exhibits.deck import DeckMap
from components.exhibits.picks import row_of
from components.ui.table_page import own_words
from data import Catalogue, Selection, lineage
from data.own import OwnData, Upload, bring

Build = Callable[[str, Selection], Built]
FILES = (
    "collaborative_id,name,sector,status\nexample-alliance,Example Alliance,acute,operating\n",
    "collaborative_id,organisation_id,role\nexample-alliance,{},lead_provider\n",
    "collaborative_id,icb_code,coverage\nexample-alliance,E54000057,whole\n",
    "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    "example-beds,example-alliance,efficiency_and_scale,Beds saved,12.5,percent,achieved\n",
    "question_id,option_id,sector_group,percent,count,base_n\n"
    "delegation-intent,considering,all,60,48,80\n"
    "delegation-intent,too-early,all,30,24,80\n"
    "delegation-intent,not-considering,all,10,8,80\n",
)


def brought(catalogue: Catalogue) -> OwnData:
    """A collaborative with a member, a system and an outcome, and a wave in percentages."""
    data: OwnData | None = None
    trust = catalogue.table("organisations")["organisation_id"].iloc[0]
    for number, text in enumerate(FILES):
        upload = Upload(f"{number}.csv", text.format(trust).encode())
        data = bring(catalogue, data, upload).data
        assert data is not None
    assert data is not None
    return data


@pytest.fixture(scope="module")
def own(catalogue: Catalogue) -> Catalogue:
    return brought(catalogue).catalogue


@pytest.fixture(scope="module")
def of_own(own: Catalogue) -> Callable[[str], Built]:
    """Exhibits with own rows, each built once; whoever asks only looks at them."""
    return cache(lambda exhibit_id: REGISTRY[exhibit_id].build(own, Selection()))


def shown(built: Built) -> pd.DataFrame:
    return built.frame.drop(columns="own", errors="ignore").astype(str)


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_an_exhibit_that_own_rows_change_says_so(
    build: Build, of_own: Callable[[str], Built], exhibit_id: str
) -> None:
    before, after = build(exhibit_id, Selection()), of_own(exhibit_id)
    assert "own-data" not in before.caveats
    if after.empty is None and not shown(before).equals(shown(after)):
        assert "own-data" in after.caveats


ABOUT_THE_ATLAS = {
    "membership": "collaborative_id,organisation_id,role\nwyaat,RW1,member\n",
    "footprint": "collaborative_id,icb_code,coverage\nwyaat,E54000057,whole\n",
    "outcome": "outcome_id,collaborative_id,benefit,metric,value,unit,status\n"
    "beds,wyaat,efficiency_and_scale,Beds saved,12.5,percent,achieved\n",
    "collaborative": FILES[0],
}
"""One row each that the Atlas's own rows count or draw, without naming it."""
UNDER = (Selection(), Selection(sector=("acute",)), Selection(icb=("E54000054",)))


def said(built: Built) -> tuple[object, ...]:
    """What an exhibit says, but for sentences that say themselves that they are about own rows."""
    words = (built.reading, *built.notes, *built.details, built.base)
    return (*(w for w in words if "(your own)" not in w), built.lines)


@pytest.mark.parametrize("what", ABOUT_THE_ATLAS)
def test_what_own_rows_change_of_the_atlas_own_rows_is_marked(
    catalogue: Catalogue, build: Build, what: str
) -> None:
    """A count, a dot or a shade that is another with them, though no row shown is theirs."""
    data = bring(catalogue, None, Upload("one.csv", ABOUT_THE_ATLAS[what].encode())).data
    assert data is not None
    silent, marked = [], 0
    for exhibit in REGISTRY:
        # What an exhibit does not respond to leaves the selection that it was built for before.
        for own in dict.fromkeys(selection.only(exhibit.responds_to) for selection in UNDER):
            before, after = build(exhibit.id, own), exhibit.build(data.catalogue, own)
            is_same = (
                shown(before).equals(shown(after))
                and said(before) == said(after)
                and before.figure == after.figure
            )
            if after.empty is None and not is_same and "own-data" not in after.caveats:
                silent.append((exhibit.id, own.to_params()))
            if is_same:
                assert "own-data" not in after.caveats or any(c.is_own for c in after.citations), (
                    exhibit.id
                )
            if "own-data" in after.caveats:
                # The sources name the file, also where it is only counted.
                assert any(c.is_own for c in after.citations), exhibit.id
            marked += "own-data" in after.caveats
    assert silent == []
    assert marked > 0


def alike(now: Built, then: Built) -> bool:
    """Whether the rows are the same, whatever number a file has among those that were brought."""
    first, second = (shown(b).replace(r"own-file-\d+", "own-file", regex=True) for b in (now, then))
    return first.equals(second)


def several(catalogue: Catalogue, *left_out: str) -> Catalogue:
    """A file of each kind that builds on no other, but for some."""
    data: OwnData | None = None
    for what in (w for w in ABOUT_THE_ATLAS if w not in left_out):
        data = bring(catalogue, data, Upload(f"{what}.csv", ABOUT_THE_ATLAS[what].encode())).data
    assert data is not None
    return data.catalogue


def test_of_several_files_exactly_those_are_cited_without_which_it_would_be_another(
    catalogue: Catalogue,
) -> None:
    """Listed, named or counted: each is a source, and a file that has no part in it is none."""
    every = several(catalogue)
    without = {what: several(catalogue, what) for what in ABOUT_THE_ATLAS}
    wrong, met = {}, set()
    for exhibit in REGISTRY:
        # Without marks and sources, which are what is tested and take most of the time.
        plain = unwrap(exhibit.build)
        now = plain(every, Selection())
        parts = {
            what
            for what, rest in without.items()
            if not alike(now, then := plain(rest, Selection()))
            or (now.reading, now.notes, now.details) != (then.reading, then.notes, then.details)
            or (now.lines, now.base, now.figure) != (then.lines, then.base, then.figure)
        }
        citations = exhibit.build(every, Selection()).citations
        cited = {c.title.removeprefix("Your own file: ")[:-4] for c in citations if c.is_own}
        met.add(len(parts))
        if cited != parts:
            wrong[exhibit.id] = (cited, parts)
    assert wrong == {}
    assert {0, 1, 2} <= met, "some rest on none, on one and on several of the files"


def test_a_file_that_is_counted_beside_one_that_is_listed_says_so(catalogue: Catalogue) -> None:
    built = REGISTRY["benefit-map"].build(several(catalogue), Selection())
    said = {c.title: c.locators for c in built.citations if c.is_own}
    counted = ("its rows are counted in this; none of them is listed",)
    assert said == {
        "Your own file: footprint.csv": ("Row 2",),
        "Your own file: outcome.csv": counted,
        # It has no footprint, which a note counts.
        "Your own file: collaborative.csv": counted,
    }


def test_a_whole_table_says_how_many_of_its_rows_are_own(
    catalogue: Catalogue, own: Catalogue
) -> None:
    for name, schema in own.schema.tables.items():
        rows, mine = own.table(name), len(own.own.get(name, ()))
        said = own_words(own, schema, rows)
        verb = "is" if mine == 1 else "are"
        words = f"{mine} of these {len(rows):,} rows"
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
        assert plain == (f"{words} {verb} your own." if mine else "")
        assert (f"[{words}](" in said) is bool(mine)
        assert own_words(catalogue, schema, catalogue.table(name)) == ""
    assert own_words(own, own.schema.tables["outcomes"], own.table("outcomes").head(3)) == ""


def test_rows_with_own_ones_behind_them_are_told_apart(catalogue: Catalogue) -> None:
    data = bring(catalogue, None, Upload("m.csv", ABOUT_THE_ATLAS["membership"].encode())).data
    assert data is not None
    frame = REGISTRY["collaborative-list"].build(data.catalogue, Selection()).frame
    assert frame.loc[frame["collaborative_id"] == "wyaat", "own"].tolist() == [
        "with your own behind it"
    ]
    assert (frame["own"] != "").sum() == 1


@pytest.mark.parametrize("exhibit_id", [e.id for e in REGISTRY])
def test_a_tooltip_says_that_what_it_tells_is_own(
    build: Build, own: Catalogue, of_own: Callable[[str], Built], exhibit_id: str
) -> None:
    """By a name that ends so, or in a line of its own; no other tooltip does."""
    figure = of_own(exhibit_id).figure
    if isinstance(figure, DeckMap):
        plain = build(exhibit_id, Selection()).figure
        assert isinstance(plain, DeckMap)
        before = {area.code: area for area in plain.areas}
        for area in figure.areas:
            is_other = area.detail != before[area.code].detail
            is_shaded = area.fill not in {"none", "filtered"}
            said = any("your own" in line.lower() for line in area.detail)
            assert said == (is_other and is_shaded), area
    elif isinstance(figure, go.Figure):
        refs = {lineage.ref(table, *key) for table, keys in own.own.items() for key in keys}
        for trace in figure.data:
            told = getattr(trace, "hovertext", None)
            if told is None or isinstance(told, str):
                continue
            for tip, mark in zip(told, trace.customdata or (), strict=False):
                is_own = row_of(mark) in refs
                assert not is_own or not tip or "your own" in tip.lower(), (tip, mark)


@pytest.mark.parametrize("exhibit_id", ["outcome-list", "footprint-matrix", "delegation-intent"])
def test_own_rows_are_marked_in_the_table_of_an_exhibit(own: Catalogue, exhibit_id: str) -> None:
    built = REGISTRY[exhibit_id].build(own, Selection())
    mine = built.frame["source_id"].isin(own.own_sources)
    assert (mine.any() and not mine.all()) or exhibit_id == "delegation-intent"
    assert (built.frame.loc[mine, "own"] == "your own").all()
    assert (built.frame.loc[~mine, "own"] == "").all()
    assert any(c.tier == "Your own file" for c in built.citations)


def test_a_wave_in_percentages_is_compared_with_2022_at_once(own: Catalogue) -> None:
    built = REGISTRY["delegation-intent"].build(own, Selection())
    since = "since “Survey of provider collaborative leaders, November 2022”"
    assert any(since in note for note in built.notes)
    first = built.frame[built.frame["option"] == "Considering it"].iloc[0]
    assert (float(first["percent"]), float(first["earlier_percent"])) == (60, 40)
    assert float(first["change_low"]) < 20 < float(first["change_high"])


@pytest.mark.parametrize("exhibit_id", ["governance-models", "challenges", "priorities-shift"])
def test_a_question_that_the_own_wave_left_out_is_shown_of_the_wave_before(
    build: Build, own: Catalogue, exhibit_id: str
) -> None:
    built = REGISTRY[exhibit_id].build(own, Selection())
    assert built.reading == build(exhibit_id, Selection()).reading
    assert any("“Your survey (your own)” did not ask" in note for note in built.notes)


def test_nothing_is_left_once_the_session_lets_go(catalogue: Catalogue) -> None:
    data = brought(catalogue)
    for exhibit_id in ("footprint-map", "outcome-list", "delegation-intent", "trust-network"):
        REGISTRY[exhibit_id].build(data.catalogue, Selection())
    tables, frame = ref(data.catalogue), ref(data.catalogue.frames["collaboratives"])
    del data
    gc.collect()
    assert tables() is None
    assert frame() is None


@pytest.mark.parametrize("exhibit_id", ["footprint-map", "systems-hexmap", "sector-map"])
def test_own_footprints_are_outlined_on_a_map_and_named_in_its_legend(
    own: Catalogue, exhibit_id: str
) -> None:
    figure = REGISTRY[exhibit_id].build(own, Selection()).figure
    assert isinstance(figure, DeckMap)
    assert [(o.name, o.codes) for o in figure.outlines] == [
        ("Example Alliance (your own)", ("E54000057",))
    ]
    assert "A: Example Alliance (your own)" in [e.label for e in figure.legend]


def test_the_sentence_names_an_own_wave_and_counts_own_collaboratives(own: Catalogue) -> None:
    survey = REGISTRY["delegation-intent"].build(own, Selection()).reading
    assert survey.startswith("Your survey (your own): 48 of 80 respondents")
    assert (
        ", 1 of them your own, reach" in REGISTRY["footprint-map"].build(own, Selection()).reading
    )
    then = REGISTRY["delegation-intent"].build(own, Selection(wave="nov-2022")).reading
    assert "your own" not in then


def test_the_sources_of_ones_own_are_named_first(own: Catalogue) -> None:
    built = REGISTRY["footprint-map"].build(own, Selection())
    own_first = [c.is_own for c in built.citations]
    assert own_first == sorted(own_first, reverse=True)
    assert 1 <= sum(own_first) < len(own_first)


def test_a_map_without_rows_says_so_where_it_counts_own_ones_as_filtered_out(
    catalogue: Catalogue, own: Catalogue
) -> None:
    nothing = Selection(sector=("community",), scope=("multi_ics",))
    built, before = (build_exhibit(tables, nothing, "footprint-map") for tables in (own, catalogue))
    assert built.empty is not None
    assert built.figure != before.figure, "no area counts the own collaborative"
    assert "own-data" in built.caveats
    assert "own-data" not in before.caveats
