"""The map of a brief as a section: what it marks, its legend, vintage and attribution."""

from __future__ import annotations

import html
from collections.abc import Iterable

from components.export.brief_fit import Block, Section
from components.export.brief_svg import HEIGHT, WORDS, Dot, MapSpec, map_svg, swatch
from data.profile_facts import Footprint, Organisation
from data.profile_values import CollaborativeProfile, SystemProfile
from geo.boundaries_io import attribution, vintage_title

COLUMN_MM = 89.0
_TINY = 6.8


def _kind(row: Footprint) -> str:
    if row.is_part:
        return "part" if row.is_stated else "part-inferred"
    return "whole" if row.is_stated else "inferred"


def _dots(people: Iterable[Organisation]) -> tuple[Dot, ...]:
    return tuple(
        Dot(p.longitude, p.latitude, getattr(p, "role", "member"))
        for p in people
        if p.longitude is not None and p.latitude is not None
    )


def _map(spec: MapSpec, keys: Iterable[tuple[str, str]]) -> Section:
    """The map with its legend, vintage and attribution."""
    items = "".join(f"<span>{swatch(k)}{html.escape(w)}</span>" for k, w in keys)
    said = f"Boundaries of {vintage_title(spec.vintage)}. {attribution('icb', spec.vintage)}"
    told = Block("", said, _TINY).height(COLUMN_MM)
    lead = f'{map_svg(spec)}<div class="keys">{items}</div><p class="tiny">{html.escape(said)}</p>'
    # Room for a legend of three lines above the attribution.
    return Section("", lead=lead, fixed=HEIGHT / 10 * COLUMN_MM / 86 + 13 + told)


def collaborative_map(profile: CollaborativeProfile) -> Section:
    """The footprint with members."""
    around = profile.neighbours
    kinds = {f.icb_code: _kind(f) for f in profile.footprint}
    homes = {m.home_code for m in profile.members if m.home_code and m.latitude is not None}
    dots = _dots(profile.members)
    spec = MapSpec(
        kinds=tuple(kinds.items()),
        around=tuple(code for code, _ in around),
        names=(*((f.icb_code, f.icb) for f in profile.footprint), *around),
        dots=dots,
        focus=tuple(sorted(set(kinds) | homes)),
        title=f"Map of the footprint of {profile.name}",
        vintage=profile.vintage,
    )
    keys = [(k, WORDS[k]) for k in dict.fromkeys(kinds.values())]
    keys += [("neighbour", WORDS["neighbour"])] if around else []
    roles = {d.role for d in dots}
    labels = {
        "lead_provider": "Lead provider", "member": "Member’s headquarters", "partner": "Partner",
    }  # fmt: skip
    keys += [(role, label) for role, label in labels.items() if role in roles]
    return _map(spec, keys)


def system_map(profile: SystemProfile) -> Section:
    """The system with its neighbours and organisations."""
    here, dots = profile.area, _dots(profile.organisations)
    spec = MapSpec(
        kinds=((here.code, "whole"),),
        around=tuple(code for code, _ in profile.neighbours),
        names=((here.code, here.short_name), *profile.neighbours),
        dots=dots,
        focus=(here.code,),
        title=f"Map of {here.short_name} and its neighbours",
        vintage=here.vintage,
    )
    keys = [("here", WORDS["here"])]
    keys += [("neighbour", WORDS["neighbour"])] if profile.neighbours else []
    keys += [("member", "Organisation’s headquarters")] if dots else []
    return _map(spec, keys)
