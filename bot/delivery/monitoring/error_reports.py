"""What goes wrong is told: to the person with an apology and a code, to the admins once, to the log."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Coroutine
from typing import Any, TypeVar

from bot.chat.messages import Delivery, Message
from bot.delivery.inbox.inbox import PutAside
from bot.delivery.monitoring.alert_dedup import ToldOnce
from bot.delivery.telegram.errors import DeliveryFailed
from bot.delivery.telegram.raw_update import place
from bot.delivery.telegram.sender import Sender
from storage.engine.database_errors import Trouble, is_damage, may_pass, trouble_of
from storage.records import Incoming, Outgoing, Priority

Began = TypeVar("Began")
ONCE_IN_SECONDS = 3600.0
_ONE_RETURN_SECONDS = 120.0
"""Within so many seconds all instances have noticed that Telegram is back."""
AGAIN_SECONDS = 2.0
_PAUSES = (0.5, 2.0, 8.0)
APOLOGY = (
    "Xin lỗi đồng chí, bot chưa xử lý được tin này (mã {code}). Tin đã được giữ lại và quản trị "
    "đã được báo; đồng chí có thể thử lại."
)
ASIDE = (
    "Bot đã dừng hai lần khi xử lý tin này nên để riêng tin ra (mã {code}), quản trị đã được báo. "
    "Nếu là tệp, đồng chí gửi tệp khác; nếu là lời, đồng chí viết ngắn lại."
)
ASIDE_APPLIED = (
    "Điều đồng chí yêu cầu đã được ghi, nhưng bot dừng hai lần khi trả lời (mã {code}). "
    "Đồng chí gõ /viec để xem."
)
ASIDE_ADMINS = (
    "Một tin làm bot dừng hai lần nên đã để riêng, mã {code}; người gửi đã được báo. "
    "Nhờ đồng chí chuyển mã này cho người vận hành; chi tiết ở nhật ký máy chủ."
)
TROUBLES = {
    Trouble.DISK_FULL: "Ổ đĩa của máy chủ đã đầy, bot không ghi được gì.",
    Trouble.DISK: "Máy chủ không đọc hoặc không ghi được tệp dữ liệu của bot.",
    Trouble.READ_ONLY: "Cơ sở dữ liệu chỉ cho đọc, bot không ghi được gì.",
    Trouble.LOCKED: "Chương trình khác đang giữ cơ sở dữ liệu, bot không ghi được gì.",
    Trouble.AWAY: "Bot không nối được tới cơ sở dữ liệu.",
}
WAITS = "{trouble} Tin của mọi người được giữ và sẽ xử lý khi hết lỗi. Nhờ đồng chí xem máy chủ."
DAMAGED = "Bot đọc phải chỗ hỏng trong cơ sở dữ liệu{code}. Nhờ đồng chí báo người trông máy chủ chạy lệnh dondoc verify."
OFFLINE = (
    "Bot đã mất liên lạc với Telegram {minutes} phút, nay nối lại được; tin đang chờ được gửi tiếp."
)
_log = logging.getLogger(__name__)


class Faults:
    """`admins` are Telegram ids; the same kind of bug is told to them at most once an hour, and
    a trouble once, until there was none of its kind for an hour, by whichever instance.
    """

    def __init__(self, sender: Sender, admins: Collection[int], told: ToldOnce) -> None:
        self._sender = sender
        self._admins = admins
        self._told = told
        self._telling: set[asyncio.Task[object]] = set()

    async def update_failed(self, error: Exception, row: Incoming) -> None:
        """An update was given up: apologise to whoever sent it, where they did."""
        code, aside = f"U{row.update_id % 1_000_000}", isinstance(error, PutAside)
        _log.error("fault %s: %s", code, type(error).__name__)
        words = APOLOGY
        if aside:
            words = ASIDE if row.applied_at is None else ASIDE_APPLIED
        where = place(row.body or "{}")
        if where is not None:
            await self._say(*where, words.format(code=code))
        if aside:
            self._soon(self._say_to_admins(ASIDE_ADMINS.format(code=code)))
        else:
            await self._tell_admins(error, code)

    async def message_failed(self, error: Exception, row: Outgoing) -> None:
        """A message was given up; it stays in the outbox with its error."""
        code = f"M{row.id}"
        _log.error("fault %s: %s", code, type(error).__name__)
        await self._tell_admins(error, code)

    def trouble(self, error: Exception) -> None:
        """Work stands still or goes on without a part of it; whoever noticed it tries again."""
        found = trouble_of(error)
        name = found or type(error).__name__
        kind = f"trouble-{name}"
        if not self._told.begin(kind, ONCE_IN_SECONDS, keeps_on=True):
            return
        if found is None:
            _log.error("trouble: %s", name, exc_info=error)
        else:
            why = next(iter(str(error).splitlines()), "")
            _log.error("trouble: %s: %s: %s", found, type(error).__name__, why)
        text = f"Bot gặp lỗi {name} và đang thử lại. Chi tiết ở nhật ký máy chủ."
        if is_damage(error):
            text = DAMAGED.format(code="")
        text = text if found is None else WAITS.format(trouble=TROUBLES[found])
        self._soon(self._tell_once(kind, text))

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
        self._soon(self._say_to_admins(text))

    async def tell(self, text: str) -> bool:
        """Tell the admins; return False where none of them heard it and some may yet."""
        _log.error("told to the admins: %s", text)
        return await self._say_to_admins(text)

    def back_online(self, seconds: float) -> None:
        """Telegram was away for so long."""
        if self._told.begin("back_online", _ONE_RETURN_SECONDS):
            text = OFFLINE.format(minutes=round(seconds / 60))
            self._soon(self._tell_once("back_online", text))

    def _soon(self, telling: Coroutine[Any, Any, object]) -> None:
        """Tell, while whoever noticed goes on."""
        task = asyncio.create_task(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell_admins(self, error: Exception, code: str) -> None:
        bug = type(error).__name__
        kind = f"bug-{bug}"
        if self._told.begin(kind, ONCE_IN_SECONDS):
            text = f"Bot gặp lỗi {bug}, mã {code}. Chi tiết ở nhật ký máy chủ."
            if is_damage(error):
                text = DAMAGED.format(code=f" (mã {code})")
            await self._tell_once(kind, text)

    async def _tell_once(self, kind: str, text: str) -> None:
        """Tell of what was begun to be told of."""
        told = False
        try:
            told = await self._say_to_admins(text)
        finally:
            self._told.end(kind, told=told)

    async def _say_to_admins(self, text: str) -> bool:
        """Return False where none of them heard it and some may yet."""
        heard = [await self._say(admin, None, text) for admin in self._admins]
        return any(heard) or not heard

    async def _say(self, chat_id: int, topic_id: int | None, text: str) -> bool:
        """Say it past the outbox, which may be what is in trouble; twice rather than not at all.

        Returns False where it may yet get through: an update or other admins wait meanwhile.
        """
        delivery, pauses = Delivery(chat_id, Message(text), topic_id), iter(_PAUSES)
        while True:
            try:
                await self._sender.send(delivery, Priority.NOTICE)
            except DeliveryFailed as failed:
                pause = None if failed.permanent else next(pauses, None)
                if pause is None:
                    _log.warning("chat %s was not told of a fault: %s", chat_id, failed)
                    return failed.permanent
                await asyncio.sleep(min(failed.retry_after or pause, _PAUSES[-1]))
            else:
                return True
