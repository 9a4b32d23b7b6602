"""The bot comes into a group, leaves it, or the group moves; its strangers are told how to come in."""

from datetime import datetime, timedelta

from bot.actions.office import Office, step
from storage.history import audit
from storage.messaging import group_chats, inbox, strangers
from storage.records import UpdateKey

STRANGERS_EVERY = timedelta(hours=1)
"""How often a group's strangers, whoever they are, are told how to become known."""


async def came(
    office: Office,
    chat_id: int,
    title: str,
    added_by: int | None,
    now: datetime,
    update: UpdateKey | None,
) -> bool:
    """Note that the bot is in a group; tell whether it has just come and has not said so yet."""
    async with step(office, update, now) as tx:
        joined = await group_chats.join(tx, chat_id, title, added_by, now)
        if joined:
            await audit.append(tx, now, "chat.joined", actor_id=added_by, facts={"chat": chat_id})
        return joined


async def hears(office: Office, chat_id: int, everything: bool) -> None:
    """Note whether the bot is given everything that is said in a group, or what is for it alone."""
    async with office.db.transaction() as tx:
        await group_chats.hear(tx, chat_id, everything)


async def hears_all(office: Office, chat_id: int) -> bool:
    """Tell whether the bot is known to be given everything that is said in a group."""
    return await group_chats.hears_all(office.db, chat_id)


async def found(office: Office, chat_id: int, title: str, now: datetime) -> None:
    """Note a group in which somebody of the office speaks to the bot before anybody wrote down that it is there."""
    if not await group_chats.is_in(office.db, chat_id):
        await came(office, chat_id, title, None, now, None)


async def is_noted(office: Office, chat_id: int) -> bool:
    """Tell whether somebody of the office has put the bot into a group, or spoken to it there."""
    return await group_chats.is_in(office.db, chat_id)


async def left(office: Office, chat_id: int, now: datetime) -> None:
    """Note that the bot was put out of a group: nothing is said there any more."""
    async with office.db.transaction() as tx:
        if await group_chats.leave(tx, chat_id, now):
            await audit.append(tx, now, "chat.left", facts={"chat": chat_id})


async def turned(
    office: Office, chat_id: int, is_in: bool, hears_all: bool, now: datetime, update: UpdateKey
) -> None:
    """Note that a stranger has put the bot into a group, or out of one.

    A group of the office's is known to have it, or not to; of others nothing is kept. It is counted, and no history:
    strangers can do it as often as they like.
    """
    async with office.db.transaction() as tx:
        if not await inbox.mark_applied(tx, update, now):
            return
        if is_in:
            await group_chats.come_back(tx, chat_id)
            await group_chats.hear(tx, chat_id, hears_all)
        else:
            await group_chats.leave(tx, chat_id, now)
        await strangers.count(tx, office.today(now), "group_moves")


async def moved(office: Office, old: int, new: int, now: datetime) -> None:
    """Let everything of a group of the office's that became a supergroup go on there."""
    async with office.db.transaction() as tx:
        if await group_chats.move(tx, old, new, now):
            await audit.append(tx, now, "chat.moved", facts={"from": old, "to": new})


async def tell_strangers(office: Office, chat_id: int, now: datetime) -> bool:
    """Tell whether it is time again to say in a group how one becomes known."""
    async with office.db.transaction() as tx:
        return await group_chats.tell_strangers(tx, chat_id, now, now - STRANGERS_EVERY)
