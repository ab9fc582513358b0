"""Every brief: a valid page that stands alone, names what it is about and is made to fit."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from components.export import __main__ as command
from components.export import brief, brief_command
from components.export.brief_fit import Block, Column, Section, clipped, wrapped
from data import Catalogue, load_catalogue
from data.profile_values import CollaborativeProfile, SystemProfile
from geo.errors import GeoError

TABLES = load_catalogue()
EVERY: list[tuple[brief.Kind, str]] = [
    *(("collaborative", key) for key in TABLES.collaborative_names),
    *(("system", key) for key in TABLES.area_names),
]
DAY = date(2026, 11, 22)
VOID = {"meta", "br", "hr", "img", "link", "input"}
Made = tuple[brief.Profile, str]


@pytest.fixture(scope="module")
def made() -> Callable[[brief.Kind, str], Made]:
    known: dict[str, Made] = {}

    def of(kind: brief.Kind, key: str) -> Made:
        if key not in known:
            profile = brief.profile_of(TABLES, kind, key)
            known[key] = profile, brief.page(profile, DAY)
        return known[key]

    return of


class Reader(HTMLParser):
    """Reads a page: its words, its tags with attributes, and whether they are closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "title"}:
            self.words += f"{data} "


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", Reader(page).words)


def crowded() -> CollaborativeProfile:
    """More of everything than any collaborative has."""
    profile = brief.profile_of(TABLES, "collaborative", "acute-hospitals-alliance")
    assert isinstance(profile, CollaborativeProfile)
    trust = "The Long Name of an NHS Foundation Trust That Serves More Than One County"
    members = tuple(replace(profile.members[0], name=f"No {i}: {trust}") for i in range(20))
    other = brief.profile_of(TABLES, "collaborative", "wyaat")
    assert isinstance(other, CollaborativeProfile)
    return replace(
        profile,
        name="A Name of a Collaborative That Goes On " * 4,
        aliases=tuple(f"Another name {i}" for i in range(30)),
        summary="A sentence of some length that says what it does. " * 30,
        members=members,
        footprint=profile.footprint * 11,
        outcomes=profile.outcomes * 4,
        priorities=profile.priorities * 3,
        milestones=profile.milestones * 8,
        discrepancies=profile.discrepancies * 6,
        related=other.related * 5,
        citations=profile.citations * 6,
    )


@pytest.mark.parametrize(("kind", "key"), EVERY, ids=[k for _, k in EVERY])
def test_a_brief_is_well_formed_and_asks_for_nothing(
    kind: brief.Kind, key: str, made: Callable[[brief.Kind, str], Made]
) -> None:
    _, page = made(kind, key)
    read = Reader(page)
    assert (read.wrong, read.open) == ([], [])
    assert page.startswith("<!DOCTYPE html>")
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "image", "base"}
    for tag, attributes in read.tags:
        assert not {"src", "srcset", "xlink:href", "onload", "data"} & set(attributes), tag
        assert "href" not in attributes or tag == "a", tag
        assert str(attributes.get("href", "https://")).startswith(("https://", "http://"))
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#hatch", "#dots", "#cross"}
    assert "@import" not in page


@pytest.mark.parametrize(("kind", "key"), EVERY, ids=[k for _, k in EVERY])
def test_a_brief_names_what_it_is_about(
    kind: brief.Kind, key: str, made: Callable[[brief.Kind, str], Made]
) -> None:
    profile, page = made(kind, key)
    words = plain(page)
    assert profile.name in words
    assert "22 November 2026" in words
    assert f"tables version {profile.version}" in words
    newer = isinstance(profile, SystemProfile) and profile.is_newer
    assert f"Boundaries of {'April 2026' if newer else 'April 2023'}." in words
    assert "The sources speak of the 42 boards of April 2023." in words
    assert "Contains OS data © Crown copyright and database right 2023." in words
    own = (profile.area if isinstance(profile, SystemProfile) else profile).source_id
    title = next(c.title for c in profile.citations if c.source_id == own)
    assert title[:30] in words
    if isinstance(profile, CollaborativeProfile):
        named = [m.name for m in profile.members if m.name in words]
        assert len(named) == len(profile.members) or "more (see the Atlas)" in words
        assert not profile.footprint or profile.footprint[0].icb in words
    elif profile.footprints:
        assert profile.footprints[0].short_name in words
    else:
        assert "No collaborative that the sources name touches this system." in words


