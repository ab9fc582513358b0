"""What a brief says beside its map: sections that can be measured and shortened."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass

from components.exhibits import profile_words as words
from components.export.brief_fit import Block, Section, clipped
from components.export.brief_maps import COLUMN_MM
from data.profile_facts import Discrepancy, Fact, Footprint, Outcome
from data.profile_values import CollaborativeProfile, SystemProfile

_INNER = COLUMN_MM - 3.0
_SMALL = 7.2
Profile = CollaborativeProfile | SystemProfile
Items = list[tuple[Block, ...]]
NO_OUTCOME = "None in the tables. It does not mean that there are none."


@dataclass(frozen=True)
class Writer:
    """Puts facts into blocks of lines that end with the number of their source.

    Attributes:
        numbers: Source id -> its number in the list of sources.
        extra: Lines that every text may take beyond what is asked for.
    """

    numbers: Mapping[str, int]
    extra: int = 0

    def plain(self, text: str, *, head: str = "", size: float = 8.4, most: int = 3) -> Block:
        """A block of at most some lines, with what stands first in bold."""
        bold = bool(head) and not text
        whole = f"{head} {text}".strip()
        whole = clipped(whole, _INNER - 5, size, most + self.extra, bold=bold)
        strong = f"<b>{html.escape(whole[: len(head)])}</b>" if head else ""
        return Block(strong + html.escape(whole[len(head) :]), whole, size, bold=bold)

    def fact(
        self, fact: Fact, text: str, *, head: str = "", size: float = 8.4, most: int = 3
    ) -> Block:
        """A block that ends with the number of its source, whatever is cut."""
        cut = self.plain(text, head=head, size=size, most=most)
        named = fact.source_ids if isinstance(fact, Discrepancy) else (fact.source_id,)
        mark = f" [{', '.join(str(self.numbers[s]) for s in named)}]"
        return Block(f'{cut.html}<span class="s">{mark}</span>', cut.text + mark, size, cut.bold)


def writer(profile: Profile, extra: int = 0) -> Writer:
    """A writer for the facts of a profile."""
    numbers = {c.source_id: i for i, c in enumerate(profile.citations, start=1)}
    return Writer(numbers, extra)


def footprint(profile: CollaborativeProfile, write: Writer) -> Section:
    """Systems covered; those with the same coverage, basis and source together."""
    groups: dict[tuple[str, str], list[Footprint]] = {}
    for f in profile.footprint:
        groups.setdefault((words.coverage_words(f), f.source_id), []).append(f)
    items: Items = [
        (write.fact(rows[0], told, head=f"{', '.join(f.icb for f in rows)}:", most=4),)
        for (told, _), rows in groups.items()
    ]
    if not items:
        items = [(write.plain("No source says which systems it covers, so none is drawn."),)]
    title = f"Footprint: {words.systems_words(profile)}"
    return Section(title, tuple(items), least=2, rank=0)


def governance(profile: CollaborativeProfile, write: Writer) -> Section:
    """The model, the note and what the model means in general."""
    own = profile.governance
    items: Items = [(write.fact(own, own.note, head=f"{own.label}.", most=5),)]
    for i, m in enumerate(own.meanings):
        items.append((write.fact(m, m.text, head=f"{m.title}:" if i else "In general:", most=4),))
    if not own.meanings:
        items.append((write.plain(words.NO_MODEL),))
    return Section("Governance and what it means", tuple(items), least=2)


def members(profile: CollaborativeProfile, write: Writer) -> Section:
    """Members with roles and homes."""
    items: Items = []
    if profile.members_note:
        own = profile.governance
        items.append((write.fact(own, profile.members_note, size=_SMALL, most=3),))
    homes = {words.home_words(m) for m in profile.members}
    # One home for all is said once, and each then needs one line in place of two.
    is_one = len(homes) == 1 and len(profile.members) > 1
    if is_one:
        items.append((write.plain(f"All with headquarters in {homes.pop()}.", size=_SMALL),))
    for m in profile.members:
        name = m.name + (f" ({m.role_label.lower()})" if m.role != "member" else "")
        home = "" if is_one else words.home_words(m)
        items.append((write.fact(m, home, head=f"{name}:" if home else name, most=3),))
    if not profile.members:
        items.append((write.plain("The sources name no member."),))
    return Section(f"Members: {words.members_words(profile)}", tuple(items), least=6, rank=0)


def outcomes(told: tuple[Outcome, ...], write: Writer, *, whose: bool = False) -> Section:
    """Outcomes with value, status, benefit, period and evidence.

    Args:
        told: The outcomes.
        write: Writes them.
        whose: Whether to name who reports each.
    """
    items: Items = []
    if whose and told:
        items.append((write.plain(words.NOT_OF_THE_SYSTEM, size=_SMALL, most=4),))
    for o in told:
        status = o.status_label
        value = f"{words.outcome_value(o)}, {status.lower()}:"
        head = f"{status} (no figure):" if o.value is None else value
        by = ""
        if whose:
            span = f" ({o.spans} systems)" if o.spans > 1 else ""
            by = f"{o.collaborative}{span}; "
        detail = write.plain(f"{by}{words.outcome_detail(o)}", size=_SMALL, most=2)
        items.append((write.fact(o, o.metric, head=head, most=3), detail))
    title = f"Outcomes reported: {len(told)}"
    return Section(title, tuple(items) or ((write.plain(NO_OUTCOME),),), least=3)


def formation(profile: CollaborativeProfile, write: Writer) -> Section:
    """Year, predecessors and successors, milestones."""
    own, year = profile.governance, f"Formed: {words.formed_words(profile)}."
    is_known = profile.formed_year is not None or profile.formed_note
    first = write.fact(own, profile.formed_note, head=year, most=2)
    items: Items = [(first if is_known else write.plain("", head=year),)]
    for s in profile.successions:
        on = f" ({s.on})" if s.on else ""
        items.append((write.fact(s, f"{s.related}{on}. {s.note}", head=s.label, most=2),))
    items += [(write.fact(m, m.title, head=m.on, most=2),) for m in profile.milestones]
    return Section("Formation and what came before and after", tuple(items), least=3, rank=2)


def priorities(profile: CollaborativeProfile, write: Writer) -> Section:
    """Priorities, each with its period."""
    items = tuple(
        (write.fact(p, p.text, head=f"{p.period}:" if p.period else "", most=2),)
        for p in profile.priorities
    )
    return Section(f"Priorities: {len(items)}", items, least=2, rank=3)


def disagreements(doubts: tuple[Discrepancy, ...], write: Writer) -> Section:
    """Where sources disagree, and what is shown."""
    items = tuple((write.fact(d, f"{d.summary} Shown: {d.shown}.", most=4),) for d in doubts)
    return Section(f"Where sources disagree: {len(items)}", items, rank=2)


def related(profile: CollaborativeProfile, write: Writer) -> Section:
    """Collaboratives that share members or systems."""
    items = tuple(
        (write.plain(words.related_words(r), head=f"{r.short_name}:", most=2),)
        for r in profile.related
    )
    return Section("Related collaboratives (worked out by the Atlas)", items, least=2, rank=4)


def touching(profile: SystemProfile, write: Writer) -> Section:
    """Collaboratives that touch a system, and how."""
    items: Items = []
    for f in profile.footprints:
        span = f"; {f.spans} systems in all" if f.spans > 1 else ""
        status = "" if f.status == "operating" else f", {f.status_label.lower()}"
        text = f"{f.sector_label}{status}; {words.coverage_words(f)}{span}"
        # How it was carried over; the whole of it stands in the Atlas.
        how = (write.plain(f.carry_note, size=_SMALL, most=2),) if f.carry_note else ()
        items.append((write.fact(f, text, head=f"{f.short_name}:", most=3), *how))
    title = f"Collaboratives here: {len(items)}"
    if not items:
        first, *rest = words.NO_COLLABORATIVE
        items = [(write.plain("", head=first),), *((write.plain(r, most=5),) for r in rest)]
    return Section(title, tuple(items), least=6, rank=0)


def organisations(profile: SystemProfile, write: Writer) -> Section:
    """Organisations with headquarters in a system, with their collaboratives."""
    items: Items = []
    for o in profile.organisations:
        joined = "; ".join(name for _, name in o.collaboratives) or "in no collaborative"
        items.append((write.fact(o, joined, head=f"{o.name}:"),))
    title = f"{words.ORGANISATIONS_HERE}: {len(items) or 'none'}"
    none = (write.plain(words.NO_ORGANISATION),)
    return Section(title, tuple(items) or (none,), least=4)


def beside(profile: SystemProfile, write: Writer) -> Section:
    """Names of the neighbours."""
    text = "; ".join(name for _, name in profile.neighbours) or "None over land."
    return Section("Neighbouring systems", ((write.plain(text, most=4),),))


def became(profile: SystemProfile, write: Writer) -> Section:
    """What changed in April 2026, or what an area of April 2026 was made from."""
    items = tuple((write.fact(c, words.change_words(c)),) for c in profile.changes)
    none = (write.plain(words.unchanged_words(profile)),)
    return Section(words.became_title(profile), items or (none,), least=4)
