"""The office an action works in: its store, its settings, and what is known of its people and days."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from bot.actions.standpoint import Known, Standpoints
from bot.language.names.people import Roster, RosterPerson, RosterUnit
from bot.language.readings import ReadingSettings
from bot.refusals import No, Refusal
from bot.rules.file_limits import FileLimits
from bot.rules.letterhead import Letterhead
from bot.rules.organisation.absences import Away
from bot.rules.organisation.escalation import Hierarchy, level_above
from bot.rules.recurrence import Repeats
from bot.rules.reminders.reminders import LADDERS, Ladders
from bot.rules.retention import Keeping, Retention
from bot.rules.workdays import Workdays
from storage.assigning import drafts
from storage.engine.database import Database, Transaction
from storage.history import audit
from storage.messaging import inbox
from storage.office_days import calendar
from storage.organisation import leader_groups, people, units
from storage.records import Draft, LeaderGroup, Member, Role, Unit, UpdateKey

DIGEST_AT = time(7, 30)
Copying = Callable[[datetime], Awaitable[Path]]
"""Copies the whole database and returns the file of the copy."""

log = logging.getLogger(__name__)


@dataclass
class Office:
    """Built once by `app.py`; reads people, units and calendar again when the office has changed."""

    db: Database
    name: str
    files: Path
    digest_at: time = DIGEST_AT
    brief: bool = False
    """Whether everybody, groups too, is told numbers and dates alone."""
    retention: Retention = field(default_factory=Retention)
    """How long typed and sent texts are kept, apart from those that tasks need."""
    anchor_at: time | None = None
    """When admins are sent the history's anchor; None for never."""
    invitation_days: int = 7
    remark_days: int = 2
    """Working days within which a leader's remark is answered."""
    web_address: str | None = None
    """Where people reach what the program serves over HTTP; None where it serves nothing."""
    admins: Collection[int] = ()
    """The accounts named in `[access] admins`."""
    workdays: Workdays = field(default_factory=Workdays)
    ladders: Ladders = field(default_factory=lambda: LADDERS)
    repeats: Repeats = field(default_factory=Repeats)
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    file_limits: FileLimits = field(default_factory=FileLimits)
    keeping: Keeping = field(default_factory=Keeping)
    letterhead: Letterhead = field(default_factory=lambda: Letterhead("Văn phòng"))
    copy: Copying | None = None
    """Copies the whole database before units are merged; None where the operator does so (PostgreSQL)."""
    standpoints: Standpoints = field(default_factory=Standpoints)
    swept: Mapping[date, bool] | None = None
    """The office's own days by which all planned reminders were last checked; None before the first check."""
    _version: int = -1
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    _members: Sequence[Member] = ()
    _units: Sequence[Unit] = ()
    _roster: Roster | None = None
    _groups: list[LeaderGroup] = field(default_factory=list)
    hierarchy: Hierarchy = field(default_factory=lambda: Hierarchy({}))
    """Who is above whom, as last read."""
    _levels: dict[int, str] = field(default_factory=dict)
    _leaders: list[int] = field(default_factory=list)

    @property
    def away(self) -> Mapping[int, Away]:
        """Who is away today, as of the last person looked up (`known`, `person`); look one up first."""
        return self.standpoints.away

    async def away_now(self, now: datetime) -> Mapping[int, Away]:
        """Return who is away today, read again if the office or the day has changed."""
        version = await audit.office_version(self.db)
        await self.standpoints.refresh(self.db, (version, self.today(now)))
        return self.standpoints.away

    async def known(self, telegram_id: int, now: datetime) -> Known | None:
        """Return the living person whose Telegram account this is; None for a stranger."""
        return await self._as_it_is(
            await self.standpoints.of_account(self.db, telegram_id, self.today(now))
        )

    async def person(self, person_id: int, now: datetime) -> Known | None:
        """Return a living person with their standpoint; None for one who left."""
        return await self._as_it_is(
            await self.standpoints.of_person(self.db, person_id, self.today(now))
        )

    async def _as_it_is(self, known: Known | None) -> Known | None:
        """Return `known`, after reading the office again if it has changed: another process may do so."""
        if self.standpoints.version not in {None, self._version}:
            await self.refresh()
        return known

    def today(self, now: datetime) -> date:
        """Return the day it is in the office."""
        return self.workdays.local(now).date()

    async def roster(self) -> Roster:
        """Return the people and units that a sentence can name.

        They are indexed at the first request, in a thread: indexing thousands of names must not delay
        other requests.
        """
        await self.refresh()
        async with self._reading:
            if self._roster is None:
                self._roster = await asyncio.to_thread(roster_of, self._members, self._units)
            return self._roster

    async def members(self) -> Sequence[Member]:
        """Return everyone who has not left, with present names and posts.

        Whether a message reaches them may be out of date.
        """
        await self.refresh()
        return self._members

    async def groups(self) -> list[LeaderGroup]:
        """Return the groups of leaders for whom a task can be entered."""
        await self.refresh()
        return self._groups

    async def leaders(self) -> list[RosterPerson]:
        """Return the leaders of the office, who can be named as deciders."""
        known = (await self.roster()).by_key
        return [known[one] for one in self._leaders if one in known]

    def level_above(self, person_id: int | None) -> str | None:
        """Return the unit whose leaders receive what a person hands in, as last read."""
        return self._levels.get(person_id or 0)

    async def refresh(self) -> None:
        """Read people, units and calendar again if anything of the office changed since.

        If several callers find the change at once, one of them reads and the others wait.
        """
        if await audit.office_version(self.db) == self._version:
            return
        async with self._reading:
            version = await audit.office_version(self.db)
            if version != self._version:
                await self._read()
                self._version = version

    async def _read(self) -> None:
        members, known = await people.living(self.db), await units.living(self.db)
        self._members, self._units, self._roster = members, known, None
        self._levels = _levels(members, known)
        self.hierarchy = Hierarchy.of(members, {unit.id: unit for unit in known})
        self._leaders = [one.id for one in members if Role.LEADER in {p.role for p in one.roles}]
        self._groups = await leader_groups.living(self.db)
        overrides = {one.day: one.works for one in await calendar.decided(self.db)}
        self.workdays = replace(self.workdays, overrides=overrides)


