"""The calendars that people subscribe to: `GET /lich/<token>.ics`.

Whoever asks with a token that leads to nobody is told no more than that there is no such page.
"""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.actions.standpoint import Known
from storage.engine.database_errors import may_pass

MOST_A_MINUTE = 30
"""A calendar asks once in some minutes at most."""
_HEADERS = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}


class CalendarFeed:
    """`owner` says whose token it is, `calendar` writes what a person has in hand."""

    def __init__(
        self,
        owner: Callable[[str], Awaitable[Known | None]],
        calendar: Callable[[Known], Awaitable[bytes]],
        stopwatch: Callable[[], float],
    ) -> None:
        self._owner = owner
        self._calendar = calendar
        self._stopwatch = stopwatch
        self._minute = 0
        self._asked: Counter[int] = Counter()

    @property
    def route(self) -> Route:
        return Route("/lich/{token}.ics", self._answer)

    async def _answer(self, request: Request) -> Response:
        try:
            return await self._found(request)
        except Exception as error:
            if not may_pass(error):
                raise
            return PlainTextResponse("Try again", 503, {"Retry-After": "60"})

    async def _found(self, request: Request) -> Response:
        known = await self._owner(request.path_params["token"])
        if known is None:
            return PlainTextResponse("Not Found", 404)
        if self._asks_too_often(known.member.id):
            return PlainTextResponse("Too Many Requests", 429, {"Retry-After": "60"})
        content = await self._calendar(known)
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = _HEADERS | {"ETag": etag}
        if _has(request.headers.get("If-None-Match", ""), etag):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/calendar")

    def _asks_too_often(self, person_id: int) -> bool:
        minute = int(self._stopwatch() // 60)
        if minute != self._minute:
            self._minute, self._asked = minute, Counter()
        self._asked[person_id] += 1
        return self._asked[person_id] > MOST_A_MINUTE


def _has(seen: str, etag: str) -> bool:
    """Tell whether a calendar has what there is: `seen` are the tags of what it has, as it sends them."""
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in seen.split(","))
