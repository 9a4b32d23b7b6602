"""A person blocked the bot: what is for them waits until they come back."""

from bot.actions.office import Office
from storage.organisation import reachability
from storage.records import Reach


async def blocked(office: Office, person_id: int) -> None:
    """Note that a person cannot be written to; their head sees it, and nothing is lost."""
    async with office.db.transaction() as tx:
        await reachability.mark_unreachable(tx, person_id, Reach.BLOCKED)
