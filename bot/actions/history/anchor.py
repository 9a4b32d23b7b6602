"""The history's anchor, its last event's number and hash: kept elsewhere, it tells when all was rewritten."""

from datetime import datetime

from bot.actions import moves
from bot.actions.admins import check_admin
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage.history import chain
from storage.history.chain import Anchor
from storage.organisation import people
from storage.records import Priority, Role
from storage.reminders import digests

_ROUND = "anchor"
"""As an hour of a day's rounds: it is sent once a day."""


async def as_it_is(office: Office, who: Standpoint) -> Anchor:
    """Return the anchor at this moment. Refuses NOT_ALLOWED for all but admins."""
    check_admin(who)
    return await chain.anchor(office.db)


async def look(office: Office, now: datetime) -> int:
    """Send admins the anchor of a working day, from the hour of the settings on, once."""
    local = office.workdays.local(now)
    if office.anchor_at is None or local.time() < office.anchor_at:
        return 0
    day = local.date().isoformat()
    if not office.workdays.is_awake(now) or await digests.is_begun(office.db, day, _ROUND):
        return 0
    async with office.db.transaction() as tx:
        if not await digests.begin(tx, day, _ROUND):
            return 0
        living = await people.living(tx)
        admins = [one.id for one in living if Role.ADMIN in {post.role for post in one.roles}]
        await moves.tell(tx, "audit.anchor", None, admins, now, priority=Priority.DIGEST)
        return len(admins)
