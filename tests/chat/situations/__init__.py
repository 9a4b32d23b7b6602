"""Situations of which the office's people read something: each function is one, its docstring the heading.

They are written down in tests/chat/messages.txt, in the order of CHAPTERS and of each file. To add one:
write the function, then `pytest tests/chat/test_snapshot.py --update-messages`, and read what came.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterator

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


def situations() -> Iterator[tuple[str, Situation | None]]:
    """Return every heading in order; a chapter's own has no situation."""
    for chapter in CHAPTERS:
        yield inspect.getdoc(chapter) or "", None
        for name, made in vars(chapter).items():
            is_own = inspect.iscoroutinefunction(made) and made.__module__ == chapter.__name__
            if is_own and not name.startswith("_"):
                yield inspect.getdoc(made) or "", made
