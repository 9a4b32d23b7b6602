"""Units are merged, split and dissolved, and people moved with their work, each in one transaction.

Before units change the database is copied; in the transaction everything is looked at again: what is
not as it was seen refuses.
Open work goes with its people or to a head, closed work keeps its unit, no number of a task changes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.actions import moves, still_employed
from bot.actions.admins import check_admin
from bot.actions.mergers import move_tasks, move_units
from bot.actions.mergers.preview import View, gather
from bot.actions.mergers.snapshot import Making
from bot.actions.office import Office, step
from bot.actions.organisation.people import MAX_NAME, tidy
from bot.folding import words
from bot.refusals import No, Refusal
from bot.rules.mergers import seen as merger_seen
from bot.rules.mergers.wish import ENDING, Doubt, Kind, Wish
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Transaction
from storage.history import audit
from storage.history.audit import NewEvent
from storage.mergers import mergers
from storage.organisation import units
from storage.records import Draft, Merger, Role, UpdateKey

_LONGEST = 12
"""Digits of a task's number."""
EVENTS = {
    Kind.UNITE: "unit.united",
    Kind.ABSORB: "unit.absorbed",
    Kind.SPLIT: "unit.split",
    Kind.DISSOLVE: "unit.dissolved",
    Kind.MOVE: "person.moved",
}


async def look(office: Office, who: Standpoint, wish: Wish, now: datetime) -> View:
    """Return what a merger would change now; refuses NOT_ALLOWED to all but admins, and UNIT_GONE."""
    check_admin(who)
    view = await gather(office.db, wish, now)
    if any(one.doubt is Doubt.UNIT_GONE for one in view.plan.remarks):
        raise Refusal(No.UNIT_GONE)
    return view


