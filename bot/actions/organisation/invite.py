"""Joining people to their Telegram accounts: one-time links, a changed phone, revoked access."""

import hashlib
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.actions.office import Office
from bot.actions.still_employed import as_now
from bot.folding import fold, nfc, words
from bot.language.text.words import spelled
from bot.refusals import No, Refusal
from bot.rules import access
from storage.engine.database import Database, Reader
from storage.history import audit
from storage.messaging import cards, inbox, strangers
from storage.office_days import calendar_links
from storage.organisation import invitations, people, reachability, units
from storage.records import Member, Reach, UpdateKey

_CODE_BYTES = 24


async def create(db: Database, actor: Member, person_id: int, now: datetime, days: int) -> str:
    """Return a new code of 32 characters that joins one account to a person; it is valid for `days` days.

    Only its hash is kept. The person's earlier codes end, so an update handled twice leaves one code
    that works. Refuses NOT_FOUND, PERSON_LEFT and NOT_ALLOWED.
    """
    code = secrets.token_urlsafe(_CODE_BYTES)
    async with db.transaction() as tx:
        actor = await as_now(tx, actor.id)
        person = await people.member(tx, person_id)
        if person is None:
            raise Refusal(No.NOT_FOUND)
        if person.ended_at is not None:
            raise Refusal(No.PERSON_LEFT, name=person.name)
        headed = {unit.id for unit in await units.below(tx, access.units_headed(actor))}
        if not access.may_invite(actor, person, headed):
            raise Refusal(No.NOT_ALLOWED, name=person.name)
        await invitations.expire(tx, person_id, now)
        expires_at = now + timedelta(days=days)
        await invitations.insert(tx, _hash(code), person_id, actor.id, now, expires_at)
        await audit.append(
            tx,
            now,
            "invitation.created",
            actor_id=actor.id,
            person_id=person_id,
            facts={"days": days},
        )
    return code


async def candidates(db: Database, actor: Member, said: str = "") -> list[Member]:
    """Return the people for whom `actor` may make a link: without words, those with no account yet.

    Every word said must be a word of the name or of an alias, tone marks aside. If words were said with
    tone marks, people whose names are spelled so come first. Then the order is by name.
    """
    wanted = set(words(said))
    headed = {unit.id for unit in await units.below(db, access.units_headed(actor))}
    return sorted(
        (
            person
            for person in await people.living(db)
            if (wanted <= set(words(_names(person))) if wanted else person.telegram_id is None)
            and access.may_invite(actor, person, headed)
        ),
        key=lambda person: (not _marked(said) <= _marked(_names(person)), person.name),
    )


def _names(person: Member) -> str:
    return " ".join((person.name, *person.aliases))


def _marked(text: str) -> set[str]:
    """Return the words written with tone marks (or đ), each as it is spelled."""
    return {spelled(word) for word in re.findall(r"\w+", nfc(text)) if fold(word) != word.lower()}


async def accept(
    db: Database,
    code: str,
    telegram_id: int,
    username: str | None,
    now: datetime,
    update: UpdateKey | None = None,
) -> Member:
    """Join the account to the person whom the code invites, and return them.

    An account they had before loses access, and their calendar link ends. The account that used the code
    may use it again: nothing changes. Refuses BAD_INVITATION (unknown, expired, taken back),
    INVITATION_USED and ACCOUNT_TAKEN.
    """
    if await invitations.by_code(db, _hash(code)) is None:  # a guessed code costs one read only
        raise Refusal(No.BAD_INVITATION)
    async with db.transaction() as tx:
        if update is not None and not await inbox.mark_applied(tx, update, now):
            return await _known(tx, telegram_id)
        person_id = await invitations.use(tx, _hash(code), now)
        if person_id is None:
            return await _used_by(tx, code, telegram_id)
        holder = await people.holder(tx, telegram_id)
        if holder is not None and holder.id != person_id:
            raise Refusal(No.ACCOUNT_TAKEN)
        before = await people.member(tx, person_id)
        if before is None or before.ended_at is not None:
            raise Refusal(No.BAD_INVITATION)
        moved = before.telegram_id not in {None, telegram_id}
        if moved:
            await cards.forget(tx, person_id)
            await calendar_links.end_all(tx, person_id, now)
        await people.join(tx, person_id, telegram_id, username)
        await reachability.release(tx, person_id)
        await audit.append(
            tx,
            now,
            "account.joined",
            actor_id=person_id,
            person_id=person_id,
            facts={"moved": moved},
        )
        return await _known(tx, telegram_id)


async def tried(office: Office, now: datetime) -> None:
    """Count that a stranger has tried an invalid code."""
    async with office.db.transaction() as tx:
        await strangers.count(tx, office.today(now), "wrong_codes")


def check_revocable(admins: Collection[int], actor: Member, telegram_id: int | None) -> None:
    """Refuse NOT_ALLOWED to all but admins, and NAMED_IN_SETTINGS for one of the accounts `admins`.

    An account that the settings name as an admin's would be let in again with its next message.
    """
    if not access.is_admin(actor):
        raise Refusal(No.NOT_ALLOWED)
    if telegram_id in admins:
        raise Refusal(No.NAMED_IN_SETTINGS, telegram_id=telegram_id)


async def revoke_account(
    db: Database,
    admins: Collection[int],
    actor: Member,
    person_id: int,
    now: datetime,
    update: UpdateKey | None = None,
) -> None:
    """End a person's account, open invitations and calendar link, as after a lost phone; the person stays.

    Messages to them wait until they are joined again. Refuses NOT_FOUND and as `check_revocable`;
    `admins` are the accounts named in `[access] admins`.
    """
    async with db.transaction() as tx:
        if update is not None and not await inbox.mark_applied(tx, update, now):
            return
        actor = await as_now(tx, actor.id)
        person = await people.member(tx, person_id)
        if person is None:
            raise Refusal(No.NOT_FOUND)
        check_revocable(admins, actor, person.telegram_id)
        await people.change(tx, person_id, {"telegram_id": None, "username": None})
        await reachability.mark_unreachable(tx, person_id, Reach.NEVER_STARTED)
        await cards.forget(tx, person_id)
        await calendar_links.end_all(tx, person_id, now)
        await invitations.expire(tx, person_id, now)
        await audit.append(tx, now, "account.revoked", actor_id=actor.id, person_id=person_id)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def _known(reader: Reader, telegram_id: int) -> Member:
    member = await people.by_account(reader, telegram_id)
    if member is None:
        raise Refusal(No.STRANGER)
    return member


async def _used_by(reader: Reader, code: str, telegram_id: int) -> Member:
    invitation = await invitations.by_code(reader, _hash(code))
    if invitation is None or invitation.used_at is None:
        raise Refusal(No.BAD_INVITATION)
    member = await people.by_account(reader, telegram_id)
    if member is None or member.id != invitation.person_id:
        raise Refusal(No.INVITATION_USED)
    return member
