"""Handing a task on: another lead in place of the present one, with a reason."""

from datetime import datetime

from bot.actions import moves
from bot.actions.moves import Change
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.language.names import people as reader
from bot.language.readings import PersonReading
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction, Value
from storage.organisation import people
from storage.records import Draft, Member, Part, RequestState, Task, UpdateKey
from storage.reminders import reminders
from storage.tasks import requests, tasks


async def named(office: Office, who: Standpoint, words: str) -> tuple[list[int], bool]:
    """Return whom an answer names as the new lead, and whether it is one for sure.

    Several are to choose from: namesakes, or one or the other ("Trầm hoặc Mẫn").
    """
    found = reader.read_people(words, await office.roster(), who.person_id)
    namesakes = [
        choice.key
        for doubt in found.unsure
        for choice in doubt.choices
        if isinstance(choice, PersonReading) and choice.key is not None
    ]
    known = [one.key for one in found.people if one.key is not None and one.key not in namesakes]
    return (known[:1], True) if known else (namesakes, False)


async def reassign(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int | None,
    person_id: int,
    reason: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Give a task to another lead, who has yet to receive it; the old one has it no more.

    Without a reason that of the hand-back it answers stands. The deadline stays, and an extension
    asked for lapses; who was to decide does not where they lead. Refuses PERSON_LEFT, SAME_PERSON and NOT_ALLOWED (not theirs to assign to).
    """
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.REASSIGN, now)
        before = change.before
        lead = await _lead(tx, change, person_id, now)
        text_id = await moves.keep(tx, reason, now) if reason.strip() else before.decline_text_id
        await _settle_requests(tx, change)
        await tasks.change_lead(tx, task_id, lead.id, now)
        columns: dict[str, Value] = {"unit_id": lead.unit_id, "body_id": None, "received_at": None}
        columns["reported_at"] = now
        facts: dict[str, int | None] = {"from": before.lead_id, "to": lead.id}
        if before.decider_id == lead.id:
            columns["decider_id"] = facts["decider_id"] = None
        task = await moves.finish(tx, change, columns, text_id=text_id, facts=facts)
        await reminders.drop_snooze(tx, task_id, before.lead_id or 0, "handed_on", now)
        await fire_reminders.plan(tx, office, task, now)
        await _tell(tx, change, lead.id, text_id)
        return task


async def _lead(tx: Transaction, change: Change, person_id: int, now: datetime) -> Member:
    lead = await people.held(tx, person_id)
    if lead is None or lead.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    if lead.id == change.before.lead_id:
        raise Refusal(No.SAME_PERSON)
    units = [post.unit_id for post in lead.roles] or [None]
    if not any(rights.may_assign(one, lead.id, units) for one in change.who.each):
        raise Refusal(No.NOT_ALLOWED, lead_id=lead.id)
    return lead


async def _settle_requests(tx: Transaction, change: Change) -> None:
    await requests.lapse_extension(tx, change.before.id, change.now)
    if change.before.decline_id is not None:
        granted, by = RequestState.GRANTED, change.who.person_id
        await requests.decide(tx, change.before.decline_id, granted, by, change.now)


async def _tell(tx: Transaction, change: Change, lead_id: int, text_id: int | None) -> None:
    """Tell the new lead, the old one and those concerned, each once."""
    task, now, said = change.before, change.now, {"text": text_id}
    others = [*task.people_in(Part.SUPPORT), *task.people_in(Part.FOLLOW), task.assigner_id]
    hear = [one for one in (lead_id, *others) if one not in {change.who.person_id, task.lead_id}]
    await moves.tell(tx, "task.reassigned", task.id, hear, now, facts=said)
    if task.lead_id not in {change.who.person_id, None}:
        await moves.tell(tx, "task.handed_on", task.id, [task.lead_id], now, facts=said)