@pytest.mark.parametrize(("kind", "key"), EVERY, ids=[k for _, k in EVERY])
def test_a_brief_has_no_gap_in_place_of_a_value(
    kind: brief.Kind, key: str, made: Callable[[brief.Kind, str], Made]
) -> None:
    words = plain(made(kind, key)[1])
    assert re.search(r"\b(nan|None(?! in| over)|NaN|NaT)\b|<NA>|\[\]|\{|\}", words) is None


@pytest.mark.parametrize("key", list(TABLES.collaborative_names))
def test_the_map_tells_stated_from_inferred_by_pattern(
    key: str, made: Callable[[brief.Kind, str], Made]
) -> None:
    profile, page = made("collaborative", key)
    assert isinstance(profile, CollaborativeProfile)
    drawing = page[page.index('<svg class="map"') : page.index('<div class="keys">')]
    fills = {
        "url(#hatch)": any(not f.is_stated and not f.is_part for f in profile.footprint),
        "url(#cross)": any(not f.is_stated and f.is_part for f in profile.footprint),
        "url(#dots)": any(f.is_stated and f.is_part for f in profile.footprint),
    }
    assert {f: f'fill="{f}"' in drawing for f in fills} == fills


def test_what_is_written_is_escaped() -> None:
    profile = brief.profile_of(TABLES, "collaborative", "wyaat")
    assert isinstance(profile, CollaborativeProfile)
    nasty = "<script>alert('1')</script> & \"Sons\""
    member = replace(profile.members[0], name=nasty)
    print_ = replace(profile.footprint[0], icb=nasty)
    source = replace(profile.citations[0], title=nasty, url="javascript:alert(1)")
    page = brief.page(
        replace(
            profile, name=nasty, summary=nasty, members=(member,), footprint=(print_,),
            citations=(source, *profile.citations[1:]),
        ),
        DAY,
    )  # fmt: skip
    read = Reader(page)
    assert "script" not in {tag for tag, _ in read.tags}
    assert "javascript" not in page
    assert nasty in re.sub(r"\s+", " ", read.words)
    assert (read.wrong, read.open) == ([], [])


def test_long_lists_are_shortened_and_say_by_how_much() -> None:
    page = brief.page(crowded(), DAY)
    words = plain(page)
    hidden = [int(n) for n in re.findall(r"and (\d+) more \(see the Atlas\)", words)]
    assert len(hidden) >= 3
    shown = len(re.findall(r"No \d+: The Long Name", words))
    assert 0 < shown < 20
    assert 20 - shown in hidden
    assert (Reader(page).wrong, Reader(page).open) == ([], [])


def test_nothing_known_is_said_in_words() -> None:
    profile = brief.profile_of(TABLES, "collaborative", "ucl-health-alliance")
    assert isinstance(profile, CollaborativeProfile)
    bare = replace(
        profile, members=(), members_stated=None, members_note="", footprint=(), neighbours=(),
        outcomes=(), priorities=(), milestones=(), related=(), formed_year=None, formed_note="",
    )  # fmt: skip
    words = plain(brief.page(bare, DAY))
    assert "The sources name no member." in words
    assert "No source says which systems it covers" in words
    assert "Formed: not published." in words
    assert "None in the tables. It does not mean that there are none." in words


@pytest.mark.parametrize(("kind", "key"), EVERY, ids=[k for _, k in EVERY])
def test_columns_hold_no_more_than_fits(
    kind: brief.Kind, key: str, made: Callable[[brief.Kind, str], Made]
) -> None:
    profile, _ = made(kind, key)
    height = 170.0
    for column in brief.columns(profile, height):
        assert column.used <= height


def test_columns_of_the_most_crowded_brief_fit_even_on_half_a_page() -> None:
    for column in brief.columns(crowded(), 130.0):
        assert column.used <= 130.0


def test_a_system_and_a_collaborative_have_their_own_file_names() -> None:
    wyaat = brief.profile_of(TABLES, "collaborative", "wyaat")
    system = brief.profile_of(TABLES, "system", "E54000054")
    assert isinstance(system, SystemProfile)
    assert brief.file_name(wyaat, DAY) == "brief_wyaat_2026-11-22.html"
    assert brief.file_name(system, DAY) == "brief_E54000054_2026-11-22.html"


def test_a_system_without_a_collaborative_says_what_that_does_not_mean() -> None:
    profile = brief.profile_of(TABLES, "system", "E54000057")
    assert isinstance(profile, SystemProfile)
    bare = replace(profile, footprints=(), outcomes=(), organisations=())
    words = plain(brief.page(bare, DAY))
    assert "No collaborative that the sources name touches this system." in words
    assert "It does not mean that there is none" in words


