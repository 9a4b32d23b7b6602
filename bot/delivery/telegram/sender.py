"""Sends one message, and says in our own words why it could not."""

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from telegram import BotCommandScopeChat, InputFile
from telegram.constants import FileSizeLimit, MessageLimit, ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.chat.messages import Button, Delivery, Keyboard
from bot.delivery.outbox.limiter import Limiter, TooLong
from bot.delivery.telegram.answers import Nonsense, TooLarge
from bot.delivery.telegram.errors import DeliveryFailed, Reason, failure, seconds_to_wait
from bot.delivery.telegram.files import fetched
from bot.delivery.telegram.http_client import TelegramBot
from bot.refusals import No, Refusal
from storage.records import Priority

PATIENCE_SECONDS = 10.0
"""A longer silence that Telegram asks for is not waited out here: the message is put off."""

_FETCH_AGAIN_SECONDS = 1.0
_TOAST_LENGTH = 200
_NO_PREVIEW = {"is_disabled": True}
_GENERAL = {"message_thread_id": None}
_SHUT = ("message thread not found", "topic_closed", "topic_deleted")
_GONE_TO_EDIT = ("message to edit not found", "can't be edited", "message_id_invalid")


class TakenOver(Exception):  # noqa: N818 - what another says is not said
    """What was to be sent is not this instance's any more, which has waited for too long."""


