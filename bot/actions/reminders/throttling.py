"""When each person hears of something: by what it is, and by how much they heard of late."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.rules.reminders import throttling
from storage.engine.database import Transaction
from storage.reminders import delivery_log
from storage.tasks import tasks


async def turns(
    tx: Transaction,
    kind: str,
    task_id: int | None,
    people: Collection[int],
    now: datetime,
    facts: Mapping[str, Any],
) -> Mapping[int, datetime | None]:
    """Return the moment for those for whom it is not now, None for those who do not hear it."""
    if task_id is None or not people or not throttling.can_wait(kind, facts):
        return {}
    told = await delivery_log.told_since(tx, people, now - throttling.LATELY)
    if max(told.values(), default=0) < throttling.MUCH:
        return {}
    task = await tasks.pressure(tx, task_id)
    if task is None:
        return {}
    of_it = (task.urgency, task.due_at)
    return {one: throttling.turn(now, kind, facts, count, *of_it) for one, count in told.items()}
