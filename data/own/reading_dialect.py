"""How a table of a data package is written, as its descriptor says: encoding and dialect."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any, Final

from data.own.sheets import shown
from data.own.zipped import refused

_LINE_ENDS: Final = frozenset({"\n", "\r\n", "\r"})
_LONGEST: Final = 40
_ENCODING: Final = "Save the file in UTF-8 and write “utf-8”, or leave “encoding” out."


@dataclass(frozen=True)
class Written:
    """What is known of a CSV file before it is read.

    Attributes:
        encoding: Name of its encoding as Python has it; ``""``: it is found out.
        delimiter: Between cells; ``""``: it is found out.
        quote: Around cells; ``""`` for none.
        is_doubled: Whether a quote within a cell is written twice.
        escape: Before a sign that is to be taken as it is, or ``None``.
        skips_blanks: Whether blanks after a delimiter are none of the cell.
        comment: What a line begins with that is no row, or ``""``.
        headings: The headings, where the file has none.
    """

    encoding: str = ""
    delimiter: str = ""
    quote: str = '"'
    is_doubled: bool = True
    escape: str | None = None
    skips_blanks: bool = False
    comment: str = ""
    headings: tuple[str, ...] = ()


def written(resource: dict[str, Any], file: str, name: str) -> Written:
    """What a resource says of how its file is written, by the rules of Frictionless.

    Args:
        resource: The resource of the descriptor.
        file: Name of the package, for problems.
        name: Name of the table, for problems.

    Raises:
        UnreadableError: It says something that is no encoding or no dialect, or cannot be followed.
    """
    encoding = _encoding(resource.get("encoding"), file, name)
    said = resource.get("dialect")
    if said is None:
        return Written(encoding)
    if not isinstance(said, dict):
        action = 'Write the dialect itself there, such as {"delimiter": ";"}, or leave it out.'
        raise refused(file, name, f"the dialect {shown(said)}", "a dialect in braces", action)
    # Frictionless writes what is of CSV alone within "csv" since its version 5.
    inner = said.get("csv")
    dialect = {**said, **inner} if isinstance(inner, dict) else said
    delimiter = _sign(dialect, "delimiter", ",", file, name)
    quote = _sign(dialect, "quoteChar", '"', file, name, may_be_none=True)
    comment = _sign(dialect, "commentChar", "", file, name, may_be_none=True)
    escape = _sign(dialect, "escapeChar", "", file, name, may_be_none=True)
    if len({delimiter, quote, comment} - {""}) < len([s for s in (delimiter, quote, comment) if s]):
        found = "one sign as delimiter, quoteChar or commentChar at once"
        action = "Mend “dialect” in the descriptor."
        raise refused(file, name, found, "a sign of its own for each", action)
    end = dialect.get("lineTerminator", "\n")
    if end not in _LINE_ENDS:
        action = "Save the file with ordinary line ends, and leave “lineTerminator” out."
        raise refused(file, name, f"the lineTerminator {shown(end)}", "ordinary line ends", action)
    headings: tuple[str, ...] = ()
    if not _is(dialect, "header", True, file, name):
        headings = _headings(resource, file, name)
    return Written(
        encoding, delimiter, quote, _is(dialect, "doubleQuote", not escape, file, name),
        escape or None, _is(dialect, "skipInitialSpace", False, file, name), comment, headings,
    )  # fmt: skip


def _encoding(said: object, file: str, name: str) -> str:
    if said is None or said == "":
        return ""
    found, expected = f"the encoding {shown(said)}", "the name of an encoding, such as utf-8"
    if not isinstance(said, str) or len(said) > _LONGEST:
        raise refused(file, name, found, expected, _ENCODING)
    try:
        # Also refuses what is an encoding of Python's and none of text, such as base64.
        known = codecs.lookup(said.strip())
        b"a".decode(known.name, "replace")
    except (LookupError, ValueError, UnicodeError) as error:
        raise refused(file, name, found, expected, _ENCODING) from error
    # UTF-8 is what every descriptor says; a file without it is read as files without one are.
    return "" if known.name in {"utf-8", "utf-8-sig", "ascii"} else known.name


def _sign(
    dialect: dict[str, Any],
    key: str,
    usual: str,
    file: str,
    name: str,
    *,
    may_be_none: bool = False,
) -> str:
    said = dialect.get(key, usual)
    if may_be_none and (said is None or said == ""):
        return ""
    # Sign and backslash as people write a tab by hand.
    said = {"\\t": "\t", "tab": "\t"}.get(said, said) if isinstance(said, str) else said
    is_sign = isinstance(said, str) and len(said) == 1 and (said.isprintable() or said == "\t")
    if not is_sign or (said.isalnum() and key != "escapeChar"):
        action = f"Mend “{key}” of the dialect in the descriptor, or leave it out."
        raise refused(file, name, f"the {key} {shown(said)}", "one sign, no letter", action)
    return str(said)


def _is(dialect: dict[str, Any], key: str, usual: bool, file: str, name: str) -> bool:
    said = dialect.get(key, usual)
    if not isinstance(said, bool):
        action = f"Mend “{key}” of the dialect in the descriptor, or leave it out."
        raise refused(file, name, f"the {key} {shown(said)}", "true or false", action)
    return said


def _headings(resource: dict[str, Any], file: str, name: str) -> tuple[str, ...]:
    """The names of the fields of the resource's schema, for a file without a header row."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    names = (
        [f.get("name") for f in fields if isinstance(f, dict)] if isinstance(fields, list) else []
    )
    if not names or not all(isinstance(n, str) and n.strip() for n in names):
        found = "a file without headings, and a schema that does not name its columns"
        action = "Write the headings into the first row and leave “header” out of the dialect."
        raise refused(
            file, name, found, "headings, or “schema” with the name of each field", action
        )
    return tuple(str(n)[:200] for n in names)
