"""How long the plans of 100,000 reminders take to move with the office's calendar, on each engine.

Open tasks with their whole ladders; then a week off is decided that was not before, and taken back.
Once tasks are due in the weeks around it, at any hour; once all within it, each heard of at a moment of
its own, so that every single reminder moves. Seconds are of this process's CPU, and by the clock; the
loop's longest pause meanwhile is what an answer waits for. Run: `python -m benchmarks.replan`.
"""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.actions.office import Office
from bot.actions.office_days import calendar
from bot.rules.reminders.ladder import Plan
from bot.rules.reminders.reminders import LADDERS
from bot.rules.rights import Standpoint
from bot.rules.workdays import OFFICE_ZONE
from storage.engine.database import Value
from storage.engine.migrate import migrate
from storage.engine.opening import open_database
from storage.organisation import people
from storage.records import CalendarDay, Role, Urgency
from storage.reminders import reminders
from storage.tasks import tasks
from tests.storage.postgres_server import NoServer, running_server

REMINDERS = 100_000
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
BEGINS = datetime(2027, 3, 8, tzinfo=UTC)
WEEK = [date(2027, 3, n) for n in range(8, 13)]


class Spent(NamedTuple):
    """Seconds of a week off and of taking it back, how many moved, and the loop's longest pause."""

    off: tuple[float, float]
    """Of the CPU, and by the clock."""
    back: tuple[float, float]
    moved: int
    paused: float


def main() -> None:
    heads = "engine", "moved", "a week off: CPU, clock, s", "taken back", "longest pause, ms"
    table = Table(*heads)
    for name, spent in measured():
        seconds = (f"{cpu:.1f}, {clock:.1f}" for cpu, clock in (spent.off, spent.back))
        table.add_row(name, f"{spent.moved:,}", *seconds, f"{spent.paused * 1000:.0f}")
    Console().print(table)


def measured() -> Iterator[tuple[str, Spent]]:
    for case in (around, within):
        with tempfile.TemporaryDirectory() as folder:
            yield "sqlite", asyncio.run(replanned(f"sqlite:///{Path(folder) / 'bench.db'}", case))
        try:
            with running_server(durable=True) as url:
                yield "postgres", asyncio.run(replanned(url, case))
        except NoServer as why:
            Console().print(f"PostgreSQL: not run: {why}")


async def replanned(url: str, case: "Case") -> Spent:
    db = await open_database(url)
    try:
        await migrate(db, NOW)
        office = Office(db=db, name="Văn phòng", files=Path())
        admin = Standpoint(await fill(office, case), frozenset({Role.ADMIN}))
        days = [CalendarDay(day=day, works=False, note="") for day in WEEK]
        async with pauses() as longest:
            started = _clocks()
            moved = await calendar.decide(office, admin, days, NOW, None)
            decided = _clocks()
            await calendar.take_back(office, admin, WEEK, NOW, None)
            taken = _clocks()
        return Spent(_between(started, decided), _between(decided, taken), moved, longest[0])
    finally:
        await db.close()


def _clocks() -> tuple[float, float]:
    return process_time(), perf_counter()


def _between(started: tuple[float, float], ended: tuple[float, float]) -> tuple[float, float]:
    return ended[0] - started[0], ended[1] - started[1]


class Drawn(NamedTuple):
    """A task: its day, its hour, how urgent it is, and since when it is led and not heard of."""

    day: date
    clock: time | None
    urgency: Urgency
    since: datetime


Case = Callable[[random.Random], Drawn]


def around(chance: random.Random) -> Drawn:
    """Return a task that is due in the weeks around; about half of its rungs are counted over it."""
    day = WEEK[0] + timedelta(days=chance.randrange(-5, 10))
    clock = chance.choice([None, None, None, time(10), time(14), time(16)])
    urgency = chance.choice([*Urgency, Urgency.NORMAL, Urgency.NORMAL])
    return Drawn(day, clock, urgency, BEGINS - timedelta(minutes=chance.randrange(7 * 24 * 60)))


def within(chance: random.Random) -> Drawn:
    """Return a task whose every rung moves: due on the Thursday, given on the Friday before.

    Hỏa tốc is left out, which goes by its minute on any day.
    """
    clock = chance.choice([None, time(14, chance.randrange(60)), time(15, chance.randrange(60))])
    urgency = chance.choice([one for one in Urgency if one is not Urgency.FLASH])
    friday = datetime(2027, 3, 5, 16, tzinfo=OFFICE_ZONE).astimezone(UTC)
    since = friday + timedelta(microseconds=chance.randrange(3600 * 10**6))
    return Drawn(WEEK[3], clock, urgency, since)


async def fill(office: Office, case: Case) -> int:
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
            drawn = case(chance)
            task = await tasks.insert(tx, _columns(office, drawn, person_id))
            plan = Plan(task, LADDERS[task.urgency], office.workdays)
            since = drawn.since
            rungs = [*plan.ahead(NOW), plan.stale(since), plan.receive(since, person_id)]
            await reminders.plan(tx, task.id, rungs)
            planned += len(rungs)
    return person_id


def _columns(office: Office, drawn: Drawn, person_id: int) -> dict[str, Value]:
    due_at, late_from = office.workdays.due(drawn.day, drawn.clock)
    return {
        "title": "Soạn báo cáo quý",
        "urgency": drawn.urgency,
        "status": "assigned",
        "assigner_id": person_id,
        "entered_by_id": person_id,
        "due_at": due_at,
        "late_from": late_from,
        "has_clock": drawn.clock is not None,
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
