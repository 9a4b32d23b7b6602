"""Leaders' remarks (ý kiến chỉ đạo) on a task: each expects an answer within some working days."""

from datetime import datetime

from bot.actions import moves
from bot.actions.office import Office, step
from bot.actions.standpoint import standpoint
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction
from storage.organisation import people
from storage.records import Draft, Part, Task, TaskView, UpdateKey
from storage.tasks import remarks


async def remark(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Write an instruction that the lead answers by the office's `remark_days`."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.REMARK, now)
        text_id = await moves.keep(tx, words, now)
        workdays = office.workdays
        day = workdays.add(workdays.local(now).date(), office.remark_days)
        due_at, _ = workdays.due(day)
        await remarks.insert(
            tx, task_id=task_id, author_id=who.person_id, text_id=text_id, at=now, due_at=due_at
        )
        facts = {"due_at": due_at.isoformat()}
        task = await moves.finish(tx, change, text_id=text_id, facts=facts)
        await moves.tell(tx, "remark.asked", task_id, owe(change.before), now)
        return task


async def answer(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Answer the remark that waits longest; refuses NO_REMARK where none waits."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.ANSWER_REMARK, now)
        asked = await remarks.oldest_open(tx, task_id)
        if asked is None:
            raise Refusal(No.NO_REMARK, number=task_id)
        text_id = await moves.keep(tx, words, now)
        await remarks.answer(tx, asked.id, who.person_id, text_id, now)
        facts = {"remark": asked.id}
        task = await moves.finish(tx, change, {"reported_at": now}, text_id=text_id, facts=facts)
        said, assigner = {"text": text_id}, change.before.assigner_id
        told = await _hear(tx, change.before, asked.author_id)
        await moves.tell(tx, "remark.answered", task_id, told, now, facts=said)
        if assigner not in told:
            await moves.tell(tx, "card.refresh", task_id, [assigner], now)
        return task


async def _hear(tx: Transaction, task: TaskView, author_id: int) -> list[int]:
    """Return who hears the answer: who remarked, and who assigned where that one may be unable to see it by now."""
    author = await people.member(tx, author_id)
    if author is None or author.ended_at is not None:
        return [task.assigner_id]
    sees = rights.may_see(await standpoint(tx, author), moves.stakes(task))
    return [author_id] if sees else list(dict.fromkeys((author_id, task.assigner_id)))


def owe(task: TaskView) -> list[int | None]:
    """Return who answers for a task: its lead, or those who follow what a body outside leads."""
    return list(task.people_in(Part.FOLLOW)) if task.body_id is not None else [task.lead_id]
