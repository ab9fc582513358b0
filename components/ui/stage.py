"""The stage: one step of a walkthrough fills the screen, its neighbours wait beside it unseen.

The step seen, the one before and the one after lie in three slots, so that the browser can change
step at once and without the server; ``server/assets/stage.js`` has the keys and does so.
"""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from components.exhibits import Built
from components.exhibits.deck import DeckMap
from components.stories import Told, ToldStep, subject_id
from components.stories.asking import LABELS, answers, choices, under
from components.stories.stage_fit import legend_height, points_size
from components.stories.stage_html import (
    dots_html,
    empty_html,
    footing,
    headline_html,
    seconds_words,
    unshaded_html,
)
from components.stories.stage_map import is_shaded
from components.ui import (
    cache,
    card,
    stage_own,
    stage_picture,
    stage_state,
    stage_style,
    stage_ways,
)
from components.ui.legend import legend_html
from components.ui.stage_state import StageState
from components.ui.stage_style import Size
from components.ui.ways import exhibit_link, finding_link
from data import Selection
from data.query import value_label

PAGE: Final = "present"
SCRIPT: Final = '<script src="live/assets/stage.js"></script>'
SLOTS: Final = 3
_TURNS: Final = (
    '<button type="button" class="do turn before" data-stage-do="before" aria-label="Step before">'
    '‹</button><button type="button" class="do menu" data-stage-do="help" aria-haspopup="dialog">'
    'Menu</button><button type="button" class="do turn after" data-stage-do="after" '
    'aria-label="Next step">›</button>'
)
"""What a thumb presses; a projector's layout does not show it."""
_WAY: Final = 11
"""Letters that the foot's link takes."""


def is_on(url_path: str) -> bool:
    """Whether the address asks for the stage rather than for the list of walkthroughs."""
    return url_path == PAGE and "story" in st.query_params


def show(told: Told) -> None:
    """Show a walkthrough at the step that the address names."""
    state = stage_state.adopt(told)
    number = state.number
    size = stage_style.SIZES[_size()]
    step = told.steps[number - 1]
    with st.container(key="stage"):
        st.html(stage_style.style(size, number % SLOTS, card.theme_name()))
        slots = [st.container(key=f"stage-slot-{n}") for n in range(SLOTS)]
        # The step seen first, then the next, which the presenter asks for most.
        for near in (number, number + 1, number - 1):
            with slots[near % SLOTS]:
                if 1 <= near <= len(told.steps):
                    one = told.steps[near - 1]
                    _slide(one, size, state.on(one.step.id))
        with st.container(key="stage-foot"):
            _foot(told, step, state, size)
    with st.container(key="stage-keys"):
        _keys(told)
    with st.container(key="stage-state"):
        st.html(_state(told, state), unsafe_allow_javascript=False)
        st.html(SCRIPT, unsafe_allow_javascript=True)


def _size() -> str:
    """Name of the size that the browser measured, or that its device is likely to have."""
    first = stage_style.PHONE if card.device() == "narrow" else stage_style.FIRST
    return str(st.session_state.get("stage-size", first))


def _live_words(live: Selection) -> str:
    tables, _ = cache.catalogue()
    return ", ".join(value_label(tables, d, v) for d, v in live.active)


def _built(step: ToldStep, live: Selection) -> Built:
    """The exhibit of a step, under what is asked beside the script."""
    found = under(step.selection, live)
    return step.built if found == step.selection else cache.built(step.exhibit.id, found)


def _slide(step: ToldStep, size: Size, live: Selection) -> None:
    built, shown = _built(step, live), step
    if live.active:
        # The script's words are about the script's rows: of these the exhibit speaks itself.
        words = built.reading.removesuffix(".") if built.empty is None else step.exhibit.title
        shown = replace(step, headline=words, points=())
    tables = cache.catalogue()[0]
    headline = stage_ways.words_html(tables, step, shown.headline)
    st.html(headline_html(shown, _live_words(live), headline))
    left, right = st.columns([0.64, 0.36])
    with left:
        stage_picture.draw(step, built, size)
    with right:
        # A map without its rows is still a map: what is missing is said beside it.
        points = shown.points or _asides(built)
        words = stage_ways.points_html(tables, step, points)
        deck = built.figure if isinstance(built.figure, DeckMap) else None
        if step.gaps or (deck is not None and built.empty is not None):
            words = empty_html(built)
        elif deck is not None and live.active and not is_shaded(deck):
            words = unshaded_html(_live_words(live))
        legend = legend_html(deck, card.theme_name()) if deck is not None else ""
        letters = _letters(points, deck, size)
        st.html(f'<div class="points" style="--point:{letters}px">{words}</div>{legend}')
    if size.is_phone:
        # In what scrolls: a bar for the thumb has the place of the foot.
        st.html(f'<div class="foot">{_said_of(step, built, live, size)}</div>')


