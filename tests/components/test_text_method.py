"""The text on intervals holds what the code does."""

from pathlib import Path

from components.ui.text import TEXT
from data.statistics import Sample, limits


def method() -> str:
    return " ".join((Path(TEXT) / "method-intervals.md").read_text(encoding="utf-8").split())


def whole(count: int, base: int, population: int) -> str:
    found = limits(Sample(count, base, population))
    return f"{100 * found.low:.0f}% to {100 * found.high:.0f}%"


def test_its_examples_come_out() -> None:
    found = limits(Sample(16, 40, 120))
    assert f"16 of 40 answers, out of 120 collaboratives, give {whole(16, 40, 120)}" in method()
    ends = f"from {120 * found.low:.0f} to {120 * found.high:.0f} of the 120"
    assert ends in method()
    assert f"150, the same answers would give {whole(16, 40, 150)}" in method()


def test_it_names_the_limits_of_the_method_and_its_sources() -> None:
    for words in ("not a random sample", "Wright 1991", "Clopper and Pearson 1934",
                  "Newcombe 1998", "no proof that there is none"):  # fmt: skip
        assert words in method()
