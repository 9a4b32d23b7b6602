"""The check-list of a task: steps written one a line, ticked by whoever works on it."""

import re
from datetime import datetime

from bot.actions import find, moves
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction
from storage.records import CheckItem, Draft, Part, Task, TaskView, UpdateKey
from storage.tasks import check_items

MOST = 20
LONGEST = 200
_BULLET = re.compile(r"^\s*(?:[-–•*+☐☑]|\(?[0-9]{1,2}[.)/])\s+")


async def steps(office: Office, who: Standpoint, task_id: int) -> tuple[TaskView, list[CheckItem]]:
    """Return a task that the person may see, with its steps."""
    task = await find.task(office, who, task_id)
    return task, await check_items.of_task(office.db, task_id)


async def add(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Add the lines of a message as steps; refuses TOO_MANY_STEPS, and TOO_LONG for one of them."""
    lines = [_BULLET.sub("", line).strip() for line in words.splitlines() if line.strip()]
    longest = max(lines, key=len, default="")
    if not longest:
        raise Refusal(No.EMPTY)
    if len(longest) > LONGEST:
        raise Refusal(No.TOO_LONG, limit=LONGEST, length=len(longest))
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.CHECK, now)
        if change.before.checks + len(lines) > MOST:
            raise Refusal(No.TOO_MANY_STEPS, limit=MOST, number=task_id)
        kept = [await moves.keep(tx, line, now) for line in lines]
        await check_items.add(tx, task_id, kept, now)
        task = await moves.finish(tx, change, facts={"did": "add", "count": len(lines)})
        await _refresh(tx, change)
        return task


async def tick(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    item_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Say that a step is done, or that it is not after all."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.CHECK, now)
        item = await _item(tx, task_id, item_id)
        if item.done_at is None:
            await check_items.tick(tx, item.id, who.person_id, now)
        else:
            await check_items.tick(tx, item.id, None, None)
        facts = {"did": "tick" if item.done_at is None else "untick", "item": item.id}
        task = await moves.finish(
            tx, change, {"reported_at": now}, text_id=item.text_id, facts=facts
        )
        await _refresh(tx, change)
        return task


async def strike_out(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    item_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Take a step off the list; the history keeps it."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.CHECK, now)
        item = await _item(tx, task_id, item_id)
        await check_items.strike_out(tx, item.id, now)
        facts = {"did": "strike_out", "item": item.id}
        task = await moves.finish(tx, change, text_id=item.text_id, facts=facts)
        await _refresh(tx, change)
        return task


async def _item(tx: Transaction, task_id: int, item_id: int) -> CheckItem:
    for item in await check_items.of_task(tx, task_id):
        if item.id == item_id:
            return item
    raise Refusal(No.STALE, number=task_id)


async def _refresh(tx: Transaction, change: moves.Change) -> None:
    """Bring the cards of the others who work on the task, or wait for it, up to date."""
    task = change.before
    concerned = {task.lead_id, task.assigner_id, *task.people_in(Part.SUPPORT)}
    others = sorted(one for one in concerned if one and one != change.who.person_id)
    await moves.tell(tx, "card.refresh", task.id, others, change.now)