def _levels(members: Sequence[Member], all_units: Sequence[Unit]) -> dict[int, str]:
    known = {unit.id: unit for unit in all_units}
    above = {member.id: level_above(member, known) for member in members}
    return {person_id: unit.name for person_id, unit in above.items() if unit}


def roster_of(members: Sequence[Member], all_units: Sequence[Unit]) -> Roster:
    """Return the people and units as the reader of sentences needs them.

    A row whose names cannot be indexed is left out and logged: one row must not stop everybody.
    """
    names = {unit.id: unit.name for unit in all_units}
    rows: list[RosterPerson | RosterUnit] = [
        *(_person(member, names) for member in members),
        *(_unit(unit, names) for unit in all_units),
    ]
    try:
        return _roster(rows)
    except Exception:
        log.exception("the names of the office cannot be indexed, looking for the row")
        return _roster([row for row in rows if _is_sound(row)])


def _person(member: Member, units: Mapping[int, str]) -> RosterPerson:
    return RosterPerson(
        key=member.id,
        name=member.name,
        position=member.position,
        unit=units.get(member.unit_id or 0, ""),
        username=member.username,
        telegram_id=member.telegram_id,
        aliases=member.aliases,
        unit_key=member.unit_id,
    )


def _unit(unit: Unit, units: Mapping[int, str]) -> RosterUnit:
    above = units.get(unit.parent_id or 0, "")
    return RosterUnit(unit.id, unit.name, unit.short_names, above, unit.former_names)


def _roster(rows: Sequence[RosterPerson | RosterUnit]) -> Roster:
    return Roster(
        people=tuple(row for row in rows if isinstance(row, RosterPerson)),
        units=tuple(row for row in rows if isinstance(row, RosterUnit)),
    )


def _is_sound(row: RosterPerson | RosterUnit) -> bool:
    try:
        _roster([row])
    except Exception:
        log.exception("left out of reading: %s %d", type(row).__name__, row.key)
        return False
    return True


@asynccontextmanager
async def step(
    office: Office, update: UpdateKey | None, now: datetime, answers: Draft | None = None
) -> AsyncIterator[Transaction]:
    """One action's transaction; it ends the dialog that it `answers`.

    Refuses the second handling of the same update (ALREADY_DONE).
    """
    async with office.db.transaction() as tx:
        await once(tx, update, now)
        if answers is not None:
            await drafts.end(tx, answers.id, answers.version, now)
        yield tx


async def once(tx: Transaction, update: UpdateKey | None, now: datetime) -> None:
    """Begin what an update does; refuses the second handling of the same one (ALREADY_DONE)."""
    if update is not None:
        await inbox.apply_once(tx, update, now, Refusal(No.ALREADY_DONE))
