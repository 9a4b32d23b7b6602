"""The calendars that are subscribed to, asked for over HTTP as phones do, and the port they are at."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from sqlite3 import SQLITE_BUSY, OperationalError

import aiohttp
import pytest

from bot.actions.standpoint import Known
from bot.delivery.web.calendar_feed import MOST_A_MINUTE, CalendarFeed
from bot.delivery.web.listen_socket import CannotListen, listen
from bot.delivery.web.server import serving
from bot.rules.rights import Standpoint
from storage.records import Member, Reach
from tests.conftest import MIGRATED_AT

TOKEN = "Zt9-the_token_of_somebody-3f0aQx"
PATH = f"/lich/{TOKEN}.ics"
ICS = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Lịch việc\r\nEND:VCALENDAR\r\n".encode()
SOMEBODY = Known(
    Member(
        id=7, name="Mạc Thiên Ân", folded="mac thien an", position="", username=None, aliases="[]",
        telegram_id=None, reach=Reach.REACHABLE, created_at=MIGRATED_AT, told_at=None,
        ended_at=None, roles=(), charges=(),
    ),
    Standpoint(7, frozenset()),
)  # fmt: skip


@dataclass
class Calendars:
    """What is behind the feed: one person's calendar, and what is wrong with it."""

    content: bytes = ICS
    trouble: Exception | None = None
    seconds: float = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def owner(self, token: str) -> Known | None:
        return SOMEBODY if token == TOKEN else None

    async def calendar(self, known: Known) -> bytes:
        assert known is SOMEBODY
        self.asked.set()
        await self.may_answer.wait()
        if self.trouble:
            raise self.trouble
        return self.content


@asynccontextmanager
async def served(calendars: Calendars) -> AsyncIterator[str]:
    feed = CalendarFeed(calendars.owner, calendars.calendar, lambda: calendars.seconds)
    listener = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with serving(listener, [feed.route]):
        yield address


@pytest.fixture
def calendars() -> Calendars:
    made = Calendars()
    made.may_answer.set()
    return made


@pytest.fixture
async def web(calendars: Calendars) -> AsyncIterator[aiohttp.ClientSession]:
    async with served(calendars) as address, aiohttp.ClientSession(address) as session:
        yield session


async def test_a_calendar_is_for_its_owner_alone_to_keep(web: aiohttp.ClientSession) -> None:
    async with web.get(PATH) as answer:
        assert (answer.status, await answer.read()) == (200, ICS)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "Server" not in answer.headers
    async with web.head(PATH) as head:
        assert (head.status, await head.read()) == (200, b"")
        assert head.headers["Content-Length"] == str(len(ICS))
        assert head.headers["ETag"] == answer.headers["ETag"]


async def test_what_has_not_changed_is_not_sent_again(
    web: aiohttp.ClientSession, calendars: Calendars
) -> None:
    async with web.get(PATH) as answer:
        tag = answer.headers["ETag"]
    for seen in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        async with web.get(PATH, headers={"If-None-Match": seen}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
            assert answer.headers["ETag"] == tag
            assert answer.headers["Cache-Control"] == "private, no-cache"
    calendars.content = ICS.replace("Lịch".encode(), b"Moi")
    async with web.get(PATH, headers={"If-None-Match": tag}) as answer:
        assert (answer.status, await answer.read()) == (200, calendars.content)


async def test_an_unknown_token_is_told_what_any_path_is_told(web: aiohttp.ClientSession) -> None:
    told = set()
    for path in ("/lich/unknown.ics", f"/lich/{TOKEN}x.ics", f"/lich/{TOKEN}", "/lich/", "/", "/x"):
        async with web.get(path) as answer:
            told.add((answer.status, await answer.read(), answer.headers["Content-Type"]))
    assert told == {(404, b"Not Found", "text/plain; charset=utf-8")}
    for path in (PATH, "/lich/unknown.ics"):
        async with web.post(path) as answer:
            assert answer.status == 405


async def test_a_calendar_that_asks_without_pause_is_told_to_wait(
    web: aiohttp.ClientSession, calendars: Calendars
) -> None:
    async def statuses(count: int) -> list[int]:
        return [(await web.get(PATH)).status for _ in range(count)]

    assert set(await statuses(MOST_A_MINUTE)) == {200}
    assert await statuses(1) == [429]
    calendars.seconds = 60
    assert await statuses(1) == [200]


async def test_a_database_in_trouble_is_asked_again_later(
    web: aiohttp.ClientSession, calendars: Calendars
) -> None:
    calendars.trouble = OperationalError("database is locked")
    calendars.trouble.sqlite_errorcode = SQLITE_BUSY
    async with web.get(PATH) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    calendars.trouble = None
    async with web.get(PATH) as answer:
        assert answer.status == 200


async def test_a_mistake_of_ours_is_logged_and_nothing_of_it_told(
    web: aiohttp.ClientSession, calendars: Calendars, caplog: pytest.LogCaptureFixture
) -> None:
    calendars.trouble = ZeroDivisionError("a secret of the program")
    async with web.get(PATH) as answer:
        assert (answer.status, await answer.read()) == (500, b"Internal Server Error")
    assert "ZeroDivisionError" in caplog.text


async def test_no_line_of_the_log_has_a_token(
    web: aiohttp.ClientSession, calendars: Calendars, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for trouble in (None, ZeroDivisionError()):
        calendars.trouble = trouble
        await web.get(PATH)
    assert "ZeroDivisionError" in caplog.text
    assert TOKEN not in caplog.text


async def test_what_was_asked_is_answered_before_the_program_stops(calendars: Calendars) -> None:
    calendars.may_answer.clear()
    async with aiohttp.ClientSession() as session:
        async with served(calendars) as address:
            asking = asyncio.create_task(session.get(address + PATH))
            await calendars.asked.wait()
            asyncio.get_running_loop().call_later(0.05, calendars.may_answer.set)
        assert (await asking).status == 200
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(address + PATH)


def test_a_port_that_another_has() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(CannotListen) as why:
        listen("127.0.0.1", other.getsockname()[1])
    assert (why.value.key, str(why.value)) == ("port", "another program has this port")


def test_an_address_of_another_machine() -> None:
    with pytest.raises(CannotListen) as why:
        listen("192.0.2.1", 8090)
    assert (why.value.key, str(why.value)) == ("host", "this machine has no such address")
