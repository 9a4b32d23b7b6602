"""Putting a task right after it was assigned: its fields and its people, with the change in its history.

A deadline changed here is no extension: the first one stays, nothing is counted. While an extension
is asked for, that is decided first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.actions import moves
from bot.actions.assigning.draft import Deadline
from bot.actions.assigning.drafting import MAX_TITLE
from bot.actions.moves import Change
from bot.actions.office import Office, step
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import sub_tasks
from bot.folding import words as search_words
from bot.language.names import people as reader
from bot.language.orders.effort import read_effort
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction, Value
from storage.organisation import people
from storage.records import Draft, Part, Task, TaskView, UpdateKey
from storage.tasks import search, tasks

LONGEST = {"title": MAX_TITLE, "receiver": 100}
TEXTS = frozenset(LONGEST)
"""Fields in a person's words: the history points to the texts, before and after."""
DEADLINE = ("due_at", "late_from", "has_clock")


def due(deadline: Deadline | None) -> dict[str, Value]:
    """Return the columns of a deadline; None is "không thời hạn"."""
    return dict(zip(DEADLINE, deadline or (None, None, False), strict=True))


async def fields(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int | None,
    columns: Mapping[str, Value],
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
    reason: str = "",
) -> Task:
    """Set fields of a task: title, product, urgency, effort, receiver, evidence, decider, deadline.

    Refuses SAME where nothing changes, EMPTY and TOO_LONG for words, PERSON_LEFT and SAME_PERSON (its
    lead) for who decides, and for a deadline DEADLINE_PAST, REQUEST_OPEN, and PAST_PARENT or
    PART_LATER between a whole and its parts.
    """
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.EDIT, now)
        before = change.before
        changed = {name: v for name, v in columns.items() if getattr(before, name) != v}
        if not changed:
            raise Refusal(No.SAME, number=task_id)
        _check(before, changed, now)
        if isinstance(decider_id := changed.get("decider_id"), int):
            await _check_decider(tx, before, decider_id)
        if "late_from" in changed or "due_at" in changed:
            late_from = columns["late_from"]
            assert late_from is None or isinstance(late_from, datetime)
            await sub_tasks.check_deadline(tx, office, before, late_from)
        facts = {"changes": {name: await _both(tx, before, name, changed[name], now)
                             for name in changed if name not in DEADLINE[1:]}}  # fmt: skip
        text_id = await moves.keep(tx, reason, now) if reason.strip() else None
        task = await moves.finish(tx, change, changed, text_id=text_id, facts=facts)
        await _settle(tx, office, change, task, changed)
        return task


def _check(before: TaskView, changed: Mapping[str, Value], now: datetime) -> None:
    for name, limit in LONGEST.items():
        said = changed.get(name)
        if isinstance(said, str) and not said.strip():
            raise Refusal(No.EMPTY)
        if isinstance(said, str) and len(said) > limit:
            raise Refusal(No.TOO_LONG, limit=limit, length=len(said))
    if set(DEADLINE) & set(changed) and before.request_id is not None:
        raise Refusal(No.REQUEST_OPEN, number=before.id)
    late_from = changed.get("late_from")
    if isinstance(late_from, datetime) and late_from <= now:
        raise Refusal(No.DEADLINE_PAST)


async def _check_decider(tx: Transaction, before: TaskView, decider_id: int) -> None:
    if not await people.held_living(tx, [decider_id]):
        raise Refusal(No.PERSON_LEFT)
    if decider_id == before.lead_id:
        raise Refusal(No.SAME_PERSON, number=before.id)


async def _both(
    tx: Transaction, before: TaskView, name: str, value: Value, now: datetime
) -> list[Any]:
    """Return a field before and after as history keeps it: texts by id, moments in ISO."""
    both = [getattr(before, name), value]
    if name in TEXTS:
        return [await moves.keep(tx, one, now) if one else None for one in both]
    return [one.isoformat() if isinstance(one, datetime) else one for one in both]


async def _settle(
    tx: Transaction, office: Office, change: Change, task: Task, changed: Mapping[str, Value]
) -> None:
    """Write what a change of fields brings with it, and tell those concerned."""
    if "title" in changed:
        await search.reindex(tx, task.id, search_words(task.title))
    told: list[int | None] = []
    if {"due_at", "late_from", "urgency"} & set(changed):
        await fire_reminders.plan(tx, office, task, change.now)
    if "due_at" in changed or "late_from" in changed:
        before = change.before
        told = [before.lead_id] if before.lead_id else [*before.people_in(Part.FOLLOW)]
        told = [one for one in told if one != change.who.person_id]
        await moves.tell(tx, "task.deadline", task.id, told, change.now)
    await _refresh(tx, change, told)


async def _refresh(tx: Transaction, change: Change, told: Sequence[int | None]) -> None:
    """Let the others concerned see the card as it is now; who is told anew gets a new one."""
    task = change.before
    helping = [*task.people_in(Part.SUPPORT), *task.people_in(Part.FOLLOW)]
    concerned = {task.lead_id, task.assigner_id, *helping} - {change.who.person_id, *told}
    await moves.tell(tx, "card.refresh", task.id, sorted(filter(None, concerned)), change.now)


async def decided_by(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Let the one person that words name undo the knot; refuses NO_PERSON_READ, and as `fields`."""
    found = reader.read_people(words, await office.roster(), who.person_id)
    if len(found.people) != 1 or found.unsure or found.people[0].key is None:
        raise Refusal(No.NO_PERSON_READ)
    columns = {"decider_id": found.people[0].key}
    return await fields(office, who, task_id, None, columns, now, update, answers)


async def sized(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Say how much work a task is; refuses NO_EFFORT_READ, and as `fields`."""
    hours = read_effort(words)
    if hours is None:
        raise Refusal(No.NO_EFFORT_READ)
    return await fields(office, who, task_id, None, {"effort": hours}, now, update, answers)


async def add(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    part: Part,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Let the people that words name support or follow a task; they are told of it.

    Refuses NO_PERSON_READ for nobody the office knows, SAME where all have a part already.
    """
    found = reader.read_people(words, await office.roster(), who.person_id)
    named = list(dict.fromkeys(one.key for one in found.people if one.key is not None))
    if not named or found.unsure:
        raise Refusal(No.NO_PERSON_READ)
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.EDIT, now)
        taken = {one.person_id for one in await tasks.parts(tx, task_id)}
        new = [person_id for person_id in named if person_id not in taken]
        if not new:
            raise Refusal(No.SAME, number=task_id)
        for member in [await people.held(tx, person_id) for person_id in new]:
            if member is None or member.ended_at is not None:
                raise Refusal(No.PERSON_LEFT)
        await tasks.add_people(tx, task_id, [(person_id, part) for person_id in new], now)
        task = await moves.finish(tx, change, facts={"added": new, "part": part})
        await moves.tell(tx, "task.assigned", task_id, set(new) - {who.person_id}, now)
        await _refresh(tx, change, new)
        return task


async def drop(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    person_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """End the part of somebody who supports or follows; they are told.

    Refuses SAME for nobody, LAST_FOLLOWER where nobody else reports for the body outside that leads.
    """
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.EDIT, now)
        if change.before.body_id is not None and parts.leads(change.before) == [person_id]:
            raise Refusal(No.LAST_FOLLOWER, number=task_id)
        if not await tasks.end_part(tx, task_id, person_id, now):
            raise Refusal(No.SAME, number=task_id)
        task = await moves.finish(tx, change, facts={"removed": [person_id]})
        await moves.tell(tx, "task.released", task_id, {person_id} - {who.person_id}, now)
        await _refresh(tx, change, [person_id])
        return task
