"""Groups of services, so that results on one service are found across collaboratives.

Sources name a service as they please: "Procurement", "Procurement and clinical collaboration". The
group is worked out from the words of the row (``service`` and ``metric``), never typed, and a row
can stand in several: a result on children waiting for ear, nose and throat surgery belongs to that
specialty, to waiting lists and to surgery.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class ServiceGroup:
    """One group of services.

    Attributes:
        id: Stable id, as in addresses.
        label: Words by which people look for it.
        words: Regular expression found in the row's service or metric, in lower case.
    """

    id: str
    label: str
    words: str


SERVICES: Final = (
    ServiceGroup(
        "out-of-area", "Out-of-area placements and distance from home",
        r"out[ -]of[ -]area|from home|placements? (outside|away)|outside (london|the)",
    ),
    ServiceGroup("forensic", "Forensic and secure care", r"forensic|secure\b"),
    ServiceGroup(
        "young-people", "Children and young people", r"camhs|child|young people|paediatric"
    ),
    ServiceGroup("eating-disorders", "Eating disorders", r"eating disorder"),
    ServiceGroup(
        "mental-health", "Mental health, learning disability and autism",
        r"mental health|learning disabilit|autis|camhs|forensic|psychiatr|eating disorder",
    ),
    ServiceGroup(
        "ent-and-oral", "Ear, nose and throat (ENT), oral surgery and dentistry",
        r"ear, nose|\bent\b|\boral\b|\bdent(al|ist)",
    ),
    ServiceGroup(
        "waiting", "Waiting lists, waiting times and elective care",
        r"waiting|\bwaits?\b|elective|backlog|access to|long waiters",
    ),
    ServiceGroup(
        "surgery", "Surgery, orthopaedics and theatres",
        r"surg|orthopaed|theatre|robotic|operations?\b",
    ),
    ServiceGroup("cancer", "Cancer", r"cancer|chemotherap|oncolog"),
    ServiceGroup("heart-and-vessels", "Heart and vascular", r"cardi|vascular|arterial"),
    ServiceGroup("stroke", "Stroke", r"stroke|thrombectomy"),
    ServiceGroup("gastroenterology", "Gastroenterology and endoscopy", r"gastro|endoscop"),
    ServiceGroup(
        "diagnostics", "Diagnostics, imaging and pathology",
        r"diagnos|imaging|radiolog|patholog|laborator|home reporting|\bscans?\b",
    ),
    ServiceGroup("medicines", "Pharmacy and medicines", r"pharmac|medicine|aseptic|chemotherap"),
    ServiceGroup(
        "urgent", "Urgent, emergency and critical care",
        r"urgent|emergency|ambulance|\b999\b|critical care|intensive care",
    ),
    ServiceGroup(
        "community", "Community and home services",
        r"community (service|care|mental|team|nurs|health)|virtual ward|at home\b|discharge",
    ),
    ServiceGroup("length-of-stay", "Beds, admissions and length of stay",
                 r"length of stay|\bbeds?\b|bed[ -]days|(re)?admission|occup"),
    ServiceGroup("procurement", "Procurement and supplies", r"procure|suppl(y|ies)|purchas"),
    ServiceGroup(
        "corporate", "Corporate, digital and back-office functions",
        r"corporate|back[ -]office|shared service|digital|patient record|estates|payroll",
    ),
    ServiceGroup(
        "workforce", "Recruitment, retention and support of staff",
        r"retention|recruit|staff|nurs(e|ing)|workforce|vacanc|agency|clinical teams|trainee",
    ),
    ServiceGroup(
        "money", "Savings, income and reinvestment", r"saving|saved|invest|income|fund|spend|cost"
    ),
)  # fmt: skip
"""The groups in the order in which they are offered."""

OTHER: Final = ServiceGroup("other", "Other services", "")
SERVICE_LABELS: Final = MappingProxyType({g.id: g.label for g in (*SERVICES, OTHER)})
"""Group id -> label, in order; ``other`` takes what no group's words are found in."""


def groups_of(service: object, metric: object) -> tuple[str, ...]:
    """Ids of the groups that an outcome's service and metric speak of, in order."""
    text = " ; ".join(t for t in (service, metric) if isinstance(t, str)).lower()
    return tuple(g.id for g in SERVICES if re.search(g.words, text)) or (OTHER.id,)
