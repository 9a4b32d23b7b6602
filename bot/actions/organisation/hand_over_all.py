"""Handing on everything that somebody has in hand to another person in one step, as when they leave.

Each task keeps its state, deadline, requests and reminders; only the person changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions import moves, still_employed
from bot.actions.office import Office, step
from bot.actions.series import change
from bot.refusals import No, Refusal
from bot.rules.organisation import absences as standing_in
from bot.rules.organisation import leaving
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction, Value
from storage.history import audit
from storage.history.audit import NewEvent
from storage.organisation import absences, leader_groups, people, units
from storage.records import Draft, Member, Part, Status, TaskView, Unit, UpdateKey
from storage.reporting import closed_counts
from storage.tasks import open_work, tasks


@dataclass
class Handing:
    """One handing on of everything: who does it, from whom, to whom, and who is `above` the new person.

    `groups` are the members of each group of leaders, by the group's id.
    """

    who: Standpoint
    from_: Member
    to: Member
    above: int | None
    groups: Mapping[int, Sequence[int]]
    now: datetime
    told: dict[int, list[int]] = field(default_factory=dict)
    """By person: the numbers of the tasks they are told of."""
    events: list[NewEvent] = field(default_factory=list)


async def hand_all(
    office: Office,
    who: Standpoint,
    from_id: int,
    to_id: int,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> int:
    """Hand on all tasks, all series, and all absences where the person is the deputy; return how many tasks.

    Everyone concerned is told in one message. Refuses NOT_ALLOWED, PERSON_LEFT, SAME_PERSON,
    DEPUTY_ELSEWHERE (to somebody of another body), and SAME where there is nothing to pass on.
    """
    async with step(office, update, now, answers) as tx:
        handing = await _begin(tx, who, from_id, to_id, now)
        views = await tasks.views(tx, await open_work.tasks_of(tx, from_id))
        stood_in = await _pass_absences(tx, office, handing)
        coming = len(await change.of_person(tx, from_id))
        if not views and not stood_in and not coming:
            raise Refusal(No.SAME)
        for view in views:
            await _pass(tx, handing, view)
        helping = [view.id for view in views if _helps(view, from_id)]
        await open_work.pass_parts(tx, helping, from_id, to_id, now)
        await _tell(tx, handing, len(views), coming)
        await change.hand_over(tx, from_id, to_id, who.person_id, now)
        facts = {"to": to_id, "tasks": len(views), "absences": stood_in, "series": coming}
        said = NewEvent("person.handed_all", who.person_id, person_id=from_id, facts=facts)
        await audit.append_many(tx, now, [*handing.events, said])
        over = [view for view in views if view.closed_at and view.lead_id == from_id]
        await closed_counts.hand_on(tx, over, from_id, to_id)
        return len(views)


async def _begin(
    tx: Transaction, who: Standpoint, from_id: int, to_id: int, now: datetime
) -> Handing:
    await still_employed.hold_people(tx, who)
    from_, to = await people.held(tx, from_id), await people.held(tx, to_id)
    if from_ is None or to is None or to.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    tree = {unit.id: unit for unit in await units.living(tx)}
    check(who, from_, to, tree)
    members = await people.living(tx)
    above = [one for one in standing_in.superiors(to, members, tree) if one != from_id]
    groups = {one.id: one.members for one in await leader_groups.living(tx)}
    return Handing(who, from_, to, next(iter(above), None), groups, now)


def check(who: Standpoint, from_: Member, to: Member, tree: Mapping[int, Unit]) -> None:
    """Refuse SAME_PERSON, NOT_ALLOWED, and DEPUTY_ELSEWHERE for somebody of another body."""
    if from_.id == to.id:
        raise Refusal(No.SAME_PERSON)
    if not leaving.may_hand_all(who, from_, to):
        raise Refusal(No.NOT_ALLOWED)
    if not standing_in.may_stand_in(to, from_, tree):
        raise Refusal(No.DEPUTY_ELSEWHERE)


def _helps(view: TaskView, person_id: int) -> bool:
    return any(one.person_id == person_id for one in view.others)


async def _pass(tx: Transaction, handing: Handing, view: TaskView) -> None:
    """Hand one task on: all parts at once, with one line of its history."""
    from_id, to_id = handing.from_.id, handing.to.id
    columns: dict[str, Value] = {"status": view.status}
    parts: list[str] = []
    lead_id = view.lead_id
    if lead_id == from_id:
        lead_id = to_id
        await tasks.change_lead(tx, view.id, to_id, handing.now)
        columns["unit_id"] = handing.to.unit_id
        parts.append(Part.LEAD)
    parts += [one.part for one in view.others if one.person_id == from_id]
    if view.assigner_id == from_id:
        columns["assigner_id"] = _assigner(handing, view, lead_id)
        parts.append("assigner")
    elif view.status is Status.SUBMITTED and view.assigner_id == lead_id == to_id:
        columns["assigner_id"] = _acceptor(handing, view)
    if view.decider_id == from_id:
        parts.append("decider")
    if view.decider_id in {from_id, to_id}:
        columns["decider_id"] = handing.above if lead_id == to_id else to_id
    if await tasks.change(tx, view.id, view.version, columns) is None:
        raise Refusal(No.STALE, number=view.id)
    facts = {"from": from_id, "to": to_id, "parts": parts}
    for name in ("assigner_id", "decider_id"):
        if name in columns and columns[name] != to_id:
            facts[name] = columns[name]
    who = handing.who.person_id
    handing.events.append(
        NewEvent("task.hand_over", who, task_id=view.id, person_id=to_id, facts=facts)
    )
    accepts = columns.get("assigner_id")
    for one in _concerned(view, parts) | ({accepts} if isinstance(accepts, int) else set()):
        handing.told.setdefault(one, []).append(view.id)


def _assigner(handing: Handing, view: TaskView, lead_id: int | None) -> int:
    """Return the new assigner: another member of the task's group, if it has one, else the new person.

    If the new person led the task already, whoever is above them comes before them, if there is anybody.
    """
    from_id, to_id = handing.from_.id, handing.to.id
    others = [one for one in handing.groups.get(view.group_id or 0, ()) if one != from_id]
    if others:
        return others[0]
    led_before = lead_id == to_id and view.lead_id == to_id
    return handing.above if led_before and handing.above is not None else to_id


def _acceptor(handing: Handing, view: TaskView) -> int:
    """Return who accepts a submitted result whose assigner is the new lead, who may not accept it.

    This is another member of the task's group, else the person above, else the new lead after all.
    """
    to_id = handing.to.id
    others = [one for one in handing.groups.get(view.group_id or 0, ()) if one != to_id]
    return next(iter(others), handing.above or to_id)


def _concerned(view: TaskView, parts: Sequence[str]) -> set[int]:
    """Return who works with the person who had these parts: everybody for a lead, else the lead alone.

    Where a body outside leads, its followers count as the lead.
    """
    leads = {view.lead_id} if view.lead_id else set(view.people_in(Part.FOLLOW))
    helping = {*view.people_in(Part.SUPPORT), *view.people_in(Part.FOLLOW)}
    concerned = {view.assigner_id, *helping} if Part.LEAD in parts else set()
    return {one for one in concerned | leads if one is not None}


async def _pass_absences(tx: Transaction, office: Office, handing: Handing) -> int:
    """Name the new person as deputy wherever the old one was deputy; return how often.

    In an absence of the new person no deputy is named: a superior stands in.
    """
    found = await absences.of_deputy(tx, handing.from_.id, office.today(handing.now))
    for one in found:
        deputy = handing.to.id if one.person_id != handing.to.id else None
        await absences.change(
            tx, one, from_day=one.from_day, until_day=one.until_day, deputy_id=deputy
        )
    return len(found)


async def _tell(tx: Transaction, handing: Handing, count: int, series: int) -> None:
    """Tell the new person, the old one and everyone concerned, each in one message."""
    actor, from_id, to_id = handing.who.person_id, handing.from_.id, handing.to.id
    facts = {"from": from_id, "to": to_id}
    if to_id != actor:
        numbers = [event.task_id for event in handing.events]
        said = {**facts, "tasks": numbers, "series": series}
        await moves.tell(tx, "work.handed", None, [to_id], handing.now, facts=said)
    if from_id != actor:
        said = {**facts, "count": count}
        await moves.tell(tx, "work.taken", None, [from_id], handing.now, facts=said)
    for person_id, task_ids in handing.told.items():
        if person_id not in {actor, from_id, to_id}:
            said = {**facts, "tasks": task_ids}
            await moves.tell(tx, "work.passed", None, [person_id], handing.now, facts=said)
