"""The long poll: asks for updates, hands them over raw, and only then lets Telegram forget them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram.error import Conflict, TelegramError

from bot.clock import stopwatch
from bot.delivery.telegram.answers import MOST_UPDATES, Nonsense, TooLarge
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away, pause_after
from bot.delivery.telegram.raw_update import ALLOWED, numbered

_POLL_SECONDS = 30
_ANSWER_SECONDS = 15.0
_START_TRIES = 6
_SETTLED = 10
"""Polls that went well; whoever has come so far stays, and the newcomer leaves."""
_FEW = 10
"""Updates that are asked for where more are too long together: they are not, however long each is."""
_EARLY_SECONDS = 1.0
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
        self._limit = MOST_UPDATES
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
        begun = stopwatch()
        raws = await self._asked()
        if raws:
            await self._receive(raws)
            self._confirm(raws)
        elif stopwatch() - begun < _EARLY_SECONDS:  # somebody answers who does not know of waiting
            await asyncio.sleep(_EARLY_SECONDS)

    async def _asked(self) -> Sequence[Any]:
        """Ask for updates; for fewer as long as a hundred are too long together."""
        try:
            raws: Sequence[Any] = await self._bot.call(
                "getUpdates",
                read_timeout=_POLL_SECONDS + _ANSWER_SECONDS,
                offset=self._offset,
                limit=self._limit,
                timeout=_POLL_SECONDS,
                allowed_updates=ALLOWED,
            )
        except TooLarge:
            if self._limit == _FEW:
                raise
            self._limit = _FEW
            return await self._asked()
        if len(raws) < self._limit:
            self._limit = MOST_UPDATES
        return raws

    def _confirm(self, raws: Sequence[Any]) -> None:
        """Let Telegram forget these with the next call; raises Nonsense where the numbers do not go on.

        Telegram begins anew with some number after a week without updates: so one that goes back counts, but a server
        that goes back again and again is not asked without a pause.
        """
        known = [id_ for raw in raws if (id_ := numbered(raw)) is not None]
        if not known:
            raise Nonsense("the answer has no update with a number")
        before, self._offset = self._offset, max(known) + 1
        if before is not None and self._offset <= before:
            raise Nonsense("the numbers of updates go back")

    async def _conflict(self, error: Conflict) -> None:
        if "webhook" in str(error).lower():
            _log.warning("a webhook was set for this bot; it is taken away, since we poll")
            with suppress(TelegramError):
                await self._bot.delete_webhook()
            return await self._pause(error)
        _log.error("another program polls with this bot's token: only one may run")
        self._conflicts += 1
        if self._good < _SETTLED and self._conflicts >= _START_TRIES:
            raise SecondPoller("another program polls with this bot's token")
        return await self._pause(error)

    async def _trouble(self, error: Exception) -> None:
        known = isinstance(error, TelegramError)
        if known:
            self._away.failed()
        if self._failures == 0:
            _log.warning("no updates: %s", error, exc_info=None if known else error)
        await self._pause(error)

    async def _pause(self, error: Exception) -> None:
        pause = pause_after(error, self._failures)
        self._failures += 1
        await asyncio.sleep(pause)

    def _recovered(self) -> None:
        if self._failures:
            _log.info("updates come again after %d failures", self._failures)
        self._away.answered()
        self._failures = 0
        self._good += 1
