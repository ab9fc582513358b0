"""Rooms: who may drive, who hears of it, and how they end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from components.exhibits import build_exhibit
from server import present_follow, present_rooms
from server.present import ROUTES, _body
from server.present_rooms import AFTER_END_S, IDLE_S, MOST_ROOMS, RoomError, Rooms

STORY = {"story": "ready-for-delegation", "step": 1}


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture
def room(client: TestClient) -> dict[str, Any]:
    answer = client.post("/live", json=STORY)
    assert answer.status_code == 201
    body: dict[str, Any] = answer.json()
    return body


def test_only_the_holder_of_the_key_drives(client: TestClient, room: dict[str, Any]) -> None:
    step = f"/live/{room['code']}/step"
    assert client.post(step, json={"key": "guessed", "step": 2}).status_code == 403
    assert client.get(f"/live/{room['code']}").json()["step"] == 1
    assert client.post(step, json={"key": room["key"], "step": 2}).json()["step"] == 2
    assert client.get(f"/live/{room['code'].lower()}").json()["step"] == 2


def test_the_key_is_told_once_and_kept_only_as_a_hash(
    client: TestClient, room: dict[str, Any]
) -> None:
    assert "key" not in client.get(f"/live/{room['code']}").json()
    assert room["key"] not in str(vars(present_rooms.ROOMS.room(room["code"])))


@pytest.mark.parametrize("step", [0, 99, "2", True, None])
def test_a_step_that_does_not_exist_is_refused(
    client: TestClient, room: dict[str, Any], step: object
) -> None:
    answer = client.post(f"/live/{room['code']}/step", json={"key": room["key"], "step": step})
    assert answer.status_code == 400
    assert "whole number from 1 to 9" in answer.json()["error"]


def test_a_talk_that_was_ended_cannot_be_driven_and_says_so(
    client: TestClient, room: dict[str, Any]
) -> None:
    body = {"key": room["key"], "step": 2}
    assert client.post(f"/live/{room['code']}/end", json=body).json()["ended"]
    assert client.post(f"/live/{room['code']}/step", json=body).status_code == 410
    # Its stream tells the end and stops.
    assert '"ended": true' in client.get(f"/live/{room['code']}/events").text


def test_phones_see_what_is_looked_at_beside_the_script_and_return(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = client.post("/live", json={"story": "where-collaboratives-are", "step": 1}).json()
    built: list[object] = []

    def build(*asked: Any) -> Any:
        built.append(asked)
        return build_exhibit(*asked)

    monkeypatch.setattr(present_follow, "build_exhibit", build)
    step, page = f"/live/{room['code']}/step", f"/follow/{room['code']}/asked"
    order = {"key": room["key"], "step": 8}
    asked = client.post(step, json={**order, "live": {"sector": "ambulance"}}).json()
    assert asked["live"] == "Sector: Ambulance"
    first, second = client.get(page).text, client.get(page).text
    assert first == second
    assert len(built) == 1
    assert "The presenter is looking at: Sector: Ambulance" in first
    assert "<table" in first
    # The presenter's window blanks the screen and says nothing of the filter: it stays.
    assert client.post(step, json={**order, "blank": True}).json()["live"] == "Sector: Ambulance"
    assert client.post(step, json={**order, "live": {}}).json()["live"] == ""
    assert client.get(page).text == ""


def test_phones_are_told_that_the_survey_does_not_report_what_was_asked(
    client: TestClient, room: dict[str, Any]
) -> None:
    body = {"key": room["key"], "step": 2, "live": {"sector": "ambulance"}}
    client.post(f"/live/{room['code']}/step", json=body)
    page = client.get(f"/follow/{room['code']}/asked").text
    assert "The survey does not report Ambulance separately" in page


@pytest.mark.parametrize("live", ["x", {"planet": "x"}, {"sector": "x"}, {"sector": ["acute"]}])
def test_a_live_filter_that_does_not_exist_is_refused(client: TestClient, live: object) -> None:
    room = client.post("/live", json={"story": "where-collaboratives-are", "step": 8}).json()
    body = {"key": room["key"], "step": 8, "live": live}
    answer = client.post(f"/live/{room['code']}/step", json=body)
    assert answer.status_code == 400
    assert "Expected live" in answer.json()["error"]
    assert "found" in answer.json()["error"]


def test_bad_requests_are_answered_in_words(client: TestClient) -> None:
    assert client.post("/live", content=b"{").json()["error"] == "Expected a JSON object."
    assert client.post("/live", content=b"x" * 3000).status_code == 413
    assert "no walkthrough 'x'" in client.post("/live", json={"story": "x"}).json()["error"]
    assert client.get("/live/ZZZZZ").status_code == 404
    assert "Check the code" in client.get("/follow/ZZZZZ").text


def test_a_phone_gets_every_step_in_words_with_sources_and_no_notes(
    client: TestClient, room: dict[str, Any]
) -> None:
    page = client.get(f"/follow/{room['code']}").text
    assert page.count("<article") == room["steps"]
    assert "Half say it is too early to tell" in page
    assert "The evolution of provider collaboration" in page
    assert "Begin with the base" not in page
    assert "Too early to say" in page
    assert "<script>" not in page
    assert " onclick=" not in page
    picture = client.get(f"/presenter/{room['code']}/2.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "Too early to say" in picture.text
    assert client.get(f"/presenter/{room['code']}/99.svg").status_code == 404
    assert "http" not in page.split("<body")[0]


def test_a_phone_gets_its_page_packed_and_only_if_it_unpacks_it(
    client: TestClient, room: dict[str, Any]
) -> None:
    address = f"/follow/{room['code']}"
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3


def test_phones_are_told_that_nothing_is_left_under_the_live_filter(client: TestClient) -> None:
    room = client.post("/live", json={"story": "where-collaboratives-are", "step": 8}).json()
    body = {"key": room["key"], "step": 8, "live": {"sector": "ambulance", "region": "E40000003"}}
    told = client.post(f"/live/{room['code']}/step", json=body).json()
    page = client.get(f"/follow/{room['code']}/asked").text
    assert told["live"] in page
    assert page.count("No collaboratives in the tables fit") == 1
    assert "<table" not in page


def test_phones_learn_whether_the_step_has_own_data(
    client: TestClient, room: dict[str, Any]
) -> None:
    step, order = f"/live/{room['code']}/step", {"key": room["key"], "step": 1}
    assert client.post(step, json={**order, "own": True}).json()["own"]
    # The presenter's window says nothing of it: on the same step it stays, of the next the stage
    # will say.
    assert client.post(step, json={**order, "blank": True}).json()["own"]
    assert not client.post(step, json={**order, "step": 2}).json()["own"]
    assert client.post(step, json={**order, "own": True}).json()["own"]
    assert not client.post(step, json={**order, "own": False}).json()["own"]
    assert "presenter’s own data" in client.get(f"/follow/{room['code']}").text


def test_a_talk_whose_server_was_restarted_is_opened_again_by_its_key_alone(
    client: TestClient, room: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.present.ROOMS", Rooms())
    assert client.get(f"/live/{room['code']}").status_code == 404
    again = client.post("/live", json={**STORY, "step": 4, "key": room["key"]})
    assert (again.status_code, again.json()["code"]) == (201, room["code"])
    assert client.get(f"/live/{room['code']}").json()["step"] == 4
    # Two windows that open it again find the same room.
    second = client.post("/live", json={**STORY, "step": 2, "key": room["key"]}).json()
    assert (second["code"], second["step"]) == (room["code"], 4)
    other = client.post("/live", json={**STORY, "key": "x" * 32}).json()
    assert other["code"] != room["code"]
    assert client.post("/live", json={**STORY, "key": "guessed"}).status_code == 400


def test_the_time_of_a_talk_goes_back_to_zero_for_everybody(
    client: TestClient, room: dict[str, Any]
) -> None:
    again = client.post("/live", json={**STORY, "elapsed": 300, "key": "A" * 32}).json()
    told = present_rooms.ROOMS.room(again["code"])
    before, step = told.version, f"/live/{again['code']}/step"
    assert told.state()["elapsed"] >= 300
    assert client.post(step, json={"key": "guessed", "step": 1, "restart": True}).status_code == 403
    body = {"key": again["key"], "step": 1, "restart": True}
    state = client.post(step, json=body).json()
    assert state["elapsed"] < 30
    assert state["restarts"] == 1
    assert told.version > before, "nobody is told of it"
    assert client.get(f"/live/{room['code']}").json()["restarts"] == 0


def test_the_clock_of_a_talk_goes_on_after_a_restart(
    client: TestClient, room: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.present.ROOMS", Rooms())
    again = client.post("/live", json={**STORY, "key": room["key"], "elapsed": 300}).json()
    assert 300 <= again["elapsed"] < 330
    # The second of two windows that open it again does not set it back.
    second = client.post("/live", json={**STORY, "key": room["key"], "elapsed": 0}).json()
    assert second["elapsed"] >= 300
    for wrong in (-1, "5", True, 10**9):
        answer = client.post("/live", json={**STORY, "elapsed": wrong})
        assert (answer.status_code, "whole seconds" in answer.json()["error"]) == (400, True)


def test_a_window_opened_during_a_step_learns_how_long_it_has_been_shown(
    client: TestClient, room: dict[str, Any]
) -> None:
    talk = present_rooms.ROOMS.room(room["code"])
    talk.stepped -= 100
    step = f"/live/{room['code']}/step"
    same = client.post(step, json={"key": room["key"], "step": 1, "blank": True}).json()
    assert 100 <= same["here"] < 130
    assert client.post(step, json={"key": room["key"], "step": 2}).json()["here"] < 30


def test_a_page_whose_talk_is_missing_looks_for_it_again(client: TestClient) -> None:
    for page in ("follow", "presenter"):
        answer = client.get(f"/{page}/ZZZZZ")
        assert answer.status_code == 404
        assert 'data-code="ZZZZZ"' in answer.text
        assert "live/assets/waiting.js" in answer.text
    assert client.get("/live/assets/waiting.js").status_code == 200


def test_the_code_is_shown_as_a_picture_of_the_address(
    client: TestClient, room: dict[str, Any]
) -> None:
    answer = client.get(f"/live/{room['code']}/qr.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.startswith("<svg")


def test_listeners_hear_the_newest_state_and_are_counted(run_async: Callable[..., Any]) -> None:
    async def talk() -> list[int]:
        rooms = Rooms()
        room, key = rooms.open("s", "", 9, 1)
        heard: list[int] = []

        async def listen() -> None:
            async for state in room.states():
                heard.append(state["step"])

        listener = asyncio.create_task(listen())
        await asyncio.sleep(0)
        assert room.followers == 1
        for step in (2, 3, 4):
            rooms.driven(room.code, key).step = step
            room.change()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        room.ended = True
        room.change()
        await listener
        assert room.followers == 0
        return heard

    heard = run_async(talk())
    assert heard[0] == 1
    assert heard[-1] == 4
    assert len(heard) <= 4


def test_rooms_are_few_and_pass() -> None:
    now = [0.0]
    rooms = Rooms(clock=lambda: now[0])
    codes = [rooms.open("s", "", 3, 1)[0].code for _ in range(MOST_ROOMS)]
    assert len(set(codes)) == MOST_ROOMS
    now[0] = IDLE_S + 1
    with pytest.raises(RoomError, match="no talk"):
        rooms.room(codes[0])
    assert rooms.open("s", "", 3, 1)[0].step == 1
    assert AFTER_END_S < IDLE_S


def test_rooms_left_alone_give_way_to_a_talk_and_rooms_with_listeners_do_not() -> None:
    now = [0.0]
    rooms = Rooms(clock=lambda: now[0])
    opened = []
    for _ in range(MOST_ROOMS):
        now[0] += 1
        opened.append(rooms.open("s", "", 3, 1))
    first, second = opened[0][0], opened[1][0]
    first.followers = 1
    new, _ = rooms.open("s", "", 3, 1)
    assert rooms.room(first.code) is first
    with pytest.raises(RoomError, match="no talk"):
        rooms.room(second.code)
    for room in (new, *(room for room, _ in opened)):
        room.followers = 1
    with pytest.raises(RoomError, match="Too many talks"):
        rooms.open("s", "", 3, 1)


def test_a_body_that_is_too_long_is_refused_before_it_is_read_whole() -> None:
    sent: list[int] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            sent.append(1000)
            return {"type": "http.request", "body": b"x" * 1000, "more_body": len(sent) < 100}

        with pytest.raises(RoomError, match="too much"):
            await _body(Request({"type": "http", "method": "POST", "headers": []}, receive))

    asyncio.run(ask())
    assert sum(sent) < 5000


@pytest.mark.parametrize("body", [b"[" * 2000, b"{", b"[]", b"\xff", b'{"story": "\\ud800"}'])
def test_what_is_no_object_is_refused_in_words(client: TestClient, body: bytes) -> None:
    answer = client.post("/live", content=body)
    assert (answer.status_code, answer.json()) == (400, {"error": "Expected a JSON object."})


def test_a_phone_reads_the_areas_of_a_map_by_colour(client: TestClient) -> None:
    room = client.post("/live", json={"story": "where-collaboratives-are", "step": 2}).json()
    page = client.get(f"/follow/{room['code']}").text
    step = page.split('data-step="2"')[1].split("<article")[0]
    words = step.split('class="by-colour"')[1].split("</div>")[0]
    assert words.index("4 or more:") < words.index("1 collaborative:")
    assert "Cornwall &amp; IoS*" in words
    assert "* Inferred, not stated" in words
