"""Who supports a task: a unit's head names somebody, who then reports their part done."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions import moves
from bot.actions.moves import Change
from bot.actions.office import Office, step
from bot.language.names.people import RosterPerson
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks import parts as rules
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Reader, Transaction
from storage.organisation import people, units
from storage.records import DoneWhen, Draft, Member, Part, Status, Task, TaskView, UpdateKey
from storage.tasks import parts, tasks

Candidate = tuple[int, RosterPerson]
"""A unit that is to name somebody, and one of its people."""


async def naming(reader: Reader, assigner_id: int, unit_id: int | None) -> Sequence[int]:
    """Return who names somebody for a unit: its heads, who is in charge of it, or else the assigner."""
    if unit_id is None:
        return [assigner_id]
    heads = await people.heads_of(reader, unit_id) or await people.in_charge_of(reader, unit_id)
    return heads or [assigner_id]


async def candidates(office: Office, who: Standpoint, task: TaskView) -> list[Candidate]:
    """Return whom a person may name for the units of a task they look after, a unit after the other."""
    roster, found = (await office.roster()).people, []
    for unit_id in task.units_in(Part.SUPPORT):
        if rights.may_name(who, moves.stakes(task), unit_id):
            within = {unit.id for unit in await units.below(office.db, [unit_id])}
            found += [(unit_id, one) for one in roster if one.unit_key in within]
    return [(unit_id, one) for unit_id, one in found if one.key != task.lead_id]


async def name(
    office: Office,
    who: Standpoint,
    task_id: int,
    unit_id: int,
    person_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Name who does a unit's part; refuses STALE where it is named, PERSON_LEFT for who is not of it."""
    async with step(office, update, now) as tx:
        member = await people.held(
            tx, person_id
        )  # first: a merger may just take the part elsewhere
        change = await moves.begin(tx, who, task_id, None, Move.NAME_PART, now)
        if unit_id not in change.before.units_in(Part.SUPPORT):
            raise Refusal(No.STALE, number=task_id)
        if not rights.may_name(who, moves.stakes(change.before), unit_id):
            raise Refusal(No.NOT_ALLOWED, number=task_id)
        await _check_member(tx, change.before, unit_id, member)
        await parts.name(tx, task_id, unit_id, person_id, now)
        task = await moves.finish(
            tx, change, person_id=person_id, facts={"unit": unit_id, "to": person_id}
        )
        told = [] if person_id == who.person_id else [person_id]
        await moves.tell(tx, "task.assigned", task_id, told, now)
        await _refresh(tx, change)
        return task


async def _check_member(
    tx: Transaction, task: TaskView, unit_id: int, member: Member | None
) -> None:
    if member is None or member.ended_at is not None or member.id == task.lead_id:
        raise Refusal(No.PERSON_LEFT)
    within = {unit.id for unit in await units.below(tx, [unit_id])}
    if not any(post.unit_id in within for post in member.roles):
        raise Refusal(No.PERSON_LEFT)


async def report(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Say that one's part is done, words or none; refuses ALREADY_DONE where nothing is owed.

    Who stands in for a supporter reports that one's part.
    """
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.REPORT_PART, now)
        owes = [one.person_id for one in rules.unreported(change.before)]
        mine = next((one for one in who.people if one in owes), None)
        if mine is None:
            raise Refusal(No.ALREADY_DONE)
        text_id = await moves.keep(tx, words, now) if words.strip() else None
        await parts.report(tx, task_id, mine, text_id, now)
        columns, facts = {"reported_at": now}, {"to": mine}
        task = await moves.finish(tx, change, columns, text_id=text_id, person_id=mine, facts=facts)
        await _tell(tx, change, text_id)
        return task


async def _tell(tx: Transaction, change: Change, text_id: int | None) -> None:
    """Tell the lead; with the last part of a task that waited for it, who accepts the result."""
    before, who = change.before, change.who.person_id
    said = {"text": text_id}
    told = [one for one in rules.leads(before) if one != who]
    await moves.tell(tx, "support.reported", before.id, told, change.now, facts=said)
    waited = before.status is Status.SUBMITTED and len(rules.holding(before)) == 1
    kind = "support.done" if waited else "card.refresh"
    await moves.tell(tx, kind, before.id, {before.assigner_id} - {who}, change.now)


async def _refresh(tx: Transaction, change: Change) -> None:
    before = change.before
    shown = {*rules.leads(before), before.assigner_id} - {change.who.person_id}
    await moves.tell(tx, "card.refresh", before.id, shown, change.now)


async def switch(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Change what closes a task: its lead's result alone, or every supporting part as well."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.EDIT, now)
        waits = change.before.done_when is DoneWhen.ALL_PARTS
        chosen = DoneWhen.LEAD if waits else DoneWhen.ALL_PARTS
        task = await moves.finish(tx, change, {"done_when": chosen}, facts={"done_when": chosen})
        await _refresh(tx, change)
        return task


def check_reported(task: TaskView) -> None:
    """Refuse PARTS_OWED, with the names, where a task waits for parts that are not reported."""
    waits_for = [one.name for one in rules.holding(task)]
    if waits_for:
        raise Refusal(No.PARTS_OWED, number=task.id, names=waits_for)


async def join(
    tx: Transaction,
    task: Task,
    supporting: Sequence[int],
    now: datetime,
) -> None:
    """Let units support a new task, and ask their heads to name somebody.

    Refuses UNIT_GONE for one that ended while the task was being written.
    """
    if not supporting:
        return
    if await units.held(tx, supporting) != set(supporting):
        raise Refusal(No.UNIT_GONE)
    await parts.add_units(tx, task.id, [(unit_id, Part.SUPPORT) for unit_id in supporting], now)
    view = await tasks.view(tx, task.id)
    for unit_id in view.units_in(Part.SUPPORT) if view else []:
        heads = await naming(tx, task.assigner_id, unit_id)
        await moves.tell(tx, "support.asked", task.id, heads, now, facts={"unit": unit_id})
