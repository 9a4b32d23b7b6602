"""What goes wrong is told: to the person with an apology and a code, to the admins once, to the log."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import TypeVar

from bot.chat.messages import Delivery, Message
from bot.delivery.telegram import Sender
from bot.delivery.telegram_failures import DeliveryFailed
from bot.delivery.telegram_updates import place
from storage.records import Incoming, Outgoing, Priority
from storage.troubles import Trouble, may_pass, trouble_of

Began = TypeVar("Began")
ONCE_IN_SECONDS = 3600.0
AGAIN_SECONDS = 2.0
_PAUSES = (0.5, 2.0, 8.0)
APOLOGY = (
    "Xin lỗi đồng chí, bot chưa xử lý được tin này (mã {code}). Tin đã được giữ lại và quản trị "
    "đã được báo; đồng chí có thể thử lại."
)
TROUBLES = {
    Trouble.DISK_FULL: "Ổ đĩa của máy chủ đã đầy, bot không ghi được gì.",
    Trouble.DISK: "Máy chủ không đọc hoặc không ghi được tệp dữ liệu của bot.",
    Trouble.LOCKED: "Chương trình khác đang giữ cơ sở dữ liệu, bot không ghi được gì.",
    Trouble.AWAY: "Bot không nối được tới cơ sở dữ liệu.",
}
WAITS = "{trouble} Tin của mọi người được giữ và sẽ xử lý khi hết lỗi. Nhờ đồng chí xem máy chủ."
OFFLINE = (
    "Bot đã mất liên lạc với Telegram {minutes} phút, nay nối lại được; tin đang chờ được gửi tiếp."
)
_log = logging.getLogger(__name__)


class Faults:
    """`admins` are Telegram ids; the same kind of bug is told to them at most once an hour, and
    a trouble once, until there was none of its kind for an hour.
    """

    def __init__(
        self, sender: Sender, admins: Collection[int], stopwatch: Callable[[], float]
    ) -> None:
        self._sender = sender
        self._admins = admins
        self._stopwatch = stopwatch
        self._told: dict[str, float] = {}
        self._telling: set[asyncio.Task[None]] = set()

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

    def trouble(self, error: Exception) -> None:
        """Work stands still or goes on without a part of it; whoever noticed it tries again."""
        found = trouble_of(error)
        kind = found or type(error).__name__
        if self._is_known(f"trouble: {kind}", keeps_on=True):
            return
        _log.error("trouble: %s", kind, exc_info=error)
        text = f"Bot gặp lỗi {kind} và đang thử lại. Chi tiết ở nhật ký máy chủ."
        self._tell_soon(text if found is None else WAITS.format(trouble=TROUBLES[found]))

    async def patiently(self, begin: Callable[[], Awaitable[Began]]) -> Began:
        """Begin something again until the database lets it; raises what will not pass by itself."""
        while True:
            try:
                return await begin()
            except Exception as error:
                if not may_pass(error):
                    raise
                self.trouble(error)
                await asyncio.sleep(AGAIN_SECONDS)

    def backup_failed(self, text: str) -> None:
        """A backup was not made, or holds a mistake; whoever makes them tells so once a day."""
        _log.error("backup: %s", text)
        self._tell_soon(text)

    def back_online(self, seconds: float) -> None:
        """Telegram was away for so long."""
        self._tell_soon(OFFLINE.format(minutes=round(seconds / 60)))

    def _tell_soon(self, text: str) -> None:
        """Tell the admins, while whoever noticed goes on."""
        task = asyncio.create_task(self._say_to_admins(text))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell_admins(self, kind: str, code: str) -> None:
        if not self._is_known(kind):
            await self._say_to_admins(f"Bot gặp lỗi {kind}, mã {code}. Chi tiết ở nhật ký máy chủ.")

    def _is_known(self, kind: str, *, keeps_on: bool = False) -> bool:
        """Tell whether a kind was told of within the hour, or (`keeps_on`) seen again within it."""
        now = self._stopwatch()
        known = now - self._told.get(kind, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS
        if keeps_on or not known:
            self._told[kind] = now
        return known

    async def _say_to_admins(self, text: str) -> None:
        for admin in self._admins:
            await self._say(admin, None, text)

    async def _say(self, chat_id: int, topic_id: int | None, text: str) -> None:
        """Say it past the outbox, which may be what is in trouble; twice rather than not at all."""
        delivery, pauses = Delivery(chat_id, Message(text), topic_id), iter(_PAUSES)
        while True:
            try:
                await self._sender.send(delivery, Priority.NOTICE)
            except DeliveryFailed as failed:
                pause = None if failed.permanent else next(pauses, None)
                if pause is None:
                    _log.warning("chat %s was not told of a fault: %s", chat_id, failed)
                    return
                await asyncio.sleep(failed.retry_after or pause)
            else:
                return
