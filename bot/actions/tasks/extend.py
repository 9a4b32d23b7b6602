"""Extensions: asked with a date and a reason, granted, refused or answered with another date.

The first deadline is kept and every change is counted; nothing moves while a request is open.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.actions import moves
from bot.actions.assigning.draft import Deadline
from bot.actions.moves import Change
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import sub_tasks
from bot.language.deadline import deadlines
from bot.language.readings import DeadlineReading
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction, Value
from storage.records import Draft, Extension, RequestState, Task, TaskView, UpdateKey
from storage.tasks import requests


@dataclass(frozen=True)
class Asked:
    """What words say of a deadline: one that is sure, or those to choose from where it is not."""

    deadline: Deadline | None
    is_doubtful: bool = False
    choices: tuple[Deadline, ...] = ()


def read(office: Office, words: str, now: datetime) -> Asked:
    """Read the deadline that words name; with "sau Tết" it is doubtful."""
    found = deadlines.read_deadline(words, now, office.workdays, office.reading)
    if found.deadline is not None:
        return Asked(_moment(found.deadline))
    if found.unsure is None:
        return Asked(None)
    sure = [one for one in found.unsure.choices if isinstance(one, DeadlineReading)]
    return Asked(None, True, tuple(_moment(one) for one in sure))


def _moment(found: DeadlineReading) -> Deadline:
    return found.due_at, found.late_from, found.has_clock


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

    Refuses NO_DEADLINE_READ where none is sure, and what `ask_for` refuses.
    """
    deadline = read(office, words, now).deadline
    if deadline is None:
        raise Refusal(No.NO_DEADLINE_READ)
    return await ask_for(office, who, task_id, deadline, words, now, update, answers)


async def ask_for(
    office: Office,
    who: Standpoint,
    task_id: int,
    deadline: Deadline,
    reason: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Ask for this deadline; the reason may be empty. It takes the place of an offer not taken.

    Nothing moves until it is decided. Refuses DEADLINE_PAST and REQUEST_OPEN.
    """
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.REQUEST_EXTENSION, now)
        _check_later(change.before, deadline, now)
        await sub_tasks.check_deadline(tx, office, change.before, deadline[1])
        offered = await requests.open_extension(tx, task_id)
        if offered is not None and offered.state is RequestState.OFFERED:
            await requests.decide(tx, offered.id, RequestState.WITHDRAWN, offered.decided_by, now)
        text_id = await moves.keep(tx, reason, now) if reason.strip() else None
        due_at, late_from, has_clock = deadline
        asked = await requests.ask(
            tx,
            task_id=task_id,
            asked_by=who.person_id,
            due_at=due_at,
            late_from=late_from,
            has_clock=has_clock,
            text_id=text_id,
            at=now,
        )
        if asked is None:
            raise Refusal(No.REQUEST_OPEN, number=task_id)
        facts = {"due_at": due_at.isoformat()}
        task = await moves.finish(tx, change, {"reported_at": now}, text_id=text_id, facts=facts)
        await moves.tell(tx, "extension.requested", task_id, [change.before.assigner_id], now)
        return task


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
        asked = await _waiting(tx, task_id, RequestState.OPEN)
        return await _extend(tx, office, change, asked, who.person_id)


async def offer(
    office: Office,
    who: Standpoint,
    task_id: int,
    deadline: Deadline,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Answer a request with another deadline, which the lead may take; nothing moves until then."""
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.OFFER_DEADLINE, now)
        asked = await _waiting(tx, task_id)
        _check_later(change.before, deadline, now)
        await sub_tasks.check_deadline(tx, office, change.before, deadline[1])
        await requests.offer(tx, asked, deadline, who.person_id, now)
        text_id = await moves.keep(tx, words, now) if words.strip() else None
        facts = {"due_at": deadline[0].isoformat()}
        task = await moves.finish(tx, change, text_id=text_id, facts=facts)
        said = {"text": text_id}
        await moves.tell(
            tx, "extension.offered", task_id, parts.leads(change.before), now, facts=said
        )
        await moves.tell(tx, "card.refresh", task_id, [change.before.assigner_id], now)
        return task


async def take_offer(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Take the deadline that was offered: it counts as granted by who offered it."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.TAKE_OFFER, now)
        offered = await _waiting(tx, task_id, RequestState.OFFERED)
        return await _extend(tx, office, change, offered, offered.decided_by)


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
        asked = await _waiting(tx, task_id)
        await requests.decide(tx, asked.id, RequestState.REFUSED, who.person_id, now)
        task = await moves.finish(tx, change)
        await moves.tell_others(tx, change, "extension.refused")
        return task


async def _extend(
    tx: Transaction, office: Office, change: Change, asked: Extension, decided_by: int | None
) -> Task:
    before, now = change.before, change.now
    _check_later(before, (asked.due_at, asked.late_from, asked.has_clock), now)
    await sub_tasks.check_deadline(tx, office, before, asked.late_from)
    await requests.decide(tx, asked.id, RequestState.GRANTED, decided_by, now)
    columns: dict[str, Value] = {
        "due_at": asked.due_at,
        "late_from": asked.late_from,
        "has_clock": asked.has_clock,
        "extensions": before.extensions + 1,
    }
    facts = {"due_at": asked.due_at.isoformat()}
    task = await moves.finish(tx, change, columns, facts=facts)
    await fire_reminders.plan(tx, office, task, now)
    await moves.tell_others(tx, change, "extension.granted", everyone=True)
    return task


async def _waiting(tx: Transaction, task_id: int, state: RequestState | None = None) -> Extension:
    """Return the request that is open, or in one state of the open ones; refuses STALE."""
    asked = await requests.open_extension(tx, task_id)
    if asked is None or state not in {None, asked.state}:
        raise Refusal(No.STALE, number=task_id)
    return asked


def _check_later(task: TaskView, wanted: Deadline, now: datetime) -> None:
    due_at, late_from, _ = wanted
    if late_from <= now or (task.due_at and due_at <= task.due_at):
        raise Refusal(No.DEADLINE_PAST)
