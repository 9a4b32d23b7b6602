"""The clock chases: rungs that are due become messages, and each morning brings one digest."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta

from bot.actions import moves, support
from bot.actions.office import Office
from bot.rules import parts
from bot.rules import reminders as ladder
from bot.rules.absences import Away
from bot.rules.lifecycle import WORKING
from bot.rules.reminders import RECEIVERS, Receiver, Rung
from bot.rules.workdays import ONE_DAY
from storage import digests, people, reminders, tasks
from storage.database import Transaction
from storage.records import Priority, Reminder, Task, TaskView

log = logging.getLogger(__name__)
BATCH = 200
MISSED = timedelta(minutes=15)
"""A rung this late was missed, not planned for this hour."""


async def plan(tx: Transaction, office: Office, task: Task, now: datetime) -> None:
    """Put the rungs of a task's present deadline in place of those ahead; none is climbed twice."""
    await reminders.drop(tx, task.id, "moved", now)
    climbed: dict[str, datetime] = {
        row.rung: row.at
        for row in await reminders.of_task(tx, task.id)
        if row.outcome in {"sent", "superseded"}
    }
    rungs = [
        (step.rung, step.at)
        for step in ladder.plan(task, now, office.ladder, office.workdays)
        if step.rung not in climbed or climbed[step.rung] < step.at
    ]
    await reminders.plan(tx, task.id, rungs)


async def look(office: Office, now: datetime) -> int:
    """Turn every rung due up to now into outbox rows; return how many rungs were settled.

    Where several rungs of one task came due together (after a stop), only the last one speaks, to
    all whom any of them concerns; what was missed is made up for when people are awake.
    """
    due = await reminders.due(office.db, now, BATCH)
    if not office.workdays.is_awake(now):
        due = [row for row in due if now - row.at < MISSED or await _put_off(office, row, now)]
    climbed: dict[int, list[Reminder]] = {}
    for row in due:
        climbed.setdefault(row.task_id, []).append(row)
    for rows in climbed.values():
        async with office.db.transaction() as tx:
            await _fire(tx, rows, now)
    return len(due)


async def _put_off(office: Office, row: Reminder, now: datetime) -> bool:
    async with office.db.transaction() as tx:
        await reminders.put_off(tx, row.id, office.workdays.next_awake(now))
    return False


async def _fire(tx: Transaction, rows: Sequence[Reminder], now: datetime) -> None:
    """Settle rungs of one task that are due together, the last of them by saying it."""
    *missed, last = rows
    task = await tasks.view(tx, last.task_id)
    if task is None or not parts.still_needed(task):
        for row in rows:
            await reminders.settle(tx, row.id, "not_needed", now)
        return
    for row in missed:
        await reminders.settle(tx, row.id, "superseded", now)
    if await reminders.settle(tx, last.id, "sent", now):
        receivers = await _receivers(tx, task, {Rung(row.rung) for row in rows})
        facts = {"rung": last.rung}
        await moves.tell(
            tx, "reminder", task.id, receivers, now, priority=Priority.REMINDER, facts=facts
        )


async def _receivers(tx: Transaction, task: TaskView, rungs: Collection[Rung]) -> list[int | None]:
    """Return whom these rungs write to: only those who owe something, and those above a late lead."""
    concerned = {receiver for rung in rungs for receiver in RECEIVERS[rung]}
    told: list[int | None] = []
    if task.status in WORKING:
        told += parts.leads(task)
        if Receiver.HEAD in concerned:
            told += await _above(tx, task)
        if Receiver.ASSIGNER in concerned:
            told.append(task.assigner_id)
        if Receiver.DECIDER in concerned:
            told.append(task.decider_id)
    if Receiver.PARTS in concerned:
        for one in parts.owing(task):
            told += (
                [one.person_id]
                if one.person_id
                else await support.naming(tx, task.assigner_id, one.unit_id)
            )
    return told


async def _above(tx: Transaction, task: TaskView) -> Sequence[int]:
    """Return who hears that a lead is late: their heads; of a body outside, the leader in charge."""
    if task.unit_id is None:
        return []
    if task.body_id is None:
        return await people.heads_of(tx, task.unit_id)
    return await people.in_charge_of(tx, task.unit_id) or [task.assigner_id]


def _stand_in(person_id: int, away: Mapping[int, Away]) -> int:
    """Return whose digest has what somebody should see: that of who stands in for them."""
    absent = away.get(person_id)
    return person_id if absent is None or absent.stand_in is None else absent.stand_in


async def digest(office: Office, now: datetime) -> int:
    """Once on a working day, from the digest's hour on and by day, plan everyone's digest."""
    local = office.workdays.local(now)
    if local.time() < office.digest_at or not office.workdays.is_awake(now):
        return 0
    away = await office.away_now(now)
    async with office.db.transaction() as tx:
        if not await digests.begin(tx, local.date().isoformat()):
            return 0
        midnight = office.workdays.at(local.date() + ONE_DAY, time())
        here = [_stand_in(one, away) for one in await digests.concerned(tx, midnight)]
        concerned = await digests.reachable(tx, sorted(set(here)))
        await moves.tell(tx, "digest", None, concerned, now, priority=Priority.DIGEST)
        return len(concerned)
