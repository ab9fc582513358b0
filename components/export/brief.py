"""The printable brief: one profile on one A4 page, in one HTML file that needs nothing else."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from components import theme
from components.exhibits import profile_words as words
from components.export import brief_maps as maps
from components.export import brief_parts as parts
from components.export.brief_fit import Block, Column, Parts, Section, arranged, clipped
from components.export.own_mark import WORDS, in_name, in_profile
from data.catalogue import Catalogue
from data.citations import Citation
from data.profile_areas import vintage_of
from data.profile_values import CollaborativeProfile, SystemProfile
from data.vintages import OLDER
from geo.boundaries_io import vintage_title

Kind = Literal["collaborative", "system"]
KINDS: Final = ("collaborative", "system")
Profile = CollaborativeProfile | SystemProfile
_PAGE_MM = 186.0
_ROOM_MM = 278.0
"""Height that is filled by our count of lines, which finds a few more than browsers do; the paper
has 275 mm between its margins."""
_TINY = 6.8
_SOURCE_LINES = 10

_STYLE = """
@page{size:A4 portrait;margin:11mm 12mm}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;color:#000;background:#fff;
 font:8.4pt/1.28 Arial,"Liberation Sans",Helvetica,"DejaVu Sans Condensed",sans-serif}
main{width:186mm;min-height:273mm;margin:0 auto;display:flex;flex-direction:column}
h1{font-size:16pt;line-height:1.15;margin:1mm 0 .6mm}
h2{font-size:1.12em;line-height:1.28;margin:0 0 .8mm;border-bottom:.35mm solid #000}
p{margin:0 0 .7mm}
ul{list-style:none;margin:0;padding:0 0 0 3mm}
li{margin:0 0 .7mm;text-indent:-3mm;break-inside:avoid}
li>span{display:block}
li>span.q{text-indent:0}
.top{display:flex;justify-content:space-between;font-size:7.2pt;border-bottom:.6mm solid #005EB8}
.sub{font-size:7.2pt;margin:0 0 .6mm}
dl{display:grid;grid-template-columns:repeat(3,1fr);gap:1mm 3mm;margin:1.4mm 0 2.6mm}
dl div{border-left:.9mm solid #005EB8;padding-left:1.6mm}
dt{font-size:6.8pt}
dd{margin:0;font-weight:bold}
.two{display:grid;grid-template-columns:89mm 89mm;gap:8mm;align-items:start}
section{margin:0 0 2.6mm;break-inside:avoid}
svg.map{display:block;width:89mm;font-family:inherit}
.keys{display:flex;flex-wrap:wrap;gap:.4mm 3mm;font-size:7pt;margin:.8mm 0}
.keys span{display:inline-flex;align-items:center;gap:1mm}
svg.key{width:5mm;height:3.4mm}
.tiny,footer,footer li{font-size:6.8pt;line-height:1.28}
.s{white-space:nowrap;font-size:.8em}
.q{font-size:.857em}
.more{font-style:italic}
footer{margin-top:auto;border-top:.35mm solid #000;padding-top:.8mm}
footer h2{font-size:8.4pt;border:0;margin:0}
footer ol{list-style:none;margin:0 0 .7mm;padding:0}
footer ol li{text-indent:0;margin:0}
a{color:inherit}
@media screen{body{background:#e9edf0;padding:6mm 0}
 main{width:210mm;padding:11mm 12mm;background:#fff;box-shadow:0 1px 6px rgba(0,0,0,.3)}}
"""


def file_name(profile: Profile, made_on: date) -> str:
    """Name of the file, such as ``brief_wyaat_2026-11-22.html``."""
    # Of two briefs with one code, that of April 2026 says so.
    is_twin = isinstance(profile, SystemProfile) and profile.is_newer and profile.is_unchanged
    twin = "_april-2026" if is_twin else ""
    own = in_name(in_profile(profile))
    return f"brief_{profile.key}{twin}_{made_on.isoformat()}{own}.html"


def address(profile: Profile) -> str:
    """Where the server shows the brief, such as ``brief/collaborative/wyaat`` below its root."""
    if isinstance(profile, SystemProfile):
        kind, key, vintage = "system", profile.area.code, profile.area.vintage
    else:
        kind, key, vintage = "collaborative", profile.collaborative_id, profile.vintage
    asked = f"?vintage={vintage}" if vintage != OLDER else ""
    return f"brief/{kind}/{key}{asked}"


def profile_of(catalogue: Catalogue, kind: Kind, key: str, vintage: str = "") -> Profile:
    """The profile that a brief is about.

    Args:
        catalogue: The tables.
        kind: ``collaborative`` or ``system``.
        key: Collaborative id, ICB code of April 2023 or area of April 2026.
        vintage: Vintage of the systems; empty: April 2026 for a system that only it has, else
            April 2023.

    Raises:
        KeyError: There is none.
        GeoError: There are no boundaries of such a vintage.
    """
    if kind == "system":
        return words.full_system(catalogue, key, vintage or vintage_of(catalogue, key))
    return words.full_collaborative(catalogue, key, vintage or OLDER)


def page(profile: Profile, made_on: date) -> str:
    """The brief as an HTML document.

    Args:
        profile: What it is about.
        made_on: Day that stands on it.
    """
    top, top_mm = _head(profile, made_on)
    every = [*range(1, len(profile.citations) + 1)]
    _, most_mm = _foot(profile, every)
    left, right = columns(profile, _ROOM_MM - top_mm - most_mm)
    # Of many sources those are listed to which what is shown refers.
    if len(every) > _SOURCE_LINES:
        own = _own_source(profile)
        others = sorted((left.references | right.references) - {own})
        every = sorted([own, *others[: _SOURCE_LINES - 1]])
    foot, _ = _foot(profile, every)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=830">'
        f"<title>Brief: {html.escape(profile.name)}</title><style>{_STYLE}</style></head>\n"
        f'<body><main>{top}\n<div class="two" style="font-size:{8.4 * left.scale:.2f}pt">'
        f"<div>{_written(left)}</div>\n"
        f"<div>{_written(right)}</div></div>\n{foot}</main></body></html>\n"
    )


def _own_source(profile: Profile) -> int:
    """Number of the source of the entry itself."""
    own = profile.area.source_id if isinstance(profile, SystemProfile) else profile.source_id
    return [c.source_id for c in profile.citations].index(own) + 1


def _head(profile: Profile, made_on: date) -> tuple[str, float]:
    """Name, summary and key facts, and the height they take in millimetres."""
    day = f"{made_on.day} {made_on:%B %Y}"
    if isinstance(profile, SystemProfile):
        here = profile.area
        what, told = f"integrated care system of {vintage_title(here.vintage)}", ""
        also = " · ".join(c for c in (here.name, here.ods_code, here.code_words) if c)
        pairs = words.system_facts(profile)
    else:
        what, told = "provider collaborative", profile.summary
        also = f"Also: {'; '.join(profile.aliases)}" if profile.aliases else ""
        pairs = words.key_facts(profile)
    mark = f" [{_own_source(profile)}]"
    told = clipped(told, _PAGE_MM - 6, 8.4, 4) + mark if told else ""
    also = clipped(also, _PAGE_MM - 6, 7.2, 1) + ("" if told else mark) if also else ""
    name = clipped(profile.name, _PAGE_MM, 16, 3, bold=True)
    title = Block(html.escape(name), name, 16, bold=True)
    cell = _PAGE_MM / 3 - 5.5
    values = [(n, clipped(v, cell, 8.4, 2, bold=True)) for n, v in pairs]
    rows = [values[i : i + 3] for i in range(0, len(values), 3)]
    heights = [max(Block("", v, bold=True).height(cell) for _, v in row) + 4.2 for row in rows]
    own = f"<strong>{WORDS}</strong>" if in_profile(profile) else ""
    cells = "".join(
        f"<div><dt>{html.escape(n)}</dt><dd>{html.escape(v)}</dd></div>" for n, v in values
    )
    text = (
        f'<header><div class="top"><span>Provider Collaboratives Atlas: {what}</span>{own}'
        f"<span>Brief of {day}</span></div><h1>{title.html}</h1>"
        + (f'<p class="sub">{html.escape(also)}</p>' if also else "")
        + (f"<p>{html.escape(told)}</p>" if told else "")
        + f"<dl>{cells}</dl></header>"
    )
    used = 4.2 + title.height(_PAGE_MM) + 1.6 + Block("", told).height(_PAGE_MM) + 0.7
    used += Block("", also, 7.2).height(_PAGE_MM) + 0.6
    return text, used + sum(heights) + 4.0


def _source(number: int, citation: Citation, lines: int) -> Block:
    """One source with its places, on at most some lines."""
    where = f": {'; '.join(citation.locators)}" if citation.locators else ""
    told = clipped(f"[{number}] {citation.for_others}{where}", _PAGE_MM, _TINY, lines)
    title = html.escape(told)
    if citation.url.startswith(("https://", "http://")):
        plain = html.escape(citation.for_others)
        link = f'<a href="{html.escape(citation.url)}">{plain}</a>'
        title = title.replace(plain, link, 1)
    return Block(title, told, _TINY)


def _foot(profile: Profile, numbers: Sequence[int]) -> tuple[str, float]:
    """Sources, caveats, dates, and the height they take in millimetres.

    Args:
        profile: What the brief is about.
        numbers: Numbers of the sources to list, as far as there is room.
    """
    lines = 2 if len(profile.citations) <= _SOURCE_LINES / 2 else 1
    listed = numbers[:_SOURCE_LINES]
    told = [_source(n, profile.citations[n - 1], lines) for n in listed]
    hidden = len(profile.citations) - len(told)
    if hidden > 0:
        said = f"and {theme.plural(hidden, 'more source')} (see the Atlas)"
        told.append(Block(said, said, _TINY))
    caveats = [words.GAPS]
    if isinstance(profile, SystemProfile):
        prints, vintage = profile.footprints, profile.area.vintage
    else:
        prints, vintage = profile.footprint, profile.vintage
    caveats.append(words.spoken_words(vintage))
    caveats += [words.INFERRED] if any(not f.is_stated for f in prints) else []
    caveats += [words.SELF_REPORTED] if profile.outcomes else []
    read = f"Sources read by {profile.as_of}. " if profile.as_of else ""
    caveats.append(
        f"{read}Provider Collaboratives Atlas, tables version {profile.version}. Not an NHS "
        "product. The numbers in square brackets name the source of each statement."
    )
    last = Block(html.escape(" ".join(caveats)), " ".join(caveats), _TINY)
    rows = "".join(f"<li>{b.html}</li>" for b in told)
    text = (
        f'<footer><h2>Sources and caveats</h2><ol>{rows}</ol><p class="tiny">{last.html}</p>'
        "</footer>"
    )
    height = sum(b.height(_PAGE_MM) for b in (*told, last)) + 7.6
    return text, height


def _system_parts(profile: SystemProfile, extra: int) -> Parts:
    write = parts.writer(profile, extra)
    return Parts(
        left=(
            maps.system_map(profile),
            parts.became(profile, write),
            parts.beside(profile, write),
        ),
        right=(
            parts.touching(profile, write),
            parts.outcomes(profile.outcomes, write, whose=True),
        ),
        loose=_filled(
            parts.organisations(profile, write),
            parts.disagreements(profile.discrepancies, write),
        ),
    )


def _collaborative_parts(profile: CollaborativeProfile, extra: int) -> Parts:
    write = parts.writer(profile, extra)
    return Parts(
        left=(
            maps.collaborative_map(profile),
            parts.footprint(profile, write),
            parts.governance(profile, write),
        ),
        right=(parts.members(profile, write), parts.outcomes(profile.outcomes, write)),
        loose=_filled(
            parts.formation(profile, write),
            parts.priorities(profile, write),
            parts.disagreements(profile.discrepancies, write),
            parts.related(profile, write),
        ),
    )


def _filled(*sections: Section) -> tuple[Section, ...]:
    return tuple(s for s in sections if s.items)


def columns(profile: Profile, height: float) -> tuple[Column, Column]:
    """The two columns of a brief, as large and as complete as a height in mm allows."""

    def write(extra: int) -> Parts:
        if isinstance(profile, SystemProfile):
            return _system_parts(profile, extra)
        return _collaborative_parts(profile, extra)

    return arranged(write, maps.COLUMN_MM, height)


def _written(column: Column) -> str:
    """The sections of a column as HTML."""
    told = []
    for section in column.sections:
        items = "".join(f"<li>{''.join(_line(b) for b in item)}</li>" for item in section.items)
        if section.more:
            items += f'<li class="more">{section.more}</li>'
        head = f"<h2>{html.escape(section.title)}</h2>" if section.title else ""
        listed = f"<ul>{items}</ul>" if items else ""
        told.append(f"<section>{head}{section.lead}{listed}</section>")
    return "".join(told)


def _line(block: Block) -> str:
    small = ' class="q"' if block.size < 8 else ""
    return f"<span{small}>{block.html}</span>"
