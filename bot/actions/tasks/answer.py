"""What the lead of a task does with it: receive, report progress or a blocker, submit the result."""

from datetime import datetime

from bot.actions import moves
from bot.actions.files import attach_files
from bot.actions.files.file_store import Paper
from bot.actions.office import Office, step
from bot.actions.tasks import evidence, sub_tasks, support
from bot.language.orders.progress import ProgressReading, read_progress
from bot.language.orders.requests import is_result, opening_task
from bot.language.text.words import words_of
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Value
from storage.records import Draft, Status, Task, TaskView, UpdateKey


async def receive(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Say "đã nhận": work begins; the clock of the deadline is not stopped by it."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.RECEIVE, now)
        task = await moves.finish(tx, change, {"received_at": now, "reported_at": now})
        await moves.tell(tx, "card.refresh", task_id, [change.before.assigner_id], now)
        return task


async def progress(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Report how far the work is: "60% đã xong dự thảo"; what is not said stays as it was."""
    said = _share(words, task_id)
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.PROGRESS, now)
        before = change.before
        text_id = await moves.keep(tx, said.note, now) if said.note.strip() else None
        share = before.percent if said.percent is None else said.percent
        columns: dict[str, Value] = {"percent": share, "reported_at": now}
        columns["note_id"] = text_id or before.note_id
        columns["received_at"] = before.received_at or now
        task = await moves.finish(tx, change, columns, text_id=text_id, facts={"percent": share})
        await moves.tell(tx, "card.refresh", task_id, [before.assigner_id], now)
        return task


async def block(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Report a blocker to whoever assigned; it stays on the card until its writer clears it."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.BLOCK, now)
        text_id = await moves.keep(tx, words, now)
        columns: dict[str, Value] = {"blocker_id": text_id, "reported_at": now}
        task = await moves.finish(tx, change, columns, text_id=text_id)
        await moves.tell(tx, "task.blocked", task_id, [change.before.assigner_id], now)
        return task


async def unblock(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Say that the blocker is gone."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.UNBLOCK, now)
        task = await moves.finish(tx, change, {"blocker_id": None, "reported_at": now})
        await moves.tell(tx, "card.refresh", task_id, [change.before.assigner_id], now)
        return task


async def submit(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    paper: Paper | None,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Hand in the result, words or a file; the moment decides whether it is late.

    What one assigned to oneself needs nobody's acceptance and is done with it; where it waits for
    every part, PARTS_OWED names who still owes. NO_EVIDENCE names what must come with it.
    """
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.SUBMIT, now)
        before = change.before
        text_id = await moves.keep(tx, words, now) if words.strip() or paper is None else None
        columns: dict[str, Value] = {"submitted_at": now, "reported_at": now}
        columns["received_at"] = before.received_at or now
        columns["blocker_id"] = None
        columns |= await evidence.read(tx, office, who, before, words, paper, now)
        if before.group_id is None and _is_own(before, who):
            support.check_reported(before)
            columns |= {"status": Status.DONE, "closed_at": now, "percent": 100}
        facts = {"sha256": paper.sha256} if paper else {}
        task = await moves.finish(tx, change, columns, text_id=text_id, facts=facts)
        if paper:
            await attach_files.keep(tx, task_id, who.person_id, [paper], now)
        if task.status is Status.DONE:
            await moves.close(tx, task_id, "done", now)
            await sub_tasks.part_over(tx, task, who.person_id, now)
        else:
            said = {"text": text_id}
            await moves.tell(tx, "task.submitted", task_id, [before.assigner_id], now, facts=said)
        return task


def task_named_first(words: str) -> int | None:
    """Return the number of the task that a report begins with: "việc 2 được 60%"."""
    return opening_task(words_of(words))


def hands_in(words: str) -> bool:
    """Tell whether words with a file say no more than that it is a task's result: "kết quả việc 5"."""
    return is_result(words)


def _is_own(task: TaskView, who: Standpoint) -> bool:
    """Tell whether whoever submits, or who they stand in for, assigned the task to themselves."""
    own = task.assigner_id in who.people and task.assigner_id == task.lead_id
    return task.assigner_id == who.person_id or own


def _share(words: str, task_id: int) -> ProgressReading:
    """Read a report of progress; refuses NO_PERCENT_READ for none, and for a share there cannot be."""
    bare = words.strip().rstrip("%").strip()
    said = read_progress(f"{bare}%" if bare.isdecimal() else words, task_id)
    if not bare or bare.startswith("-") or ("%" in words and said.percent is None):
        raise Refusal(No.NO_PERCENT_READ)
    return said
