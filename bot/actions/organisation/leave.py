"""Somebody leaves: their page, what they have in hand, and the leaving, refused while anything is left."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.actions import still_employed
from bot.actions.admins import check_admin
from bot.actions.directives import directives
from bot.actions.office import Office, step
from bot.actions.organisation import posts
from bot.actions.organisation.hand_over_all import check
from bot.actions.series import change
from bot.folding import words
from bot.language.names.people import read_people
from bot.refusals import No, Refusal
from bot.rules import access
from bot.rules.organisation import absences as standing_in
from bot.rules.organisation import leaving
from bot.rules.rights import Standpoint
from storage.directives import entry_rights
from storage.engine.database import Reader, Transaction
from storage.history import audit
from storage.messaging import outbox_redirect
from storage.office_days import calendar_links
from storage.organisation import absences, invitations, people, units
from storage.records import Holdings, Member, Person, Role, UpdateKey
from storage.tasks import open_work


@dataclass(frozen=True)
class Page:
    """A person as their manager sees them: with the name of their unit, and what they have in hand."""

    person: Member
    unit: str
    held: Holdings


async def found(office: Office, who: Standpoint, said: str = "") -> list[Member]:
    """Return the people somebody manages, by name; with words, those whose names have every one of them."""
    wanted = set(words(said))
    return sorted(
        (
            one
            for one in await people.living(office.db)
            if leaving.manages(who, one)
            and wanted <= set(words(" ".join((one.name, *one.aliases))))
        ),
        key=lambda one: (one.folded.split()[-1], one.folded),
    )


async def page(office: Office, who: Standpoint, person_id: int, now: datetime) -> Page:
    """Return somebody's page; refuses NOT_FOUND, PERSON_LEFT and NOT_ALLOWED."""
    person = await _managed(office.db, who, person_id)
    names = {unit.id: unit.name for unit in await units.living(office.db)}
    held = await _held(office.db, office, who, person_id, now)
    return Page(person, names.get(person.unit_id or 0, ""), held)


async def heirs(office: Office, who: Standpoint, person_id: int) -> list[Member]:
    """Return those to whom `who` may hand on everything somebody has: their unit, those above, then others."""
    members = {one.id: one for one in await people.living(office.db)}
    tree = {unit.id: unit for unit in await units.living(office.db)}
    person = members.get(person_id)
    if person is None:
        return []
    beside = [one.id for one in members.values() if one.unit_id == person.unit_id]
    above = standing_in.superiors(person, members.values(), tree)
    found = [members[id_] for id_ in dict.fromkeys((*beside, *above, *members))]
    return [
        one
        for one in found
        if standing_in.may_stand_in(one, person, tree) and leaving.may_hand_all(who, person, one)
    ]


async def end(
    office: Office, who: Standpoint, person_id: int, now: datetime, update: UpdateKey | None
) -> Member:
    """Let somebody leave the office: from this moment on they are a stranger to the bot.

    Posts, rights and invitations end; the history keeps the name. Refuses NOT_FOUND, PERSON_LEFT,
    NOT_ALLOWED, LAST_ADMIN, and WORK_LEFT (with what is `held`) while they still have work in hand.
    """
    async with step(office, update, now) as tx:
        await still_employed.hold_people(tx, who)
        person = await _managed(tx, who, person_id)
        if access.is_admin(person) and not _another_admin(await people.living(tx), person_id):
            raise Refusal(No.LAST_ADMIN)
        # The row is written first: a task assigned to them meanwhile has to wait, or is seen below.
        await people.end(tx, person_id, now)
        held = await _held(tx, office, who, person_id, now)
        if not held.is_empty:
            raise Refusal(No.WORK_LEFT, held=held)
        await _end_rights(tx, person_id, now)
        await audit.append(tx, now, "person.left", actor_id=who.person_id, person_id=person_id)
        return person


async def formers(office: Office, who: Standpoint, said: str) -> list[Person]:
    """Return to an admin the people who have left and whose names have all these words, the latest first."""
    wanted = set(words(said))
    if Role.ADMIN not in who.roles or not wanted:
        return []
    return [one for one in await people.formers(office.db) if wanted <= set(words(one.name))]


async def take_back(
    office: Office, who: Standpoint, person_id: int, now: datetime, update: UpdateKey | None
) -> bool:
    """Take back somebody who left, perhaps by mistake; return True if their posts are as they were.

    They get their account back; tasks stay with the people who have them now. Only an admin may. Refuses
    NOT_ALLOWED, NOT_FOUND, and STALE for a person who has not left or has a pseudonym.
    """
    check_admin(who)
    async with step(office, update, now) as tx:
        await still_employed.hold_people_as_admin(tx, who)
        person = await people.member(tx, person_id)
        if person is None:
            raise Refusal(No.NOT_FOUND)
        if person.ended_at is None or not await people.take_back(tx, person_id, person.ended_at):
            raise Refusal(No.STALE)
        await audit.append(tx, now, "person.back", actor_id=who.person_id, person_id=person_id)
        return await posts.stand_again(tx, who, person_id, now)


async def _managed(reader: Reader, who: Standpoint, person_id: int) -> Member:
    person = await people.member(reader, person_id)
    if person is None:
        raise Refusal(No.NOT_FOUND)
    if not leaving.manages(who, person):
        raise Refusal(No.NOT_ALLOWED)
    if person.ended_at is not None:
        raise Refusal(No.PERSON_LEFT)
    return person


async def _held(
    reader: Reader, office: Office, who: Standpoint, person_id: int, now: datetime
) -> Holdings:
    held = await open_work.of(reader, person_id, office.today(now).isoformat())
    series = await change.of_person(reader, person_id)
    entered = await open_work.documents(reader, person_id, directives.concerning(who))
    return held.model_copy(update={"series": len(series), "documents": entered})


def _another_admin(members: Collection[Member], person_id: int) -> bool:
    return any(access.is_admin(one) and one.telegram_id and one.id != person_id for one in members)


async def _end_rights(tx: Transaction, person_id: int, now: datetime) -> None:
    await absences.end_all(tx, person_id, now)
    await entry_rights.end_all(tx, person_id, now)
    await invitations.expire(tx, person_id, now)
    await calendar_links.end_all(tx, person_id, now)
    await outbox_redirect.drop_all(tx, person_id, now)


async def heir_named(office: Office, who: Standpoint, person_id: int, said: str) -> int:
    """Return the one person of `heirs` that words name; refuses NO_PERSON_READ, and as `hand_all` would."""
    read = read_people(said, await office.roster(), who.person_id)
    keys = [one.key for one in read.people if one.key is not None]
    if len(keys) != 1 or read.unsure:
        raise Refusal(No.NO_PERSON_READ)
    from_ = await people.member(office.db, person_id)
    to = await people.member(office.db, keys[0])
    if from_ is None or to is None:
        raise Refusal(No.PERSON_LEFT)
    tree = {unit.id: unit for unit in await units.living(office.db)}
    check(who, from_, to, tree)
    return to.id
