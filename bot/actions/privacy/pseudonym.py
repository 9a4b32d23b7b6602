"""Who left may ask that nothing tells who they were: a pseudonym stands in their place, the work stays."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions import still_employed
from bot.actions.admins import check_admin
from bot.actions.office import Office, step
from bot.folding import fold
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.organisation import people
from storage.privacy import pseudonyms
from storage.records import Member, UpdateKey


@dataclass(frozen=True)
class Replaced:
    """What stands now in place of a name, and the packages in which the name still stands."""

    pseudonym: str
    packages: list[str]


def pseudonym_of(person_id: int) -> str:
    """Return the one pseudonym of a person: by it history still tells them from others."""
    return f"Ẩn danh {person_id}"


async def former(office: Office, who: Standpoint, person_id: int) -> Member:
    """Return one whose name can be replaced. Refuses NOT_ALLOWED to all but admins, NOT_FOUND, STALE."""
    check_admin(who)
    person = await people.member(office.db, person_id)
    if person is None:
        raise Refusal(No.NOT_FOUND)
    if person.ended_at is None or person.pseudonym_at is not None:
        raise Refusal(No.STALE)
    return person


async def replace(
    office: Office, who: Standpoint, person_id: int, now: datetime, update: UpdateKey | None
) -> Replaced:
    """Put the pseudonym in place of who somebody was, for good. Refuses as `former` does.

    Rows keep pointing to the same number, so no event changes and the chain holds.
    """
    await former(office, who, person_id)
    name = pseudonym_of(person_id)
    async with step(office, update, now) as tx:
        await still_employed.hold_people_as_admin(tx, who)
        if not await pseudonyms.replace(tx, person_id, name, fold(name), now):
            raise Refusal(No.STALE)
        kind = "person.pseudonymised"
        await audit.append(tx, now, kind, actor_id=who.person_id, person_id=person_id)
    return Replaced(name, await pseudonyms.packages(office.db, person_id))
