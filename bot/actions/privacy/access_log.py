"""What somebody reads of units that are not their own is a line of history, written before the answer.

One row in a transaction of its own: on SQLite those that wait at the same moment share one wait for
the disk. What one sees as part of one's own unit, or has a part in, is not noted.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from bot.actions.find import scope_of
from bot.actions.focus import PERSON, UNIT, LookedAt
from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.rules.rights import Stakes, Standpoint
from storage.engine.database import Transaction
from storage.history import audit
from storage.organisation import units
from storage.records import Member, Role
from storage.tasks import tasks

TASK = "t"
"""Beside the kinds of `looked_at`: one task."""

_NAMES = {UNIT: "unit", PERSON: "person", TASK: "task", "k": "urgency", "d": "document"}


class Read(StrEnum):
    """As what it was read."""

    SUMMARY = "summary"
    LIST = "list"
    REPORT = "report"
    FILE = "file"
    CARD = "card"
    PERSON = "person"


@dataclass(frozen=True)
class Reader:
    """Who reads, at which moment of the office's time."""

    member: Member
    who: Standpoint
    now: datetime

    @property
    def own_units(self) -> set[int]:
        """The units that they work in; a head's with all below, while a leader's go on too far down."""
        own = {post.unit_id for post in self.member.roles if post.unit_id is not None}
        return own if Role.LEADER in self.who.roles else own | (self.who.alone.oversees or set())


async def note(office: Office, reader: Reader, read: Read, of: LookedAt) -> None:
    """Write down that somebody reads something, if it is of units that are not theirs."""
    if not await _is_across(office, reader, of):
        return
    about = {_NAMES[of.kind]: of.id} if of.kind in _NAMES else {}
    await office.db.run(partial(_write, reader=reader, facts={"of": read, **about}))


async def _write(tx: Transaction, reader: Reader, facts: dict[str, object]) -> None:
    await audit.append(tx, reader.now, audit.READ, actor_id=reader.who.person_id, facts=facts)


async def _is_across(office: Office, reader: Reader, of: LookedAt) -> bool:
    own = reader.own_units
    if of.kind == UNIT:
        return any(unit.id not in own for unit in await units.below(office.db, [of.id]))
    if of.kind == PERSON:
        found = (await office.roster()).by_key.get(of.id)
        return of.id not in reader.who.people and (found is None or found.unit_key not in own)
    if of.kind == TASK:
        view = await tasks.view(office.db, of.id)
        return view is not None and not _is_ones_own(reader, stakes(view))
    seen = scope_of(reader.who).units
    return seen is None or not own.issuperset(seen)


def _is_ones_own(reader: Reader, task: Stakes) -> bool:
    """Tell whether somebody sees a task as one of their unit, or because they have to do with it."""
    concerned = {task.assigner_id, task.entered_by_id, task.decider_id, *task.parts}
    return (
        task.unit_id in reader.own_units
        or not concerned.isdisjoint(reader.who.people)
        or task.group_id in reader.who.all_groups
    )
