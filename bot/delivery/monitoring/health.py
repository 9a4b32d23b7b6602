"""What an operator's tools ask: `/healthz`, `/readyz` and `/metrics`, at a port of their own.

`/healthz` tells that the process answers, `/readyz` that it can take updates: started, not stopping,
its database answers and takes what is written. Telegram being away is no reason to stop or to pass over a process that keeps
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

from bot.delivery.monitoring.metrics import CONTENT_TYPE, Measures
from storage.engine.database_errors import trouble_of
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
        """From here on the database is asked by `probe`, which raises what is wrong with it."""
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
        wrong = self._state or await self._trouble()
        return PlainTextResponse(f"{wrong or 'ok'}\n", 503 if wrong else 200)

    async def _metrics(self, _: Request) -> Response:
        up = not await self._trouble()
        waiting = await self._waiting()
        page = self._measures.page(up, waiting, self._office_clock(), self._real_clock())
        return Response(page, media_type=CONTENT_TYPE)

    async def _trouble(self) -> str:
        """Return what keeps the database from work; nothing for one that is in order."""
        if self._probe is None:
            return "database"
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._probe()
        except Exception as error:
            _not_answered(error)
            return f"database {trouble_of(error) or ''}".strip()
        return ""

    async def _waiting(self) -> Queues | None:
        """Return what waits; None where the database does not say so in time."""
        if self._count is None:
            return None
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._count()
        except Exception as error:
            _not_answered(error)
            return None


def _not_answered(error: Exception) -> None:
    _log.warning("the database does not answer the monitor: %s", type(error).__name__)
