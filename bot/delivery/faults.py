"""A bug is told: to the person with an apology and a code, to the admins once, to the log in full."""

import logging
from collections.abc import Callable, Collection

from bot.chat.messages import Delivery, Message
from bot.delivery.telegram import Sender
from bot.delivery.telegram_failures import DeliveryFailed
from bot.delivery.telegram_updates import place
from storage.records import Incoming, Outgoing, Priority

ONCE_IN_SECONDS = 3600.0
APOLOGY = (
    "Xin lỗi đồng chí, bot chưa xử lý được tin này (mã {code}). Tin đã được giữ lại và quản trị "
    "đã được báo; đồng chí có thể thử lại."
)
_log = logging.getLogger(__name__)


class Faults:
    """`admins` are Telegram ids; the same kind of fault is told to them at most once an hour."""

    def __init__(
        self, sender: Sender, admins: Collection[int], stopwatch: Callable[[], float]
    ) -> None:
        self._sender = sender
        self._admins = admins
        self._stopwatch = stopwatch
        self._told: dict[str, float] = {}

    async def update_failed(self, error: Exception, row: Incoming) -> None:
        """An update was given up: apologise to whoever sent it, where they did."""
        code = f"U{row.update_id % 1_000_000}"
        _log.error("fault %s: %s", code, type(error).__name__)
        where = place(row.body or "{}")
        if where is not None:
            await self._say(*where, APOLOGY.format(code=code))
        await self._tell_admins(type(error).__name__, code)

    async def message_failed(self, error: Exception, row: Outgoing) -> None:
        """A message was given up; it stays in the outbox with its error."""
        code = f"M{row.id}"
        _log.error("fault %s: %s", code, type(error).__name__)
        await self._tell_admins(type(error).__name__, code)

    async def _tell_admins(self, kind: str, code: str) -> None:
        now = self._stopwatch()
        if now - self._told.get(kind, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
            return
        self._told[kind] = now
        for admin in self._admins:
            await self._say(
                admin, None, f"Bot gặp lỗi {kind}, mã {code}. Chi tiết ở nhật ký máy chủ."
            )

    async def _say(self, chat_id: int, topic_id: int | None, text: str) -> None:
        try:
            await self._sender.send(Delivery(chat_id, Message(text), topic_id), Priority.NOTICE)
        except DeliveryFailed as failed:
            _log.warning("chat %s was not told of a fault: %s", chat_id, failed)
