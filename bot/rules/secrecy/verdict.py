"""What is found of one word, and the steps by which it is."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from bot.rules.secrecy.reading import Reading


class Verdict(Enum):
    """UNSURE: only who wrote it can say whether the word is a mark."""

    NONE = auto()
    UNSURE = auto()
    MARK = auto()


Step = Callable[[Reading, int], Verdict | None]
"""Says what the word at a place is; None where it has nothing to say, and the next step is asked."""


def first_said(steps: Sequence[Step], reading: Reading, at: int) -> Verdict | None:
    """Return what the first step says that says something."""
    return next((said for step in steps if (said := step(reading, at)) is not None), None)
