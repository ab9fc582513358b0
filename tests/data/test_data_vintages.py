"""Two vintages: areas, what became of what, and footprints carried without claiming too much."""

from functools import partial
from typing import Any

import pandas as pd
import pytest

from data import Catalogue
from data.vintages import (
    VINTAGES,
    areas,
    carried_home,
    carry,
    links,
    predecessors,
    resolve,
    successors,
)
from geo.boundaries_io import VINTAGE_TITLES, load_boundaries
from geo.points import icb_at
from geo.successors import read_parts

FRIMLEY = "E54000034"
LONDON = "icb26-west-and-north-london"
HAMPSHIRE = "icb26-hampshire-and-isle-of-wight"
FRIMLEYS = (HAMPSHIRE, "icb26-surrey-and-sussex", "icb26-thames-valley")


def prints(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Footprints of one collaborative: ICB code, coverage and basis."""
    frame = pd.DataFrame(rows, columns=["icb_code", "coverage", "basis"])
    return frame.assign(collaborative_id="x", source_id="survey-2022", locator="Here")


def carried(catalogue: Catalogue, *rows: tuple[str, str, str]) -> dict[str, dict[str, Any]]:
    records = carry(catalogue, prints(*rows)).to_dict("records")
    return {str(row["area_id"]): {str(k): v for k, v in row.items()} for row in records}


@pytest.mark.parametrize(("vintage", "count"), [("2023", 42), ("2026", 36)])
def test_areas_of_a_vintage_have_each_a_hexagon_and_a_region(
    catalogue: Catalogue, vintage: str, count: int
) -> None:
    frame = areas(catalogue, vintage)
    assert len(frame) == count
    assert list(frame) == [
        "area_id", "name", "short_name", "region_code", "region", "hex_row", "hex_col",
    ]  # fmt: skip
    assert not frame.duplicated(["hex_row", "hex_col"]).any()
    assert frame["short_name"].is_unique
    assert frame["area_id"].is_unique
    assert len(frame[["region_code", "region"]].drop_duplicates()) == 7


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_region_is_one_piece_of_the_hexagon_map(catalogue: Catalogue, vintage: str) -> None:
    for region, own in areas(catalogue, vintage).groupby("region"):
        cells = {(int(r), int(c)) for r, c in own[["hex_row", "hex_col"]].itertuples(index=False)}
        seen, edge = set(), [min(cells)]
        while edge:
            row, col = edge.pop()
            if (row, col) in seen or (row, col) not in cells:
                continue
            seen.add((row, col))
            # Odd rows are shifted right by half a hexagon.
            beside = (col - 1 + row % 2, col + row % 2)
            edge += [(row, col - 1), (row, col + 1)]
            edge += [(row + step, at) for step in (-1, 1) for at in beside]
        assert seen == cells, region


def test_unchanged_systems_keep_their_hexagon_but_for_three(catalogue: Catalogue) -> None:
    both = areas(catalogue, "2023").merge(areas(catalogue, "2026"), on="area_id")
    moved = both[
        (both["hex_row_x"] != both["hex_row_y"]) | (both["hex_col_x"] != both["hex_col_y"])
    ]
    assert sorted(moved["area_id"]) == ["E54000029", "E54000039", "E54000043"]


@pytest.mark.parametrize("vintage", VINTAGES)
def test_tables_and_boundaries_have_the_same_areas(catalogue: Catalogue, vintage: str) -> None:
    assert set(VINTAGES) == set(VINTAGE_TITLES)
    drawn = load_boundaries("icb", vintage)["icb_code"].tolist()
    assert sorted(areas(catalogue, vintage)["area_id"]) == drawn


def test_tables_and_boundaries_have_the_same_parts(catalogue: Catalogue) -> None:
    drawn = {(part.icb_code, part.area_id): bool(part.authorities) for part in read_parts()}
    told = {
        (link.icb_code, link.area_id): link.coverage == "part"
        for link in links(catalogue)
        if link.icb_code != link.area_id
    }
    assert told == drawn


def test_unknown_vintage_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="2023, 2026, found '2030'"):
        areas(catalogue, "2030")


def test_a_code_is_kept_exactly_where_board_and_area_did_not_change(catalogue: Catalogue) -> None:
    frame = catalogue.table("icbs_2026").set_index("area_id")
    unchanged = frame[frame["code_basis"] == "unchanged"]
    assert (unchanged.index == unchanged["icb_code"]).all()
    assert len(unchanged) == 29
    older = catalogue.table("icbs").set_index("icb_code")
    columns = ["name", "short_name", "ods_code", "region_code", "region"]
    assert unchanged[columns].equals(older.loc[unchanged.index, columns])
    others = frame[frame["code_basis"] != "unchanged"]
    assert others.index.str.startswith("icb26-").all()
    assert not set(others["icb_code"].dropna()) & set(older.index)


@pytest.mark.parametrize("basis", ["reported", "not_verified"])
def test_a_code_is_empty_exactly_where_it_is_not_verified(catalogue: Catalogue, basis: str) -> None:
    frame = catalogue.table("icbs_2026")
    own = frame[frame["code_basis"] == basis]
    assert (own["icb_code"].isna() == (basis == "not_verified")).all()


def test_every_icb_went_somewhere_and_every_area_came_from_somewhere(catalogue: Catalogue) -> None:
    found = links(catalogue)
    assert {link.icb_code for link in found} == set(catalogue.table("icbs")["icb_code"])
    assert {link.area_id for link in found} == set(catalogue.table("icbs_2026")["area_id"])
    for code in catalogue.table("icbs")["icb_code"]:
        kinds = [link.coverage for link in successors(catalogue, code)]
        assert kinds == ["whole"] or (len(kinds) > 1 and set(kinds) == {"part"}), code


def test_known_successors_and_predecessors(catalogue: Catalogue) -> None:
    (same,) = successors(catalogue, "E54000030")
    assert (same.area_id, same.coverage, same.area, same.change) == (
        "E54000030",
        "whole",
        "all",
        "",
    )
    frimley = successors(catalogue, FRIMLEY)
    assert tuple(link.area_id for link in frimley) == FRIMLEYS
    assert "Rushmoor" in frimley[0].area
    assert [link.icb_code for link in predecessors(catalogue, LONDON)] == ["E54000027", "E54000028"]
    kept, gained = sorted(predecessors(catalogue, HAMPSHIRE), key=lambda link: link.coverage)[::-1]
    assert (kept.icb_code, kept.coverage) == ("E54000042", "whole")
    assert (gained.icb_code, gained.coverage) == (FRIMLEY, "part")


def test_unknown_codes_are_named(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError, match="E54000001"):
        successors(catalogue, "E54000001")
    with pytest.raises(KeyError, match="icb26-nowhere"):
        predecessors(catalogue, "icb26-nowhere")
    with pytest.raises(KeyError, match="E54000001"):
        resolve(catalogue, ["E54000001"], "2026")


@pytest.mark.parametrize(
    ("codes", "vintage", "expected"),
    [
        (["E54000030"], "2026", ("E54000030",)),
        (["E54000030"], "2023", ("E54000030",)),
        ([FRIMLEY], "2026", FRIMLEYS),
        (["E54000027", "E54000028"], "2026", (LONDON,)),
        ([LONDON, "E54000030"], "2023", ("E54000027", "E54000028", "E54000030")),
        ([LONDON, "E54000027"], "2026", (LONDON,)),
        ([HAMPSHIRE], "2023", (FRIMLEY, "E54000042")),
        (["E54000042"], "2026", (HAMPSHIRE,)),
        ([], "2026", ()),
    ],
)
def test_codes_are_translated(
    catalogue: Catalogue, codes: list[str], vintage: str, expected: tuple[str, ...]
) -> None:
    assert resolve(catalogue, codes, vintage) == expected


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_code_of_either_vintage_can_be_translated(catalogue: Catalogue, vintage: str) -> None:
    wanted = set(areas(catalogue, vintage)["area_id"])
    for other in VINTAGES:
        for code in areas(catalogue, other)["area_id"]:
            found = resolve(catalogue, [code], vintage)
            assert found
            assert set(found) <= wanted


def test_an_area_that_did_not_change_is_carried_as_it_is(catalogue: Catalogue) -> None:
    (row,) = carried(catalogue, ("E54000030", "part", "stated")).values()
    assert (row["area_id"], row["coverage"], row["basis"]) == ("E54000030", "part", "stated")
    assert row["is_certain"]
    assert pd.isna(row["carry_note"])
    assert pd.isna(row["other_source_ids"])


def test_a_merged_area_is_whole_only_when_all_of_it_is_covered(catalogue: Catalogue) -> None:
    both = carried(
        catalogue, ("E54000027", "whole", "stated"), ("E54000028", "whole", "from_members")
    )
    assert both[LONDON]["coverage"] == "whole"
    assert both[LONDON]["basis"] == "from_members"
    assert both[LONDON]["carried_from"] == "E54000027;E54000028"
    one = carried(catalogue, ("E54000028", "whole", "stated"))[LONDON]
    assert one["coverage"] == "part"
    assert "does not name what else makes up the area: North West London" in str(one["carry_note"])
    some = carried(catalogue, ("E54000027", "whole", "stated"), ("E54000028", "part", "stated"))
    assert some[LONDON]["coverage"] == "part"
    assert "North Central London, covered in part" in str(some[LONDON]["carry_note"])


def test_a_split_icb_covered_whole_takes_part_in_each_successor(catalogue: Catalogue) -> None:
    rows = carried(catalogue, (FRIMLEY, "whole", "stated"))
    assert tuple(rows) == FRIMLEYS
    assert {row["coverage"] for row in rows.values()} == {"part"}
    assert all(row["is_certain"] for row in rows.values())
    with_own = carried(catalogue, (FRIMLEY, "whole", "stated"), ("E54000042", "whole", "stated"))
    assert with_own[HAMPSHIRE]["coverage"] == "whole"


def test_a_split_icb_covered_in_part_may_lie_in_any_successor(catalogue: Catalogue) -> None:
    rows = carried(catalogue, (FRIMLEY, "part", "stated"), ("E54000042", "whole", "stated"))
    assert all(
        "which part is not known: it may lie in" in str(r["carry_note"]) for r in rows.values()
    )
    assert {area: bool(row["is_certain"]) for area, row in rows.items()} == {
        HAMPSHIRE: True,  # its older area is covered whole
        "icb26-surrey-and-sussex": False,
        "icb26-thames-valley": False,
    }
    assert rows[HAMPSHIRE]["coverage"] == "part"


def test_no_footprints_are_carried_to_no_rows(catalogue: Catalogue) -> None:
    frame = carry(catalogue, prints())
    assert frame.empty
    assert {"area_id", "coverage", "basis", "carried_from", "carry_note"} <= set(frame)


def test_all_footprints_are_carried_and_nothing_is_claimed_beyond_them(
    catalogue: Catalogue,
) -> None:
    frame = catalogue.table("footprints")
    rows = carry(catalogue, frame)
    assert not rows.duplicated(["collaborative_id", "area_id"]).any()
    assert set(rows["collaborative_id"]) == set(frame["collaborative_id"])
    assert set(rows["source_id"]) <= set(catalogue.table("sources")["source_id"])
    covered = {
        (row["collaborative_id"], row["icb_code"]): row["coverage"]
        for row in frame.to_dict("records")
    }
    for row in rows.to_dict("records"):
        own = predecessors(catalogue, row["area_id"])
        held = [covered.get((row["collaborative_id"], link.icb_code)) for link in own]
        assert (row["coverage"] == "whole") == (set(held) == {"whole"})
        assert row["carried_from"].split(";") == [
            link.icb_code for link, kind in zip(own, held, strict=True) if kind
        ]
        assert pd.isna(row["carry_note"]) == (not any(link.change for link in own))
        # The footprint itself has to be found again through the codes that it was carried from.
        assert set(resolve(catalogue, [row["area_id"]], "2023")) >= set(
            row["carried_from"].split(";")
        )


def test_home_follows_the_crosswalk_and_the_point_where_an_icb_was_split(
    catalogue: Catalogue,
) -> None:
    locate = partial(icb_at, vintage="2026")
    homes = catalogue.table("organisations")
    split = {link.icb_code for link in links(catalogue) if link.coverage == "part"}
    for row in homes.to_dict("records"):
        home = carried_home(catalogue, row["organisation_id"], locate)
        if pd.isna(row["icb_code"]):
            assert home is None
        elif row["icb_code"] not in split:
            assert [home] == [link.area_id for link in successors(catalogue, row["icb_code"])]
        elif home is not None:
            assert home in {link.area_id for link in successors(catalogue, row["icb_code"])}


@pytest.mark.parametrize("answer", [None, "E54000030", "icb26-thames-valley"])
def test_home_in_a_split_icb_is_asked_for_and_never_guessed(
    catalogue: Catalogue, answer: str | None
) -> None:
    organisations = catalogue.table("organisations")
    at = organisations.index[organisations["longitude"].notna()][0]
    organisations.loc[at, "icb_code"] = FRIMLEY
    changed = Catalogue(catalogue.schema, {**catalogue.frames, "organisations": organisations})
    name = str(organisations.loc[at, "organisation_id"])
    assert carried_home(changed, name) is None
    home = carried_home(changed, name, lambda *_: answer)
    assert home == (answer if answer == "icb26-thames-valley" else None)
