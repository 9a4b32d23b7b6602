"""How long the plans of 100,000 reminders take to move with the office's calendar, on each engine.

Open tasks with their whole ladders, due in the weeks around it at any hour; then a week off is decided
that was not before, and taken back. The loop's longest pause meanwhile is what an answer waits for.
Run: `python -m benchmarks.replan`.
"""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.actions import calendar
from bot.actions.office import Office
from bot.rules.ladder import Plan
from bot.rules.reminders import LADDERS
from bot.rules.rights import Standpoint
from storage import people, reminders, tasks
from storage.database import Value
from storage.migrate import migrate
from storage.opening import open_database
from storage.records import CalendarDay, Role, Urgency
from tests.storage.postgres_server import NoServer, running_server

REMINDERS = 100_000
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
BEGINS = datetime(2027, 3, 8, tzinfo=UTC)
WEEK = [date(2027, 3, n) for n in range(8, 13)]


class Spent(NamedTuple):
    """Seconds of a week off and of taking it back, how many moved, and the loop's longest pause."""

    off: float
    back: float
    moved: int
    paused: float


def main() -> None:
    table = Table("engine", "moved", "a week off, s", "taken back, s", "longest pause, ms")
    for name, spent in measured():
        seconds = f"{spent.off:.1f}", f"{spent.back:.1f}"
        table.add_row(name, f"{spent.moved:,}", *seconds, f"{spent.paused * 1000:.0f}")
    Console().print(table)


def measured() -> Iterator[tuple[str, Spent]]:
    with tempfile.TemporaryDirectory() as folder:
        yield "sqlite", asyncio.run(replanned(f"sqlite:///{Path(folder) / 'bench.db'}"))
    try:
        with running_server(durable=True) as url:
            yield "postgres", asyncio.run(replanned(url))
    except NoServer as why:
        Console().print(f"PostgreSQL: not run: {why}")


async def replanned(url: str) -> Spent:
    db = await open_database(url)
    try:
        await migrate(db, NOW)
        office = Office(db=db, name="Văn phòng", files=Path())
        admin = Standpoint(await fill(office), frozenset({Role.ADMIN}))
        days = [CalendarDay(day=day, works=False, note="") for day in WEEK]
        async with pauses() as longest:
            started = perf_counter()
            moved = await calendar.decide(office, admin, days, NOW, None)
            decided = perf_counter()
            await calendar.take_back(office, admin, WEEK, NOW, None)
            taken = perf_counter()
        return Spent(decided - started, taken - decided, moved, longest[0])
    finally:
        await db.close()


async def fill(office: Office) -> int:
    """Plan the reminders, of tasks that one person gave themselves; return who that is."""
    chance, planned = random.Random(7), 0
    async with office.db.transaction() as tx:
        person_id = await people.insert(
            tx,
            name="An",
            folded="an",
            position="",
            username=None,
            telegram_id=None,
            aliases=(),
            at=NOW,
        )
        while planned < REMINDERS:
            task = await tasks.insert(tx, _columns(office, chance, person_id))
            plan = Plan(task, LADDERS[task.urgency], office.workdays)
            heard = BEGINS - timedelta(minutes=chance.randrange(7 * 24 * 60))
            rungs = [*plan.ahead(NOW), plan.stale(heard), plan.receive(heard, person_id)]
            await reminders.plan(tx, task.id, rungs)
            planned += len(rungs)
    return person_id


def _columns(office: Office, chance: random.Random, person_id: int) -> dict[str, Value]:
    day = WEEK[0] + timedelta(days=chance.randrange(-5, 10))
    clock = chance.choice([None, None, None, time(10), time(14), time(16)])
    due_at, late_from = office.workdays.due(day, clock)
    return {
        "title": "Soạn báo cáo quý",
        "urgency": chance.choice([*Urgency, Urgency.NORMAL, Urgency.NORMAL]),
        "status": "assigned",
        "assigner_id": person_id,
        "entered_by_id": person_id,
        "due_at": due_at,
        "late_from": late_from,
        "has_clock": clock is not None,
        "created_at": NOW,
    }


@asynccontextmanager
async def pauses() -> AsyncIterator[list[float]]:
    """Give the longest time in seconds, so far, that the event loop did nothing else."""
    longest = [0.0]

    async def beat() -> None:
        while True:
            before = perf_counter()
            await asyncio.sleep(0.01)
            longest[0] = max(longest[0], perf_counter() - before - 0.01)

    beating = asyncio.create_task(beat())
    try:
        yield longest
    finally:
        beating.cancel()


if __name__ == "__main__":
    main()