class Sender:
    """Sends at the limiter's pace; the text is Telegram's HTML, link previews are off."""

    def __init__(
        self,
        bot: TelegramBot,
        limiter: Limiter,
        still: Callable[[], bool] = lambda: True,
    ) -> None:
        self._bot = bot
        self._limiter = limiter
        self._still = still

    def while_(self, still: Callable[[], bool]) -> "Sender":
        """Return a sender that asks, when the limiter lets it, whether to send still; raises TakenOver."""
        return Sender(self._bot, self._limiter, still)

    async def send(self, delivery: Delivery, priority: int = Priority.ANSWER) -> int:
        """Send or edit a message and return its id.

        A message that cannot be edited any more, or has a picture, is sent anew: so keep the id.
        A picture whose text is too long for a caption goes before the text, as two messages.
        What was for a topic that is shut goes to the group's general one.
        Raises DeliveryFailed.
        """
        message = delivery.message
        if message.picture is not None:
            return await self._send_picture(delivery, priority)
        if delivery.edits is not None and await self.edit(delivery, delivery.edits, priority):
            return delivery.edits
        return await self._post(
            "sendMessage",
            delivery.chat_id,
            priority,
            text=message.text,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_markup(message.keyboard),
            **_place(delivery),
        )

    async def answer_press(
        self, query_id: str, text: str | None = None, alert: bool = False
    ) -> None:
        """Answer a press on a button, with a short text at most; too late is no error."""
        short = (
            text if text is None or len(text) <= _TOAST_LENGTH else text[: _TOAST_LENGTH - 1] + "…"
        )
        try:
            await self._bot.call(
                "answerCallbackQuery",
                callback_query_id=query_id,
                text=short,
                show_alert=alert or None,
            )
        except BadRequest:
            return
        except TelegramError as error:
            raise failure(error, 0) from error

    async def set_menu(self, chat_id: int, commands: Sequence[tuple[str, str]]) -> None:
        """Offer these commands (name, what it does) in one chat. Raises DeliveryFailed."""
        try:
            await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))
        except TelegramError as error:
            raise failure(error, chat_id) from error

    async def send_file(
        self,
        chat_id: int,
        data: bytes | Path,
        name: str,
        caption: str = "",
        *,
        topic_id: int | None = None,
        priority: int = Priority.ANSWER,
    ) -> int:
        """Send a document under a name and return the message's id. Raises DeliveryFailed."""
        content = data if isinstance(data, bytes) else await asyncio.to_thread(data.read_bytes)
        return await self._post(
            "sendDocument",
            chat_id,
            priority,
            document=InputFile(content, filename=name),
            caption=caption or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=topic_id,
        )

    async def send_photo(
        self,
        chat_id: int,
        data: bytes,
        caption: str = "",
        *,
        topic_id: int | None = None,
        priority: int = Priority.ANSWER,
    ) -> int:
        """Send a picture and return the message's id. Raises DeliveryFailed."""
        return await self._post(
            "sendPhoto",
            chat_id,
            priority,
            photo=InputFile(data, filename="anh.png"),
            caption=caption or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=topic_id,
        )

    async def download(
        self, file_id: str, limit: int = int(FileSizeLimit.FILESIZE_DOWNLOAD)
    ) -> bytes:
        """Return a file's contents, all of them.

        Raises DeliveryFailed, and refuses FILE_TOO_LARGE (over `limit` bytes) and FILE_GONE: also for what comes in part
        or as something else three times, as behind a firewall that lets no such file through.
        """
        for last in (False, False, True):
            try:
                return await fetched(self._bot, file_id, limit)
            except TooLarge as error:
                raise Refusal(No.FILE_TOO_LARGE, limit=limit // 1024**2) from error
            except BadRequest as error:
                raise Refusal(No.FILE_GONE) from error
            except Nonsense as error:
                if last:
                    raise Refusal(No.FILE_GONE) from error
                await asyncio.sleep(_FETCH_AGAIN_SECONDS)
            except TelegramError as error:
                raise failure(error, 0) from error
        raise AssertionError("the last try returns or raises")

    async def edit(self, delivery: Delivery, message_id: int, priority: int) -> bool:
        """Edit a message; False when it is not there to be edited. Raises DeliveryFailed."""
        try:
            await self.call(
                "editMessageText",
                delivery.chat_id,
                priority,
                message_id=message_id,
                text=delivery.message.text,
                parse_mode=ParseMode.HTML,
                link_preview_options=_NO_PREVIEW,
                reply_markup=_markup(delivery.message.keyboard),
            )
        except BadRequest as error:
            text = str(error).lower()
            if any(phrase in text for phrase in _GONE_TO_EDIT):
                return False
            if "message is not modified" not in text:
                raise failure(error, delivery.chat_id) from error
        except TelegramError as error:
            raise failure(error, delivery.chat_id) from error
        return True

    async def _send_picture(self, delivery: Delivery, priority: int) -> int:
        message = delivery.message
        fits = len(message.text) <= MessageLimit.CAPTION_LENGTH
        picture_id = await self._post(
            "sendPhoto",
            delivery.chat_id,
            priority,
            photo=InputFile(message.picture or b"", filename="anh.png"),
            caption=message.text if fits else None,
            reply_markup=_markup(message.keyboard) if fits else None,
            **_place(delivery),
        )
        if fits:
            return picture_id
        return await self._post(
            "sendMessage",
            delivery.chat_id,
            priority,
            text=message.text,
            link_preview_options=_NO_PREVIEW,
            reply_markup=_markup(message.keyboard),
            **_place(delivery),
        )

    async def _post(self, method: str, chat_id: int, priority: int, **values: Any) -> int:
        try:
            result = await self.call(method, chat_id, priority, **values)
        except TelegramError as error:
            if values.get("message_thread_id") is not None and _is_shut(error):
                return await self._post(method, chat_id, priority, **values | _GENERAL)
            raise failure(error, chat_id) from error
        return int(result["message_id"])

    async def call(self, method: str, chat_id: int, priority: int, **values: Any) -> Any:
        """Call once the limiter lets us; a short silence that Telegram asks for is kept, once.

        Raises DeliveryFailed for a longer one, else what the library raises.
        """
        edit = method.startswith(("edit", "delete"))
        for last in (False, True):
            try:
                await self._limiter.acquire(chat_id, priority, edit=edit, patience=PATIENCE_SECONDS)
                if not self._still():
                    raise TakenOver
                return await self._bot.call(method, chat_id=chat_id, **values)
            except TooLong as silence:
                raise DeliveryFailed(Reason.FLOODED, retry_after=silence.seconds) from None
            except RetryAfter as error:
                await self._limiter.bar(chat_id, seconds_to_wait(error))
                if last:
                    raise
        raise AssertionError("the second try returns or raises")


def _is_shut(error: TelegramError) -> bool:
    """Tell whether a topic takes no messages any more: deleted, or closed to the bot."""
    return any(phrase in str(error).lower() for phrase in _SHUT)


def _markup(keyboard: Keyboard | None) -> str | None:
    """Return a keyboard as the Bot API's InlineKeyboardMarkup, in JSON."""
    if keyboard is None:
        return None
    lines = [[_button(one) for one in line] for line in keyboard]
    return json.dumps({"inline_keyboard": lines}, ensure_ascii=False)


def _button(one: Button) -> dict[str, str]:
    does = {"url": one.url} if one.url else {"callback_data": one.data}
    return {"text": one.label, **does}


def _reply(message_id: int | None) -> dict[str, Any] | None:
    if message_id is None:
        return None
    return {"message_id": message_id, "allow_sending_without_reply": True}


def _place(delivery: Delivery) -> dict[str, Any]:
    return {
        "parse_mode": ParseMode.HTML,
        "message_thread_id": delivery.topic_id,
        "disable_notification": delivery.silent or None,
        "reply_parameters": _reply(delivery.answers),
    }
