"""The state of a task against its deadline: the official buckets (domain.md, section 2)."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.rules.workdays import Workdays
from storage.records import Status


class Dated(Protocol):
    """What decides on lateness: any record of a task with these attributes."""

    @property
    def status(self) -> Status: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def late_from(self) -> datetime | None: ...
    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def in_correction(self) -> bool: ...


class Bucket(StrEnum):
    """The four buckets of every report, and the tasks without a deadline. They add up to the total."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    ON_TRACK = "on_track"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"


def bucket(task: Dated, now: datetime) -> Bucket | None:
    """Return the task's bucket at a moment; None for a task outside the total.

    Outside the total are cancelled tasks and tasks with a figure under correction. Lateness counts from the
    moment of submission, never from that of acceptance.
    """
    if task.status is Status.CANCELLED or task.in_correction:
        return None
    late = is_late(task, now)
    if task.status is Status.DONE:
        return Bucket.DONE_LATE if late else Bucket.DONE_ON_TIME
    if task.late_from is None:
        return Bucket.NO_DEADLINE
    return Bucket.OVERDUE if late else Bucket.ON_TRACK


def is_late(task: Dated, now: datetime) -> bool:
    """Tell whether the result was submitted, or would be submitted now, after the deadline."""
    return task.late_from is not None and (task.submitted_at or now) > task.late_from


def days_late(task: Dated, now: datetime, workdays: Workdays) -> int:
    """Count the working days by which the result is late: 0 if it is not late, at least 1 if it is."""
    if not is_late(task, now) or task.due_at is None:
        return 0
    due = workdays.local(task.due_at).date()
    return max(1, workdays.count(due, workdays.local(task.submitted_at or now).date()))
