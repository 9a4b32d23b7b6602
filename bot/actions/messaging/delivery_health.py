"""How delivery stands, and who cannot be reached: for the admin all, for those above their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions.admins import check_admin
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage.messaging import ledger
from storage.records import Failure, Health, Role, Unreached

A_DAY = timedelta(days=1)
FAILURES = 10


@dataclass(frozen=True)
class Delivery:
    health: Health
    reasons: Sequence[tuple[str, str, int]]
    """Outcome, reason and how often in the last day."""


async def delivery(office: Office, who: Standpoint, now: datetime) -> Delivery:
    """Return how delivery stands. Refuses NOT_ALLOWED to all but admins."""
    check_admin(who)
    day_ago = now - A_DAY
    return Delivery(
        await ledger.health(office.db, now, day_ago), await ledger.reasons(office.db, day_ago)
    )


async def failures(office: Office, who: Standpoint) -> list[Failure]:
    """Return the newest messages that were given up. Refuses NOT_ALLOWED to all but admins."""
    check_admin(who)
    return await ledger.failures(office.db, FAILURES)


async def unreached(office: Office, who: Standpoint) -> list[Unreached]:
    """Return for whom something waits that they cannot be told: of their units, for an admin of all."""
    if Role.ADMIN in who.roles:
        return await ledger.unreached(office.db, None)
    seen = [one.oversees for one in who.each if one.leads_others]
    if None in seen:
        return await ledger.unreached(office.db, None)
    units = frozenset[int]().union(*(units for units in seen if units is not None))
    found = await ledger.unreached(office.db, sorted(units))
    return [one for one in found if one.id != who.person_id]
