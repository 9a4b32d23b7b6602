"""What a merger is about, as it stands: the plan, the open tasks with where each goes, and what was seen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.actions.assigning.draft import Fields
from bot.rules.mergers import merger as rules
from bot.rules.mergers.merger import Plan
from bot.rules.mergers.seen import Seen
from bot.rules.mergers.wish import ENDING, Doubt, Kind, Remark, Wish
from bot.rules.organisation.escalation import way_up
from storage.engine.database import Reader, Row
from storage.mergers import mergers
from storage.organisation import people, units
from storage.records import Member, MovedTask, OpenTask, Series, Unit
from storage.series import series

NEW = 0
"""Stands for the unit that is still to be made."""


@dataclass(frozen=True)
class View:
    """A merger as it would be made now."""

    plan: Plan
    seen: Seen
    units: Mapping[int, Unit]
    members: tuple[Member, ...] = ()
    tasks: tuple[OpenTask, ...] = ()
    moved: tuple[MovedTask, ...] = ()
    parts: tuple[Row, ...] = ()
    series: tuple[Series, ...] = ()
    heir_id: int | None = None
    """Who takes what stays behind of movers' work."""

    @property
    def outside(self) -> bool:
        return self.units[self.plan.wish.units[0]].outside

    @property
    def involved(self) -> list[int]:
        """The units that give and the one there is that takes."""
        wish = self.plan.wish
        return [*wish.units, *([wish.into_id] if wish.into_id is not None else [])]


async def gather(reader: Reader, wish: Wish, now: datetime) -> View:
    """Return what a merger would change now, and all that whoever decides on it must see."""
    known = {one.id: one for one in await units.living(reader)}
    involved = [*wish.units, *([wish.into_id] if wish.into_id is not None else [])]
    members = await people.of_units(reader, involved)
    plan = rules.plan(wish, known, members)
    if any(one.doubt in {Doubt.UNIT_GONE, Doubt.OUTSIDE, Doubt.SAME_UNIT} for one in plan.remarks):
        return View(plan, Seen({}), known)
    outside = known[wish.units[0]].outside
    tasks = await mergers.open_tasks(reader, wish.units, outside)
    heir = await _heir(reader, wish, known)
    moved = _moved(wish, tasks, plan.heads[:1], heir)
    if any(one.to_lead_id is None and one.lead_id is not None for one in moved):
        plan = replace(plan, remarks=(*plan.remarks, Remark(Doubt.NO_HEIR)))
    ending = wish.kind in ENDING
    parts = await mergers.parts(reader, wish.units) if ending else []
    going = {one.person_id for one in plan.posts if one.unit_id in wish.units}
    coming = tuple(one for one in await series.living(reader) if _touches(one, wish, going))
    taken = {one.task_id for one in moved}
    concerned = [one for one in tasks if one.id in taken]
    rows: dict[str, list[Any]] = {
        "units": [[one, known[one].name, known[one].parent_id] for one in involved]
        + [list(one) for one in plan.children],
        "people": _posts(members, going),
        "charges": [list(one) for one in plan.charges],
        "tasks": [[one.id, one.unit_id, one.lead_id] for one in concerned],
        "parts": [one["id"] for one in parts],
        "series": [one.id for one in coming],
        "invitations": await mergers.invitations(reader, going, now),
        "files": await mergers.open_files(reader, wish.units, outside) if ending else [],
    }
    return View(
        plan, Seen(rows), known, tuple(members), tuple(tasks), moved, tuple(parts), coming, heir
    )


def _moved(
    wish: Wish, tasks: Collection[OpenTask], heads: Collection[int], heir: int | None
) -> tuple[MovedTask, ...]:
    """Return the tasks that go to another unit, or to another lead, as `Wish` says."""
    target, found = wish.into_id or NEW, []
    head = next(iter(heads), None)
    for one in tasks:
        is_movers = one.lead_id in wish.people
        goes = wish.kind in ENDING or (is_movers != (one.id in wish.odd) and not wish.work_stays)
        if goes and (wish.kind in ENDING or is_movers):
            found.append(_task(one, target, one.lead_id))
        elif goes:
            found.append(_task(one, target, head))
        elif is_movers:
            found.append(_task(one, one.unit_id, heir))
    return tuple(found)


def _task(one: OpenTask, to: int, lead_id: int | None) -> MovedTask:
    """Return where a task goes; who leads it from then on decides on it no more."""
    decided = lead_id if one.lead_id != lead_id == one.decider_id else None
    return MovedTask(one.id, one.unit_id, to, one.lead_id, lead_id, decided)


async def _heir(reader: Reader, wish: Wish, known: Mapping[int, Unit]) -> int | None:
    """Return who takes what movers leave: the unit's head who stays, or the nearest above."""
    if wish.kind not in {Kind.SPLIT, Kind.MOVE}:
        return None
    for unit_id in way_up(wish.units, known):
        heads = await people.heads_of(reader, unit_id)
        above = [*heads, *await people.in_charge_of(reader, unit_id)]
        found = next((one for one in above if one not in wish.people), None)
        if found is not None:
            return found
    return None


def _posts(members: Collection[Member], going: Collection[int]) -> list[Any]:
    return [
        [one.id, sorted([post.unit_id or 0, post.role.value] for post in one.roles)]
        for one in members
        if one.id in going
    ]


def _touches(one: Series, wish: Wish, going: Collection[int]) -> bool:
    """Tell whether a task that comes back is of these people, or names a unit that ends."""
    fields = Fields.model_validate(one.fields)
    ending = set(wish.units) if wish.kind in ENDING else set()
    return fields.lead_id in going or not ending.isdisjoint((*fields.units, fields.body_id))
