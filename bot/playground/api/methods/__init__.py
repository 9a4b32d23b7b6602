"""The methods of the Bot API that are emulated, by name in lower case (Telegram ignores case)."""

from collections.abc import Callable
from typing import Any

from bot.playground.api.call import Call
from bot.playground.api.methods import editing, fetching, sending, settings, webhook
from bot.playground.emulator import Emulator

Method = Callable[[Emulator, Call], Any]

METHODS: dict[str, Method] = {
    "getme": settings.get_me,
    "logout": settings.leave,
    "close": settings.leave,
    "setmycommands": settings.set_my_commands,
    "getmycommands": settings.get_my_commands,
    "deletemycommands": settings.delete_my_commands,
    "setwebhook": webhook.set_webhook,
    "deletewebhook": webhook.delete_webhook,
    "getwebhookinfo": webhook.get_webhook_info,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendchataction": sending.send_chat_action,
    "answercallbackquery": sending.answer_callback_query,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "getupdates": fetching.get_updates,
    "getfile": fetching.get_file,
}
"""Each takes the state and the call and returns the result, or an awaitable of it."""
