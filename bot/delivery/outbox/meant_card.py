"""What is kept of the message that a press or an answer is about: where it is, and never what it says.

One press is another: that by which somebody says that a message of theirs carries no mark of secrecy. The
message was not kept; Telegram sends it along, as what the pressed one answers.
"""

import re
from collections.abc import Callable
from typing import Any

from bot.rules.secrecy import NO_MARK

Raw = dict[str, Any]

_KEPT = ("message_id", "date", "chat", "message_thread_id", "is_topic_message")
"""What a press needs of the message under it; its text and buttons cost more than all the rest."""

_NUMBERED = re.compile(r"\bviệc số \d{1,15}\b", re.IGNORECASE)


def cut(raw: Raw, bot_id: int, gate: Callable[[str], str | None]) -> Raw:
    """Return an update with no more than that of a pressed message; any other update as it is.

    A chat's title that may carry a mark is left out.
    """
    press = _dict(raw, "callback_query")
    card = _dict(press, "message")
    if not card:
        return raw
    kept = {name: card[name] for name in _KEPT if name in card}
    title = _dict(card, "chat").get("title")
    if isinstance(title, str) and gate(title):
        kept["chat"] = {name: said for name, said in card["chat"].items() if name != "title"}
    if said := cleared(raw, bot_id):
        kept["reply_to_message"] = said
    return raw | {"callback_query": press | {"message": kept}}


def cleared(raw: Raw, bot_id: int) -> Raw | None:
    """Return the message that a press says carries no mark, if whoever pressed has written it; else None."""
    press = _dict(raw, "callback_query")
    card = _dict(press, "message")
    said = _dict(card, "reply_to_message")
    data = press.get("data")
    if not isinstance(data, str) or not data.startswith(f"{NO_MARK}:"):
        return None
    ours = _dict(card, "from").get("id") == bot_id
    own = said and _dict(said, "from").get("id") == _dict(press, "from").get("id")
    return said if ours and own else None


def readable(card: Raw) -> Raw:
    """Return a kept message as the library is to read it.

    Outside topics it is read as one that is there no more (date 0): that costs a fifth.
    """
    kept = {name: card[name] for name in _KEPT if name in card}
    if "reply_to_message" in card:
        return kept | {"reply_to_message": card["reply_to_message"]}
    return kept if kept.get("is_topic_message") else {**kept, "date": 0}


def answered(message: Raw, chat: Raw, bot_id: int) -> Raw | None:
    """Return what is kept of a message in a chat that another answers; None for the beginning of a topic.

    Of one of ours that is what its buttons do and the task that it names, of any other its number alone.
    """
    number = message.get("message_id")
    if not isinstance(number, int) or "forum_topic_created" in message:
        return None
    kept: Raw = {"message_id": number, "date": 0, "chat": chat}
    if _dict(message, "from").get("id") != bot_id:
        return kept
    kept["from"] = {"id": bot_id, "is_bot": True, "first_name": ""}
    if named := _NUMBERED.search(str(message.get("text") or message.get("caption") or "")):
        kept["text"] = named[0]
    lines = _dict(message, "reply_markup").get("inline_keyboard")
    if buttons := [one for line in _dicts(lines) for one in line if "callback_data" in one]:
        pressed = [{"text": "", "callback_data": one["callback_data"]} for one in buttons]
        kept["reply_markup"] = {"inline_keyboard": [pressed]}
    return kept


def _dicts(lines: Any) -> list[list[Raw]]:
    found = lines if isinstance(lines, list) else []
    return [
        [one for one in line if isinstance(one, dict)] for line in found if isinstance(line, list)
    ]


def _dict(value: Raw, name: str) -> Raw:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}
