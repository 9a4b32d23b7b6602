"""How soon a person receives news that can wait. Who received many messages lately gets it in a few batches a day.

Messages with their own hour (reminders, digests), news of returned or cancelled tasks, and requests to act on an
urgent task are never delayed.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rules.reminders.reminders import Rung
from storage.records import Urgency

LATELY = timedelta(hours=8)
"""How far back messages are counted: about one working day."""
MUCH, VERY_MUCH = 4, 6
ROUND, LONG_ROUND, HALF_DAY = timedelta(hours=1), timedelta(hours=2), timedelta(hours=12)
"""The lengths of a batch. All news that waits for the same moment becomes one message."""
_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
NEWS = frozenset({"task.accepted", "task.entered", "support.reported", "remark.answered"})
"""Kinds that ask for nothing. They wait whatever the task's urgency, and after VERY_MUCH up to HALF_DAY."""
PATIENT = frozenset(
    {
        "task.submitted",
        "support.done",
        "parts.done",
        "parts.submitted",
        "extension.waiting",
        "decline.waiting",
        "remark.late",
    }
)
"""Kinds that ask for something but can wait for an hour or two."""
LISTED = frozenset({"acceptance.waiting"})
"""Kinds that repeat a request which each morning's digest lists. After VERY_MUCH only the digest tells it."""
PROMPT = frozenset({"task.assigned", "task.blocked", "extension.requested", "extension.granted"})
"""Kinds that wait for the next hour only after VERY_MUCH."""
PRESSING = PROMPT | {"extension.waiting", "decline.waiting"}
"""Kinds that come too late within TIME_TO_ACT of the deadline. The reminder to receive counts with them."""
TIME_TO_ACT = timedelta(hours=2)
KINDS = NEWS | PATIENT | LISTED | PROMPT


def can_wait(kind: str, facts: Mapping[str, Any]) -> bool:
    """Tell whether news of a kind may be sent later in the day."""
    return kind in KINDS or _asks_to_receive(kind, facts)


def turn(
    now: datetime,
    kind: str,
    facts: Mapping[str, Any],
    told: int,
    urgency: Urgency,
    due_at: datetime | None,
) -> datetime | None:
    """Return when to send news to a person who received `told` messages LATELY; None for never.

    `due_at` is the deadline of the news's task. Pressing news is sent now if waiting would leave less than
    TIME_TO_ACT before the deadline.
    """
    if told < MUCH or (urgency is not Urgency.NORMAL and kind not in NEWS):
        return now
    later = _later(now, kind, facts, very_much=told >= VERY_MUCH)
    presses = kind in PRESSING or _asks_to_receive(kind, facts)
    if presses and later and due_at and now < due_at < later + TIME_TO_ACT:
        return now
    return later


def _later(
    now: datetime, kind: str, facts: Mapping[str, Any], *, very_much: bool
) -> datetime | None:
    if kind in LISTED:
        return None if very_much else _next(now, ROUND)
    if kind in NEWS:
        return _next(now, HALF_DAY if very_much else ROUND)
    if kind in PATIENT or _asks_to_receive(kind, facts):
        return _next(now, LONG_ROUND if very_much else ROUND)
    return _next(now, ROUND) if kind in PROMPT and very_much else now


def _next(now: datetime, pause: timedelta) -> datetime:
    return now + (_BEGAN - now) % pause


def _asks_to_receive(kind: str, facts: Mapping[str, Any]) -> bool:
    return kind == "reminder" and facts.get("rung") == Rung.RECEIVE
