"""The verdict on one word, and the steps that find it."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from bot.rules.secrecy.reading import Reading


class Verdict(Enum):
    """What a word is. UNSURE: only the writer can say whether it is a mark."""

    NONE = auto()
    UNSURE = auto()
    MARK = auto()


Step = Callable[[Reading, int], Verdict | None]
"""Returns the verdict on the word at a place, or None to leave it to the next step."""


def first_said(steps: Sequence[Step], reading: Reading, at: int) -> Verdict | None:
    """Return the first verdict that a step gives; None if no step gives one."""
    return next((said for step in steps if (said := step(reading, at)) is not None), None)
