"""Somebody asks to be reminded again of a task, or a list: this afternoon or the next working morning."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import NamedTuple

from bot.actions.moves import stakes
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.reminders.ladder import Again
from bot.rules.rights import Standpoint
from bot.rules.tasks import parts
from storage.engine.database import Transaction
from storage.records import TaskView, UpdateKey
from storage.reminders import delivery_log, reminder_messages, reminders
from storage.tasks import tasks


def offered(office: Office, task: TaskView, now: datetime) -> Mapping[Again, datetime]:
    """Return when a person can be reminded again, none of it past the deadline."""
    return fire_reminders.plan_of(office, task).again(now)


class PutOff(NamedTuple):
    """Of which tasks of a list somebody is reminded again, when, and for which that is too late."""

    at: datetime
    tasks: list[TaskView]
    too_late: list[TaskView]


async def snooze(
    office: Office,
    who: Standpoint,
    task_id: int,
    again: str,
    now: datetime,
    update: UpdateKey | None,
) -> datetime:
    """Remind a person of a task once more and return when; asked twice, the last time holds.

    Refuses NOT_FOUND (not theirs to see), ALREADY_DONE where they owe nothing more, and
    SNOOZE_LATE where it would be past or after the deadline.
    """
    async with step(office, update, now) as tx:
        task = await tasks.view(tx, task_id)
        if task is None or not rights.may_see(who, stakes(task)):
            raise Refusal(No.NOT_FOUND, number=task_id)
        if not parts.concerns(task, who.person_id):
            raise Refusal(No.ALREADY_DONE)
        at = _moment(office, task, again, now)
        if at is None:
            raise Refusal(No.SNOOZE_LATE)
        await reminders.snooze(tx, task_id, who.person_id, at)
        return at


async def snooze_all(
    office: Office,
    who: Standpoint,
    place: tuple[int, int],
    again: str,
    now: datetime,
    update: UpdateKey | None,
) -> PutOff:
    """Remind a person again of all of which a message (chat, message) reminds them, as `snooze` does.

    What would be after its deadline stays as it is. Refuses ALREADY_DONE where nothing is left to
    be reminded of, and SNOOZE_LATE where it is too late for all.
    """
    async with step(office, update, now) as tx:
        return await _put_off(
            tx, office, who, await reminder_messages.of_message(tx, *place), again, now
        )


async def snooze_today(
    office: Office, who: Standpoint, again: str, now: datetime, update: UpdateKey | None
) -> PutOff:
    """Remind a person again of all of which they were reminded today; refuses as `snooze_all` does."""
    began = office.workdays.at(office.workdays.local(now).date(), time())
    async with step(office, update, now) as tx:
        told = await delivery_log.reminded_since(tx, who.person_id, began)
        return await _put_off(tx, office, who, told, again, now)


async def _put_off(
    tx: Transaction,
    office: Office,
    who: Standpoint,
    numbers: Iterable[int],
    again: str,
    now: datetime,
) -> PutOff:
    known = [await tasks.view(tx, number) for number in numbers]
    theirs = [one for one in known if one and parts.concerns(one, who.person_id)]
    if not theirs:
        raise Refusal(No.ALREADY_DONE)
    moments = {one.id: _moment(office, one, again, now) for one in theirs}
    at = next(filter(None, moments.values()), None)
    if at is None:
        raise Refusal(No.SNOOZE_LATE)
    later = [one for one in theirs if moments[one.id] is not None]
    for one in later:
        await reminders.snooze(tx, one.id, who.person_id, at)
    return PutOff(at, later, [one for one in theirs if one not in later])


def _moment(office: Office, task: TaskView, again: str, now: datetime) -> datetime | None:
    return {str(name): at for name, at in offered(office, task, now).items()}.get(again)
