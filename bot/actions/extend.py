"""Extensions: asked with a date and a reason, granted or refused; the first deadline is kept."""

from datetime import datetime

from bot.actions import moves, remind
from bot.actions.office import Office, step
from bot.language.deadlines import read_deadline
from bot.language.readings import DeadlineReading
from bot.refusals import No, Refusal
from bot.rules.lifecycle import Move
from bot.rules.rights import Standpoint
from storage import requests
from storage.database import Value
from storage.records import Draft, Extension, RequestState, Task, UpdateKey


async def request(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Ask for a later deadline in words that name it and say why ("đến thứ Sáu vì chờ số liệu").

    Nothing moves until it is decided. Refuses NO_DEADLINE_READ, DEADLINE_PAST, REQUEST_OPEN.
    """
    deadline = read_deadline(words, now, office.workdays, office.reading).deadline
    if deadline is None:
        raise Refusal(No.NO_DEADLINE_READ)
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.REQUEST_EXTENSION, now)
        _check_later(change.before.due_at, deadline, now)
        text_id = await moves.keep(tx, words, now)
        asked = await requests.ask(
            tx,
            task_id=task_id,
            asked_by=who.person_id,
            due_at=deadline.due_at,
            late_from=deadline.late_from,
            has_clock=deadline.has_clock,
            text_id=text_id,
            at=now,
        )
        if asked is None:
            raise Refusal(No.REQUEST_OPEN, number=task_id)
        facts = {"due_at": deadline.due_at.isoformat()}
        task = await moves.finish(tx, change, {"reported_at": now}, text_id=text_id, facts=facts)
        await moves.tell(tx, "extension.requested", task_id, [change.before.assigner_id], now)
        return task


def _check_later(
    due_at: datetime | None, wanted: DeadlineReading | Extension, now: datetime
) -> None:
    if wanted.late_from <= now or (due_at and wanted.due_at <= due_at):
        raise Refusal(No.DEADLINE_PAST)


async def grant(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Move the deadline to the one asked for, count the extension and plan its reminders.

    Refuses DEADLINE_PAST where the day asked for went by before anybody decided.
    """
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.GRANT_EXTENSION, now)
        before, asked = change.before, await requests.open_extension(tx, task_id)
        if asked is None:
            raise Refusal(No.STALE, number=task_id)
        _check_later(before.due_at, asked, now)
        await requests.decide(tx, asked.id, RequestState.GRANTED, who.person_id, now)
        columns: dict[str, Value] = {
            "due_at": asked.due_at,
            "late_from": asked.late_from,
            "has_clock": asked.has_clock,
            "extensions": before.extensions + 1,
        }
        facts = {"due_at": asked.due_at.isoformat()}
        task = await moves.finish(tx, change, columns, facts=facts)
        await remind.plan(tx, office, task, now)
        await moves.tell_others(tx, change, "extension.granted", everyone=True)
        return task


async def refuse(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Keep the deadline as it is."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.REFUSE_EXTENSION, now)
        asked = await requests.open_extension(tx, task_id)
        if asked is None:
            raise Refusal(No.STALE, number=task_id)
        await requests.decide(tx, asked.id, RequestState.REFUSED, who.person_id, now)
        task = await moves.finish(tx, change)
        await moves.tell_others(tx, change, "extension.refused")
        return task
