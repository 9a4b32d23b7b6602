"""A list of people becomes the office: all of it or, when anything is wrong, nothing."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.actions import still_employed
from bot.actions.list_import import people_file
from bot.actions.list_import.match_people import match
from bot.actions.list_import.people_changes import Changes, changes, staying_admins
from bot.actions.list_import.people_file import Line, Problem
from bot.actions.list_import.unit_paths import Place, PlacedLine, Places, Unplaced, check_named
from bot.actions.secrecy.refused_mark import REFUSED
from bot.folding import fold
from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules import access
from storage.engine.database import Database, Reader, Transaction
from storage.history import audit
from storage.history.audit import NewEvent
from storage.messaging import inbox
from storage.organisation import invitations, people, units
from storage.records import Member, UpdateKey


class Effect(StrEnum):
    """What a line of the list did."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Outcome:
    """What became of one line; `changed` names the columns whose value is another now."""

    line: int
    name: str
    effect: Effect
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Enrolment:
    """What an import did, line by line; with problems, it did nothing."""

    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    units_added: int = 0

    def count(self, effect: Effect) -> int:
        return sum(outcome.effect is effect for outcome in self.outcomes)


@dataclass(frozen=True)
class _Entry:
    """A line that is right: its unit, the units its person is in charge of, and who is meant."""

    line: Line
    place: Place
    charges: tuple[Place, ...] | None
    member: Member | None = None
    stays_admin: bool = False


@dataclass
class _Writing:
    tx: Transaction
    now: datetime
    actor_id: int | None
    unit_ids: dict[Place, int]
    events: list[NewEvent] = field(default_factory=list)

    def note(self, kind: str, person_id: int | None = None, **facts: object) -> None:
        self.events.append(NewEvent(kind, self.actor_id, person_id=person_id, facts=facts))


async def enrol(
    db: Database,
    rows: Sequence[Row],
    now: datetime,
    actor: Member | None = None,
    update: UpdateKey | None = None,
) -> Enrolment:
    """Take in the rows of a list of people; without an actor it is the operator's.

    People who are not in the list stay as they are; the same list again changes nothing. Refuses
    NOT_ALLOWED to all but admins; what is wrong in the list is in the result's `problems`.
    """
    if actor is not None and not access.is_admin(actor):
        raise Refusal(No.NOT_ALLOWED)
    file = await asyncio.to_thread(people_file.read, rows)
    async with db.transaction() as tx:
        if update is not None and not await inbox.mark_applied(tx, update, now):
            raise Refusal(No.ALREADY_DONE)
        if any(problem.kind is people_file.Wrong.SECRET for problem in file.problems):
            rule = file.problems[0].facts["rule"]
            who = actor.id if actor else None
            await audit.append(tx, now, REFUSED, actor_id=who, facts={"rule": rule})
            return Enrolment(problems=file.problems)
        await people.lock(tx)
        await units.lock(tx)
        if actor is not None and not access.is_admin(await still_employed.as_now(tx, actor.id)):
            raise Refusal(No.NOT_ALLOWED)
        places = Places(await units.living(tx), file.lines)
        entries, problems = await _plan(tx, file.lines, places, actor)
        if problems := [*file.problems, *problems]:
            return Enrolment(problems=tuple(sorted(problems, key=lambda problem: problem.line)))
        writing = _Writing(tx, now, actor.id if actor else None, dict(places.known))
        await _add_units(writing, places, entries)
        outcomes = [await _write(writing, entry) for entry in entries]
        if writing.events:
            await audit.append_many(tx, now, writing.events)
        return Enrolment(tuple(outcomes), (), len(writing.unit_ids) - len(places.known))


