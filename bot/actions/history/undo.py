"""Taking back the last step of one's own, for a moment and while nobody has acted on it yet.

The history keeps both lines; a file handed in with the step stays with the task.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.actions import moves, still_employed
from bot.actions.moves import stakes
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import sub_tasks
from bot.folding import words
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Transaction, Value
from storage.history import audit, undo_steps
from storage.messaging import cards, outbox_redirect
from storage.organisation import people
from storage.records import Draft, Status, Task, TaskView, Undo, UpdateKey
from storage.series import series
from storage.tasks import search, tasks

WITHIN = timedelta(seconds=30)
ASSIGN = "assign"
"""The kind of the step that made the task; every other is a move of `lifecycle.UNDOABLE`."""


@dataclass(frozen=True)
class Undone:
    """What stands after a step was taken back: the task, and the draft if it was assigned by it."""

    task: Task
    draft: Draft | None = None


async def offered(office: Office, who: Standpoint, task: TaskView, now: datetime) -> bool:
    """Tell whether the task's last step is this person's and can still be taken back."""
    last = await undo_steps.last(office.db, task.id)
    return (
        last is not None
        and (last.person_id, last.version) == (who.person_id, task.version)
        and now <= last.made_at + WITHIN
        and not last.drew_others
    )


async def undo(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Undone:
    """Put everything back as it was before the person's last step on a task.

    Messages not yet sent are withdrawn; who was told is told. Refuses NOT_FOUND, ACTED_SINCE
    (somebody, or oneself, went on), UNDO_LATE, and PAST_PARENT and PART_LATER where its deadline of
    before fits no more.
    """
    async with step(office, update, now) as tx:
        await still_employed.still_here(tx, who)
        view = await _held(tx, task_id)
        last = await _last(tx, who, task_id, version, now)
        if last.kind == ASSIGN:
            return await _unassign(tx, last, now)
        columns = _columns(view, last)
        await _check_decider(tx, task_id, columns.get("decider_id"))
        if {"late_from", "closed_at"} & set(columns):
            late_from = columns.get("late_from", view.late_from)
            assert late_from is None or isinstance(late_from, datetime)
            await sub_tasks.check_deadline(tx, office, view, late_from)
        task = await _change(tx, task_id, version, columns)
        await moves.check_sealed(tx, view)
        await undo_steps.restore_requests(tx, task_id, last.before["requests"], now)
        await undo_steps.restore_parts(tx, task_id, last.before["parts"], now)
        if "title" in columns:
            await search.reindex(tx, task_id, words(task.title))
        if task.status is not Status.PAUSED and {"due_at", "urgency", "closed_at"} & set(columns):
            await fire_reminders.plan(tx, office, task, now)
        if "closed_at" in columns:
            await sub_tasks.part_open_again(tx, task, now)
        await _unsay(tx, last, task.status, now)
        return Undone(task)


async def _held(tx: Transaction, task_id: int) -> TaskView:
    """Return a task that stays as it is, and under a whole that does, with people who do not leave."""
    view = await _task(tx, task_id)
    concerned = {view.assigner_id, view.decider_id, *stakes(view).parts}
    await people.held_living(tx, [one for one in concerned if one is not None])
    await sub_tasks.hold(tx, view)
    return await _task(tx, task_id)


async def _last(
    tx: Transaction, who: Standpoint, task_id: int, version: int, now: datetime
) -> Undo:
    """Return the step to be taken back, if it is still theirs to take back."""
    view = await _task(tx, task_id)
    if not rights.may_see(who, stakes(view)):
        raise Refusal(No.NOT_FOUND, number=task_id)
    if view.archive_id is not None:
        raise Refusal(No.ARCHIVED, number=task_id)
    last = await undo_steps.last(tx, task_id)
    if (
        last is None
        or (last.person_id, last.version) != (who.person_id, version)
        or view.version != version
        or last.drew_others
    ):
        raise Refusal(No.ACTED_SINCE, number=task_id)
    if now > last.made_at + WITHIN:
        raise Refusal(No.UNDO_LATE, number=task_id)
    return last


async def _task(tx: Transaction, task_id: int) -> TaskView:
    view = await tasks.view(tx, task_id)
    if view is None:
        raise Refusal(No.NOT_FOUND, number=task_id)
    return view


def _columns(view: TaskView, last: Undo) -> dict[str, Value]:
    """Return the columns that the step changed, with their values of before."""
    changed = last.before["columns"]
    before = Task.model_validate(view.model_dump(include=set(Task.model_fields)) | changed)
    return {name: _value(getattr(before, name)) for name in changed}


async def _check_decider(tx: Transaction, task_id: int, decider_id: Value) -> None:
    """Refuse ACTED_SINCE where who decided before has left."""
    if isinstance(decider_id, int) and not await people.held_living(tx, [decider_id]):
        raise Refusal(No.ACTED_SINCE, number=task_id)


def _value(value: Value | date) -> Value:
    """Return a field as its column holds it: a day is text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


async def _change(tx: Transaction, task_id: int, version: int, columns: dict[str, Value]) -> Task:
    task = await tasks.change(tx, task_id, version, columns)
    if task is None:
        raise Refusal(No.ACTED_SINCE, number=task_id)
    return task


async def _unassign(tx: Transaction, last: Undo, now: datetime) -> Undone:
    """Call the new task off and open its draft again, for another try."""
    over: dict[str, Value] = {"status": Status.CANCELLED, "closed_at": now}
    task = await _change(tx, last.task_id, last.version, over)
    await moves.close(tx, task.id, "cancelled", now)
    if task.series_id is not None:
        await series.end_now(tx, task.series_id, now)
    draft = await drafts.reopen(tx, last.before["draft"], now)
    await cards.drop(tx, task.id, last.person_id)
    await _unsay(tx, last, task.status, now)
    return Undone(task, draft)


async def _unsay(tx: Transaction, last: Undo, status: Status, now: datetime) -> None:
    """Withdraw what was not said yet, tell those who were told, and write the line of history."""
    said = await outbox_redirect.take_back(tx, last.task_id, last.before["said"], last.made_at, now)
    await moves.tell(tx, "card.refresh", last.task_id, [person for _, person in said], now)
    told = [person for kind, person in said if kind != "card.refresh"]
    facts: dict[str, str] = {"move": last.kind}
    await moves.tell(tx, "task.undone", last.task_id, told, now, facts=facts)
    await undo_steps.forget(tx, last.id)
    facts["status"] = status
    who = last.person_id
    await audit.append(tx, now, "task.undo", actor_id=who, task_id=last.task_id, facts=facts)
