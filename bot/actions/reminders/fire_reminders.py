"""The clock chases: rungs that are due become messages, and each morning brings one digest."""

import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from bot.actions import moves
from bot.actions.office import Office
from bot.actions.office_days import calendar
from bot.actions.reminders import morning, recipients, still_due
from bot.rules.organisation.absences import Away
from bot.rules.reminders.ladder import Plan, Planned
from bot.rules.reminders.reminders import GRAVITY, Rung
from storage.engine.database import Transaction
from storage.engine.database_errors import Trouble, trouble_of
from storage.messaging import cards, outbox
from storage.records import Part, Priority, Reminder, Status, Task, TaskView
from storage.reminders import digests, reminders
from storage.tasks import tasks

log = logging.getLogger(__name__)
BATCH = 200
AGAIN = timedelta(hours=1)
JUST_BEFORE = timedelta(minutes=30)
"""Who was reminded so long before a deadline needs no word at its own minute: ĐỎ follows."""
_CLIMBED = {"sent", "superseded"}
_LASTING = {Rung.STALE, Rung.SNOOZE}
"""Rungs that another deadline does not move."""


async def begin(
    tx: Transaction, office: Office, task: Task, lead_id: int | None, now: datetime
) -> None:
    """Plan the ladder of a new task."""
    plan = plan_of(office, task)
    rungs = _rungs(plan, task, plan.receive(now, lead_id or 0), now)
    await reminders.plan(tx, task.id, rungs)


async def plan(tx: Transaction, office: Office, task: Task, now: datetime) -> None:
    """Put the rungs of a task's present deadline in place of those ahead; none is climbed twice.

    What does not go by the deadline stays as it is; where there is none any more it begins anew.
    """
    rows = await reminders.of_task(tx, task.id)
    led = [one for one in await tasks.parts(tx, task.id) if one.part is Part.LEAD]
    lead_id, led_since = (led[0].person_id, led[0].from_at) if led else (None, task.created_at)
    asks = plan_of(office, task).receive(led_since, lead_id or 0)
    ahead = [row for row in rows if row.settled_at is None]
    kept = [row for row in ahead if _lasts(row, asks)]
    await _not_past(tx, plan_of(office, task), kept)
    moved = [row.id for row in ahead if row not in kept]
    await reminders.settle_all(tx, moved, "moved", now)
    climbed = [row for row in rows if row.outcome in _CLIMBED]
    level = 1 + max((row.step for row in climbed if _is_level(row, task)), default=0)
    known = {_name(row) for row in kept}
    known |= {_name(row) for row in climbed if row.rung != Rung.STALE}
    rungs = _rungs(plan_of(office, task), task, asks, now, level)
    await reminders.plan(tx, task.id, [one for one in rungs if _name(one) not in known])


async def _not_past(tx: Transaction, plan: Plan, rows: Sequence[Reminder]) -> None:
    """Let nobody be reminded again later than at the deadline that a task has now."""
    for row in rows:
        if row.rung == Rung.SNOOZE:
            at = plan.at(Rung.SNOOZE, row.since, row.step)
            await reminders.recount(tx, row.id, row.since, at)


def plan_of(office: Office, task: Task) -> Plan:
    """Return the ladder of a task by the office's settings and calendar."""
    return Plan(task, office.ladders[task.urgency], office.workdays)


def _rungs(plan: Plan, task: Task, asks: Planned, now: datetime, level: int = 1) -> list[Planned]:
    """Return the rungs ahead; `asks` is whether the lead has it, which only a new task's lead is asked."""
    rungs = [*plan.ahead(now, level), plan.stale(now)]
    in_time = task.due_at is None or asks.at < task.due_at
    return [*rungs, asks] if task.status is Status.ASSIGNED and in_time else rungs


def _name(rung: Reminder | Planned) -> tuple[str, datetime | None, int]:
    """Return what makes two rungs the same."""
    return rung.rung, None if rung.rung in _LASTING else rung.since, rung.step


def _lasts(row: Reminder, asks: Planned) -> bool:
    """Tell whether a rung stays ahead with another deadline; of who leads no more none does."""
    return row.rung in _LASTING or _name(row) == _name(asks)


def _is_level(row: Reminder, task: Task) -> bool:
    return row.rung == Rung.HIGHER and row.since == task.due_at


