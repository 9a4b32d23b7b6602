"""Short names of what an update asks for, for the log and the figures: few names, nothing about people or contents."""

from typing import NamedTuple

from telegram import Update

from bot.chat.buttons import parse
from bot.chat.routes import BUTTONS, COMMANDS

OTHER = "other"
"""The name of a command or button that is not one of ours, or no longer one."""


class Doing(NamedTuple):
    """What an update asks for: `kind` is the kind of the update.

    `action` is the kind of the button, the command, "words" or "file" for a plain message, or else a fixed name.
    """

    kind: str
    action: str


def doing(update: Update) -> Doing:
    """Return what an update asks for."""
    if update.callback_query:
        press = parse(update.callback_query.data)
        return Doing("press", press.kind if press and press.kind in BUTTONS else OTHER)
    if update.edited_message:
        return Doing("edit", "edit")
    if update.my_chat_member:
        return Doing("membership", "membership")
    message = update.message
    if message is None:
        return Doing(OTHER, OTHER)
    text = message.text or message.caption or ""
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0][1:].partition("@")[0].lower()
        return Doing("message", f"/{command}" if command in COMMANDS else OTHER)
    return Doing("message", "words" if message.text else "file")
