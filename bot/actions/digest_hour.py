"""Each person chooses at which hour their morning digest comes."""

import re
from datetime import datetime, time

from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage import digests
from storage.records import UpdateKey

_HOUR = re.compile(r"(\d{1,2})(?:\s*(?::|h|g|giờ|gio)\s*(\d{2})?)?", re.IGNORECASE)


def read(office: Office, said: str) -> time:
    """Read "8h15", "08:15" or "8"; refuses NO_HOUR for no hour, and for one outside waking hours."""
    found = _HOUR.fullmatch(said.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    first, last = office.workdays.waking
    if hour > 23 or minute > 59 or not first <= time(hour, minute) <= last:
        raise Refusal(No.NO_HOUR, first=first, last=last)
    return time(hour, minute)


async def chosen(office: Office, who: Standpoint) -> time | None:
    """Return the hour that somebody chose; None for the office's."""
    return await digests.hour_of(office.db, who.person_id)


async def choose(
    office: Office, who: Standpoint, hour: time | None, now: datetime, update: UpdateKey | None
) -> None:
    """Let one's digest come at an hour from now on, but never twice a day; None for the office's."""
    async with step(office, update, now) as tx:
        await digests.choose_hour(tx, who.person_id, hour)
