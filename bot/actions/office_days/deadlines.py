"""The deadlines of what somebody has in hand, for a calendar."""

from bot.actions import find
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage.office_days import deadlines
from storage.records import DatedTask

MOST = 500
"""More tasks than anybody has in hand; of more than this, the soonest are returned."""


async def of(office: Office, who: Standpoint) -> list[DatedTask]:
    """Return the tasks of `/viec` that have a deadline, the soonest first.

    Closed tasks are left out: a subscribed calendar drops what it is not given again. An entry marked as
    cancelled would stay on many phones for months, struck through.
    """
    return await deadlines.dated(office.db, find.in_hand(who), MOST)