async def make(
    office: Office,
    who: Standpoint,
    wish: Wish,
    seen: Mapping[str, Sequence[Any]],
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Merger:
    """Do what is wished, if all is still as it was `seen` (see `Seen.prints`), and tell all concerned.

    Refuses NOT_ALLOWED, NO_COPY, STALE, MERGER_BLOCKED, and MERGER_CHANGED with what changed.
    """
    check_admin(who)
    copy = None if wish.kind is Kind.MOVE else await _copied(office, now)
    async with step(office, update, now) as tx:
        if answers and await drafts.end(tx, answers.id, answers.version, now) is None:
            raise Refusal(No.STALE)
        view = await _held(tx, who, wish, now)
        if view.plan.is_blocked:
            raise Refusal(No.MERGER_BLOCKED)
        if differing := merger_seen.changed(seen, view.seen):
            raise Refusal(No.MERGER_CHANGED, changed=differing)
        making = Making(tx, view, who.person_id, now)
        making.facts |= {"wish": wish.model_dump(mode="json"), "copy": copy and copy.name}
        making.facts |= {"seen": view.seen.counts, "outside": view.outside}
        making.facts["fingerprint"] = view.seen.fingerprint
        making.facts["before"] = await _counts(tx, view.involved, view.outside)
        merger_id = await _write(making)
        await _tell(making, merger_id)
        made = await mergers.get(tx, merger_id)
        assert made is not None
        return made


def checked_name(said: str) -> str:
    """Return a name for a new unit; refuses EMPTY and TOO_LONG."""
    name = tidy(said)
    if not words(name):
        raise Refusal(No.EMPTY)
    if len(name) > MAX_NAME:
        raise Refusal(No.TOO_LONG, limit=MAX_NAME, length=len(name))
    return name


def numbers_in(said: str) -> tuple[int, ...]:
    """Return the numbers of tasks that words name, none for 0; refuses NO_TASKS_READ."""
    found = [int(one) for one in words(said) if one.isdecimal() and len(one) < _LONGEST]
    if not found:
        raise Refusal(No.NO_TASKS_READ)
    return tuple(dict.fromkeys(one for one in found if one))


async def _write(making: Making) -> int:
    """Make every step, and write the lines of history last: from them on everybody waits."""
    view, wish = making.view, making.view.plan.wish
    await move_units.place_units(making)
    await move_units.move_posts(making)
    await move_units.move_charges(making)
    await move_tasks.move_parts(making)
    await move_tasks.move_series(making)
    await move_tasks.move_drafts(making)
    moved = move_tasks.tasks_of(making)
    making.facts["told"] = sorted(_concerned(making) - {making.actor_id})
    making.facts["names"] = {str(one): view.units[one].name for one in view.involved}
    merger_id = await mergers.insert(
        making.tx, wish.kind, making.target, making.actor_id, making.now, making.facts, moved
    )
    await mergers.move_tasks(making.tx, merger_id, view.outside)
    await mergers.hand_leads(making.tx, merger_id, making.now)
    making.events += move_tasks.handed(moved, making.actor_id)
    after = list(dict.fromkeys([*view.involved, making.target]))
    making.facts["after"] = await _counts(making.tx, after, view.outside)
    await mergers.keep(making.tx, merger_id, making.facts)
    facts = {
        "merger": merger_id,
        "units": list(wish.units),
        "into": making.target,
        **{f"{what}_count": count for what, count in view.seen.counts.items()},
        "fingerprint": view.seen.fingerprint,
    }
    person_id = wish.people[0] if wish.kind is Kind.MOVE else None
    whole = NewEvent(EVENTS[wish.kind], making.actor_id, person_id=person_id, facts=facts)
    await audit.append_many(making.tx, making.now, [*making.events, whole])
    return merger_id


async def _held(tx: Transaction, who: Standpoint, wish: Wish, now: datetime) -> View:
    """Return the merger as it stands, with everything in it held against others."""
    await still_employed.hold_people_as_admin(tx, who)
    await mergers.alone(tx)
    await units.lock(tx)
    involved = [*wish.units, *([wish.into_id] if wish.into_id is not None else [])]
    if await units.held(tx, involved, "NO KEY UPDATE") != set(involved):
        raise Refusal(No.UNIT_GONE)
    for outside in (False, True):
        await mergers.hold_tasks(tx, wish.units, outside)
    return await gather(tx, wish, now)


def _concerned(making: Making) -> set[int]:
    """Return whom a merger concerns: people of the units, who is in charge, who assigned or decides."""
    view, wish = making.view, making.view.plan.wish
    near = {one.id for one in view.members}
    if wish.kind not in ENDING:
        heads = {
            one.id for one in view.members if any(post.role is Role.HEAD for post in one.roles)
        }
        near = {*wish.people, *heads}
    taken = {one.task_id for one in view.moved}
    work = [one for one in view.tasks if one.id in taken]
    assigning = {one.assigner_id for one in work} | {one.decider_id for one in work}
    leading = {lead for one in view.moved for lead in (one.lead_id, one.to_lead_id)}
    return {one for one in near | assigning | leading if one is not None}


async def _tell(making: Making, merger_id: int) -> None:
    """Tell everybody concerned once; who leads other tasks from now on hears which."""
    fresh: dict[int, list[int]] = {}
    for one in making.view.moved:
        if one.to_lead_id is not None and one.to_lead_id != one.lead_id:
            fresh.setdefault(one.to_lead_id, []).append(one.task_id)
    await tell(making.tx, "unit.merged", merger_id, making.facts["told"], making.now, fresh)


async def tell(
    tx: Transaction,
    kind: str,
    merger_id: int,
    told: Sequence[int],
    now: datetime,
    fresh: Mapping[int, Sequence[int]] | None = None,
) -> None:
    """Tell people what became of their units."""
    fresh = fresh or {}
    for person_id, task_ids in fresh.items():
        facts = {"merger": merger_id, "tasks": list(task_ids)}
        await moves.tell(tx, kind, None, [person_id], now, facts=facts)
    others = [one for one in told if one not in fresh]
    await moves.tell(tx, kind, None, others, now, facts={"merger": merger_id, "tasks": []})


async def _counts(tx: Transaction, unit_ids: Sequence[int], outside: bool) -> dict[str, Any]:
    return {str(one): await mergers.unit_counts(tx, one, outside) for one in unit_ids}


async def _copied(office: Office, now: datetime) -> Path | None:
    """Copy the database, where that can be done here; refuses NO_COPY when it cannot be written."""
    if office.copy is None:
        return None
    try:
        return await office.copy(now)
    except OSError as why:
        raise Refusal(No.NO_COPY) from why
