"""Messages on their way, and those that could not be sent."""

from datetime import datetime
from typing import Any

from pydantic import Json

from storage.records.people import Reach
from storage.records.record import Record


class Priority:
    """Order in the outbox: lower goes first."""

    ANSWER = 0
    NOTICE = 1
    REMINDER = 2
    DIGEST = 3
    CLEARING = 4


class Outgoing(Record):
    """A message to be worded and sent: what happened (`kind`, ids, facts) and to whom."""

    id: int
    kind: str
    person_id: int
    task_id: int | None
    facts: Json[dict[str, Any]]
    priority: int
    state: str
    not_before: datetime
    attempts: int
    created_at: datetime
    flash: bool = False
    """It tells of what is hỏa tốc."""
    update_id: int | None = None
    """Of Telegram's update that caused it; None for the clock."""

    @property
    def about(self) -> int:
        """Whom it concerns: the person it is for, or who is away and for whom they stand in."""
        return int(self.facts.get("for", self.person_id))


class Health(Record):
    """How delivery stands: what is due and waits, the oldest of it, and the last day's outcomes."""

    waiting: int
    put_off: int
    oldest: datetime | None
    sent: int
    folded: int
    failed: int


class Queues(Record):
    """What waits: updates to be handled, messages that are due, reminders that are planned."""

    updates: int
    oldest_update: datetime | None
    messages: int
    oldest_message: datetime | None
    unreachable: int
    """Messages for people who cannot be written to."""
    reminders: int
    oldest_reminder: datetime | None
    """When the longest due one was due."""


class Unreached(Record):
    """Somebody who cannot be written to, with what waits for them since when."""

    id: int
    name: str
    reach: Reach
    messages: int
    tasks: int
    since: datetime
    latest: datetime
    """When the newest of it came."""


class Failure(Record):
    """A message that was given up."""

    id: int
    kind: str
    name: str
    task_id: int | None
    settled_at: datetime
    reason: str | None
