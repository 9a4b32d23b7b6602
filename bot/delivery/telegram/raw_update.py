"""What can be told of a raw update before it is read: its number, its chat, its secrets.

Raw updates come from outside and may be anything; nothing here raises on them.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from telegram import Bot, Update

from bot.delivery.outbox import meant_card
from bot.delivery.telegram import update_shape
from bot.rules.secrecy import UNSURE
from storage.messaging.inbox import Received
from storage.records import UpdateKey

Raw = dict[str, Any]
Gate = Callable[[str], str | None]
"""Names the secrecy rule a text falls under, UNSURE where only its writer can say, or None."""

Read = Callable[[str], Update]
"""Reads a body; raises anything at all on one that is no update."""

Handle = Callable[[Update, UpdateKey, str | None], Awaitable[str | None]]
"""Handles an update, and returns how it ended where it was not handled after all. With a mark, the secrecy rule it fell under, it is a stub: no text, only who
wrote where and when, so that they can be told what to do instead, or be asked (UNSURE)."""

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

MAX_BODY = 256 * 1024
"""Characters. The longest message Telegram can send, with one replied to, stays well below."""

_NOT_WRITTEN = frozenset(
    [
        "id",
        "file_id",
        "file_unique_id",
        "inline_message_id",
        "chat_instance",
        "media_group_id",
        "custom_emoji_id",
        "type",
        "mime_type",
        "data",
        "status",
        "emoji",
        "username",
        "language_code",
        "phone_number",
    ]
)
"""What Telegram or this program wrote, and names of accounts; every other text is somebody's words."""

_ACCOUNTS = frozenset(
    {"from", "user", "sender_user", "via_bot", "new_chat_members", "left_chat_member"}
)
_NO_WORDS = _NOT_WRITTEN | _ACCOUNTS
_NAMES = frozenset({"first_name", "last_name", "sender_user_name", "author_signature"})
_A_PERSON = "đồng chí "
"""Put before a name, so that somebody called Mật is no mark."""

_NO_NAME = re.compile(r"\d|[:/]|(?:\S+\s+){5}")
"""In what is given as a name: it may be more than one, so it is looked at as any text too."""
_CARD_NAME = re.compile(r"^F?N[^:\n]*:", re.MULTILINE)
"""Where a name begins in a contact's vCard."""

_LONGEST_NAME = 64
"""Of an album; Telegram's are numbers. What the database could not keep would keep out all that came with it."""

_LARGEST = 2**63 - 1
_LARGEST_ID = 2**31 - 1
"""Of an update: Telegram numbers them with 32 bits. One far ahead would have it forget all that come after."""


def received(raw: Raw, gate: Gate, bot_id: int) -> Received | None:
    """Make a row of an update: whole, a stub without content when marked, or None with no number.

    What the bot of this id wrote itself is no secret: it is quoted in presses and replies. A message whose
    writer says that it carries no mark is taken at their word, unless it says so itself.
    """
    update_id = numbered(raw)
    if update_id is None:
        return None
    chat = lane(raw)
    try:
        body = _json(raw)
        if len(body) > MAX_BODY:
            return Received(update_id, chat, None, error=f"{len(body)} characters")
        given, raw = raw, _untitled(raw, gate)
        said = meant_card.cleared(raw, bot_id)
        if said and (mark := _mark({"message": said}, gate, bot_id)) not in {None, UNSURE}:
            return Received(update_id, chat, _json(stub(raw | {"callback_query": said})), mark)
        kept = meant_card.cut(raw, bot_id, gate)
        if said is None and (mark := _mark(kept, gate, bot_id)):
            left = _asked_about(kept, bot_id) if mark == UNSURE else stub(kept)
            return Received(update_id, chat, _json(left), mark)
        body = body if kept is given else _json(kept)
    except (ValueError, RecursionError) as error:
        return Received(update_id, chat, None, error=type(error).__name__)
    return Received(update_id, chat, body, album=album(raw))


def numbered(raw: Any) -> int | None:
    """Return an update's number; None for what has none that Telegram could have given."""
    id_ = number(raw.get("update_id")) if isinstance(raw, dict) else None
    return id_ if id_ is not None and 0 < id_ <= _LARGEST_ID else None


def read(body: str, bot: Bot) -> Update:
    """Read a stored body as the library's update of this bot."""
    raw = json.loads(body)
    update_shape.check(raw)
    if (press := raw.get("callback_query")) and (card := press.get("message")):
        press["message"] = meant_card.readable(card)
    return Update.de_json(raw, bot)


