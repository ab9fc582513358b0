"""Conditions on cells in an address: as short as can be, and read back as they were."""

import pytest

from data.where import read_out, told


@pytest.mark.parametrize(
    ("where", "address"),
    [
        ((), ""),
        (("status:achieved",), "status:achieved"),
        (("status:achieved", "status:planned", "sector:acute"),
         "status:achieved,planned,sector:acute"),
        (("value:*", "unit:!percent", "unit:!days"), "value:*,unit:!percent,!days"),
        # None that is stated has no value to stand alone, nor has one with a colon a name to miss.
        (("value:", "value:3"), "value:,3"),
        (("value:3", "value:"), "value:3,value:"),
        (("locator:page 3", "locator:Note: page 4"), "locator:page 3,locator:Note: page 4"),
        (("sector:acute", "status:planned", "sector:mhlda"),
         "sector:acute,status:planned,sector:mhlda"),
    ],
)  # fmt: skip
def test_a_column_is_named_once_and_read_back(where: tuple[str, ...], address: str) -> None:
    assert told(where) == address
    assert read_out(address) == where


def test_addresses_that_name_each_column_are_read_as_before() -> None:
    assert read_out("status:planned, status:achieved,") == ("status:planned", "status:achieved")
    # What has no column at all is nobody's, and said to be no condition.
    assert read_out("planned,status:achieved") == ("planned", "status:achieved")
