"""Place your collaborative: questions, where each answer stands, and files of one's own."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from components import theme
from components.exhibits.placing_words import (
    STRIP_STYLE,
    asides_refs,
    asides_words,
    board_links,
    strip_html,
    told_of,
)
from components.export import place_page
from components.ui import address
from components.ui.statements import links_html
from components.ui.ways import mark
from data import Catalogue, Selection
from data.placing import Answers, Ask, Standing, asked, standings
from data.placing_files import (
    MOST_NAME,
    PlacingError,
    from_address,
    from_file,
    to_address,
    to_file,
)
from data.survey import wave_of

PARAM = "answers"
_SEEN, _NAME, _SECTOR, _FILE = "_seen-answers", "place-name", "place-s", "place-file"
_PROBLEMS = "_place-problems"
_STYLE = """<style>
{strip}
.stMain .stMarkdown h2{{font-size:1.45rem;padding:1rem 0}}
.place-standing p{{margin:0 0 .35rem 0}}
.place-standing .strip{{max-width:26rem;margin:.1rem 0 .7rem 0}}
.place-standing a{{color:inherit}}
.place-standing ul{{margin:.2rem 0;padding-left:1.1em}}
.place-standing small{{opacity:.85}}
</style>"""


def show(tables: Catalogue, selection: Selection) -> None:
    """Draw the whole tool.

    Args:
        tables: The catalogue.
        selection: ``wave`` says beside which survey the answers stand.
    """
    questions = asked(tables, selection)
    st.html(_STYLE.format(strip=STRIP_STYLE))
    _adopt(questions)
    _own(tables, selection, questions)
    answers = _answers(questions)
    found: dict[str, list[Standing]] = {}
    for standing in standings(tables, selection, answers):
        found.setdefault(standing.ask.key, []).append(standing)
    survey = [q for q in questions if q.kind == "survey"]
    board = [q for q in questions if q.kind == "board"]
    st.markdown("## Beside the survey", anchors=False)
    for ask in survey:
        _question(tables, ask, found.get(ask.key), answers, questions[0].key)
    st.markdown(
        "## Questions for your board\nThe survey did not ask these; what bears on them stands "
        "beside your answer.",
        anchors=False,
    )
    for ask in board:
        _question(tables, ask, found.get(ask.key), answers, questions[0].key)


def _key(ask: Ask) -> str:
    return f"place-{ask.key}"


def _adopt(questions: tuple[Ask, ...]) -> None:
    """Take the answers from the address when it says something that this session did not write."""
    text = address.asked(PARAM)
    takes = address.takes(address.now(), PARAM)
    if not (takes and (text or address.now().is_history)):
        if _SECTOR in st.session_state:
            return
        # Streamlit forgets widgets that another page did not draw.
        text = st.session_state.get(_SEEN, "")
    answers, dropped = from_address(text, questions, theme.SECTOR_SHORT)
    _fill(answers, questions)
    for sentence in dropped:
        address.drop(sentence)


def _fill(answers: Answers, questions: tuple[Ask, ...]) -> None:
    """Put answers into the widgets; before they are drawn."""
    st.session_state[_SECTOR] = answers.sector or None
    for ask in questions:
        options = list(answers.given.get(ask.key, ()))
        st.session_state[_key(ask)] = options if ask.many else next(iter(options), None)


def _answers(questions: tuple[Ask, ...]) -> Answers:
    """What the widgets say, also written to the address."""
    given: dict[str, tuple[str, ...]] = {}
    for ask in questions:
        value = st.session_state.get(_key(ask))
        options = value if isinstance(value, list) else [value] if value else []
        if options:
            given[ask.key] = tuple(o for o in ask.options if o in options)
    name = str(st.session_state.get(_NAME) or "").strip()
    answers = Answers(given, st.session_state.get(_SECTOR) or "", name)
    text = to_address(answers)
    address.put(PARAM, text or None)
    st.session_state[_SEEN] = text
    return answers


def _own(tables: Catalogue, selection: Selection, questions: tuple[Ask, ...]) -> None:
    """Sector and name, and what can be saved, printed, brought back or cleared."""
    with st.container(border=True):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            st.pills(
                "Focus of your collaborative", list(theme.SECTOR_SHORT), key=_SECTOR,
                format_func=theme.SECTOR_SHORT.__getitem__, wrap=True,
            )  # fmt: skip
        with right:
            st.text_input(
                "Name on the printed page", key=_NAME, max_chars=MOST_NAME,
                placeholder="Our collaborative",
            )  # fmt: skip
        answers = _answers(questions)
        count = sum(1 for q in questions if answers.given.get(q.key))
        st.markdown(
            f"**{count} of {len(questions)} answered.** Your answers stand in the address of this "
            "page and nowhere else: keep the link, or save a file. Nothing is stored on the server."
        )
        _files(tables, selection, questions, answers)


def _files(
    tables: Catalogue, selection: Selection, questions: tuple[Ask, ...], answers: Answers
) -> None:
    today = datetime.now(UTC).date()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.download_button(
            "Printable page (HTML, A4)",
            data=partial(_page, tables, selection, answers),
            file_name=place_page.file_name(answers, today), mime="text/html",
            key="place-print", on_click="ignore", disabled=not answers.given, type="primary",
        )  # fmt: skip
        st.download_button(
            "Save my answers (JSON)",
            data=partial(to_file, answers, questions, wave_of(tables, selection)),
            file_name=f"place_{today.isoformat()}.json", mime="application/json",
            key="place-save", on_click="ignore", disabled=not answers.given,
        )  # fmt: skip
        with st.popover("Bring answers back"):
            st.file_uploader(
                "A file that “Save my answers” wrote", type=["json"], key=_FILE,
                on_change=_bring, args=(questions,),
            )  # fmt: skip
        st.button("Clear all answers", on_click=_clear, args=(questions,), type="tertiary")
    problems = st.session_state.get(_PROBLEMS)
    if problems:
        st.error(
            "The file was not used, and your answers are as they were:\n"
            + "\n".join(f"- {p}" for p in problems),
            icon=":material/error:",
        )


def _page(tables: Catalogue, selection: Selection, answers: Answers) -> bytes:
    made_on = datetime.now(UTC).date()
    return place_page.page(tables, selection, answers, made_on).encode("utf-8")


def _bring(questions: tuple[Ask, ...]) -> None:
    """Take the answers of a file; nothing is changed where it has a problem."""
    file = st.session_state.get(_FILE)
    st.session_state[_PROBLEMS] = ()
    if file is None:
        return
    try:
        answers = from_file(file.getvalue(), questions, theme.SECTOR_SHORT)
    except PlacingError as error:
        st.session_state[_PROBLEMS] = error.problems
        return
    _fill(answers, questions)
    st.session_state[_NAME] = answers.name


def _clear(questions: tuple[Ask, ...]) -> None:
    _fill(Answers(), questions)
    st.session_state[_PROBLEMS] = ()


def _question(
    tables: Catalogue, ask: Ask, beside: list[Standing] | None, answers: Answers, first: str
) -> None:
    # Said once, beside the first question: fifteen times would be a wall of grey.
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            st.pills(
                ask.label,
                list(ask.options),
                format_func=ask.options.__getitem__,
                selection_mode="multi" if ask.many else "single",
                key=_key(ask),
                wrap=True,
            )
        with right:
            if beside is None and ask.key == first:
                st.caption("Where you stand appears here.")
            elif beside is not None:
                st.html(_standing_html(tables, beside, answers))


def _standing_html(tables: Catalogue, standings: list[Standing], answers: Answers) -> str:
    """Where the answers to one question stand, beside each of its waves."""
    if standings[0].ask.kind == "board":
        links = board_links(tables, standings[0])
        beside = links_html(links) or "<p>No figure of the survey bears on it.</p>"
        return f'<div class="place-standing">{beside}</div>'
    parts = []
    for one, _ in told_of(standings, answers):
        told = zip(one.sentences, one.refs, strict=True)
        said = " ".join(f"{html.escape(s)}{mark(ref, s)}" for s, ref in told)
        parts.append(f"<p><b>{html.escape(one.answer)}.</b> {said}</p>{strip_html(one.rows)}")
    more = []
    for s in standings:
        asides = zip(asides_words(s, name_wave=True), asides_refs(s), strict=True)
        more += [f"{html.escape(words)}{mark(ref, words)}" for words, ref in asides]
        doubts = zip(s.doubts, s.doubt_refs, strict=True)
        more += [f"{html.escape(words)}{mark(ref, words)}" for words, ref in doubts]
    if more:
        parts.append(f"<small>{' · '.join(more)}</small>")
    return f'<div class="place-standing">{"".join(parts)}</div>'
