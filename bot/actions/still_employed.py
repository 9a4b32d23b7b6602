"""Checks that a person who acts is still in the office when their act is written down."""

from bot.refusals import No, Refusal
from bot.rules import access
from bot.rules.rights import Standpoint
from storage.engine.database import Reader, Transaction
from storage.organisation import people
from storage.records import Member


async def still_here(reader: Reader, who: Standpoint) -> None:
    """Refuse STRANGER to somebody who has left since their update came."""
    if await people.has_left(reader, who.person_id):
        raise Refusal(No.STRANGER)


async def hold_people(tx: Transaction, who: Standpoint) -> None:
    """Lock people and their posts against other changes; refuses STRANGER as `still_here`."""
    await people.lock(tx)
    await still_here(tx, who)


async def still_admin(reader: Reader, who: Standpoint) -> None:
    """Refuse STRANGER to somebody who has left since their update came, NOT_ALLOWED to one who is no admin now."""
    if not access.is_admin(await as_now(reader, who.person_id)):
        raise Refusal(No.NOT_ALLOWED)


async def hold_people_as_admin(tx: Transaction, who: Standpoint) -> None:
    """Lock people and their posts against other changes; refuses as `still_admin`."""
    await people.lock(tx)
    await still_admin(tx, who)


async def as_now(reader: Reader, person_id: int) -> Member:
    """Return the person who acts, with their present posts; refuses STRANGER to one who has left."""
    member = await people.member(reader, person_id)
    if member is None or member.ended_at is not None:
        raise Refusal(No.STRANGER)
    return member
