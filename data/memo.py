"""Keeps what was made of a value in that value, for as long as it lives and no longer.

A process-wide cache would keep what a session brought of its own after the session has gone. What
is kept here lies in the value itself: the catalogue that all sessions share keeps what is made of
it for good, the catalogue of one session takes everything with it when it is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

OwnerT = TypeVar("OwnerT")
ResultT = TypeVar("ResultT")
Rest = ParamSpec("Rest")
Function = Callable[Concatenate[OwnerT, Rest], ResultT]


def kept(
    most: int,
) -> Callable[[Function[OwnerT, Rest, ResultT]], Function[OwnerT, Rest, ResultT]]:
    """Keep the results of a function in its first argument, which must not change.

    It takes the place of ``lru_cache`` for every function of a catalogue, a built exhibit, a map
    or a profile; ``tests/test_layering.py`` holds that.

    Args:
        most: How many results (by the other arguments, which must be hashable) each first
            argument keeps; the one asked for longest ago goes first.
    """

    def decorate(function: Function[OwnerT, Rest, ResultT]) -> Function[OwnerT, Rest, ResultT]:
        place = f"_kept {function.__module__}.{function.__qualname__}"

        @wraps(function)
        def ask(owner: OwnerT, /, *args: Rest.args, **kwargs: Rest.kwargs) -> ResultT:
            # Beside the fields: neither equality nor hash nor `replace` sees what is kept.
            beside = vars(owner)
            found = beside.get(place)
            if found is None:
                # A weak reference, or what is kept would hold its owner.
                weak = ref(owner)

                def call(*rest: Any, **named: Any) -> ResultT:
                    alive = weak()
                    assert alive is not None, "only a living owner asks"
                    return function(alive, *rest, **named)

                found = beside.setdefault(place, lru_cache(maxsize=most)(call))
            result: ResultT = found(*args, **kwargs)
            return result

        return ask

    return decorate
