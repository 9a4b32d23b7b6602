"""Whether the bot can write to a person: they started it, blocked it, came back."""

from datetime import datetime

from bot.actions.office import Office
from storage import audit, outbox, people
from storage.records import Reach


async def arrived(office: Office, person_id: int, now: datetime) -> bool:
    """Note that a person can be written to and let go what waited for them.

    Returns whether they must still be told what is kept about them (domain.md, section 6); the
    moment they were told is recorded with it.
    """
    async with office.db.transaction() as tx:
        await outbox.release(tx, person_id)
        first = await people.tell(tx, person_id, now)
        if first:
            await audit.append(tx, now, "person.told", actor_id=person_id, person_id=person_id)
        return first


async def blocked(office: Office, person_id: int) -> None:
    """Note that a person blocked the bot: what is for them waits."""
    async with office.db.transaction() as tx:
        await outbox.mark_unreachable(tx, person_id, Reach.BLOCKED)
