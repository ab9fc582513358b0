"""Bringing one's own: what to bring, the limits, the file, and what became of it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components import theme
from components.export.own_templates import template_csv, template_xlsx
from components.export.tabular import to_csv
from components.ui import cache, overlay
from components.ui.choice import choose_listed
from components.ui.text import plain, text
from data import Catalogue
from data.own import Bringing, OwnProblem, Upload, WaveDetails, bring, limits
from data.own.kinds import ANSWERS, KINDS

PARAM: Final = "kind"
_TURN, _RESULT = "_own-turn", "_own-result"
_ANYTHING = "several"
_SURVEY = {"survey_results", ANSWERS}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kinds() -> dict[str, str]:
    """What can be brought, by its id in the address -> label."""
    return {**KINDS, _ANYTHING: "Several tables: a workbook or a data package"}


def choose_kind() -> str:
    """What is brought: a key of ``KINDS``, or ``""`` where the file itself says it."""
    chosen = choose_listed("1 · What are you bringing?", PARAM, kinds(), is_named=True)
    return "" if chosen == _ANYTHING else chosen


def show_template(tables: Catalogue, kind: str) -> None:
    """The template of a kind, as workbook and as CSV, made when it is asked for."""
    if not kind:
        st.markdown(text("own-several"))
        return
    st.markdown("**2 · Fill in the template.** " + text(f"own-{kind.replace('_', '-')}"))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Template for Excel", partial(template_xlsx, tables, kind), f"{kind}-template.xlsx",
            _XLSX, key=f"own-xlsx-{kind}", on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        st.download_button(
            "Template as CSV", partial(template_csv, tables, kind), f"{kind}-template.csv",
            "text/csv", key=f"own-csv-{kind}", on_click="ignore", icon=":material/download:",
        )  # fmt: skip


def ask_details(kind: str) -> WaveDetails:
    """Name and time of a survey wave, asked only where results are brought."""
    if kind not in _SURVEY:
        return WaveDetails()
    left, middle, right = st.columns(3)
    title = left.text_input("Name of the wave", key="own-title", placeholder="Your survey")
    when = middle.text_input("Fieldwork", key="own-when", placeholder="such as March 2026")
    population = right.number_input(
        "Collaboratives there are, if known", min_value=1, max_value=1_000_000, value=None, step=1,
        key="own-population", help="Used for the interval of a sample from a known number.",
    )  # fmt: skip
    responses = None
    if kind == "survey_results":
        responses = st.number_input(
            "Responses, if more than the largest base", min_value=1, max_value=10_000_000,
            value=None, step=1, key="own-responses",
        )  # fmt: skip
    return WaveDetails(
        _line(title) or "Your survey", _line(when) or "Not stated", responses, population
    )


def _line(words: str) -> str:
    """Words that somebody typed, on one line and without markup."""
    return " ".join(words.replace("<", " ").replace(">", " ").split())[:80]


def take_file(kind: str, details: WaveDetails) -> None:
    """The place for the file; it is read at once, and its bytes are let go of."""
    turn = st.session_state.setdefault(_TURN, 0)
    st.caption("**Limits.** " + " ".join(limits.in_words()))
    file = st.file_uploader(
        "3 · Your file", type=list(limits.ENDINGS), key=f"own-file-{turn}",
        max_upload_size=limits.FILE_MB,
    )  # fmt: skip
    if file is None:
        return
    with st.spinner("Reading and checking your file …"):
        upload, shared = Upload(file.name, file.getvalue()), cache.shared()[0]
        with cache.aside():
            result = bring(shared, overlay.current(), upload, kind, details)
    _let_go(file)
    if result.data is not None:
        overlay.keep(result.data)
    st.session_state[_RESULT] = (upload.label, result.problems, result.more, result.notes)
    # A fresh, empty place for the next file; and the whole page sees the new rows.
    st.session_state[_TURN] = turn + 1
    st.rerun()


def _let_go(file: UploadedFile) -> None:
    """Take the bytes out of Streamlit's memory now, rather than when the session ends."""
    context = get_script_run_ctx(suppress_warning=True)
    manager = context.uploaded_file_mgr if context else None
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(session_id=context.session_id, file_id=file.file_id)


def show_result() -> None:
    """What became of the last file: problems by row and column, or what was found."""
    result = st.session_state.get(_RESULT)
    data = overlay.current()
    if result is None:
        return
    label, problems, more, notes = result
    if problems:
        count = theme.plural(len(problems) + more, "problem")
        st.error(
            f"**{plain(label)} was not taken over: {count}.** Nothing has changed. Mend what is "
            "listed, and upload the file again.",
            icon=":material/error:",
        )
        st.html(problems_html(problems, more))
        frame = _frame(problems)
        st.download_button(
            "The list as CSV", partial(to_csv, frame), "problems.csv", "text/csv",
            key="own-problems", on_click="ignore",
        )  # fmt: skip
    elif data is not None:
        st.success(
            f"**{plain(label)} is in.** {found_words(data.files[-1].rows)}",
            icon=":material/check_circle:",
        )
    else:
        return
    if notes:
        st.markdown("\n".join(f"- {note}" for note in notes))


def found_words(
    rows: Mapping[str, int], told: Callable[[str, str], str] = lambda _, words: words
) -> str:
    """How many rows of what were found, in words; ``told`` writes those of a table."""
    schema = cache.shared()[0].schema
    parts = [
        told(name, f"{count:,} of {schema.tables[name].title.lower()}")
        for name, count in rows.items()
    ]
    return f"Rows found: {', '.join(parts)}."


def _frame(problems: tuple[OwnProblem, ...]) -> pd.DataFrame:
    return pd.DataFrame([p.as_dict() for p in problems])


def problems_html(problems: tuple[OwnProblem, ...], more: int) -> str:
    """Problems as a table by sheet, row and column; on a phone each is a block."""
    heads = ("Where", "Found", "Expected", "What to do")
    lines = []
    for problem in problems:
        where = [problem.sheet and f"Sheet {problem.sheet}", problem.row and f"Row {problem.row}",
                 problem.column and f"Column {problem.column}"]  # fmt: skip
        place = " · ".join(str(w) for w in where if w) or "The whole file"
        cells = (place, problem.found, problem.expected, problem.action)
        body = "".join(
            f'<td data-of="{head}">{html.escape(str(cell))}</td>'
            for head, cell in zip(heads, cells, strict=True)
        )
        lines.append(f"<tr>{body}</tr>")
    if more:
        lines.append(f'<tr><td colspan="4"><b>and {more:,} more</b></td></tr>')
    head = "".join(f"<th>{h}</th>" for h in heads)
    return (
        "<style>.own-problems th:first-child{padding-left:0!important}</style>"
        '<div class="side-by-side own-problems"><table><thead><tr>'
        f"{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def forget_result() -> None:
    """Put the message about the last file away; for callbacks."""
    st.session_state.pop(_RESULT, None)


__all__ = [
    "PARAM", "Bringing", "ask_details", "choose_kind", "forget_result", "kinds", "show_result",
    "show_template", "take_file",
]  # fmt: skip
