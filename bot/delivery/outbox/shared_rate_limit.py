"""Telegram's limits and the silences it asks for, kept by several instances together.

What each counts by itself they count in the database too.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.delivery.outbox.limiter import burst_of_all, counts_for_chat, of_chat
from storage.engine.database import Database
from storage.messaging import rate_limits
from storage.records import Priority

_ANSWER_PATIENCE = 60.0
_NEWS_PATIENCE = 0.5
"""Seconds: news does not queue up far ahead, so that an answer of another instance comes in between."""
_AGAIN_SECONDS = 0.5
_log = logging.getLogger(__name__)


class SharedPace:
    """`clock` is the database's. Without a limit, 0, only the silences are shared."""

    def __init__(
        self, db: Database, messages_per_second: float, clock: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._rate = messages_per_second
        self._clock = clock

    async def wait(self, chat_id: int, priority: int, *, edit: bool) -> None:
        """Return when a message to this chat may go."""
        if not self._rate:
            return
        limits = [rate_limits.Limit(0, 1 / self._rate, burst_of_all(self._rate))]
        if counts_for_chat(chat_id, edit):
            limits.append(_limit(chat_id))
        patience = _ANSWER_PATIENCE if priority == Priority.ANSWER else _NEWS_PATIENCE
        while (seconds := await self._reserve(limits, patience)) is None:  # noqa: ASYNC110
            await asyncio.sleep(_AGAIN_SECONDS)
        await asyncio.sleep(seconds)

    async def bar(self, chat_id: int, seconds: float) -> None:
        """Let no instance send anything to a chat for so many seconds."""
        try:
            await rate_limits.bar(self._db, chat_id, self._clock(), seconds)
        except Exception as error:
            _log.warning("a silence that Telegram asked for is not shared: %r", error)

    async def barred_for(self, chat_id: int) -> float:
        """Return the seconds for which Telegram has asked whichever instance for silence in a chat."""
        try:
            return await rate_limits.barred(self._db, chat_id, self._clock())
        except Exception as error:
            _log.debug("the silences are not shared for now: %r", error)
            return 0.0

    async def _reserve(self, limits: list[rate_limits.Limit], patience: float) -> float | None:
        """Count a message; while the database is away each instance keeps the limits by itself."""
        try:
            return await rate_limits.reserve(self._db, limits, self._clock(), patience)
        except Exception as error:
            _log.debug("the limits are not shared for now: %r", error)
            return 0.0


def _limit(chat_id: int) -> rate_limits.Limit:
    rate, burst = of_chat(chat_id)
    return rate_limits.Limit(chat_id, 1 / rate, burst)
