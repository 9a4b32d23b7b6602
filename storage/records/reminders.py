"""The rungs of tasks' ladders, and the days that move them."""

from datetime import date, datetime

from storage.records.record import Record
from storage.records.tasks import Urgency


class Reminder(Record):
    """A rung of a task's ladder; with `since` and `step` (see `bot.rules.reminders.reminders`) it is this one."""

    id: int
    task_id: int
    rung: str
    since: datetime
    """What it is counted from: the deadline, or for some a moment from which on."""
    step: int
    at: datetime
    settled_at: datetime | None
    outcome: str | None


class Reminding(Record):
    """A message that reminded of one or more tasks and is over: by later ones, or by their end.

    `id` is the row that is leased.
    """

    id: int
    chat_id: int
    message_id: int
    sent_at: datetime
    task_id: int
    """The first of its tasks."""
    tasks: int
    replaced: int
    """Of how many of them a later message reminds."""


class Scheduled(Record):
    """A rung that is ahead of so many tasks, alike in all that tells when it is due."""

    rung: str
    since: datetime
    step: int
    at: datetime
    urgency: Urgency
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool
    tasks: int


class CalendarDay(Record):
    """A day of which the office decided itself whether it is worked."""

    day: date
    works: bool
    note: str
