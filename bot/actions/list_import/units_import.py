"""A list of units becomes the tree: looked at first, then all of it in one transaction, or nothing.

Units that are not in the list stay as they are; the same list again changes nothing.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from bot.actions import still_employed
from bot.actions.admins import check_admin
from bot.actions.list_import import units_file, units_plan
from bot.actions.list_import.units_plan import UnitChange, UnitsPlan
from bot.actions.office import Office, step
from bot.actions.organisation.units import put_at_head, renamed
from bot.folding import fold
from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.engine.database import Reader, Transaction, Value
from storage.history import audit
from storage.history.audit import NewEvent
from storage.organisation import people, units
from storage.records import Draft, Unit, UpdateKey


async def look(office: Office, rows: Sequence[Row]) -> UnitsPlan:
    """Tell what a list would change, or what is wrong with each line; refuses as `units_file.read`."""
    return await _plan(office.db, rows)


async def take(
    office: Office,
    who: Standpoint | None,
    rows: Sequence[Row],
    seen: str,
    now: datetime,
    update: UpdateKey | None = None,
    answers: Draft | None = None,
) -> UnitsPlan:
    """Take a list in as it was `seen` (its print); without anybody it is the operator's.

    Refuses NOT_ALLOWED to all but admins, and LIST_CHANGED where it would do something else by now.
    """
    if who is not None:
        check_admin(who)
    async with step(office, update, now, answers) as tx:
        await people.lock(tx)
        await units.lock(tx)
        if who is not None:
            await still_employed.still_admin(tx, who)
        await units.held(tx, [one.id for one in await units.living(tx)], "UPDATE")
        plan = await _plan(tx, rows)
        if plan.problems or print_of(plan) != seen:
            raise Refusal(No.LIST_CHANGED)
        writing = _Writing(tx, now, who.person_id if who else None)
        await writing.write(plan)
        if writing.events:
            await audit.append_many(tx, now, writing.events)
        return plan


def print_of(plan: UnitsPlan) -> str:
    """Return what tells one plan from another."""
    return sha256(repr(plan.changes).encode()).hexdigest()


async def _plan(reader: Reader, rows: Sequence[Row]) -> UnitsPlan:
    file = await asyncio.to_thread(units_file.read, rows)
    known, members = await units.living(reader), await people.living(reader)
    return await asyncio.to_thread(units_plan.plan, file, known, members)


@dataclass
class _Writing:
    tx: Transaction
    now: datetime
    actor_id: int | None
    ids: dict[int, int] = field(default_factory=dict)
    """Of the new units, by minus their line's number."""
    events: list[NewEvent] = field(default_factory=list)

    async def write(self, plan: UnitsPlan) -> None:
        waiting = [one for one in plan.changes if one.is_new]
        while waiting:  # one below another new unit comes after it
            for one in waiting:
                if one.parent_id is None or self._id(one.parent_id) > 0:
                    await self._add(one)
            waiting = [one for one in waiting if one.unit_id not in self.ids]
        known = {one.id: one for one in await units.living(self.tx)}
        for one in plan.changes:
            await self._rename(one, known[self._id(one.unit_id)])
        for one in plan.changes:
            await self._lead(one)

    def _id(self, unit_id: int) -> int:
        return self.ids.get(unit_id, unit_id)

    async def _add(self, one: UnitChange) -> None:
        parent_id = None if one.parent_id is None else self._id(one.parent_id)
        unit_id = await units.insert(self.tx, one.name, fold(one.name), parent_id, self.now)
        self.ids[one.unit_id] = unit_id
        self._note("unit.added", unit_id=unit_id, parent_id=parent_id)

    async def _rename(self, one: UnitChange, unit: Unit) -> None:
        """Give a unit its names, its place and its posts."""
        columns: dict[str, Value] = {}
        if one.name != unit.name:
            columns |= renamed(unit, one.name)
        if "above" in one.changed:
            columns["parent_id"] = None if one.parent_id is None else self._id(one.parent_id)
        if one.short_names is not None:
            columns["short_names"] = units.listed(one.short_names)
        if one.posts is not None:
            columns["headcount"] = one.posts
        if columns:
            await units.change(self.tx, unit.id, columns)
        if columns and not one.is_new:
            changed = sorted(columns.keys() - {"folded", "former_names"})
            self._note("unit.changed", unit_id=unit.id, changed=changed)

    async def _lead(self, one: UnitChange) -> None:
        """Let a unit be headed by another, and its deputies be in charge of what the list says."""
        if one.led.head is not None:
            await put_at_head(self.tx, one.unit_id, one.led.head.id, self.now)
            self._note("unit.changed", one.led.head.id, unit_id=one.unit_id, changed=["head"])
        for person, charges in one.led.charges.items():
            member = await people.member(self.tx, person.id)
            assert member is not None
            wanted, held = {self._id(unit) for unit in charges}, set(member.charges)
            ended, given = sorted(held - wanted), sorted(wanted - held)
            await people.change_charges(self.tx, person.id, ended, given, self.now)
            self._note("charges.changed", person.id, ended=ended, given=given)

    def _note(self, kind: str, person_id: int | None = None, **facts: object) -> None:
        self.events.append(NewEvent(kind, self.actor_id, person_id=person_id, facts=facts))
