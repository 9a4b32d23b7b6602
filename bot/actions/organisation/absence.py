"""Somebody is away (nghỉ): entered, changed, ended early; who stands in is told when it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.actions import moves, still_employed
from bot.actions.office import Office, step
from bot.language.names.absences import read_absence
from bot.language.readings import AbsenceReading
from bot.refusals import No, Refusal
from bot.rules.organisation import absences as rules
from bot.rules.rights import Standpoint
from storage.engine.database import Reader, Transaction
from storage.history import audit
from storage.organisation import absences, people, units
from storage.records import Absence, Draft, Member, UpdateKey


@dataclass(frozen=True)
class Wanted:
    """Who will be away, with first and last day, both included. Without a deputy, a superior stands in."""

    person_id: int
    first: date
    last: date
    deputy_id: int | None = None


async def enter(
    office: Office,
    who: Standpoint,
    wanted: Wanted,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Absence:
    """Enter an absence; the absent person is told if somebody else enters it.

    Refuses NOT_ALLOWED, PERSON_LEFT, DAYS_PAST, AWAY_ALREADY, OWN_DEPUTY and DEPUTY_ELSEWHERE.
    """
    async with step(office, update, now, answers) as tx:
        await people.lock(tx)
        await _check(tx, who, wanted, office.today(now))
        made = await absences.insert(
            tx,
            person_id=wanted.person_id,
            deputy_id=wanted.deputy_id,
            from_day=wanted.first,
            until_day=wanted.last,
            entered_by_id=who.person_id,
            at=now,
        )
        await _note(tx, who, "entered", made, now)
        return made


async def change(
    office: Office,
    who: Standpoint,
    absence_id: int,
    wanted: Wanted,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Absence:
    """Set other days or another deputy; an absence that has begun keeps its first day.

    Refuses NOT_FOUND, STALE for an absence that is over, SAME, and as `enter`.
    """
    async with step(office, update, now, answers) as tx:
        await people.lock(tx)
        before = await _living(tx, who, absence_id, office.today(now))
        first = before.from_day if before.from_day <= office.today(now) else wanted.first
        wanted = Wanted(before.person_id, first, wanted.last, wanted.deputy_id)
        if wanted == Wanted(before.person_id, before.from_day, before.until_day, before.deputy_id):
            raise Refusal(No.SAME)
        await _check(tx, who, wanted, office.today(now), but=absence_id)
        if not await absences.change(
            tx,
            before,
            from_day=wanted.first,
            until_day=wanted.last,
            deputy_id=wanted.deputy_id,
        ):
            raise Refusal(No.STALE)
        after = await absences.get(tx, absence_id)
        assert after is not None
        await _relieve(tx, before, after, now)
        await _note(tx, who, "changed", after, now)
        return after


async def end(
    office: Office, who: Standpoint, absence_id: int, now: datetime, update: UpdateKey | None
) -> Absence:
    """Record that somebody is back before the last day, or does not go away at all.

    Refuses STRANGER (to a person who has left meanwhile), NOT_FOUND and STALE.
    """
    async with step(office, update, now) as tx:
        await still_employed.still_here(tx, who)
        before = await _living(tx, who, absence_id, office.today(now))
        if not await absences.end(tx, absence_id, now):
            raise Refusal(No.STALE)
        if before.from_day > office.today(now):
            await absences.settle(tx, absence_id, now)
            await _note(tx, who, "dropped", before, now)
        else:
            await _note(tx, who, "ended", before, now)
        return before


async def read(office: Office, who: Standpoint, text: str, now: datetime) -> AbsenceReading:
    """Read a text about an absence, or about its days or deputy alone."""
    return read_absence(
        text,
        await office.roster(),
        now,
        office.workdays,
        office.reading,
        speaker=who.person_id,
    )


async def listed(office: Office, who: Standpoint, now: datetime) -> list[tuple[Absence, bool]]:
    """Return the present and coming absences that concern a person; True marks those they may change.

    These are their own, those in which they are the deputy, and others they may change.
    """
    known = {one.id: one for one in await people.living(office.db)}
    coming = [
        (one, rules.may_enter(who, known[one.person_id], None))
        for one in await absences.not_over(office.db, office.today(now))
    ]
    return [(one, mine) for one, mine in coming if mine or one.deputy_id == who.person_id]


async def one(office: Office, who: Standpoint, absence_id: int, now: datetime) -> Absence:
    """Return an absence that a person may change; refuses NOT_FOUND, and STALE for one that is over."""
    return await _living(office.db, who, absence_id, office.today(now))


async def entered_at(office: Office, person_id: int, at: datetime) -> int | None:
    """Return the id of the absence that was entered for somebody at a moment; None if there is none."""
    found = await absences.entered(office.db, person_id, at)
    return found.id if found else None


async def check(office: Office, who: Standpoint, person_id: int) -> Member:
    """Return a person whose absence `who` may enter; refuses NOT_ALLOWED and PERSON_LEFT."""
    return await _person(office.db, who, person_id, None)


async def _living(reader: Reader, who: Standpoint, absence_id: int, today: date) -> Absence:
    found = await absences.get(reader, absence_id)
    person = await people.member(reader, found.person_id) if found else None
    if found is None or person is None or not rules.may_enter(who, person, None):
        raise Refusal(No.NOT_FOUND)
    if found.ended_at is not None or found.until_day < today:
        raise Refusal(No.STALE)
    return found


async def _person(reader: Reader, who: Standpoint, person_id: int, deputy_id: int | None) -> Member:
    await still_employed.still_here(reader, who)
    person = await people.member(reader, person_id)
    if person is None or person.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    if not rules.may_enter(who, person, deputy_id):
        raise Refusal(No.NOT_ALLOWED)
    return person


async def _check(
    tx: Transaction, who: Standpoint, wanted: Wanted, today: date, but: int = 0
) -> None:
    person = await _person(tx, who, wanted.person_id, wanted.deputy_id)
    if wanted.last < max(today, wanted.first):
        raise Refusal(No.DAYS_PAST)
    met = await absences.meeting(tx, person.id, wanted.first, wanted.last, but)
    if met is not None:
        raise Refusal(No.AWAY_ALREADY, first=met.from_day, last=met.until_day)
    if wanted.deputy_id is not None:
        await check_deputy(tx, person, wanted.deputy_id)


async def check_deputy(reader: Reader, person: Member, deputy_id: int) -> Member:
    """Return the deputy, who may stand in for `person`; refuses OWN_DEPUTY, PERSON_LEFT, DEPUTY_ELSEWHERE."""
    if deputy_id == person.id:
        raise Refusal(No.OWN_DEPUTY)
    deputy = await people.member(reader, deputy_id)
    if deputy is None or deputy.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    tree = {unit.id: unit for unit in await units.living(reader)}
    if not rules.may_stand_in(deputy, person, tree):
        raise Refusal(No.DEPUTY_ELSEWHERE)
    return deputy


async def _relieve(tx: Transaction, before: Absence, after: Absence, now: datetime) -> None:
    """Tell the person who stood in so far that they no longer do, where the deputy was changed."""
    if before.told_id is not None and after.told_id is None:
        facts = {"absence": before.id}
        await moves.tell(tx, "absence.over", None, [before.told_id], now, facts=facts)


async def _note(
    tx: Transaction, who: Standpoint, did: str, absence: Absence, now: datetime
) -> None:
    facts: Mapping[str, object] = {
        "absence": absence.id,
        "deputy": absence.deputy_id,
        "from": absence.from_day.isoformat(),
        "until": absence.until_day.isoformat(),
    }
    if who.person_id != absence.person_id and did != "ended":
        said = {"absence": absence.id, "did": did, "by": who.person_id}
        await moves.tell(tx, "absence.noted", None, [absence.person_id], now, facts=said)
    await audit.append(
        tx,
        now,
        f"absence.{did}",
        actor_id=who.person_id,
        person_id=absence.person_id,
        facts=facts,
    )


async def likely(office: Office, person_id: int) -> list[Member]:
    """Return who may stand in for somebody, the likelier first: people of their unit, then those above."""
    members = {one.id: one for one in await people.living(office.db)}
    tree = {unit.id: unit for unit in await units.living(office.db)}
    person = members.get(person_id)
    if person is None:
        return []
    beside = [one.id for one in members.values() if one.unit_id == person.unit_id]
    above = rules.superiors(person, members.values(), tree)
    found = [members[id_] for id_ in dict.fromkeys((*beside, *above))]
    return [one for one in found if rules.may_stand_in(one, person, tree)]
