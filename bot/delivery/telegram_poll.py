"""The long poll: asks for updates, hands them over raw, and only then lets Telegram forget them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.delivery.telegram_away import Away, growing
from bot.delivery.telegram_failures import seconds_to_wait
from bot.delivery.telegram_http import TelegramBot
from bot.delivery.telegram_updates import ALLOWED, number

_POLL_SECONDS = 30
_ANSWER_SECONDS = 15.0
_START_TRIES = 6
_SETTLED = 10
"""Polls that went well; whoever has come so far stays, and the newcomer leaves."""
_log = logging.getLogger(__name__)


class SecondPoller(Exception):  # noqa: N818 - a refusal to start, for the operator
    """Another program polls with the same token; Telegram serves one at a time."""


class Poll:
    """`receive` returns when updates are safe; `has_room` when more may be asked for."""

    def __init__(
        self,
        bot: TelegramBot,
        receive: Callable[[Sequence[Any]], Awaitable[None]],
        has_room: Callable[[], Awaitable[None]],
        away: Away,
    ) -> None:
        self._bot = bot
        self._receive = receive
        self._has_room = has_room
        self._away = away
        self._offset: int | None = None
        self._failures = 0
        self._conflicts = 0
        self._good = 0

    async def run(self) -> None:
        """Poll until cancelled, through whatever the network does.

        Raises SecondPoller when at the start another program keeps taking the updates.
        """
        while True:
            await self._has_room()
            try:
                await self._poll_once()
            except Conflict as error:
                await self._conflict(error)
            except Exception as error:
                await self._trouble(error)
            else:
                self._recovered()

    async def _poll_once(self) -> None:
        raws = await self._bot.call(
            "getUpdates",
            read_timeout=_POLL_SECONDS + _ANSWER_SECONDS,
            offset=self._offset,
            timeout=_POLL_SECONDS,
            allowed_updates=ALLOWED,
        )
        if not isinstance(raws, list):
            raise NetworkError("the answer is not a list of updates")
        if raws:
            await self._receive(raws)
            after = _after(raws, self._offset)
            if after == self._offset:
                raise NetworkError("the answer has no update with a number")
            self._offset = after

    async def _conflict(self, error: Conflict) -> None:
        if "webhook" in str(error).lower():
            _log.warning("a webhook was set for this bot; it is taken away, since we poll")
            with suppress(TelegramError):
                await self._bot.delete_webhook()
            return await self._pause(None)
        _log.error("another program polls with this bot's token: only one may run")
        self._conflicts += 1
        if self._good < _SETTLED and self._conflicts >= _START_TRIES:
            raise SecondPoller("another program polls with this bot's token")
        return await self._pause(None)

    async def _trouble(self, error: Exception) -> None:
        known = isinstance(error, TelegramError)
        if known:
            self._away.failed()
        if self._failures == 0:
            _log.warning("no updates: %s", error, exc_info=None if known else error)
        await self._pause(seconds_to_wait(error) if isinstance(error, RetryAfter) else None)

    async def _pause(self, asked: float | None) -> None:
        pause = growing(self._failures) if asked is None else asked
        self._failures += 1
        await asyncio.sleep(pause)

    def _recovered(self) -> None:
        if self._failures:
            _log.info("updates come again after %d failures", self._failures)
        self._away.answered()
        self._failures = 0
        self._good += 1


def _after(raws: Sequence[Any], offset: int | None) -> int | None:
    """Return the offset that confirms a batch; the one before when nothing in it has a number."""
    numbers = [number(raw.get("update_id")) for raw in raws if isinstance(raw, dict)]
    return max((1 + id for id in numbers if id is not None), default=offset)
