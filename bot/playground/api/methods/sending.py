"""What puts something new in front of a person."""

import time

from bot.playground.api.call import Call, Upload
from bot.playground.api.entities import Formatted, parse, utf16_length
from bot.playground.api.messages import Json
from bot.playground.api.refused import Refused, bad_request
from bot.playground.emulator import QUERY_LIFETIME, Emulator
from bot.playground.files import MAX_PHOTO, MAX_UPLOAD, StoredFile, attachment
from bot.playground.keyboards import inline_keyboard, other_keyboard
from bot.playground.people import Group

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_TOAST = 200
_ACTIONS = {
    "typing", "upload_photo", "upload_video", "record_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def send_message(emulator: Emulator, call: Call) -> Json:
    """A text of 1 to 4096 characters."""
    chat_id = required_chat(emulator, call)
    text, entities = read_text(call)
    return _post(emulator, call, chat_id, {"text": text, "entities": entities})


def send_document(emulator: Emulator, call: Call) -> Json:
    """A file sent anew or by file_id."""
    return _send_file(emulator, call, "document")


def send_photo(emulator: Emulator, call: Call) -> Json:
    """A picture sent anew or by file_id."""
    return _send_file(emulator, call, "photo")


def send_chat_action(emulator: Emulator, call: Call) -> bool:
    """ "typing" and the like."""
    chat_id = required_chat(emulator, call)
    if call.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    emulator.feed.publish("action", chat_id, action=call.text("action"))
    return True


def answer_callback_query(emulator: Emulator, call: Call) -> bool:
    """Ends the waiting of a press, with a toast or an alert where there is a text."""
    query = emulator.queries.pop(call.text("callback_query_id"), None)
    if query is None or time.monotonic() - query.at > QUERY_LIFETIME:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.text("text")
    if utf16_length(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    emulator.feed.publish(
        "toast",
        query.chat_id,
        person_id=query.person_id,
        query_id=query.id,
        text=text,
        alert=call.flag("show_alert"),
        url=call.text("url"),
    )
    return True


def required_chat(emulator: Emulator, call: Call) -> int:
    """The id of the chat the call names. Raises Refused where there is none."""
    if not call.text("chat_id"):
        raise bad_request("chat_id is empty")
    return emulator.chat(call.number("chat_id")).id


def read_text(call: Call, too_long: str = "message is too long") -> Formatted:
    """The text of a message. Raises Refused where it is empty, too long or does not parse."""
    formatted = parse(call.text("text"), call.text("parse_mode"), call.json("entities"))
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request(too_long)
    return formatted


def read_caption(call: Call) -> Formatted:
    """The caption of a file, empty where there is none. Raises Refused as for a text."""
    formatted = parse(call.text("caption"), call.text("parse_mode"), call.json("caption_entities"))
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def _send_file(emulator: Emulator, call: Call, kind: str) -> Json:
    chat_id = required_chat(emulator, call)
    caption, entities = read_caption(call)
    stored = _file(emulator, call, kind)
    content = attachment(stored) | {"caption": caption, "caption_entities": entities}
    return _post(emulator, call, chat_id, content)


def _file(emulator: Emulator, call: Call, kind: str) -> StoredFile:
    named = call.text(kind)
    upload = call.files.get(named.removeprefix("attach://")) or call.files.get(kind)
    if upload is not None:
        return _upload(emulator, upload, kind)
    if not named:
        raise bad_request(f"there is no {kind} in the request")
    if stored := emulator.files.by_id(named):
        return stored
    raise bad_request("wrong file identifier/HTTP URL specified")


def _upload(emulator: Emulator, upload: Upload, kind: str) -> StoredFile:
    size = len(upload.content)
    if size > MAX_UPLOAD:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo" and size > MAX_PHOTO:
        raise bad_request(
            f"file of size {size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    return emulator.files.keep(kind, upload.name, upload.mime, upload.content)


def _post(emulator: Emulator, call: Call, chat_id: int, content: Json) -> Json:
    markup = call.json("reply_markup")
    keyboard = inline_keyboard(markup)
    content = content | _place(emulator, call, chat_id)
    if keyboard:
        content["reply_markup"] = keyboard
    emulator.admit(chat_id)
    content = {key: value for key, value in content.items() if value}
    return emulator.post(emulator.bot, chat_id, content, other_keyboard(markup)).data


def _place(emulator: Emulator, call: Call, chat_id: int) -> Json:
    """The topic and the message replied to."""
    place: Json = {}
    chat = emulator.chat(chat_id)
    if isinstance(chat, Group) and (thread := call.number("message_thread_id")):
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        place |= {"message_thread_id": thread, "is_topic_message": True}
    reply = call.json("reply_parameters") or {}
    if message_id := reply.get("message_id") or call.number("reply_to_message_id"):
        try:
            place["reply_to_message"] = emulator.reply_target(chat_id, int(message_id))
        except Refused:
            if not (
                reply.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply")
            ):
                raise
    return place
