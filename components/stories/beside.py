"""A walkthrough told beside own rows, and as everybody else has it: which step is which."""

from __future__ import annotations

from components.stories.model import Told


def numbers_for_all(told: Told, for_all: Told) -> tuple[int, ...]:
    """For each step the number of that which others see with it, who do not have the own rows.

    Own rows fill a step that without them has nothing to show and is told together with others.

    Args:
        told: As it is told beside own rows.
        for_all: The same, of the same subject, without them.

    Returns:
        Numbers from 1, one for each step of ``told``; below 0 where others see another exhibit,
        the step that stands for this one.
    """
    written = {step.id: place for place, step in enumerate(told.walkthrough.steps)}
    theirs = [(written[step.step.id], step) for step in for_all.steps]
    numbers = []
    for step in told.steps:
        place = written[step.step.id]
        number = max((s.number for at, s in theirs if at <= place), default=1)
        is_same = for_all.steps[number - 1].step.id == step.step.id
        numbers.append(number if is_same else -number)
    return tuple(numbers)
