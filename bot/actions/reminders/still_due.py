"""Whether there is a reason for a rung: asked when it falls due, and again when it is told."""

from datetime import datetime

from bot.rules.reminders.reminders import Rung
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import WORKING
from storage.engine.database import Reader
from storage.files import files
from storage.records import Status, TaskView

_LASTING = {Rung.SNOOZE, Rung.STALE, Rung.RECEIVE}
"""Rungs that another deadline gives no less reason for."""


async def holds(
    reader: Reader, task: TaskView, rung: Rung, since: datetime, fell_due: datetime
) -> bool:
    """Tell whether what a rung says of a task is so: one counted from `since`, that fell due then."""
    if rung not in _LASTING and since != task.due_at:
        return False
    if rung is Rung.RECEIVE:
        return task.status is Status.ASSIGNED
    if rung is Rung.STALE:
        return task.status in WORKING and not _heard_since(task, fell_due)
    if rung is Rung.YELLOW:
        return task.status in WORKING and not await _has_evidence(reader, task)
    return task.status in WORKING if rung is Rung.HIGHER else parts.still_needed(task)


def _heard_since(task: TaskView, since: datetime) -> bool:
    return task.reported_at is not None and task.reported_at > since


async def _has_evidence(reader: Reader, task: TaskView) -> bool:
    """Tell whether anybody who works on a task has sent a file for it."""
    work = parts.working_on(task)
    given = await files.of_task(reader, task.id) if task.files else []
    return any(file.person_id in work for file in given)
