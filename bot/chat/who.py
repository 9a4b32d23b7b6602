"""Who wrote: someone the office knows, someone with an invitation, or a stranger."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from telegram import User

from bot.actions import invite, members
from bot.actions.office import Office
from bot.actions.standpoint import standpoint
from bot.rules.rights import Standpoint
from storage.records import Member, UpdateKey


@dataclass(frozen=True)
class Known:
    member: Member
    who: Standpoint


async def known(office: Office, user: User) -> Known | None:
    """Return the person whose account this is; None for a stranger."""
    member = await members.by_account(office, user.id)
    if member is None:
        return None
    return Known(member, await standpoint(office.db, member))


async def let_in(
    office: Office,
    user: User,
    code: str,
    admins: Collection[int],
    now: datetime,
    update: UpdateKey,
) -> Known | None:
    """Let somebody in by a one-time link, or because the configuration names them as admin."""
    if code:
        await invite.accept(office.db, code, user.id, user.username, now, update)
    elif user.id in admins:
        await members.ensure_admin(office.db, user.id, user.full_name, user.username, now)
    return await known(office, user)
