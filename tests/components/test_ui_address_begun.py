"""An address is taken over once, however often a run that began with it is cut short."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace

import pytest
import streamlit as st

from components.ui import address


class Browser:
    """What the browser says: the address, and whether it goes through its history."""

    def __init__(self) -> None:
        self.params: dict[str, str] = {}
        self.is_history = False
        self.written: list[dict[str, str]] = []

    def begin(
        self, page: str, *, is_history: bool = False, of: str = "", **params: str
    ) -> address.Arrival:
        """Begin a run at an address, maybe one of another page."""
        self.params, self.is_history = params | ({address.PAGE: of} if of else {}), is_history
        return address.begin(page)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A session without a session."""
    made = Browser()

    class Query:
        """The address as Streamlit has it."""

        def to_dict(self) -> dict[str, str]:
            return dict(made.params)

        def get_all(self, name: str) -> list[str]:
            return [made.params[name]]

    def write(params: Mapping[str, str], _: str) -> None:
        made.params = dict(params)
        made.written.append(dict(params))

    def take(params: Mapping[str, list[str]]) -> None:
        made.params = {name: values[-1] for name, values in params.items()}

    monkeypatch.setattr(
        address, "st", SimpleNamespace(session_state={}, query_params=Query(), cache=st)
    )
    monkeypatch.setattr(address, "_in_history", lambda: made.is_history)
    monkeypatch.setattr(address, "_write", write)
    monkeypatch.setattr(address, "_take", take)
    return made


def test_a_run_that_is_cut_short_hands_on_only_what_it_had_not_taken(browser: Browser) -> None:
    first = browser.begin("helps", part="gain", find="x")
    assert address.takes(first, "part")
    second = browser.begin("helps", part="gain", find="x")
    assert second.is_new
    assert not address.takes(second, "part")
    assert address.takes(second, "find")
    address.commit()
    assert not browser.begin("helps", part="gain", find="x").is_new


def test_what_the_reader_changed_in_between_is_not_taken_from_the_address(browser: Browser) -> None:
    browser.begin("helps", part="gain", find="x")
    address.step(("part",))
    second = browser.begin("helps", part="gain", find="x")
    assert not address.takes(second, "part")
    assert address.takes(second, "find")


def test_a_step_in_the_history_is_one_also_after_it_was_cut_short(browser: Browser) -> None:
    browser.begin("helps", part="gain")
    address.commit()
    assert browser.begin("helps", is_history=True).is_history
    second = browser.begin("helps")
    assert second.is_history
    assert address.takes(second, "part")
    assert browser.begin("helps").taken == {"part"}


def test_another_address_is_taken_as_a_whole(browser: Browser) -> None:
    address.takes(browser.begin("helps", part="gain"), "part")
    for other in (
        browser.begin("helps", part="helps"),
        browser.begin("benefits", part="helps"),
        browser.begin("benefits", part="helps", is_history=True),
    ):
        assert address.takes(other, "part")


def test_several_things_of_one_parameter_are_taken_one_by_one(browser: Browser) -> None:
    first = browser.begin("helps", open="method,grades")
    assert address.takes(first, "open", by="open-method")
    address.step(("open",))
    second = browser.begin("helps", open="method,grades")
    assert not address.takes(second, "open", by="open-method")
    assert address.takes(second, "open", by="open-grades")


def test_what_the_browser_says_of_a_page_that_was_left_is_not_taken(browser: Browser) -> None:
    browser.begin("helps", part="gain")
    address.commit()
    again = browser.begin("helps", of="tables", table="insights", where="kind:practice")
    assert (again.params, again.is_new) == ({"part": "gain"}, False)
    address.put("part", "practice")
    address.commit()
    assert browser.params == {"part": "practice"}


def test_the_browser_is_set_right_when_it_spoke_of_a_page_that_was_left(browser: Browser) -> None:
    browser.begin("helps", part="gain")
    address.commit()
    browser.written.clear()
    browser.begin("helps", of="tables", table="insights")
    address.commit()
    assert browser.written == [{"part": "gain"}]
    browser.begin("helps", part="gain")
    address.commit()
    assert browser.written == [{"part": "gain"}]


def test_a_page_that_is_opened_with_the_address_of_another_begins_bare(browser: Browser) -> None:
    browser.begin("helps", part="gain")
    address.commit()
    assert browser.begin("about", of="helps", part="gain").params == {}
