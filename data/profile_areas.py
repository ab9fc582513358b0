"""Systems by vintage, for profiles: which there are, what lies in them, what became of them.

This is the one place where a profile asks for a vintage. The tables speak of the 42 systems of
April 2023; a further vintage is added by giving it here.
"""

from __future__ import annotations

import pandas as pd

from data.catalogue import Catalogue
from data.profile_facts import Area, Change
from data.rows import text

VINTAGES = ("2023",)


def _known(vintage: str) -> None:
    if vintage not in VINTAGES:
        raise ValueError(
            f"expected a vintage of {', '.join(VINTAGES)}, found {vintage!r}: profiles of another "
            "vintage are added in data/profile_areas.py"
        )


def areas(catalogue: Catalogue, vintage: str = "2023") -> pd.DataFrame:
    """The systems of a vintage.

    Returns:
        Columns ``icb_code``, ``name``, ``short_name``, ``region``, ``ods_code``, ``source_id``,
        ``locator``.

    Raises:
        ValueError: There is no such vintage.
    """
    _known(vintage)
    columns = ["icb_code", "name", "short_name", "region", "ods_code", "source_id", "locator"]
    return catalogue.table("icbs")[columns]


def area(catalogue: Catalogue, code: str, vintage: str = "2023") -> Area:
    """One system.

    Raises:
        KeyError: The vintage has no such system.
        ValueError: There is no such vintage.
    """
    frame = areas(catalogue, vintage)
    hits = frame[frame["icb_code"] == code].to_dict("records")
    if not hits:
        raise KeyError(
            f"no system {code!r} in the vintage {vintage}; codes look like E54000054, and the page "
            "Systems lists them"
        )
    row = hits[0]
    return Area(
        code=code,
        name=row["name"],
        short_name=row["short_name"],
        region=row["region"],
        ods_code=text(row["ods_code"]),
        vintage=vintage,
        source_id=row["source_id"],
        locator=row["locator"],
    )


def placed(catalogue: Catalogue, table: str, vintage: str = "2023") -> pd.DataFrame:
    """A table whose ``icb_code`` is of April 2023, with the codes of a vintage instead.

    Args:
        catalogue: The tables.
        table: ``footprints`` or ``organisations``.
        vintage: Id of the vintage.

    Raises:
        ValueError: There is no such vintage.
    """
    _known(vintage)
    return catalogue.table(table)


def changes(catalogue: Catalogue, code: str, vintage: str = "2023") -> tuple[Change, ...]:
    """What became of a system in the next vintage, or what it was made from.

    Raises:
        ValueError: There is no such vintage.
    """
    _known(vintage)
    frame = catalogue.table("icb_changes")
    return tuple(
        Change(
            area=row["area"],
            other=row["to_icb"],
            other_code=text(row["to_icb_code"]),
            on=text(row["effective_on"]),
            change=row["change"],
            source_id=row["source_id"],
            locator=row["locator"],
        )
        for row in frame[frame["from_icb_code"] == code].to_dict("records")
    )
