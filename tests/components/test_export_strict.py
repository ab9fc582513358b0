"""What PowerPoint refuses and python-pptx lets pass: looked for in a deck of every story."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation

from components.export.chart_spec import BarChart, Series
from components.export.plot_axes import Axis
from components.export.pptx_bars import add_bars
from components.export.pptx_base import FONT, Area
from components.export.pptx_deck import document_pptx
from components.export.sheet import document_of_story
from components.stories import tell, walkthroughs
from data import Catalogue, Selection
from tests.components.conftest import Build

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/package/2006/relationships}"
NAMED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
T = "{http://schemas.openxmlformats.org/package/2006/content-types}"
MUCH, LITTLE = "E54000054", "E54000023"
# The order in which ECMA-376 wants the children of a series and of a chart's axes.
BAR = "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val"
SCATTER = "idx order tx spPr marker dPt dLbls trendline errBars xVal yVal smooth"
LINE = "idx order tx spPr marker dPt dLbls trendline errBars cat val smooth"
AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
    "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween auto lblAlgn "
    "lblOffset majorUnit minorUnit noMultiLvlLbl"
)
ORDERS = {
    "barChart/ser": BAR, "scatterChart/ser": SCATTER, "lineChart/ser": LINE,
    "catAx": AXIS, "valAx": AXIS,
    "scaling": "logBase orientation max min",
    "errBars": "errDir errBarType errValType noEndCap plus minus val spPr",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName "
            "showSerName showPercent showBubbleSize separator",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr",
    "marker": "symbol size spPr",
    "plotArea": "layout barChart lineChart scatterChart valAx catAx dTable spPr",
    "chart": "title autoTitleDeleted pivotFmts view3D floor plotArea legend plotVisOnly "
             "dispBlanksAs showDLblsOverMax",
}  # fmt: skip


@pytest.fixture(scope="module")
def decks(catalogue: Catalogue, build: Build) -> dict[str, dict[str, bytes]]:
    """The parts of a deck of each story; of *Your system* with much and with little."""
    found = {}
    for story in walkthroughs(catalogue):
        codes = (MUCH, LITTLE) if story.subject else ("",)
        for code in codes:
            subject = Selection(icb=(code,)) if code else Selection()
            told = tell(catalogue, story, subject, build)
            made = document_of_story(
                catalogue, told, address="https://atlas.example/",
                link=lambda key, _: f"https://atlas.example/{key}",
            )  # fmt: skip
            with zipfile.ZipFile(io.BytesIO(document_pptx(made))) as packed:
                names = packed.namelist()
                assert len(names) == len(set(names)), f"{story.id}: a part stands twice"
                found[f"{story.id} {code}"] = {n: packed.read(n) for n in names}
    return found


def parsed(parts: dict[str, bytes], pattern: str) -> list[tuple[str, Any]]:
    return [(n, etree.fromstring(b)) for n, b in parts.items() if re.fullmatch(pattern, n)]


def test_every_part_is_declared_and_every_relation_leads_to_one(
    decks: dict[str, dict[str, bytes]],
) -> None:
    bad = []
    for deck, parts in decks.items():
        types = etree.fromstring(parts["[Content_Types].xml"])
        endings = {n.get("Extension").lower() for n in types.iter(f"{T}Default")}
        named = {n.get("PartName") for n in types.iter(f"{T}Override")}
        for name in parts:
            if f"/{name}" not in named and name.rsplit(".", 1)[-1].lower() not in endings:
                bad.append(f"{deck}: {name} has no content type")
        bad += [f"{deck}: {n} is declared and missing" for n in named if n[1:] not in parts]
        for name, root in parsed(parts, r".*\.rels"):
            home = PurePosixPath(name).parent.parent
            for one in root.iter(f"{R}Relationship"):
                if one.get("TargetMode") == "External":
                    continue
                target = one.get("Target")
                path = target[1:] if target.startswith("/") else str(home / target)
                while "/../" in path:
                    path = re.sub(r"[^/]+/\.\./", "", path, count=1)
                if path not in parts:
                    bad.append(f"{deck}: {name} leads to {target}")
    assert bad == []


def relations(parts: dict[str, bytes], name: str) -> dict[str, Any]:
    """Id -> relationship of a part."""
    home = PurePosixPath(name)
    body = parts.get(str(home.parent / "_rels" / f"{home.name}.rels"))
    return {} if body is None else {r.get("Id"): r for r in etree.fromstring(body)}


def test_every_relation_that_is_named_is_there_and_every_one_of_a_slide_is_used(
    decks: dict[str, dict[str, bytes]],
) -> None:
    """With one layout and one page of notes for each slide, and addresses that can be opened."""
    bad = []
    for deck, parts in decks.items():
        for name, root in parsed(parts, r"(?!\[).*\.xml"):
            there = relations(parts, name)
            used = {
                v for node in root.iter(etree.Element) for k, v in node.attrib.items()
                if k.startswith(NAMED)
            }  # fmt: skip
            bad += [f"{deck}: {name} names {one!r}" for one in used - set(there)]
            if not re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                continue
            kinds = [str(r.get("Type")).rsplit("/", 1)[1] for r in there.values()]
            for kind in ("slideLayout", "notesSlide"):
                if kinds.count(kind) != 1:
                    bad.append(f"{deck}: {name} has {kinds.count(kind)} of {kind}")
            beside = ("slideLayout", "notesSlide")
            spare = [
                k for k, r in there.items()
                if k not in used and not str(r.get("Type")).endswith(beside)
            ]  # fmt: skip
            bad += [f"{deck}: {name} has {one}, which nothing names" for one in spare]
            bad += [f"{deck}: {name} leads to {r.get('Target')}" for r in there.values()
                    if r.get("TargetMode") == "External"
                    and not re.fullmatch(r"https://\S+", r.get("Target"))]  # fmt: skip
    assert bad == []


def test_slides_have_titles_of_their_own_notes_and_nothing_beside_them(
    decks: dict[str, dict[str, bytes]],
) -> None:
    bad = []
    for deck, parts in decks.items():
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as packed:
            for name, body in parts.items():
                packed.writestr(name, body)
        shown: Any = Presentation(whole)
        titles = [s.shapes.title.text if s.shapes.title is not None else "" for s in shown.slides]
        bad += [f"{deck}: {t!r} is no title of its own" for t in titles if titles.count(t) > 1]
        for number, slide in enumerate(shown.slides, start=1):
            where = f"{deck}: slide {number}"
            if not slide.notes_slide.notes_text_frame.text.strip():
                bad.append(f"{where} has no notes")
            bad += [f"{where}: {p.name} is empty" for p in slide.placeholders
                    if p.has_text_frame and not p.text_frame.text.strip()]  # fmt: skip
            bad += [
                f"{where}: {s.name} lies beside it" for s in slide.shapes
                if s.left < -9525 or s.top < -9525
                or s.left + s.width > shown.slide_width + 9525
                or s.top + s.height > shown.slide_height + 9525
            ]  # fmt: skip
    assert bad == []


def _is_taken(kind: str, said: dict[str, str]) -> bool:
    """Whether an element of a drawing says what PowerPoint can read."""
    if kind == "latin":
        return said.get("typeface") in {FONT, "+mn-lt", "+mj-lt"}
    if kind in {"rPr", "defRPr"}:
        return 100 <= int(said.get("sz", 1000)) <= 400_000
    if kind == "srgbClr":
        return re.fullmatch("[0-9A-Fa-f]{6}", said["val"]) is not None
    return kind != "off" or all(n.lstrip("-").isdigit() for n in said.values())


def test_letters_and_colours_are_such_as_powerpoint_takes(
    decks: dict[str, dict[str, bytes]],
) -> None:
    bad = set()
    for parts in decks.values():
        for name, root in parsed(parts, r"ppt/(slides/slide|charts/chart)[^/]*\.xml"):
            for node in root.iter(etree.Element):
                kind, said = etree.QName(node).localname, dict(node.attrib)
                if node.tag.startswith(A) and not _is_taken(kind, said):
                    bad.add(f"{name}: {kind} {said}")
                if kind in {"txBody", "rich"} and node.find(f"{A}p") is None:
                    bad.add(f"{name}: {kind} without a paragraph")
    assert bad == set()


def test_charts_have_their_elements_in_the_order_of_the_standard(
    decks: dict[str, dict[str, bytes]],
) -> None:
    bad = set()
    for parts in decks.values():
        for _, root in parsed(parts, r"ppt/charts/chart[^/]*\.xml"):
            for node in root.iter(etree.Element):
                kind = etree.QName(node).localname
                above = node.getparent()
                key = kind if above is None else f"{etree.QName(above).localname}/{kind}"
                order = ORDERS.get(key, ORDERS.get(kind, "")).split()
                if not order or not node.tag.startswith(C):
                    continue
                names = [etree.QName(child).localname for child in node]
                unknown = [n for n in names if n not in order]
                places = [order.index(n) for n in names if n in order]
                if kind == "plotArea":
                    places = [0 if n == "layout" else 1 for n in names]
                if unknown or places != sorted(places):
                    bad.add(f"{key}: {' '.join(names)}")
    assert bad == set()


def test_shapes_have_their_own_ids_words_and_size(decks: dict[str, dict[str, bytes]]) -> None:
    bad = []
    for deck, parts in decks.items():
        for name, root in parsed(parts, r"ppt/slides/slide\d+\.xml"):
            where = f"{deck}: {name}"
            about = [n for n in root.iter(f"{P}cNvPr") if n.getparent().tag != f"{P}nvGrpSpPr"]
            ids = [n.get("id") for n in root.iter(f"{P}cNvPr")]
            if len(ids) != len(set(ids)):
                bad.append(f"{where}: an id stands twice")
            bad += [f"{where}: {n.get('name')} has no words" for n in about if not n.get("descr")]
            for path in root.iter(f"{A}path"):
                if int(path.get("w")) < 1 or int(path.get("h")) < 1 or len(path) < 2:
                    bad.append(f"{where}: a path without size")
            bad += [f"{where}: a negative size" for n in root.iter(f"{A}ext")
                    if n.get("cx") and (int(n.get("cx")) < 0 or int(n.get("cy")) < 0)]  # fmt: skip
            for table in root.iter(f"{A}tbl"):
                wide = len(table.findall(f"{A}tblGrid/{A}gridCol"))
                if any(len(row.findall(f"{A}tc")) != wide for row in table.iter(f"{A}tr")):
                    bad.append(f"{where}: a row without a cell for each column of its table")
            for cell in root.iter(f"{A}tc"):
                if cell.find(f"{A}txBody/{A}p") is None:
                    bad.append(f"{where}: a cell without a paragraph")
            texts = [n.text or "" for n in root.iter(f"{A}t")]
            if any(re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|_x00[01]", t) for t in texts):
                bad.append(f"{where}: a control character")
    assert bad == []


def test_workbooks_of_charts_hold_what_the_charts_show(decks: dict[str, dict[str, bytes]]) -> None:
    bad = []
    seen = 0
    for deck, parts in decks.items():
        for name, root in parsed(parts, r"ppt/charts/chart[^/]*\.xml"):
            rels = etree.fromstring(parts[name.replace("charts/", "charts/_rels/") + ".rels"])
            target = next(r.get("Target") for r in rels if ".xlsx" in r.get("Target"))
            book = load_workbook(io.BytesIO(parts[f"ppt/{target.removeprefix('../')}"]))
            for ref in root.iter(f"{C}numRef", f"{C}strRef"):
                sheet, area = ref.findtext(f"{C}f").rsplit("!", 1)
                cells = book[sheet.strip("'")][area.replace("$", "")]
                rows = cells if isinstance(cells, tuple) else ((cells,),)
                held = [c.value for row in rows for c in row]
                for point in ref.iter(f"{C}pt"):
                    told, kept = point.findtext(f"{C}v"), held[int(point.get("idx"))]
                    seen += 1
                    same = (
                        abs(float(told) - float(kept)) < 1e-9
                        if isinstance(kept, int | float)
                        else told == kept
                    )
                    if not same:
                        bad.append(f"{deck}: {name} {area}: {told} shown, {kept} held")
    assert bad == []
    assert seen > 100


def test_a_deck_closes_with_one_slide_whose_notes_have_every_source(
    decks: dict[str, dict[str, bytes]],
) -> None:
    for deck, parts in decks.items():
        closing = [b for n, b in parts.items() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)
                   and b"Notes and sources" in b]  # fmt: skip
        assert len(closing) == 1, deck
        notes = max((b for n, b in parts.items() if "notesSlides/notesSlide" in n), key=len)
        assert b"Creative Commons" in notes, deck


def test_a_name_that_a_spreadsheet_would_run_is_none_in_the_workbook_of_a_chart() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    bars = Series("=2+2", [1.0], ["#005EB8"], [""], ["1"], [None], [None])
    axis = Axis(0.0, 1.0)
    add_bars(slide, BarChart("", ("=1+1",), (bars,), False, axis), Area(1, 1, 8, 4), "Bars")
    chart = next(s.chart for s in slide.shapes if s.has_chart)
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = [c for row in book.worksheets[0].iter_rows() for c in row if isinstance(c.value, str)]
    assert {(c.value, c.data_type) for c in cells} == {("'=1+1", "s"), ("'=2+2", "s")}
