"""A presentation in 16:9 with the Atlas's theme, and the objects that every slide has."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from components import theme
from components.export.brief_fit import width_mm, wrapped
from components.export.qr import TOO_LONG, qr_of

WIDTH: Final = 13.333
HEIGHT: Final = 7.5
FONT: Final = "Arial"
INK: Final = theme.INK["light"]
FAINT: Final = theme.FAINT["light"]
_MM: Final = 25.4


@dataclass(frozen=True)
class Area:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """As PowerPoint counts."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)


def rgb(colour: str) -> RGBColor:
    """``#RRGGBB`` as PowerPoint takes it, ``rgba(…)`` as it looks on white; else neutral grey."""
    clear = re.fullmatch(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)", colour)
    if clear is not None:
        part = float(clear[4] or 1)
        mixed = (round(255 - (255 - int(clear[n])) * part) for n in (1, 2, 3))
        return RGBColor(*mixed)  # type: ignore[no-untyped-call]
    plain = colour if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) else theme.NEUTRAL
    red, green, blue = (int(plain[i : i + 2], 16) for i in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def new_presentation(title: str) -> Any:
    """An empty presentation: 16:9, Arial, the Atlas's colours, its properties filled in."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    made.core_properties.title = title
    made.core_properties.author = "Provider Collaboratives Atlas"
    made.core_properties.language = "en-GB"
    part = made.slide_masters[0].part.part_related_by(RT.THEME)
    part._blob = _themed(part.blob)
    for layout in made.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.type is not None and shape.placeholder_format.idx >= 10:
                shape._element.getparent().remove(shape._element)
    return made


def _themed(blob: bytes) -> bytes:
    root = etree.fromstring(blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    colours = {
        "dk1": INK, "lt1": "#FFFFFF", "dk2": theme.NHS_DARK_BLUE, "lt2": "#E8EDEE",
        "accent1": theme.ALL_RESPONDENTS, "hlink": theme.NHS_BLUE, "folHlink": theme.NHS_DARK_BLUE,
        **{f"accent{n}": c for n, c in zip(
            range(2, 7), ("#1D78C9", "#C7417B", "#00A499", "#C97700", "#7B5EA7"), strict=True)},
    }  # fmt: skip
    for name, colour in colours.items():
        for node in root.findall(f".//a:clrScheme/a:{name}", space):
            for child in list(node):
                node.remove(child)
            etree.SubElement(node, f"{{{space['a']}}}srgbClr", val=colour.lstrip("#"))
    for kind in ("majorFont", "minorFont"):
        for node in root.findall(f".//a:fontScheme/a:{kind}/a:latin", space):
            node.set("typeface", FONT)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def describe(shape: Any, words: str, name: str = "") -> Any:
    """Give an object its text alternative and its name in the selection pane."""
    node = shape._element.xpath(".//p:cNvPr")[0]
    node.set("descr", words[:1500])
    if name:
        node.set("name", name[:120])
    return shape


def flat(shape: Any) -> Any:
    """Take the theme's shadow and edge from a shape: what it has is said on it."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)
    return shape


def tinted(colour: str, part: float = 0.28) -> str:
    """A colour thinned with white, for open marks: not every program draws their edges."""
    plain = str(rgb(colour))
    return "#" + "".join(
        f"{round(255 - (255 - int(plain[i : i + 2], 16)) * part):02X}" for i in (0, 2, 4)
    )


def fitting(
    text: str, width: float, height: float, sizes: Sequence[float], *, bold: bool = False
) -> float:
    """The largest of some font sizes at which a text fits a box in inches; else the last."""
    for size in sizes:
        lines = sum(
            max(1, len(wrapped(part, width * _MM, size, bold=bold))) for part in text.split("\n")
        )
        if lines * size * 1.22 / 72 <= height:
            return size
    return sizes[-1]


def line_count(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a box of a width in inches."""
    return sum(len(wrapped(line, width * _MM, size)) for line in text.split("\n"))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line in inches."""
    return width_mm(text, size, bold=bold) / _MM


def add_text(
    slide: Any,
    area: Area,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    align: str = "left",
    anchor: str = "top",
    name: str = "Text",
    wrap: bool = True,
) -> Any:
    """A text box; lines break at line ends of the text. Its words are its alternative too."""
    shape = slide.shapes.add_textbox(*area.emu)
    frame = shape.text_frame
    frame.word_wrap = wrap
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = {
        "top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM
    }[anchor]  # fmt: skip
    for n, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment = {
            "left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER
        }[align]  # fmt: skip
        styled(paragraph.add_run(), line, size, bold=bold, colour=colour)
    return describe(shape, text, name)


def styled(run: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> Any:
    """Words in a run with the Atlas's font."""
    run.text = text
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
    run.font.color.rgb = rgb(colour)
    return run


def add_linked(slide: Any, area: Area, text: str, link: str, size: float, name: str) -> Any:
    """A text box whose words lead somewhere."""
    shape = add_text(slide, area, "", size, name=name)
    run = shape.text_frame.paragraphs[0].runs[0]
    styled(run, text, size, colour=theme.NHS_BLUE)
    run.hyperlink.address = link
    return describe(shape, f"{text}: {link}", name)


def add_number(slide: Any, area: Area) -> None:
    """The slide's number, which PowerPoint keeps right when slides are moved."""
    shape = add_text(slide, area, "", 10, colour=FAINT, align="right", name="Slide number")
    paragraph = shape.text_frame.paragraphs[0]._p
    run = paragraph.find(qn("a:r"))
    properties = deepcopy(run.find(qn("a:rPr")))
    paragraph.remove(run)
    number = etree.SubElement(paragraph, qn("a:fld"))
    number.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    number.set("type", "slidenum")
    number.append(properties)
    etree.SubElement(number, qn("a:t")).text = "‹#›"
    describe(shape, "Slide number", "Slide number")


def add_qr(slide: Any, area: Area, link: str) -> None:
    """A QR code of a link, as a picture that is a link itself; a sentence where it is too long."""
    code = qr_of(link)
    if code is None:
        add_text(slide, area, TOO_LONG, 9, colour=FAINT, anchor="bottom", name="No QR code")
        return
    body = io.BytesIO()
    code.save(body, kind="png", scale=6, border=2)
    body.seek(0)
    picture = slide.shapes.add_picture(body, *area.emu)
    picture.click_action.hyperlink.address = link
    describe(picture, f"QR code that leads to the live view: {link}", "QR code")


def add_title(slide: Any, area: Area, text: str, sizes: Sequence[float]) -> float:
    """The slide's title, in its placeholder: readers and outlines find it there; its height."""
    shape = slide.shapes.title
    shape.left, shape.top, shape.width, shape.height = area.emu
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    size = fitting(text, area.width, area.height, sizes, bold=True)
    styled(paragraph.add_run(), text, size, bold=True)
    describe(shape, text, "Title")
    lines = len(wrapped(text, area.width * _MM, size, bold=True))
    return lines * size * 1.22 / 72
