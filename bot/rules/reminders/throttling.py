"""How soon somebody hears what can wait: who heard much of late hears it with more, a few times a day.

What has an hour of its own (reminders, digests), what is returned or called off and what asks for an
act on an urgent task is never put off.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rules.reminders.reminders import Rung
from storage.records import Urgency

LATELY = timedelta(hours=8)
"""About a day of work: how far back messages are counted."""
MUCH, VERY_MUCH = 4, 6
ROUND, LONG_ROUND, HALF_DAY = timedelta(hours=1), timedelta(hours=2), timedelta(hours=12)
"""What waits for one moment becomes one message, whenever each thing happened."""
_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
NEWS = frozenset({"task.accepted", "task.entered", "support.reported", "remark.answered"})
"""Kinds that ask for nothing: they wait whatever the task's urgency, in the end for the morning."""
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
"""Kinds that ask for something and lose nothing by an hour or two."""
LISTED = frozenset({"acceptance.waiting"})
"""Kinds that ask again for what each morning's digest lists: who heard VERY_MUCH has it there alone."""
PROMPT = frozenset({"task.assigned", "task.blocked", "extension.requested", "extension.granted"})
"""Kinds that wait for the next hour where somebody was told VERY_MUCH."""
PRESSING = PROMPT | {"extension.waiting", "decline.waiting"}
"""Kinds, beside the reminder to receive, that would come too late within TIME_TO_ACT of the deadline."""
TIME_TO_ACT = timedelta(hours=2)
KINDS = NEWS | PATIENT | LISTED | PROMPT


def can_wait(kind: str, facts: Mapping[str, Any]) -> bool:
    """Tell whether something may be told later in the day."""
    return kind in KINDS or _asks_to_receive(kind, facts)


def turn(
    now: datetime,
    kind: str,
    facts: Mapping[str, Any],
    told: int,
    urgency: Urgency,
    due_at: datetime | None,
) -> datetime | None:
    """Return when somebody who was told so many messages LATELY hears of something; None for never.

    `due_at` is the deadline of its task: what presses waits no longer than leaves TIME_TO_ACT before it.
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
