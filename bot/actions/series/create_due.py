"""The clock makes the next task of each series: once, on its working day, however often it looks."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.actions import moves
from bot.actions.assigning import new_task
from bot.actions.assigning.draft import Fields, with_deadline
from bot.actions.office import Office
from bot.actions.organisation import on_behalf
from bot.actions.series import days as series_days
from bot.actions.series import series as known
from bot.actions.standpoint import standpoint
from bot.actions.tasks import sub_tasks
from bot.refusals import No, Refusal
from bot.rules.recurrence import Occurrence
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction
from storage.history import audit
from storage.messaging import cards
from storage.organisation import people
from storage.records import Member, Series
from storage.series import series
from storage.tasks import tasks

log = logging.getLogger(__name__)
BATCH = 50
AFTER_A_BUG = timedelta(hours=1)


async def look(office: Office, now: datetime) -> int:
    """Make the tasks whose morning has come, while people are awake; return how many were looked at.

    After a stop the one whose deadline is still ahead is made; those past it are noted and told. One
    that cannot be made (somebody left, a right is gone) is tried again each working morning, and
    those concerned are told the first time.
    """
    if not office.workdays.is_awake(now):
        return 0
    due = await series.due(office.db, now, BATCH)
    for one in due:
        try:
            await _next(office, one, now)
        except Refusal as refusal:
            await _hold(office, one, refusal.kind, now)
        except Exception:
            log.exception("the next task of series %d was not made", one.id)
            async with office.db.transaction() as tx:
                await series.hold(tx, one, one.held or "", now + AFTER_A_BUG)
    return len(due)


async def _next(office: Office, one: Series, now: datetime) -> None:
    ahead = series_days.ahead(office, one, now)
    made = ahead.current if ahead.current and ahead.current.make_at <= now else None
    after = ahead.then if made else ahead.current
    async with office.db.transaction() as tx:
        task_id, _ = await series.last_task(tx, one.id)
        if not await series.advance(tx, one, *series_days.following(after)):
            return
        if made is not None:
            await _make(tx, office, one, made, task_id, now)
        if ahead.missed:
            await _miss(tx, one, task_id, ahead.missed, now)


async def _make(
    tx: Transaction,
    office: Office,
    one: Series,
    occurrence: Occurrence,
    before_id: int,
    now: datetime,
) -> None:
    """Assign the task of a day as whoever pressed Giao việc did, by the rights that hold now.

    The groups that follow the one before it follow it too.
    """
    fields = await _still_here(tx, Fields.model_validate(one.fields))
    fields = with_deadline(fields, series_days.deadline(office, one, occurrence))
    assigner = await _assigner(tx, one, fields)
    answers = await new_task.answering(tx, fields, now)
    sub_tasks.giver(None, assigner, answers)
    await new_task.hold(tx, assigner)
    left = await people.has_left(tx, one.entered_by_id)
    author = assigner if left else await standpoint(tx, await _living(tx, one.entered_by_id))
    columns = await new_task.columns_of(tx, author, assigner, fields, answers.unit_id, now) | {
        "entered_by_id": author.person_id,
        "series_id": one.id,
        "occurs_on": occurrence.day.isoformat(),
    }
    task = await tasks.insert(tx, columns)
    await cards.follow(tx, before_id, task.id, now)
    await new_task.settle_in(tx, office, task, fields, None, None, now, one_of_many=False)


async def _still_here(tx: Transaction, fields: Fields) -> Fields:
    """Return what the task is like without the helpers and the decider who left; its lead must be there."""
    others = [one for one in fields.others if not await people.has_left(tx, one[0])]
    decider_id = fields.decider_id
    if decider_id is not None and await people.has_left(tx, decider_id):
        decider_id = None
    return fields.model_copy(update={"others": tuple(others), "decider_id": decider_id})


async def _assigner(tx: Transaction, one: Series, fields: Fields) -> Standpoint:
    if fields.for_group_id is not None:
        return await on_behalf.represented(tx, None, fields.for_group_id)
    return await standpoint(tx, await _living(tx, one.assigner_id))


async def _living(tx: Transaction, person_id: int) -> Member:
    member = await people.member(tx, person_id)
    if member is None or member.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    return member


async def _miss(
    tx: Transaction, one: Series, task_id: int, days: Sequence[date], now: datetime
) -> None:
    """Note the days that went by while the program stood still, and tell who assigned."""
    for day in days:
        await series.skip(tx, one.id, day)
    facts = {"series": one.id, "days": [day.isoformat() for day in days]}
    await moves.tell(tx, "series.missed", task_id, [one.assigner_id], now, facts=facts)
    await audit.append(tx, now, "series.missed", task_id=task_id, facts=facts)


async def _hold(office: Office, one: Series, why: No, now: datetime) -> None:
    workdays = office.workdays
    tomorrow = workdays.at(workdays.add(office.today(now), 1), workdays.morning[0])
    concerned = [one.assigner_id, one.entered_by_id, *await _above(office, one)]
    async with office.db.transaction() as tx:
        task_id, _ = await series.last_task(tx, one.id)
        if not await series.hold(tx, one, why, tomorrow) or one.held == why:
            return
        facts = {"series": one.id, "why": why}
        told = [person for person in concerned if not await people.has_left(tx, person)]
        await moves.tell(tx, "series.held", task_id, told, now, facts=facts)
        await audit.append(tx, now, "series.held", task_id=task_id, facts=facts)


async def _above(office: Office, one: Series) -> Sequence[int]:
    """Return who looks after the unit, to be told as well: whoever assigned may be the one who left."""
    unit_id = (await known.stakes(office, one)).unit_id
    return [] if unit_id is None else await people.heads_of(office.db, unit_id)
