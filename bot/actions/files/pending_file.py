"""A list sent as a file is laid aside until whoever sent it has seen what it would do, and presses."""

from datetime import datetime

from bot.actions.chat_places import Place
from bot.actions.office import Office, step
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.records import Draft, UpdateKey

UNITS, TASKS = "units_list", "task_list"


async def lay(
    office: Office,
    who: Standpoint,
    place: Place,
    kind: str,
    file_id: str,
    seen: str,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Lay a file aside, by Telegram's id of it, with what tells what was `seen` of it."""
    async with step(office, update, now) as tx:
        return await drafts.lay_aside(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            kind=kind,
            fields={"file": file_id, "seen": seen},
            at=now,
        )
