"""What changes or takes away a message that is there."""

from typing import Any

from bot.playground.api.call import Call
from bot.playground.api.entities import Entity
from bot.playground.api.mentions import find
from bot.playground.api.messages import Json, Message
from bot.playground.api.methods.sending import read_caption, read_text, required_chat
from bot.playground.api.refused import bad_request
from bot.playground.emulator import Emulator
from bot.playground.keyboards import inline_keyboard

_DELETABLE_SECONDS = 48 * 3600
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def edit_message_text(emulator: Emulator, call: Call) -> Json:
    """Replaces the text; a keyboard that is not given again goes."""
    message = _own(emulator, call)
    text, entities = read_text(call, too_long="MESSAGE_TOO_LONG")
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    return _revise(emulator, call, message, text=text, entities=_all(text, entities))


def edit_message_caption(emulator: Emulator, call: Call) -> Json:
    """Replaces the caption of a file."""
    message = _own(emulator, call)
    caption, entities = read_caption(call)
    if "text" in message.data:
        raise bad_request("there is no caption in the message to edit")
    return _revise(
        emulator, call, message, caption=caption or None, caption_entities=_all(caption, entities)
    )


def edit_message_reply_markup(emulator: Emulator, call: Call) -> Json:
    """Replaces the keyboard alone."""
    return _revise(emulator, call, _own(emulator, call))


def delete_message(emulator: Emulator, call: Call) -> bool:
    """Takes a message away; for 48 hours only, and in a group only the bot's own, as Telegram."""
    chat_id = required_chat(emulator, call)
    if not call.number("message_id"):
        raise bad_request("message identifier is not specified")
    message = emulator.messages.find(chat_id, call.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if chat_id < 0 and not message.by_bot:
        raise bad_request("message can't be deleted")
    if emulator.clock.now() - message.data["date"] >= _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    emulator.let_in(chat_id)
    message.deleted = True
    emulator.feed.publish("delete", chat_id, message_id=message.id)
    return True


def _own(emulator: Emulator, call: Call) -> Message:
    """The bot's message the call names. Raises Refused where there is none."""
    chat_id = required_chat(emulator, call)
    message = emulator.messages.find(chat_id, call.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    return message


def _all(text: str, entities: list[Entity]) -> list[Entity] | None:
    return find(text, entities) or None


def _revise(emulator: Emulator, call: Call, message: Message, **changes: Any) -> Json:
    changes["reply_markup"] = inline_keyboard(call.json("reply_markup"))
    if all(message.data.get(key) == value for key, value in changes.items()):
        raise bad_request(_SAME)
    emulator.admit(message.chat_id, edit=True)
    message.revise(**changes, edit_date=int(emulator.clock.now()))
    emulator.show_edit(message)
    return message.data
