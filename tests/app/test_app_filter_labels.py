"""What a control of the filter bar answers, when counts have changed meanwhile."""

import pytest

from components.ui.filter_bar import meant, options_of
from components.ui.filters import FILTERS
from data import Catalogue, Selection


@pytest.mark.parametrize("vintage", ["", "2026"])
@pytest.mark.parametrize("dimension", FILTERS)
def test_a_label_means_its_value_whatever_its_count(
    catalogue: Catalogue, dimension: str, vintage: str
) -> None:
    selection = Selection(vintage=vintage)
    options = options_of(catalogue, selection, dimension)
    stale = [f"{label.rsplit(' (', 1)[0]} (9999)" for label in options.values()]
    assert meant(catalogue, selection, dimension, stale) == list(options)


def test_values_are_kept_and_unknown_words_left_out(catalogue: Catalogue) -> None:
    assert meant(catalogue, Selection(), "sector", ["acute", "Dentistry (3)"]) == ["acute"]