async def look(office: Office, now: datetime) -> int:
    """Turn every rung due up to now into outbox rows; return how many rungs were looked at.

    Where several rungs of one task came due together (after a stop), only the gravest speaks, to
    all whom any of them concerns. While people are not awake only what is hỏa tốc is said.
    Raises what went wrong with one task when the others are done; what somebody else holds is left
    for the next look.
    """
    await office.refresh()
    await calendar.sweep(office)
    awake = office.workdays.is_awake(now)
    due = await reminders.due(office.db, now, BATCH, at_night=not awake)
    together: dict[int, list[Reminder]] = {}
    for row in due:
        together.setdefault(row.task_id, []).append(row)
    wrong: Exception | None = None
    for rows in together.values():
        try:
            await office.db.run(partial(_fire, office=office, rows=rows, now=now))
        except Exception as error:
            trouble = trouble_of(error)
            if trouble not in (None, Trouble.LOCKED):
                raise
            wrong = error
            if trouble is None:
                await _one_by_one(office, rows, now)
    if wrong is not None:
        raise wrong
    return len(due)


async def _one_by_one(office: Office, rows: Sequence[Reminder], now: datetime) -> None:
    """Look at the rungs of one task apart: one of them is wrong, and the others are not.

    That one is looked at again in an hour; none waits for a mended program.
    """
    for row in rows:
        try:
            await office.db.run(partial(_fire, office=office, rows=[row], now=now))
        except Exception as error:
            if trouble_of(error):
                raise
            log.exception("a reminder of task %s is put off by an hour", row.task_id)
            async with office.db.transaction() as tx:
                await reminders.recount(tx, row.id, row.since, now + AGAIN)


async def _fire(tx: Transaction, office: Office, rows: Sequence[Reminder], now: datetime) -> None:
    """Settle rungs of one task that are due together, the gravest of them by saying it."""
    task = await tasks.view(tx, rows[0].task_id)
    if task is not None:
        rows = await _overdue_for(tx, office, task, rows, now)
    ready = [row for row in rows if task and await _is_right(tx, office, task, row, now)]
    off = [row.id for row in rows if row not in ready]
    await reminders.settle_all(tx, off, "not_needed", now)
    if task is None or not ready:
        return
    gravest = max(ready, key=_gravity)
    missed = [row.id for row in ready if row is not gravest]
    await reminders.settle_all(tx, missed, "superseded", now)
    if await reminders.settle(tx, gravest.id, "sent", now):
        await cards.outdate(tx, [task.id])
        await _say(tx, office, task, ready, now)
        await reminders.plan(tx, task.id, _next(office, task, ready, now))


def _gravity(row: Reminder) -> tuple[int, int]:
    return GRAVITY[Rung(row.rung)], row.step


async def _say(
    tx: Transaction, office: Office, task: TaskView, rows: Sequence[Reminder], now: datetime
) -> None:
    """Tell the gravest rung to all whom the ladder concerns; who else asked to be told, that they did."""
    climbed = [row for row in rows if row.rung != Rung.SNOOZE]
    concerned = await recipients.receivers(tx, office, task, climbed)
    for told, place in zip(concerned, ({}, {"above": True}), strict=True):
        if climbed:
            facts = _facts(max(climbed, key=_gravity)) | place
            rank = Priority.REMINDER
            await moves.tell(tx, "reminder", task.id, told, now, priority=rank, facts=facts)
    known = {*concerned.owing, *concerned.above}
    asked = [row for row in rows if row.rung == Rung.SNOOZE and row.step not in known]
    await outbox.put(
        tx,
        [
            outbox.ToSay("reminder", row.step, task.id, _facts(row), Priority.REMINDER, now, now)
            for row in asked
        ],
    )


def _facts(row: Reminder) -> dict[str, Any]:
    return {"rung": row.rung, "since": row.since.isoformat()}


async def _overdue_for(
    tx: Transaction, office: Office, task: TaskView, rows: Sequence[Reminder], now: datetime
) -> list[Reminder]:
    """Return the rungs without one for a task that was heard of since: it is counted from then."""
    due = []
    for row in rows:
        heard = max(row.since, task.reported_at or row.since)
        again = plan_of(office, task).stale(heard)
        if row.rung == Rung.STALE and again.at > now:
            await reminders.recount(tx, row.id, heard, again.at)
        else:
            due.append(row)
    return due


