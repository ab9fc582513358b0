"""Words on screen suit a finger: nobody with a phone is told to click."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAYS_IN_CODE = ("pages", "components", "data", "geo", "server")
SAYS_IN_TEXT = {"components/text": "*.md", "data/tables": "*.csv", "data/walkthroughs": "*.toml"}
CLICK = re.compile(r"\bclick(s|ed|ing)?\b", re.IGNORECASE)
# Scripts and styles within a string: what they listen to and what explains them nobody reads.
UNREAD = re.compile(r"/\*.*?\*/|addEventListener\('click'|<!--.*?-->", re.DOTALL)


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Each text in a module with its line, but for docstrings and names of one word."""
    tree = ast.parse(source)
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in told:
            continue
        words = node.value
        if isinstance(words, str) and len(words.split()) > 1:
            yield node.lineno, UNREAD.sub("", words)


def test_what_finds_it_finds_it() -> None:
    said = '"""Click docs."""\nNAME = "click"\nX = f"**Click** a {NAME}."\n"""Clicked."""\n'
    assert [line for line, words in strings(said) if CLICK.search(words)] == [3]


def test_no_text_of_the_app_tells_anybody_to_click() -> None:
    modules = [p for folder in SAYS_IN_CODE for p in (ROOT / folder).rglob("*.py")]
    assert len(modules) > 250
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules
        for line, words in strings(path.read_text("utf-8"))
        if CLICK.search(words)
    ]
    texts = [p for folder, of in SAYS_IN_TEXT.items() for p in (ROOT / folder).glob(of)]
    assert len(texts) > 60
    for path in texts:
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in lines if CLICK.search(line)]
    assert found == [], "say “choose”, which a finger, a mouse and a key all do"
