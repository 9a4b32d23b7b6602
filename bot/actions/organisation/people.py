"""People come in: the first admins, and people who press Start."""

from collections.abc import Collection
from datetime import datetime

from bot.folding import fold, nfc
from bot.rules import access
from storage.engine.database import Database, Transaction
from storage.history import audit
from storage.history.audit import NewEvent
from storage.organisation import invitations, people, reachability
from storage.records import Member, Reach, Role

MAX_NAME = 100


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

    At the first Start the person is made, under the name Telegram gives. If a list already has exactly
    one admin of that name without an account, the account is joined to that person instead. None for
    other accounts and for those of people who left. Repeating it changes nothing.
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
            person_id = await _insert(tx, name, username, telegram_id, now)
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


async def started(db: Database, member: Member, username: str | None, now: datetime) -> Member:
    """Note that a known person pressed Start: they can be written to, and get the messages that waited.

    Repeating it changes nothing.
    """
    if member.reach is Reach.REACHABLE and member.username == username:
        return member
    kind = "person.changed" if member.reach is Reach.REACHABLE else "account.started"
    async with db.transaction() as tx:
        await people.change(tx, member.id, {"username": username})
        await reachability.release(tx, member.id)
        await audit.append(tx, now, kind, actor_id=member.id, person_id=member.id)
        return await people.member(tx, member.id) or member


async def told(db: Database, person_id: int, now: datetime) -> None:
    """Keep the moment a person was told what data is kept about them; only the first time counts."""
    async with db.transaction() as tx:
        if await people.tell(tx, person_id, now):
            await audit.append(tx, now, "person.told", person_id=person_id)


async def _insert(
    tx: Transaction, name: str, username: str | None, telegram_id: int, now: datetime
) -> int:
    name = tidy(name)[:MAX_NAME]
    return await people.insert(
        tx,
        name=name,
        folded=fold(name),
        position="",
        username=username,
        telegram_id=telegram_id,
        aliases=(),
        at=now,
    )


async def _listed_admin(tx: Transaction, name: str) -> Member | None:
    """Return the one admin of a name, tone marks aside, who has no account yet; else None.

    The name is enough to tell who it is: the settings say already that the account is an admin's.
    """
    folded = fold(tidy(name))
    found = [m for m in await people.living(tx) if m.telegram_id is None and m.folded == folded]
    return found[0] if len(found) == 1 and access.is_admin(found[0]) else None


async def _join(
    tx: Transaction, person: Member, telegram_id: int, username: str | None, now: datetime
) -> Member | None:
    await people.join(tx, person.id, telegram_id, username)
    await invitations.expire(tx, person.id, now)
    await reachability.release(tx, person.id)
    facts = {"moved": False}
    await audit.append(
        tx, now, "account.joined", actor_id=person.id, person_id=person.id, facts=facts
    )
    return await people.member(tx, person.id)
