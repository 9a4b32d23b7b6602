"""What an operator's tools ask: `/healthz`, `/readyz` and `/metrics`, at a port of their own.

`/healthz` tells that the process answers, `/readyz` that it can take updates: started, not stopping,
its database answers. Telegram being away is no reason to stop or to pass over a process that keeps
what comes; it is seen in the figures.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.delivery.measures import CONTENT_TYPE, Measures
from storage.records import Queues

_PATIENCE_SECONDS = 3.0
_log = logging.getLogger(__name__)


class Monitor:
    """Answers from the first moment on.

    `opened` says that there is a database, `begin` and `end` between when the bot is at work.
    """

    def __init__(
        self,
        measures: Measures,
        office_clock: Callable[[], datetime],
        real_clock: Callable[[], datetime],
    ) -> None:
        self._measures = measures
        self._office_clock = office_clock
        self._real_clock = real_clock
        self._state = "starting"
        self._count: Callable[[], Awaitable[Queues]] | None = None
        self._probe: Callable[[], Awaitable[Any]] | None = None

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self._health),
            Route("/readyz", self._ready),
            Route("/metrics", self._metrics),
        ]

    def opened(self, probe: Callable[[], Awaitable[Any]]) -> None:
        """From here on the database is asked by `probe` whether it answers."""
        self._probe = probe

    def begin(self, count: Callable[[], Awaitable[Queues]]) -> None:
        """Be ready as long as the database answers; `count` says what waits in it."""
        self._state, self._count = "", count

    def end(self) -> None:
        """Be ready no more: the program is stopping."""
        self._state = "stopping"

    async def _health(self, _: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def _ready(self, _: Request) -> Response:
        wrong = self._state
        if not wrong and await _within(self._probe) is None:
            wrong = "database"
        return PlainTextResponse(f"{wrong or 'ok'}\n", 503 if wrong else 200)

    async def _metrics(self, _: Request) -> Response:
        waiting = await _within(self._count)
        answers = waiting is not None or await _within(self._probe) is not None
        page = self._measures.page(answers, waiting, self._office_clock(), self._real_clock())
        return Response(page, media_type=CONTENT_TYPE)


async def _within(ask: Callable[[], Awaitable[Any]] | None) -> Any | None:
    """Return an answer of the database; None where there is none in time."""
    if ask is None:
        return None
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await ask()
    except Exception as error:
        _log.warning("the database does not answer the monitor: %s", type(error).__name__)
        return None
