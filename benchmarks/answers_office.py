"""The made-up offices of `benchmarks.answers`, kept from run to run, and what is asked of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from bot.actions import find
from bot.actions.focus import UNIT, LookedAt
from bot.actions.office import Office
from bot.actions.reporting import figures, report, search
from bot.actions.reporting.figures import By
from bot.actions.reporting.overview import overview
from bot.actions.reporting.summarise import WHOLE, summarise
from bot.actions.tasks import workload
from bot.chat.reporting import report_files
from bot.commands.large_office import make
from bot.rules.reporting.periods import Kind, Period, containing
from bot.rules.workdays import Workdays
from bot.seeding.large_office import LargeOffice, Size, title
from storage.engine.migrate import migrate
from storage.engine.opening import open_database
from storage.reporting.task_scope import Focus

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
PAGE = 8
Answer = Callable[[], Awaitable[object]]


@asynccontextmanager
async def opened(url: str, size: Size) -> AsyncIterator[Office]:
    """Open the office of a size; a new database is filled first, and later runs find it as it is."""
    db = await open_database(url)
    try:
        if await migrate(db, NOW):
            await make(db, LargeOffice(size, NOW, Workdays()), size)
        office = Office(db=db, name="Thành ủy mẫu", files=Path())
        await office.refresh()
        yield office
    finally:
        await db.close()


async def postgres_url(server: str, size: Size) -> str:
    """Return the address of a size's database on a server, made where there is none yet."""
    name = f"office_{size.tasks}"
    connection = await asyncpg.connect(server)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
            await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def answers(office: Office, size: Size) -> dict[str, Answer]:
    """Return what the leader of the whole asks, and is to be answered at once."""
    known = await office.person(1, NOW)
    assert known is not None
    who, number = known.who, size.tasks // 2
    words = title(number).replace(",", "").split()
    pair = f"{words[-3]} {words[-1]}"
    unit = await LookedAt(UNIT, size.units).focus(office)

    async def with_history() -> None:
        await find.task(office, who, number)
        await find.history(office, who, number)

    return {
        "summary of the whole": lambda: summarise(office, who, NOW),
        "one unit": lambda: summarise(office, who, NOW, unit),
        "one person": lambda: summarise(office, who, NOW, Focus(person_id=size.people // 2)),
        "overdue": lambda: find.overdue(office, who, NOW),
        f"search {pair}": lambda: search.by_words(office, who, pair, NOW),
        "a task with its history": with_history,
        "a month": lambda: figures.of_period(office, who, NOW, _month()),
    }


async def longer_ones(office: Office) -> dict[str, Answer]:
    """Return what else that leader asks: of each only the time is told."""
    known = await office.person(1, NOW)
    assert known is not None
    who = known.who

    def told_apart(by: By) -> Answer:
        return lambda: figures.worst_first(office, who, NOW, by, WHOLE, None, 0, PAGE)

    async def picture() -> None:
        found = await overview(office, who, NOW)
        await asyncio.to_thread(report_files.overview, found)

    return {
        "the picture, drawn": picture,
        "by person": told_apart(By.PERSON),
        "by document": told_apart(By.DOCUMENT),
        "division of all work": lambda: workload.divide(office, who, NOW),
        "a month's report": lambda: report.gather(office, who, _month(), None, NOW),
    }


def _month() -> Period:
    found = containing(Kind.MONTH, NOW.date())
    assert found is not None
    return found
