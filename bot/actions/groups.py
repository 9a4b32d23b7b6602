"""The bot comes into a group, leaves it, or the group moves; its strangers are told how to come in."""

from datetime import datetime, timedelta

from bot.actions.office import Office, step
from storage import audit, group_chats
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
    """Note a group that the bot was in before anybody wrote that down."""
    if not await group_chats.is_in(office.db, chat_id):
        await came(office, chat_id, title, None, now, None)


async def left(office: Office, chat_id: int, now: datetime) -> None:
    """Note that the bot was put out of a group: nothing is said there any more."""
    async with office.db.transaction() as tx:
        await group_chats.leave(tx, chat_id, now)
        await audit.append(tx, now, "chat.left", facts={"chat": chat_id})


async def moved(office: Office, old: int, new: int, now: datetime) -> None:
    """Let everything of a group that became a supergroup go on there."""
    async with office.db.transaction() as tx:
        await group_chats.move(tx, old, new, now)
        await audit.append(tx, now, "chat.moved", facts={"from": old, "to": new})


async def tell_strangers(office: Office, chat_id: int, now: datetime) -> bool:
    """Tell whether it is time again to say in a group how one becomes known."""
    async with office.db.transaction() as tx:
        return await group_chats.tell_strangers(tx, chat_id, now, now - STRANGERS_EVERY)
