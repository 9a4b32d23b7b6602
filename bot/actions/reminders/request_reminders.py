"""Requests are chased too: whoever lets one lie for a working day is reminded of it, once."""

from datetime import datetime, timedelta

from bot.actions import moves
from bot.actions.office import Office
from storage.records import Priority, Request
from storage.tasks import requests, tasks

BATCH = 100
KINDS = ("extension", "decline")
A_DAY = timedelta(days=1)
"""A working day is never shorter."""


async def look(office: Office, now: datetime) -> int:
    """Remind of every request that waited a working day; the digest goes on each morning after."""
    if not office.workdays.is_awake(now):
        return 0
    found = await requests.unchased(office.db, KINDS, now - A_DAY, BATCH)
    waited = [one for one in found if _waits_long(office, one, now)]
    for one in waited:
        async with office.db.transaction() as tx:
            task = await tasks.view(tx, one.task_id)
            if task is not None and await requests.chase(tx, one.id, now):
                kind, decides = f"{one.kind}.waiting", [task.assigner_id]
                await moves.tell(tx, kind, task.id, decides, now, priority=Priority.REMINDER)
    return len(waited)


def _waits_long(office: Office, asked: Request, now: datetime) -> bool:
    """Tell whether a whole working day went by, to the minute, since the request."""
    at = office.workdays.local(asked.asked_at)
    day = office.workdays.add(at.date(), 1)
    return now >= office.workdays.at(day, at.time())
