"""What Streamlit's own test runner does anew for every session, and need not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def _packages_scanned_once() -> Iterator[None]:
    """Look through what is installed once a worker.

    Streamlit reads the description of every installed package for components of theirs: a server
    does so when it starts, the test runner for every session, which took a third of the CPU of a
    test that opens a page.
    """
    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: [*once()])
        yield
