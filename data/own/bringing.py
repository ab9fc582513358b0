"""A file from its bytes to a catalogue of the session, or to what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.catalogue import Catalogue
from data.own import limits
from data.own.answers import count
from data.own.checking import check
from data.own.counted import as_tables
from data.own.disclosure import RULE
from data.own.kinds import ANSWERS, TABLES, Told, is_leaflet, tell
from data.own.merging import OwnData, OwnFile, merged, source_for, without_known
from data.own.reading import read_sheets
from data.own.removing import loose, set_aside
from data.own.sheets import OwnProblem, Sheet, UnreadableError, Upload, WaveDetails, shown
from data.own.tables import OwnTable, completed, take
from data.own.waves import with_waves


@dataclass(frozen=True)
class Bringing:
    """What became of a file: the session's data with it, or what is wrong.

    Attributes:
        data: What the session holds now; ``None`` where there are problems.
        problems: The first ``limits.PROBLEMS`` problems; empty where the file is good.
        more: How many further problems there are.
        notes: How the file was read.
    """

    data: OwnData | None
    problems: tuple[OwnProblem, ...] = ()
    more: int = 0
    notes: tuple[str, ...] = ()


def bring(
    shared: Catalogue,
    before: OwnData | None,
    upload: Upload,
    kind: str = "",
    details: WaveDetails | None = None,
    today: date | None = None,
) -> Bringing:
    """Read, check and merge a file.

    Args:
        shared: The catalogue that all sessions share; it is never changed.
        before: What the session brought before, or ``None``.
        upload: The file.
        kind: What the person says that it holds (a key of ``KINDS``), or ``""``; used where the
            file itself does not tell.
        details: The wave, for results that do not name one.
        today: The day, for rows without a date of their own.

    Returns:
        The session's data with the file's rows; or its problems, and then nothing has changed. A
        file of the name of one that was brought before, which tells rows of it again, takes its
        place: that is what a mended file is.
    """
    details, day = details or WaveDetails(), today or date.today()
    try:
        sheets = read_sheets(upload)
    except UnreadableError as error:
        return _bad(error.problems, ())
    twin = next((f for f in before.files if f.label == upload.label), None) if before else None
    if before is not None and twin is not None:
        rest = set_aside(before, twin.source_id)
        mended = _added(rest.catalogue, rest, upload, sheets, kind, details, day)
        if mended.data is None or _is_mended(before, twin, mended.data):
            return _in_place(upload, twin, mended)
    return _added(
        before.catalogue if before else shared, before, upload, sheets, kind, details, day
    )


def _is_mended(before: OwnData, twin: OwnFile, now: OwnData) -> bool:
    """Whether a file of the same name tells again what one told that was brought before."""
    last = now.files[-1].source_id
    for name in twin.rows:
        key = list(now.catalogue.schema.tables[name].primary_key)
        then, new = before.catalogue.frames[name], now.catalogue.frames[name]
        if "source_id" not in then:
            continue
        said = then.loc[then["source_id"].eq(twin.source_id), key].astype(str)
        again = new.loc[new["source_id"].eq(last), key].astype(str)
        if not said.merge(again, on=key).empty:
            return True
    return False


def _in_place(upload: Upload, twin: OwnFile, mended: Bringing) -> Bringing:
    """A file in place of one of the same name; not where other files name what it has no more."""
    if mended.data is None:
        return mended
    problems = [
        OwnProblem(
            upload.label, "", 0, column,
            f"no {value} in {table} any more, which your file {file.label} names",
            "every id that your other files name",
            f"Put its row back, or remove {file.label} first.",
        )
        for file, table, column, value in loose(mended.data)
    ]  # fmt: skip
    if problems:
        return _bad(problems, mended.notes)
    count = sum(twin.rows.values())
    rows = "1 row has" if count == 1 else f"{count:,} rows have"
    note = (
        f"It takes the place of the file of that name that you brought before, whose {rows} gone."
    )
    return replace(mended, notes=(note, *mended.notes))


def _added(
    catalogue: Catalogue, before: OwnData | None, upload: Upload, sheets: Sequence[Sheet],
    kind: str, details: WaveDetails, day: date,
) -> Bringing:  # fmt: skip
    """A file that has been read, checked and merged with the tables."""
    notes: list[str] = []
    if before and len(before.files) >= limits.FILES:
        problem = OwnProblem(
            upload.label, "", 0, "", f"{len(before.files)} files already",
            f"at most {limits.FILES}", "Remove what you brought, and start again.",
        )  # fmt: skip
        return _bad([problem], notes)
    for sheet in sheets:
        notes += sheet.notes
    tables, problems = _tables(catalogue, sheets, kind, details, notes)
    if problems:
        return _bad(problems, notes)
    tables, left_out, problems = _fresh(catalogue, tables)
    if left_out:
        rows = "1 row is" if left_out == 1 else f"{left_out:,} rows are"
        notes.append(f"{rows} there already, word for word: left out.")
    tables, lacking, said = with_waves(catalogue, tables, details)
    problems += lacking
    notes += said
    source_id = source_for(catalogue)
    ready = [completed(t, source_id, day) for t in tables if t.rows]
    if not ready and not problems:
        problem = sheets[0].problem(
            0, "", "no row that is not there already", "rows of your own",
            "Add your rows, and upload the file again.",
        )  # fmt: skip
        problems = [problem]
    problems += check(catalogue, ready, [source_id]) if ready else []
    if problems:
        return _bad(problems, notes)
    data = merged(catalogue, before, upload, ready, source_id, notes, day)
    return Bringing(data, notes=tuple(notes))


def _bad(problems: Sequence[OwnProblem], notes: Sequence[str]) -> Bringing:
    ordered = sorted(set(problems))
    first = tuple(ordered[: limits.PROBLEMS])
    return Bringing(None, first, len(ordered) - len(first), tuple(notes))


def _tables(
    catalogue: Catalogue, sheets: Sequence[Sheet], kind: str, details: WaveDetails,
    notes: list[str],
) -> tuple[list[OwnTable], list[OwnProblem]]:  # fmt: skip
    """The tables of every sheet that holds one."""
    tables: list[OwnTable] = []
    problems: list[OwnProblem] = []
    unknown: list[OwnProblem] = []
    candidates = [s for s in sheets if not is_leaflet(s)] or list(sheets)
    for sheet in candidates:
        if len(sheets) > 1 and sheet.stem in set(catalogue.schema.tables) - set(TABLES):
            notes.append(f"{sheet.stem} was left out: rows cannot be added to it here.")
            continue
        told = tell(catalogue, sheet)
        if told.header < 0 and kind and len(candidates) == 1:
            # The headings come first; what the person said decides where they do not tell.
            told = tell(catalogue, sheet, kind)
        if told.header < 0:
            unknown.append(_untold(catalogue, sheet, told))
        elif told.kind == ANSWERS:
            answers, found, said = count(catalogue, sheet, told)
            problems += found
            notes += said
            if answers is not None:
                tables += as_tables(catalogue, sheet, answers, details)
                notes.append(f"{answers.respondents:,} respondents counted. {RULE}")
                notes.append(f"{answers.withheld:,} cells are withheld.")
        else:
            table, found, said = take(catalogue, sheet, told)
            problems += found
            notes += said
            tables.append(table)
    if unknown and not tables and not problems:
        return [], unknown
    notes += [f"Sheet {p.sheet} was left out: {p.found}." for p in unknown]
    return tables, problems


def _untold(catalogue: Catalogue, sheet: Sheet, told: Told) -> OwnProblem:
    """Why it cannot be told what a sheet holds."""
    first = next((list(r) for r in sheet.rows if any(r)), [])
    number = next((n for n, r in zip(sheet.numbers, sheet.rows, strict=True) if any(r)), 0)
    found = f"no row of headings that is known (the first row is {shown(', '.join(first))})"
    if told.kind == ANSWERS:
        wanted = "sector_group and the ids of the questions as headings"
    elif told.kind:
        wanted = f"the headings {', '.join(catalogue.schema.tables[told.kind].columns)}"
    else:
        wanted = "the headings of one of the templates"
    action = "Put the headings of the template above the rows, or choose what the file holds."
    return sheet.problem(number, "", found, wanted, action)


def _fresh(
    catalogue: Catalogue, tables: Sequence[OwnTable]
) -> tuple[list[OwnTable], int, list[OwnProblem]]:
    kept, left_out, problems = [], 0, []
    for table in tables:
        fresh, same, found = without_known(catalogue, table)
        kept.append(fresh)
        left_out += same
        problems += found
    return kept, left_out, problems
