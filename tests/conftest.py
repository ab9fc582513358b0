"""Fixtures that every test folder shares."""

import pytest

from data import Catalogue, load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The Atlas's own tables, loaded once."""
    return load_catalogue()
