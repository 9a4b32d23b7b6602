"""The playground from outside: its clock, faults and log, over the control API."""

from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


class WrongMove(Exception):  # noqa: N818 - the playground's own "no"
    """The playground refused what was asked of it; its words say why."""


class Remote:
    """Use as `async with Remote(address) as play:`; `address` is what `serve` yields."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self.address)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """Raises RuntimeError outside `async with`."""
        if self._session is None:
            raise RuntimeError("open the remote with: async with Remote(address)")
        return self._session

    async def get(self, name: str, **query: Any) -> Any:
        """Reads /play/`name`."""
        async with self.session.get(f"/play/{name}", params=query) as answer:
            return await _read(answer)

    async def post(self, name: str, body: Any) -> Any:
        """Does /play/`name`. Raises WrongMove where the playground refuses."""
        sent = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        async with self.session.post(f"/play/{name}", **sent) as answer:
            return await _read(answer)

    async def people(self) -> list[Json]:
        """Everyone with an account, in the order of the list."""
        people: list[Json] = (await self.get("state"))["people"]
        return people

    async def now(self) -> datetime:
        """What the clock of the playground shows, in UTC."""
        return datetime.fromtimestamp((await self.get("clock"))["now"], UTC)

    async def advance(self, **span: float) -> None:
        """Moves the clock on: `advance(days=1, hours=2)`, as timedelta takes them."""
        await self.post("clock", {"advance": timedelta(**span).total_seconds()})

    async def move_to(self, instant: datetime) -> None:
        """Moves the clock so that it is `instant` (with a zone) now."""
        await self.post("clock", {"at": instant.timestamp()})

    async def faults(self, **faults: float | bool | str) -> None:
        """Sets faults by the names in faults.py: `faults(delay_ms=50, limits=False)`."""
        await self.post("faults", faults)

    async def calls(self, method: str | None = None) -> list[Json]:
        """The log of what the bot called, of one method or of all."""
        calls: list[Json] = await self.get("calls")
        return [call for call in calls if method in (None, call["method"])]

    async def inject(self, *updates: Any) -> list[int]:
        """Queues raw updates for the bot, any JSON at all, and returns their ids."""
        ids: list[int] = (await self.post("updates", list(updates)))["update_ids"]
        return ids

    async def batch(self, *gestures: tuple[str, Json]) -> list[Json]:
        """Does many gestures before the bot sees the first: `("say", {"person_id": ...})`."""
        done: list[Json] = await self.post("batch", [list(gesture) for gesture in gestures])
        return done

    async def add_person(self, name: str, username: str = "") -> Json:
        """Someone with an account whom the office does not know."""
        person: Json = await self.post("people", {"name": name, "username": username})
        return person

    async def add_group(
        self,
        title: str,
        members: list[int],
        topics: tuple[str, ...] = (),
        **more: bool,
    ) -> Json:
        """A group with the bot in it, a forum where topics are named; its `id` is a chat id.

        `more` is `bot_is_admin` (it hears everything) or `basic` (no supergroup yet).
        """
        body = {"title": title, "members": members, "topics": topics, **more}
        group: Json = await self.post("groups", body)
        return group


async def _read(answer: aiohttp.ClientResponse) -> Any:
    body = await answer.json()
    if answer.status != 200:
        raise WrongMove(body["error"])
    return body
