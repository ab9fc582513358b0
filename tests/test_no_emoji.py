"""Signs on screen are icons of a font that the Atlas brings, as a machine may lack emoji."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# U+FE0F asks for the coloured form of a sign; the others have no other form.
EMOJI = re.compile("[\U0001f000-\U0001faff\N{VARIATION SELECTOR-16}\N{WHITE HEAVY CHECK MARK}]")


def test_no_page_shows_an_emoji() -> None:
    """Where the machine has no font for it, an emoji is an empty box on a button."""
    files = [
        p for f in ("pages", "components/ui", "components/text") for p in (ROOT / f).rglob("*")
    ]
    read = [p for p in files if p.suffix in {".py", ".md"}]
    assert len(read) > 50
    found = [str(p.relative_to(ROOT)) for p in read if EMOJI.search(p.read_text("utf-8"))]
    assert found == []