async def _is_right(
    tx: Transaction, office: Office, task: TaskView, row: Reminder, now: datetime
) -> bool:
    """Tell whether there is still a reason for a rung, and somebody above to hear it."""
    if row.rung == Rung.HIGHER and row.step > len(recipients.levels_above(office, task)):
        return False
    if row.rung == Rung.DUE and await _was_just_reminded(tx, row):
        return False
    return await still_due.holds(tx, task, Rung(row.rung), row.since, now)


async def _was_just_reminded(tx: Transaction, due: Reminder) -> bool:
    """Tell whether who leads the task by now was reminded of this deadline just before it."""
    led = [one.from_at for one in await tasks.parts(tx, due.task_id) if one.part is Part.LEAD]
    known_from = max([due.at - JUST_BEFORE, *led])
    return any(
        row.outcome == "sent" and row.settled_at is not None and row.settled_at >= known_from
        for row in await reminders.of_task(tx, due.task_id)
        if row.rung == Rung.BEFORE and row.since == due.since
    )


def _next(office: Office, task: TaskView, said: Iterable[Reminder], now: datetime) -> list[Planned]:
    """Return the rungs that follow on those just said: the next level, the next time it is stale."""
    plan, levels = plan_of(office, task), len(recipients.levels_above(office, task))
    rungs = {Rung(row.rung): row.step for row in said}
    level = rungs.get(Rung.HIGHER, levels) + 1
    further = [plan.higher(level)] if level <= levels else []
    return [*further, plan.stale(now)] if Rung.STALE in rungs else further


def _stand_in(person_id: int, away: Mapping[int, Away]) -> int:
    """Return whose digest has what somebody should see: that of who stands in for them."""
    absent = away.get(person_id)
    return person_id if absent is None or absent.stand_in is None else absent.stand_in


async def digest(
    office: Office, now: datetime, begin: Callable[[], Awaitable[object]] | None = None
) -> int:
    """Once on a working day, by day, plan everyone's digest from the hour on that they chose.

    `begin` is called before there is anything to be said.
    """
    if not office.workdays.is_awake(now):
        return 0
    local, usual = office.workdays.local(now), office.digest_at.isoformat("minutes")
    day = local.date().isoformat()
    hours = await digests.to_begin(office.db, day, usual, f"{local:%H:%M}")
    if hours and begin:
        await begin()
    return sum([await _round(office, day, hour, usual, now) for hour in hours])


async def _round(office: Office, day: str, hour: str, usual: str, now: datetime) -> int:
    """Plan the digests of those who want them at one hour; of who is away in that of their stand-in."""
    away = await office.away_now(now)
    async with office.db.transaction() as tx:
        if not await digests.begin(tx, day, hour):
            return 0
        return await _plan_digests(tx, office, away, (day, hour, usual), now)


async def digest_after_all(
    tx: Transaction, office: Office, person_id: int, hour: time, now: datetime
) -> None:
    """Plan today's digest of somebody who has just chosen an hour that others had theirs at already."""
    day, usual = office.today(now).isoformat(), office.digest_at.isoformat("minutes")
    at = hour.isoformat("minutes")
    if office.workdays.is_awake(now) and await digests.is_begun(tx, day, at):
        await _plan_digests(tx, office, office.away, (day, at, usual), now, {person_id})


async def _plan_digests(
    tx: Transaction,
    office: Office,
    away: Mapping[int, Away],
    at: tuple[str, str, str],
    now: datetime,
    but: Collection[int] | None = None,
) -> int:
    """Plan a round's digests, of `but` some if they are named; return how many."""
    day, hour, usual = at
    here = {_stand_in(one, away) for one in await morning.concerned(tx, office, now)}
    here &= here if but is None else set(but)
    last = office.workdays.waking[1].isoformat("minutes")
    wanted = await digests.not_told(tx, day, hour, usual, last, sorted(here))
    concerned = await digests.reachable(tx, wanted)
    await digests.told(tx, day, concerned)
    await moves.tell(tx, "digest", None, concerned, now, priority=Priority.DIGEST)
    return len(concerned)
