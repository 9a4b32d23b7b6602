"""What the message is whose button somebody presses: one that reminds, or any other."""

from datetime import datetime

from bot.actions.office import Office
from storage.reminders import reminder_messages


async def pressed(office: Office, chat_id: int, message_id: int, now: datetime) -> None:
    """Note that a reminder shows what came of a press, if it is one."""
    if await reminder_messages.of_message(office.db, chat_id, message_id):
        async with office.db.transaction() as tx:
            await reminder_messages.press(tx, chat_id, message_id, now)
