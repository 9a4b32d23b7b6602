"""Who is told in brief: of what happened the number and dates alone, the rest when they ask for it.

Messages go over servers abroad; what is not asked for need not. The office may want it for all, anybody
for themselves.
"""

from datetime import datetime

from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.organisation import people
from storage.records import Outgoing, UpdateKey
from storage.reminders import outbox_retention as told_rows


async def choose(
    office: Office, who: Standpoint, brief: bool, now: datetime, update: UpdateKey | None
) -> None:
    """Be told in brief from now on, or in full again; refuses STALE in full where the office wants brief."""
    if office.brief and not brief:
        raise Refusal(No.STALE)
    async with step(office, update, now) as tx:
        await people.change(tx, who.person_id, {"brief": brief})
        person, facts = who.person_id, {"brief": brief}
        await audit.append(tx, now, "person.brief", actor_id=person, person_id=person, facts=facts)


async def told(office: Office, who: Standpoint, message_id: int, now: datetime) -> list[Outgoing]:
    """Return what one message told somebody, by the number of its first row. Refuses STALE.

    What is kept no longer, or was for somebody else, is not there.
    """
    since = now - office.retention.messages
    found = await told_rows.with_row(office.db, message_id, who.person_id, since)
    if not found:
        raise Refusal(No.STALE)
    return found
