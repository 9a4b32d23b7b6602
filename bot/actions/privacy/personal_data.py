"""One's own data on request: everything that is held on the person who asks, and on nobody else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.actions.office import Office, step
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.privacy import personal
from storage.records import UpdateKey


async def own(
    office: Office, who: Standpoint, now: datetime, update: UpdateKey | None
) -> dict[str, list[Mapping[str, Any]]]:
    """Return all that is held on who asks, and note in the history that they were given it."""
    async with step(office, update, now) as tx:
        await audit.append(tx, now, "person.own_data", actor_id=who.person_id)
    return await personal.held_on(office.db, who.person_id)