def _letters(points: tuple[str, ...], deck: DeckMap | None, size: Size) -> int:
    """Pixels of the letters of the points, at scale 1."""
    width, height = size.points
    if deck is not None:
        said = f"Boundaries of {deck.vintage}. {deck.attribution}"
        legend = legend_height([e.label for e in deck.legend], said, width)
        # Below a map there is room for a legend already.
        height -= max(legend - stage_picture.LEGEND, 0) if size.stacked else legend
    return points_size(points, width, height, is_stacked=size.stacked)


def _asides(built: Built) -> tuple[str, ...]:
    return tuple(n for n in built.notes[:2] if len(n) < 150)


def _foot(told: Told, step: ToldStep, state: StageState, size: Size) -> None:
    live = state.on(step.step.id)
    said = ""
    if not size.is_phone:
        said = f'<div class="foot">{_said_of(step, _built(step, live), live, size)}</div>'
    st.html(
        f'{said}<div class="where"><button type="button" data-stage-do="help" title="Keys (?)" '
        f'aria-haspopup="dialog"><span id="stage-where">{step.number} / {len(told.steps)}</span>'
        f'</button><small><span id="stage-timer">0:00</span><span class="of"> of '
        f"{seconds_words(told.seconds)}</span>{_sign(state)}</small></div>"
        f"{_TURNS}{dots_html(told, step.number)}"
    )
    with st.container(key="stage-ask"):
        if answers(step):
            _ask(step, is_phone=size.is_phone)


def _said_of(step: ToldStep, built: Built, live: Selection, size: Size) -> str:
    """Whose rows, the way to them, base, caveats and sources, in as many letters as there are."""
    own = stage_own.words(built, step.built)
    found = under(step.selection, live)
    way = exhibit_link(step.exhibit.id, found)
    if live.active:
        # The headline is then the exhibit's own sentence: the rows that it speaks of.
        way = finding_link(cache.catalogue()[0], built, step.exhibit.id, found)
    return f"{own}{way} {footing(built, size.foot - len(own) - _WAY)}"


def _sign(state: StageState) -> str:
    """That something about the link is to be read among the keys; nothing to a room."""
    words = "Part of the link could not be used; the key ? says which"
    return (
        f' · <span title="{words}" aria-label="{words}" role="img">?</span>' if state.said else ""
    )


def _ask(step: ToldStep, *, is_phone: bool) -> None:
    """“And in your region?”: a few filters of this step alone."""
    tables, _ = cache.catalogue()
    follows = answers(step)
    label = "And in your region?" if "region" in follows else "And in your sector?"
    if is_phone:
        label = label.replace("And in your", "Your")
    with st.popover(label, key=f"stage-popover-{step.step.id}"):
        for dimension in follows:
            known = choices(tables, step, dimension)
            st.selectbox(
                LABELS[dimension],
                list(known),
                index=None,
                format_func=known.__getitem__,
                key=stage_state.key(dimension, step.step.id),
                placeholder="As in the story",
                on_change=stage_state.asked,
            )


def _resize(name: str) -> None:
    st.session_state["stage-size"] = name


def _leave() -> None:
    st.query_params.clear()


def _keys(told: Told) -> None:
    """Buttons that nobody sees; the script presses them."""
    for step in told.steps:
        st.button(
            str(step.number),
            key=f"stage-go-{step.number}",
            on_click=stage_state.go,
            args=(step.number,),
        )
    st.button("Return to the script", key="stage-reset", on_click=stage_state.reset, args=(told,))
    st.button("Leave", key="stage-leave", on_click=_leave)
    for name in stage_style.SIZES:
        st.button(name, key=f"stage-size-{name}", on_click=_resize, args=(name,))


def _state(told: Told, state: StageState) -> str:
    """What the script needs to know, as attributes of an element that nobody sees."""
    shown = {s.number: (s.built, _built(s, state.on(s.step.id))) for s in told.steps}
    sizes = ";".join(f"{n},{s.lines},{s.shape}" for n, s in stage_style.SIZES.items())
    facts = {
        "step": state.number,
        "steps": len(told.steps),
        "story": told.walkthrough.id,
        "subject": subject_id(told.subject),
        "title": told.title,
        "seconds": told.seconds,
        "asked": urlencode(state.on(told.steps[state.number - 1].step.id).active),
        "said": "; ".join(state.said),
        "own": ",".join(map(str, stage_own.steps(shown))),
        "size": _size(),
        "sizes": sizes,
        **stage_own.for_all(told),
    }
    told_as = " ".join(f'data-{k}="{html.escape(str(v))}"' for k, v in facts.items())
    return f'<div id="stage-facts" {told_as}>stage</div>'