async def _plan(
    reader: Reader, lines: Iterable[Line], places: Places, actor: Member | None
) -> tuple[list[_Entry], list[Problem]]:
    entries: list[_Entry] = []
    problems: list[Problem] = []
    for line in lines:
        if line.sound:
            _place(line, places, entries, problems)
    placed = [PlacedLine(e.line, e.place, places.known.get(e.place)) for e in entries]
    members = await people.living(reader)
    matches = match(placed, members, await people.holders(reader))
    meant = [(e, matches.members.get(e.line.number)) for e in entries]
    staying = staying_admins(
        [(e.line, member) for e, member in meant], members, actor.id if actor else None
    )
    whole = [
        replace(e, member=member, stays_admin=member is not None and member.id in staying)
        for e, member in meant
    ]
    return whole, problems + matches.problems


def _place(line: Line, places: Places, entries: list[_Entry], problems: list[Problem]) -> None:
    written = line.unit
    try:
        for written in filter(None, (line.unit, line.parent_unit)):
            check_named(written)
        place = places.of(line)
        charges = []
        for written in line.in_charge or ():
            charges.append(places.charge(written, place))
        entries.append(_Entry(line, place, None if line.in_charge is None else tuple(charges)))
    except Unplaced as why:
        problems.append(Problem(line.number, why.kind, {"unit": written}))


async def _add_units(writing: _Writing, places: Places, entries: Sequence[_Entry]) -> None:
    needed = [entry.place[:depth] for entry in entries for depth in range(1, len(entry.place) + 1)]
    new = [place for place in dict.fromkeys(needed) if place not in places.known]
    for place in sorted(new, key=len):
        parent_id = writing.unit_ids.get(place[:-1])
        name = places.names.get(place, place[-1])
        unit_id = await units.insert(writing.tx, name, fold(name), parent_id, writing.now)
        writing.unit_ids[place] = unit_id
        writing.note("unit.added", unit_id=unit_id, parent_id=parent_id)


async def _write(writing: _Writing, entry: _Entry) -> Outcome:
    line, member = entry.line, entry.member
    effect = Effect.CHANGED if member else Effect.ADDED
    member = member or await _add(writing, line)
    unit_id = writing.unit_ids[entry.place]
    charges = None
    if entry.charges is not None:
        charges = frozenset(writing.unit_ids[place] for place in entry.charges)
    change = changes(line, member, unit_id, charges, entry.stays_admin)
    await _change(writing, member.id, change)
    if effect is Effect.ADDED:
        return Outcome(line.number, line.name, effect)
    return Outcome(
        line.number, line.name, effect if change.names else Effect.SAME, changed=change.names
    )


async def _add(writing: _Writing, line: Line) -> Member:
    person_id = await people.insert(
        writing.tx,
        name=line.name,
        folded=fold(line.name),
        position=line.position,
        username=line.username,
        telegram_id=line.telegram_id,
        aliases=line.aliases or (),
        at=writing.now,
    )
    writing.note("person.added", person_id)
    added = await people.member(writing.tx, person_id)
    assert added is not None
    return added


async def _change(writing: _Writing, person_id: int, change: Changes) -> None:
    tx, now = writing.tx, writing.now
    if change.columns:
        await people.change(tx, person_id, change.columns)
        changed = sorted(change.columns.keys() - {"folded"})
        writing.note("person.changed", person_id, changed=changed)
    if "telegram_id" in change.columns:
        await invitations.expire(tx, person_id, now)
    for role, unit_id in sorted(change.posts_ended):
        await people.end_role(tx, person_id, unit_id, role, now)
        writing.note("role.ended", person_id, role=role, unit_id=unit_id)
    for role, unit_id in sorted(change.posts_given):
        await people.give_role(tx, person_id, unit_id, role, now)
        writing.note("role.given", person_id, role=role, unit_id=unit_id)
    if change.charges_ended or change.charges_given:
        ended, given = sorted(change.charges_ended), sorted(change.charges_given)
        await people.change_charges(tx, person_id, ended, given, now)
        writing.note("charges.changed", person_id, ended=ended, given=given)
