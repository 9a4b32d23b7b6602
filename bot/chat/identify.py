"""Lets in a sender who has an invitation, or whom the settings name as an admin."""

from collections.abc import Collection
from datetime import datetime

from telegram import User

from bot.actions.office import Office
from bot.actions.organisation import invite, people
from bot.actions.standpoint import Known
from storage.records import UpdateKey


async def let_in(
    office: Office,
    user: User,
    code: str,
    admins: Collection[int],
    now: datetime,
    update: UpdateKey,
) -> Known | None:
    """Let somebody in by a one-time link, or because the configuration names them as an admin.

    Returns the person as the office now knows them, or None for a stranger.
    """
    if code:
        await invite.accept(office.db, code, user.id, user.username, now, update)
    else:
        await people.ensure_admin(office.db, admins, user.id, user.full_name, user.username, now)
    return await office.known(user.id, now)
