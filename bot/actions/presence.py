"""Whoever acts must still be in the office when their act is written down."""

from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage import people
from storage.database import Reader, Transaction


async def still_here(reader: Reader, who: Standpoint) -> None:
    """Refuse STRANGER to somebody who has left since their update came."""
    if await people.has_left(reader, who.person_id):
        raise Refusal(No.STRANGER)


async def hold_people(tx: Transaction, who: Standpoint) -> None:
    """Hold people and their posts against other changes, for one who is still here."""
    await people.lock(tx)
    await still_here(tx, who)
