"""The step that the address of the stage names."""

import pytest

from components.ui import stage


@pytest.mark.parametrize(
    ("asked", "step"), [("2", 2), ("0", 1), ("9", 3), ("x", 1), ("-1", 1), ("1" * 5000, 3)]
)
def test_the_step_is_kept_within_the_walkthrough(
    monkeypatch: pytest.MonkeyPatch, asked: str, step: int
) -> None:
    params = {"step": asked}
    monkeypatch.setattr("streamlit.query_params", params)
    assert stage._step_asked(3) == step
    assert params["step"] == str(step)
