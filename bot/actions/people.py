"""People come in: the first admins, somebody added by hand, somebody who presses Start."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.actions.presence import as_now
from bot.letters import fold, nfc
from bot.refusals import No, Refusal
from bot.rules import access
from storage import audit, inbox, invitations, people, reach, units
from storage.audit import NewEvent
from storage.database import Database, Transaction
from storage.records import Member, Reach, Role, UpdateKey

MAX_NAME = 100


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be added to a unit."""

    name: str
    position: str
    unit_id: int
    role: Role = Role.STAFF


def tidy(text: str) -> str:
    """Return a name in NFC with single spaces."""
    return " ".join(nfc(text).split())


async def ensure_admin(
    db: Database,
    admins: Collection[int],
    telegram_id: int,
    name: str,
    username: str | None,
    now: datetime,
) -> Member | None:
    """Return the person of an account named in `[access] admins`, with the role admin.

    At their first Start they are made, under the name Telegram gives, or joined to the one admin of
    that name whom a list has without an account; None for other accounts and for those of people
    who left. Repeating it changes nothing.
    """
    if telegram_id not in admins:
        return None
    async with db.transaction() as tx:
        await people.lock(tx)
        holder = await people.holder(tx, telegram_id)
        if holder is not None and holder.ended_at is not None:
            return None
        listed = await _listed_admin(tx, name) if holder is None else None
        if listed is not None:
            return await _join(tx, listed, telegram_id, username, now)
        events = []
        if holder is None:
            person_id = await _insert(tx, name, "", username, telegram_id, now)
            events.append(NewEvent("person.added", person_id=person_id))
        else:
            person_id = holder.id
        member = await people.member(tx, person_id)
        if member is not None and access.is_admin(member):
            return member
        await people.give_role(tx, person_id, None, Role.ADMIN, now)
        events.append(NewEvent("role.given", person_id=person_id, facts={"role": Role.ADMIN}))
        await audit.append_many(tx, now, events)
        return await people.member(tx, person_id)


async def add_person(
    db: Database,
    actor: Member,
    newcomer: Newcomer,
    now: datetime,
    update: UpdateKey | None = None,
) -> Member:
    """Add somebody who has no account yet, so that they can be assigned to and invited.

    Refuses EMPTY, TOO_LONG, NOT_FOUND (the unit), NOT_ALLOWED, and ALREADY_DONE when the unit has
    somebody of that name.
    """
    name, position = _checked(newcomer.name), tidy(newcomer.position)
    async with db.transaction() as tx:
        again = update is not None and not await inbox.mark_applied(tx, update, now)
        actor = await as_now(tx, actor.id)
        unit_ids = {unit.id for unit in await units.living(tx)}
        headed = {unit.id for unit in await units.below(tx, access.units_headed(actor))}
        if newcomer.unit_id not in unit_ids:
            raise Refusal(No.NOT_FOUND)
        if not access.may_add(actor, newcomer.unit_id, newcomer.role, headed):
            raise Refusal(No.NOT_ALLOWED)
        namesake = await _namesake(tx, name, newcomer.unit_id)
        if namesake is not None and again:
            return namesake
        if namesake is not None:
            raise Refusal(No.ALREADY_DONE, name=name)
        person_id = await _insert(tx, name, position, None, None, now)
        await people.give_role(tx, person_id, newcomer.unit_id, newcomer.role, now)
        facts = {"role": newcomer.role, "unit_id": newcomer.unit_id}
        await audit.append_many(
            tx,
            now,
            [
                NewEvent("person.added", actor_id=actor.id, person_id=person_id),
                NewEvent("role.given", actor_id=actor.id, person_id=person_id, facts=facts),
            ],
        )
        added = await people.member(tx, person_id)
        assert added is not None
        return added


async def started(db: Database, member: Member, username: str | None, now: datetime) -> Member:
    """Note that a known person pressed Start: they can be written to, and get what waited.

    Repeating it changes nothing.
    """
    if member.reach is Reach.REACHABLE and member.username == username:
        return member
    kind = "person.changed" if member.reach is Reach.REACHABLE else "account.started"
    async with db.transaction() as tx:
        await people.change(tx, member.id, {"username": username})
        await reach.release(tx, member.id)
        await audit.append(tx, now, kind, actor_id=member.id, person_id=member.id)
        return await people.member(tx, member.id) or member


async def told(db: Database, person_id: int, now: datetime) -> None:
    """Keep the moment a person was told what is kept about them; the first one stays."""
    async with db.transaction() as tx:
        if await people.tell(tx, person_id, now):
            await audit.append(tx, now, "person.told", person_id=person_id)


def _checked(name: str) -> str:
    name = tidy(name)
    if not name:
        raise Refusal(No.EMPTY)
    if len(name) > MAX_NAME:
        raise Refusal(No.TOO_LONG, limit=MAX_NAME, length=len(name))
    return name


async def _insert(
    tx: Transaction,
    name: str,
    position: str,
    username: str | None,
    telegram_id: int | None,
    now: datetime,
) -> int:
    name = tidy(name)[:MAX_NAME]
    return await people.insert(
        tx,
        name=name,
        folded=fold(name),
        position=position,
        username=username,
        telegram_id=telegram_id,
        aliases=(),
        at=now,
    )


async def _listed_admin(tx: Transaction, name: str) -> Member | None:
    """Return the one admin of a name, tone marks aside, who waits for an account.

    The name tells who it is; that the account is an admin's, the settings have said.
    """
    folded = fold(tidy(name))
    found = [m for m in await people.living(tx) if m.telegram_id is None and m.folded == folded]
    return found[0] if len(found) == 1 and access.is_admin(found[0]) else None


async def _join(
    tx: Transaction, person: Member, telegram_id: int, username: str | None, now: datetime
) -> Member | None:
    await people.join(tx, person.id, telegram_id, username)
    await invitations.expire(tx, person.id, now)
    await reach.release(tx, person.id)
    facts = {"moved": False}
    await audit.append(
        tx, now, "account.joined", actor_id=person.id, person_id=person.id, facts=facts
    )
    return await people.member(tx, person.id)


async def _namesake(tx: Transaction, name: str, unit_id: int) -> Member | None:
    for member in await people.living(tx):
        if member.name == name and any(post.unit_id == unit_id for post in member.roles):
            return member
    return None
