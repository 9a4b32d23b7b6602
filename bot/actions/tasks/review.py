"""What the assigner decides about a result: accept it, return it, or call the task off."""

from datetime import datetime

from bot.actions import moves
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import sub_tasks, support
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks import grading
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Value
from storage.records import Draft, Quality, Task, UpdateKey


async def accept(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Accept the result; on time or late is decided by the day it was submitted, not by today.

    Refuses PARTS_OWED while parts that the task waits for are not reported.
    """
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.ACCEPT, now)
        support.check_reported(change.before)
        columns: dict[str, Value] = {"closed_at": now, "percent": 100}
        columns |= {"quality": Quality.PASSED, "accepted_by_id": who.person_id}
        task = await moves.finish(tx, change, columns)
        await moves.close(tx, task_id, "done", now)
        await moves.tell_others(tx, change, "task.accepted", everyone=True)
        await sub_tasks.part_over(tx, task, who.person_id, now)
        return task


async def grade(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    quality: Quality,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Grade an accepted result; by who accepted it and within a day (NOT_ALLOWED, GRADED_LATE)."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.GRADE, now)
        if change.before.accepted_by_id != who.person_id:
            raise Refusal(No.NOT_ALLOWED, number=task_id)
        if not grading.may_grade(who, change.before, now):
            raise Refusal(No.GRADED_LATE, number=task_id)
        facts = {"old": change.before.quality, "new": quality}
        task = await moves.finish(tx, change, {"quality": quality}, facts=facts)
        others = {change.before.lead_id, change.before.assigner_id} - {who.person_id}
        await moves.tell(tx, "card.refresh", task_id, others, now)
        return task


async def return_result(
    office: Office,
    who: Standpoint,
    task_id: int,
    reason: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Return the result with a reason; it does not count as handed in."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.RETURN, now)
        text_id = await moves.keep(tx, reason, now)
        columns: dict[str, Value] = {"submitted_at": None, "reported_at": now}
        task = await moves.finish(tx, change, columns, text_id=text_id)
        await fire_reminders.plan(tx, office, task, now)
        await moves.tell_others(tx, change, "task.returned", facts={"text": text_id})
        return task


async def cancel(
    office: Office,
    who: Standpoint,
    task_id: int,
    reason: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Call a task off with a reason; it stays in the store, outside every total.

    What is still open of its parts is called off with it.
    """
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.CANCEL, now)
        text_id = await moves.keep(tx, reason, now)
        columns: dict[str, Value] = {"closed_at": now, "in_correction": False}
        task = await moves.finish(tx, change, columns, text_id=text_id)
        await moves.close(tx, task_id, "cancelled", now)
        await sub_tasks.cancel_parts(tx, change, text_id)
        said = {"text": text_id}
        await moves.tell_others(tx, change, "task.cancelled", everyone=True, facts=said)
        await sub_tasks.part_over(tx, task, who.person_id, now)
        return task
