"""Recognises talk in groups that is not for the bot: it is skipped before its content is checked or stored."""

import re
from typing import Any

_GROUPS = ("group", "supergroup")
_MOVES = ("migrate_to_chat_id", "migrate_from_chat_id")
_COMMAND = re.compile(r"/\w+(?:@(\w+))?(?!\S)")


def is_overheard(raw: Any, bot_id: int, username: str) -> bool:
    """Tell whether an update is a message that people in a group write to each other.

    For the bot are: a command with its name or with none, a text with its name, and a reply to one of its
    messages. A forwarded message is never for the bot, unless it is such a reply. An unknown kind of update is
    not overheard.
    """
    message = _message(raw)
    if _field(message, "chat").get("type") not in _GROUPS or any(key in message for key in _MOVES):
        return False
    replied = _field(message, "reply_to_message")
    if _field(replied, "from").get("id") == bot_id and "forum_topic_created" not in replied:
        return False
    said = message.get("text") or message.get("caption")
    if not isinstance(said, str) or "forward_origin" in message:
        return True
    if command := _COMMAND.match(said):
        return command[1] is not None and command[1].lower() != username.lower()
    return re.search(rf"(?<!\w)@{username}(?!\w)", said, re.IGNORECASE) is None


def _message(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        return {}
    return _field(raw, "message") or _field(raw, "edited_message")


def _field(value: dict[str, Any], name: str) -> dict[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}
