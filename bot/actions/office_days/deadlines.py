"""The deadlines of what somebody has in hand, for a calendar."""

from bot.actions import find
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage.office_days import deadlines
from storage.records import DatedTask

MOST = 500
"""More than anybody has in hand; of more the soonest."""


async def of(office: Office, who: Standpoint) -> list[DatedTask]:
    """Return the tasks of `/viec` that have a deadline, the soonest first.

    What is over is left out: a calendar that is subscribed to shows what it was given last, while an
    entry marked as cancelled stays on many phones for months, struck through.
    """
    return await deadlines.dated(office.db, find.in_hand(who), MOST)
