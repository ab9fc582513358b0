"""What is made of a value is kept in it, and goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from weakref import ref

from data.memo import kept

CALLS: list[tuple[str, int]] = []


@dataclass(frozen=True)
class Thing:
    name: str


@kept(2)
def made(thing: Thing, number: int = 1) -> list[str]:
    CALLS.append((thing.name, number))
    return [thing.name] * number


def calls_of(name: str) -> list[int]:
    return [number for owner, number in CALLS if owner == name]


def test_a_result_is_made_once_for_each_value_and_argument() -> None:
    thing = Thing("once")
    assert made(thing, 2) is made(thing, 2)
    assert made(thing, 3) == ["once"] * 3
    assert calls_of("once") == [2, 3]


def test_equal_values_share_nothing() -> None:
    one, other = Thing("twin"), Thing("twin")
    assert one == other
    assert made(one) is not made(other)


def test_the_result_asked_for_longest_ago_goes_first() -> None:
    thing = Thing("bounded")
    for number in (1, 2, 3, 1):
        made(thing, number)
    assert calls_of("bounded") == [1, 2, 3, 1]


def test_what_is_kept_is_no_part_of_the_value() -> None:
    thing = Thing("plain")
    before = hash(thing), repr(thing)
    made(thing)
    assert (hash(thing), repr(thing)) == before
    assert vars(replace(thing)) == {"name": "plain"}


def test_everything_goes_with_the_value_at_once() -> None:
    class Result:
        pass

    @kept(4)
    def result_of(_: Thing) -> Result:
        return Result()

    thing = Thing("gone")
    owner, result = ref(thing), ref(result_of(thing))
    assert result() is not None
    del thing
    assert owner() is None
    assert result() is None
