"""Private links by which people subscribe to the calendar of their deadlines: one per person.

A link never changes by itself: anybody who has it can read the calendar until the link ends. Its owner
can end it. It also ends with the owner's account (`invite`) and when the owner leaves (`leave`). Only the
hash of its token is kept.
"""

import hashlib
import secrets
from datetime import datetime

from bot.actions.office import Office, step
from bot.actions.standpoint import Known
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.messaging import inbox
from storage.office_days import calendar_links
from storage.records import CalendarLink, UpdateKey

TOKEN_BYTES = 24
"""192 bits: 32 characters."""


async def current(office: Office, who: Standpoint) -> CalendarLink | None:
    """Return the link that somebody has; its address is known to them alone."""
    return await calendar_links.of_person(office.db, who.person_id)


async def renew(
    office: Office, who: Standpoint, seen: int, now: datetime, update: UpdateKey
) -> str:
    """End the link that the person saw (`seen`, 0 for none), and return the address of a new one.

    Refuses STALE where they have another link by now, or nothing is served over HTTP. An update handled
    twice gives the new link another address: the answer with the first one may never have arrived.
    """
    if office.web_address is None:
        raise Refusal(No.STALE)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with office.db.transaction() as tx:
        if not await inbox.mark_applied(tx, update, now):
            if not await calendar_links.change_token(tx, who.person_id, _hash(token)):
                raise Refusal(No.STALE)
            return _address(office, token)
        ended = not seen or await calendar_links.end(tx, seen, who.person_id, now)
        if not ended or not await calendar_links.insert(tx, _hash(token), who.person_id, now):
            raise Refusal(No.STALE)
        await audit.append(tx, now, "calendar_link.made", actor_id=who.person_id)
    return _address(office, token)


async def end(office: Office, who: Standpoint, seen: int, now: datetime, update: UpdateKey) -> None:
    """End the link that the person saw (`seen`); refuses STALE where it has ended already."""
    async with step(office, update, now) as tx:
        if not await calendar_links.end(tx, seen, who.person_id, now):
            raise Refusal(No.STALE)
        await audit.append(tx, now, "calendar_link.ended", actor_id=who.person_id)


async def owner(office: Office, token: str, now: datetime) -> Known | None:
    """Return the living person whose link has this token; None for any other token."""
    person_id = await calendar_links.owner(office.db, _hash(token))
    return await office.person(person_id, now) if person_id is not None else None


def _address(office: Office, token: str) -> str:
    return f"{(office.web_address or '').rstrip('/')}/lich/{token}.ics"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