def album(raw: Raw) -> str | None:
    """Return what files sent at once have in common; None for everything else."""
    value = _event(raw)[1].get("media_group_id")
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        return None
    return value if value.isascii() and value.isprintable() else None


def place(body: str) -> tuple[int, int | None] | None:
    """Return the chat and the topic where somebody said or pressed this; None where nobody did."""
    kind, event = _event({key: part for key, part in json.loads(body).items() if key in ALLOWED})
    said = _dict(event, "message") if kind == "callback_query" else event
    chat_id = number(_dict(said, "chat").get("id"))
    if chat_id is None or kind == "my_chat_member":
        return None
    return chat_id, number(said.get("message_thread_id")) if said.get("is_topic_message") else None


def texts(raw: Raw, bot_id: int) -> Iterator[str]:
    """Yield everything somebody wrote in an update, also where it is quoted or forwarded.

    That is every text of every kind of message there is or will be, but for what this bot wrote.
    """
    left: list[Any] = list(raw.values())
    while left:
        value = left.pop()
        if isinstance(value, list):
            left.extend(value)
        elif isinstance(value, str):
            yield value
        elif isinstance(value, dict) and _dict(value, "from").get("id") != bot_id:
            for name, inner in value.items():
                if name == "chat":
                    left.append(_dict(value, "chat").get("title"))
                elif name in _NAMES and isinstance(inner, str):
                    yield _A_PERSON + inner
                    if _NO_NAME.search(inner):
                        yield inner
                elif name == "vcard" and isinstance(inner, str):
                    yield _CARD_NAME.sub(_A_PERSON, inner)
                elif name not in _NO_WORDS:
                    left.append(inner)


def _untitled(raw: Raw, gate: Gate) -> Raw:
    """Return an update without the title of its group, where that may carry a mark: nobody is asked about it."""
    _, event = _event(raw)
    chat = _dict(event, "chat") or _dict(_dict(event, "message"), "chat")
    title = chat.get("title")
    doubtful = isinstance(title, str) and gate(title) == UNSURE
    return _without(raw, title) if doubtful else raw


def _without(value: Any, title: object) -> Any:
    if isinstance(value, list):
        return [_without(one, title) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _without(one, title) for name, one in value.items()}
    return {name: one for name, one in kept.items() if name != "title" or one != title}


def _mark(raw: Raw, gate: Gate, bot_id: int) -> str | None:
    """Return the first mark that somebody's words carry; UNSURE where none does, but some may."""
    found = None
    for text in texts(raw, bot_id):
        mark = gate(text)
        if mark and mark != UNSURE:
            return mark
        found = found or mark
    return found


def stub(raw: Raw) -> Raw:
    """Return the update with nothing in it but who wrote where and when."""
    kind, event = _event(raw)
    chat, sender = _dict(event, "chat"), _dict(event, "from")
    kept: Raw = {
        "message_id": number(event.get("message_id")) or 0,
        "date": number(event.get("date")) or 0,
        "chat": {"id": number(chat.get("id")) or 0, "type": str(chat.get("type", "private"))},
    }
    if sender:
        kept["from"] = {"id": number(sender.get("id")) or 0, "is_bot": False, "first_name": ""}
    if (topic := number(event.get("message_thread_id"))) is not None:
        kept["message_thread_id"] = topic
        kept["is_topic_message"] = event.get("is_topic_message") is True
    kind = kind if kind in {"message", "edited_message"} else "message"
    return {"update_id": raw["update_id"], kind: kept}


def _asked_about(raw: Raw, bot_id: int) -> Raw:
    """Return a stub that says too which message it answers: Telegram will not say so again."""
    kept = stub(raw)
    (_, message), (_, event) = _event(kept), _event(raw)
    if answered := meant_card.answered(_dict(event, "reply_to_message"), message["chat"], bot_id):
        message["reply_to_message"] = answered
    return kept


def lane(raw: Raw) -> int:
    """The chat; without one, the person; of what has neither, 0."""
    _, event = _event(raw)
    for place in (event, _dict(event, "message")):
        if chat_id := number(_dict(place, "chat").get("id")):
            return chat_id
    return number(_dict(event, "from").get("id")) or 0


def _event(raw: Raw) -> tuple[str, Raw]:
    for kind, event in raw.items():
        if isinstance(event, dict):
            return kind, event
    return "", {}


def _dict(value: Raw, name: str) -> Raw:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def number(value: object) -> int | None:
    """Return a value that is a whole number a database column can hold, else None."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST:
        return value
    return None


def _json(raw: Raw) -> str:
    """As text every database takes: half characters and zero characters are replaced."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode().replace("\\u0000", "\\ufffd")
