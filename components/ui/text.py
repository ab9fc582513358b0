"""Prose kept as Markdown beside the components."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

TEXT = Path(__file__).resolve().parents[1] / "text"


@lru_cache(maxsize=64)
def text(name: str) -> str:
    """The text called ``name``.

    Raises:
        FileNotFoundError: There is no such file in ``components/text``.
    """
    return (TEXT / f"{name}.md").read_text(encoding="utf-8").strip()