def test_a_home_that_all_members_share_is_said_once() -> None:
    profile = brief.profile_of(TABLES, "collaborative", "acute-hospitals-alliance")
    assert isinstance(profile, CollaborativeProfile)
    member = replace(profile.members[0], home="Somewhere", is_outside=False)
    people = tuple(replace(member, name=f"Trust {i}") for i in range(3))
    words = plain(brief.page(replace(profile, members=people), DAY))
    assert words.count("Somewhere") == 1
    other = replace(member, name="Trust 3", home="Elsewhere", is_outside=True)
    words = plain(brief.page(replace(profile, members=(*people, other)), DAY))
    assert words.count("Somewhere") == 3
    assert "Elsewhere (outside the footprint)" in words


def test_sources_to_which_the_page_refers_are_listed_first() -> None:
    words = plain(brief.page(crowded(), DAY))
    body, foot = words.split("Sources and caveats")
    referred = {n for told in re.findall(r"\[([\d, ]+)\]", body) for n in told.split(", ")}
    assert referred
    assert referred <= set(re.findall(r"\[(\d+)\]", foot))
    assert "more sources (see the Atlas)" in foot


# Room


def test_text_is_cut_at_a_word_and_only_when_it_must() -> None:
    text = "one two three four five six seven eight nine ten " * 4
    assert clipped(text.strip(), 500, 8, 9) == text.strip()
    cut = clipped(text, 40, 8, 2)
    assert cut.endswith("…")
    assert len(wrapped(cut, 40, 8)) <= 2
    assert text.startswith(cut.removesuffix("…"))


def test_a_column_gives_up_the_tallest_list_first_and_the_least_items_last() -> None:
    line = (Block("x", "x"),)
    long = Section("Long", tuple(line for _ in range(30)), least=4)
    short = Section("Short", tuple(line for _ in range(5)), least=4)
    column = Column(80, 100, sections=[long, short])
    column.trim()
    assert not column.is_full
    assert [s.hidden for s in column.sections] == [30 - len(column.sections[0].items), 0]
    column = Column(80, 30, sections=[long, short])
    column.trim()
    assert not column.is_full
    assert len(column.sections[0].items) < 4


def test_type_grows_where_there_is_room() -> None:
    profile = brief.profile_of(TABLES, "system", "E54000010")
    assert brief.columns(profile, 400.0)[0].scale > brief.columns(profile, 120.0)[0].scale == 1.0


# The command


@pytest.fixture
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the command from reading the tables again; one test lets it."""
    monkeypatch.setattr(brief_command, "load_catalogue", lambda: TABLES)


def test_the_command_writes_a_brief(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "brief.html"
    assert command.main(["brief", "system", "E54000054", str(out), "--date", "2026-11-22"]) == 0
    profile = brief.profile_of(TABLES, "system", "E54000054")
    assert out.read_text(encoding="utf-8") == brief.page(profile, DAY)
    assert "West Yorkshire" in capsys.readouterr().out


@pytest.mark.usefixtures("_read_once")
@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["collaborative", "wyat"], "expected the id of a collaborative such as wyaat, found 'wya"),
        (["collaborative", "wyat"], "Did you mean wyaat (WYAAT)?"),
        (["system", "West Yorks"], "Did you mean E54000054 (West Yorkshire)"),
        (
            ["system", "zzz"],
            "such as E54000054 or an area of April 2026 such as icb26-essex, found",
        ),
        (["system", "essex"], "Did you mean icb26-essex (Essex)"),
        (["system", "E54000026", "--vintage", "2026"], "shares its ground: icb26-essex (Essex)"),
        (["system", "icb26-essex", "--vintage", "2023"], "E54000026 (Mid & South Essex)"),
    ],
)
def test_the_command_says_what_it_expected(
    argv: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["brief", *argv[:2], str(tmp_path / "x.html"), *argv[2:]]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_read_once")
def test_the_command_says_where_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no" / "brief.html"
    assert command.main(["brief", "collaborative", "wyaat", str(out)]) == 1
    assert "Name a file in a folder that exists" in capsys.readouterr().err


def test_an_unknown_vintage_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(GeoError, match="of vintage '1999'"):
        brief.profile_of(catalogue, "collaborative", "wyaat", vintage="1999")
