"""A file that cannot be made: the reader is told why, and there is nothing to save."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from components.ui import offers
from components.ui.offers import Subject


def _card() -> None:
    from components.exhibits import REGISTRY  # noqa: PLC0415
    from components.ui import offers, takeaway  # noqa: PLC0415
    from data import Selection  # noqa: PLC0415

    one = offers.of_exhibit(REGISTRY["delegation-intent"], Selection(), "")
    takeaway._choose(one, "take")


def _full(_: Subject) -> bytes:
    raise OSError("no space left on device")


def test_a_file_that_cannot_be_made_says_why_and_is_not_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = offers.OFFERS[0]
    monkeypatch.setattr(offers, "OFFERS", [replace(first, make=_full), *offers.OFFERS[1:]])
    app = AppTest.from_function(_card, default_timeout=60).run()
    app.button(key="take-make").click().run()
    assert not app.exception
    assert "no space left on device. Nothing was saved." in app.error[0].value
    assert not app.get("download_button")
    # Another kind is made after that: the failure has broken nothing.
    app.selectbox(key="take-as").select("svg").run()
    app.button(key="take-make").click().run()
    assert not app.error
    assert len(app.get("download_button")) == 1
