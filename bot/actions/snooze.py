"""Somebody asks to be reminded again of a task: this afternoon or the next working morning."""

from collections.abc import Mapping
from datetime import datetime

from bot.actions import remind
from bot.actions.moves import stakes
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules import parts, rights
from bot.rules.ladder import Again
from bot.rules.rights import Standpoint
from storage import reminders, tasks
from storage.records import TaskView, UpdateKey


def offered(office: Office, task: TaskView, now: datetime) -> Mapping[Again, datetime]:
    """Return when a person can be reminded again, none of it past the deadline."""
    return remind.plan_of(office, task).again(now)


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
        at = {str(name): moment for name, moment in offered(office, task, now).items()}.get(again)
        if at is None:
            raise Refusal(No.SNOOZE_LATE)
        await reminders.snooze(tx, task_id, who.person_id, at)
        return at
