"""Splitting a task: lines as when assigning become drafts of its parts; and its setting to close."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot.actions import find, moves
from bot.actions.assigning import drafting
from bot.actions.assigning.draft import Deadline, Fields, capped, fields_of, with_deadline
from bot.actions.chat_places import Place
from bot.actions.moves import Change
from bot.actions.office import Office, step
from bot.actions.tasks import sub_tasks
from bot.language.readings import Reading
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction
from storage.records import Draft, Task, UpdateKey
from storage.tasks import task_conditions, tasks

MOST = 20
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\(?[0-9]{1,2}[.)/])\s+")


def pieces(text: str) -> list[str]:
    """Return the parts that words name: one a line, or with ";" between."""
    lines = [_BULLET.sub("", line).strip() for line in re.split(r"[\n;]", text)]
    return [line for line in lines if line]


async def begin(
    office: Office,
    who: Standpoint,
    place: Place,
    task_id: int,
    readings: Sequence[Reading],
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
    message_id: int | None = None,
) -> list[Draft]:
    """Keep readings as drafts of parts, all or none; one without a deadline takes the whole's.

    Refuses EMPTY, TOO_MANY_PARTS and TOO_LONG, and as the move does.
    """
    if not readings:
        raise Refusal(No.EMPTY)
    if len(readings) > MOST:
        raise Refusal(No.TOO_MANY_PARTS, limit=MOST)
    for reading in readings:
        if len(reading.title) > drafting.MAX_TITLE:
            raise Refusal(No.TOO_LONG, limit=drafting.MAX_TITLE, length=len(reading.title))
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.SPLIT, now)
        return [
            await drafting.keep(tx, who, place, await _part(tx, change, reading), now, message_id)
            for reading in readings
        ]


async def _part(tx: Transaction, change: Change, reading: Reading) -> Fields:
    text_id = await moves.keep(tx, reading.text, change.now)
    fields = fields_of(reading, text_id, await drafting.heads_named(tx, reading))
    return part(fields, change.before.id, sub_tasks.deadline_of(change.before))


def part(fields: Fields, parent_id: int, within: Deadline | None) -> Fields:
    """Return the draft of a part, held within the deadline of the whole, which it takes without its own."""
    fields = fields.model_copy(
        update={"parent_id": parent_id, "within": within, "recurrence": None}
    )
    if fields.late_from is None and fields.deadline_why is None:
        return with_deadline(fields, within) if within else fields
    return capped(fields)


async def parts_of(office: Office, who: Standpoint, task_id: int, offset: int = 0) -> find.Page:
    """Return a page of the parts of a task that the person may see, open or closed, in their order.

    Who may split it sees all of them; who only helps with it, those that are theirs to see.
    """
    view = await find.task(office, who, task_id)
    wanted = task_conditions.part_of(task_id)
    if not rights.may_move(who, moves.stakes(view), Move.SPLIT):
        wanted = wanted & find.visible_to(who)
    return await tasks.page(office.db, wanted, tasks.OLDEST, find.PAGE, offset)


async def close_itself(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    wanted: bool,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Set whether the task is submitted by itself once all its parts are done."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.SPLIT, now)
        did = "close_itself" if wanted else "close_by_hand"
        return await moves.finish(tx, change, {"closes_itself": wanted}, facts={"did": did})
