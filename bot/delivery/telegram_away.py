"""Telegram is away: what cannot do without it goes on asking, and that it took long is told."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.delivery.telegram_failures import seconds_to_wait

Answered = TypeVar("Answered")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0

_LONG_SECONDS = 300.0
_log = logging.getLogger(__name__)


class Away:
    """`on_return` hears for how many seconds of `clock` Telegram was away, if it was for long."""

    def __init__(self, clock: Callable[[], datetime], on_return: Callable[[float], None]) -> None:
        self._clock = clock
        self._on_return = on_return
        self._since: datetime | None = None

    def __bool__(self) -> bool:
        return self._since is not None

    def failed(self) -> None:
        """It did not answer, or with nonsense."""
        self._since = self._since or self._clock()

    def answered(self) -> None:
        if self._since is None:
            return
        seconds = (self._clock() - self._since).total_seconds()
        self._since = None
        if seconds >= _LONG_SECONDS:
            self._on_return(seconds)


async def insist(call: Callable[[], Awaitable[Answered]]) -> Answered:
    """Ask Telegram for what the program cannot begin without, for as long as it is away.

    Raises InvalidToken when Telegram refuses the token, and BadRequest for what is wrong with the call.
    """
    failures = 0
    while True:
        try:
            return await call()
        except (InvalidToken, BadRequest):
            raise
        except TelegramError as error:
            _log.warning("Telegram is away: %s", error)
            asked = seconds_to_wait(error) if isinstance(error, RetryAfter) else None
            await asyncio.sleep(growing(failures) if asked is None else asked)
            failures += 1


def growing(failures: int) -> float:
    """Return for how many seconds to leave Telegram alone after so many failures."""
    grown = min(_FIRST_PAUSE * 2.0 ** min(failures, 10), _LONGEST_PAUSE)
    return grown * random.uniform(0.5, 1.0)  # noqa: S311 - so that many do not knock at once
