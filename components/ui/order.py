"""The order of the rows of a table: a list to choose from, headings to click, and the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from components.exhibits.ordering import FIRST, in_words_of, orders
from components.ui import address
from components.ui.choice import choose_listed

SORT: Final = "sort"
"""The parameter that names the order of the rows of a page's one table, such as ``-value``."""
MOST_FIRST: Final = "Most rows first"
"""What the list of orders calls that of groups as they come."""
LABEL: Final = "Sort by"


@dataclass(frozen=True)
class Order:
    """In which order the rows of a table are, and what a click on a heading does.

    Attributes:
        sort: The order, such as ``-value``; ``""`` as they come.
        columns: Those that can be sorted by.
        choose: Takes another order; a callback.
    """

    sort: str
    columns: Sequence[str]
    choose: Callable[[str], None]

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """How a file says the order of its rows, beside its filters; nothing for none."""
        return (("Sorted by", in_words_of(self.sort)),) if self.sort else ()


def choose_order(columns: Sequence[str], first: str = FIRST) -> Order:
    """The list of orders of a page's one table, kept in the address.

    Args:
        columns: Those that can be sorted by.
        first: What the list calls no order.
    """
    sort = choose_listed(LABEL, SORT, orders(columns, first), is_named=True)
    return Order(sort, columns, partial(_choose, f"choice-{SORT}", SORT))


def _choose(key: str, param: str, sort: str) -> None:
    """Have the list say another order, as one step."""
    st.session_state[key] = sort
    address.step((param,))
