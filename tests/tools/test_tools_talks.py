"""Giving the stories by machine: what is asked for, and that a picture is of a slide at rest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tools import talks


class Screen:
    """A page that changes a few times and then stays as it is."""

    def __init__(self, *frames: bytes) -> None:
        self.viewport_size = {"width": 1024, "height": 768}
        self.frames = list(frames)
        self.saved: list[bytes] = []
        self.clips: list[dict[str, int]] = []

    def wait_for_timeout(self, _: int) -> None:
        """No test waits."""

    def screenshot(self, clip: dict[str, int] | None = None, path: Path | None = None) -> bytes:
        if clip is not None:
            self.clips.append(clip)
            return self.frames.pop(0) if len(self.frames) > 1 else self.frames[0]
        assert path is not None
        self.saved.append(self.frames[0])
        return self.frames[0]


def test_a_picture_is_taken_when_the_slide_is_at_rest(tmp_path: Path) -> None:
    page: Any = Screen(b"empty", b"half", b"whole", b"whole")
    talks.photograph(page, tmp_path / "light" / "story-01.png")
    assert page.saved == [b"whole"]
    assert len(page.clips) == 4
    # The clock at the foot runs on.
    assert page.clips[0]["height"] < 768
    assert (tmp_path / "light").is_dir()


def test_every_story_is_given_in_both_looks_unless_asked_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[tuple[str, str, tuple[int, int]]] = []

    def give(_b: object, _u: str, story: str, _o: Path, look: str, size: Any, _s: str) -> list[str]:
        given.append((story, look, size))
        return ["a request failed"] if story == talks.STORIES[1] else []

    monkeypatch.setattr(talks, "atlas", Nothing)
    monkeypatch.setattr(talks, "sync_playwright", Nothing)
    monkeypatch.setattr(talks, "give", give)
    monkeypatch.setattr(sys, "argv", ["talks", str(tmp_path), "--size", "1024x768"])
    with pytest.raises(SystemExit) as ended:
        talks.main()
    assert given == [(s, k, (1024, 768)) for k in ("light", "dark") for s in talks.STORIES]
    # What went wrong is told, and fails the command.
    assert str(ended.value) == "a request failed\na request failed"
    given.clear()
    asked = ["--story", talks.STORIES[0], "--look", "dark"]
    monkeypatch.setattr(sys, "argv", ["talks", str(tmp_path), *asked])
    with pytest.raises(SystemExit) as ended:
        talks.main()
    assert (given, ended.value.code) == ([(talks.STORIES[0], "dark", (1280, 720))], 0)
    assert f"given: {talks.STORIES[0]}, dark" in capsys.readouterr().out


def test_with_the_network_cut_it_starts_itself_where_no_way_leads_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []

    def instead(program: str, words: list[str]) -> None:
        started.append([program, *words])
        raise SystemExit

    monkeypatch.setattr("os.execvp", instead)
    monkeypatch.setattr(sys, "argv", ["talks", str(tmp_path), "--cut", "--look", "light"])
    with pytest.raises(SystemExit):
        talks.main()
    assert started[0][0] == "unshare"
    assert "-rn" in started[0]
    assert "--cut" not in started[0]
    assert started[0][-3:] == [str(tmp_path), "--look", "light"]


class Nothing:
    """Stands for a server and for a browser that are not started."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __getattr__(self, _: str) -> Any:
        return self

    def __call__(self, *_: object, **__: object) -> Any:
        return self
