"""Situations of which the office's people read something: each function is one, its docstring the heading.

They are written down in tests/chat/messages, a file for each chapter. To add one: write the function, then
`pytest tests/chat/test_snapshot.py --update-messages -k beginning` for its chapter, and read what came.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterator
from types import ModuleType
from typing import NamedTuple

from tests.chat.scribe import Scribe
from tests.chat.situations import (
    absences,
    archived,
    asking,
    assigning,
    beginning,
    calendar,
    chasing,
    deciding,
    documents,
    groups,
    leaving,
    lists,
    overview,
    papers,
    parts,
    people,
    reading,
    sent_lists,
    series,
    units,
    working,
)

Situation = Callable[[Scribe], Awaitable[None]]

CHAPTERS = (
    beginning,
    assigning,
    reading,
    working,
    deciding,
    parts,
    papers,
    documents,
    series,
    chasing,
    lists,
    people,
    absences,
    leaving,
    units,
    groups,
    calendar,
    overview,
    asking,
    archived,
    sent_lists,
)


class Chapter(NamedTuple):
    """The situations of one file, each under its heading; `file` is where in tests/chat/messages they are written down."""

    file: str
    heading: str
    situations: list[tuple[str, Situation]]


def chapters() -> list[Chapter]:
    """Return every chapter in order."""
    return [
        Chapter(
            f"{number:02}_{module.__name__.rpartition('.')[2]}.txt",
            inspect.getdoc(module) or "",
            list(_situations(module)),
        )
        for number, module in enumerate(CHAPTERS, 1)
    ]


def _situations(module: ModuleType) -> Iterator[tuple[str, Situation]]:
    for name, made in vars(module).items():
        is_own = inspect.iscoroutinefunction(made) and made.__module__ == module.__name__
        if is_own and not name.startswith("_"):
            yield inspect.getdoc(made) or "", made
