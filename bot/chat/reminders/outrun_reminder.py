"""The text that replaces an outdated reminder where the message is too old to be deleted."""

from bot.chat.messages import Message
from storage.records import Reminding


def word(one: Reminding) -> Message:
    """Return the one line to which an outdated reminder shrinks."""
    what = f"Việc số {one.task_id}" if one.tasks == 1 else "Danh sách nhắc việc này"
    return Message(f"{what}: đã có lời nhắc mới.")
