"""Telegram is away: what cannot do without it goes on asking, and that it took long is told."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.delivery.telegram.errors import seconds_to_wait

Answered = TypeVar("Answered")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_LONGEST_SILENCE = 300.0
"""Of what the program cannot do without: a silence of hours was hardly meant, and is asked for again if it was."""

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
    """Ask Telegram for what the program cannot begin without, until it is answered as it should be.

    Raises InvalidToken when Telegram refuses the token.
    """
    failures = 0
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except TelegramError as error:
            _log.warning("Telegram is away: %s", error)
            await asyncio.sleep(pause_after(error, failures))
            failures += 1


def pause_after(error: Exception, failures: int) -> float:
    """Return for how many seconds to leave Telegram alone after an error, and so many failures before it."""
    if isinstance(error, RetryAfter):
        return min(seconds_to_wait(error), _LONGEST_SILENCE)
    return growing(failures)


def growing(failures: int) -> float:
    """Return for how many seconds to leave Telegram alone after so many failures."""
    grown = min(_FIRST_PAUSE * 2.0 ** min(failures, 10), _LONGEST_PAUSE)
    return grown * random.uniform(0.5, 1.0)  # noqa: S311 - so that many do not knock at once
