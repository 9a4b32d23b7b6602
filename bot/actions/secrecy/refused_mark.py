"""The trace of a text that carried a mark of state secrecy: when, who and by which rule, no more."""

from datetime import datetime

from bot.actions.office import Office
from storage.history import audit
from storage.messaging import inbox, strangers
from storage.records import UpdateKey

REFUSED = "secrecy.refused"


async def note(
    office: Office, telegram_id: int, rule: str, now: datetime, update: UpdateKey
) -> bool:
    """Write down once that an update was refused; tell whether the office knows who wrote it.

    Of strangers it is counted: they could make the history grow without end.
    """
    known = await office.known(telegram_id, now)
    async with office.db.transaction() as tx:
        if await inbox.mark_applied(tx, update, now):
            if known is None:
                await strangers.count(tx, office.today(now), "marked")
            else:
                await audit.append(tx, now, REFUSED, actor_id=known.member.id, facts={"rule": rule})
    return known is not None
