"""The trace of a text that carried a mark of state secrecy: when, who and by which rule, no more."""

from datetime import datetime

from bot.actions.office import Office
from storage import audit, inbox
from storage.records import UpdateKey

REFUSED = "secrecy.refused"


async def note(
    office: Office, telegram_id: int, rule: str, now: datetime, update: UpdateKey
) -> None:
    """Write down once that an update was refused; of somebody unknown, without a person."""
    known = await office.known(telegram_id, now)
    async with office.db.transaction() as tx:
        if await inbox.mark_applied(tx, update, now):
            person_id = known.member.id if known else None
            await audit.append(tx, now, REFUSED, actor_id=person_id, facts={"rule": rule})
