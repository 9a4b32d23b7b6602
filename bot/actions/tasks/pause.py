"""Pausing a task, with a reason, and going on with it; nobody is chased meanwhile."""

from datetime import datetime

from bot.actions import moves
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft, Task, UpdateKey
from storage.reminders import reminders


async def pause(
    office: Office,
    who: Standpoint,
    task_id: int,
    reason: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Let a task rest; its deadline stays as it is, and so does its place in every total."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.PAUSE, now)
        text_id = await moves.keep(tx, reason, now)
        task = await moves.finish(tx, change, text_id=text_id)
        await reminders.drop(tx, task_id, "paused", now)
        said = {"text": text_id}
        await moves.tell_others(tx, change, "task.paused", everyone=True, facts=said)
        return task


async def resume(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Go on with a task; its reminders are planned anew, and what fell due meanwhile is said."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.RESUME, now)
        task = await moves.finish(tx, change, {"reported_at": now})
        await fire_reminders.plan(tx, office, task, now)
        await moves.tell_others(tx, change, "task.resumed", everyone=True)
        return task
