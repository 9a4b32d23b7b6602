"""What an answer costs in a made-up office: 200 units, 5,000 people, 1,000,000 tasks, 3% of them open.

Each answer is the whole action, and beside it the same statements by hand over the standard `sqlite3`
module in the same run. Then the same with a tenth of the closed tasks and as many open: a summary is not
to take longer for what is over. Run: `python -m benchmarks.answers [--tasks N] [--folder KEPT] [--postgres]`.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.actions import figures, find, seek
from bot.actions.large_office import LargeOffice, Size, title
from bot.actions.looked_at import UNIT, LookedAt
from bot.actions.office import Office
from bot.actions.summarise import summarise
from bot.large_office import make
from bot.rules.periods import Kind, Period, containing
from bot.rules.workdays import Workdays
from storage.database import Row, Value
from storage.migrate import migrate
from storage.opening import open_database
from storage.scope import Focus
from storage.sqlite import SqliteDatabase
from storage.sqlite_work import bound
from tests.storage.postgres_server import running_server

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
ROUNDS = 200
TIMES_MORE, MOST_OF_TIME = 10, 1.2
MOST_RATIO, MOST_MORE, MOST_P99 = 1.5, 3.0, 100.0
Answer = Callable[[], Awaitable[object]]
Spent = list[float]
"""Milliseconds."""


class Noted:
    """A database that notes what is read."""

    def __init__(self, db: SqliteDatabase) -> None:
        self.engine = db.engine
        self._db = db
        self.statements: list[tuple[str, tuple[Value, ...]]] = []

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        self.statements.append((sql, values))
        return await self._db.fetch(sql, *values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None


async def answers(office: Office, size: Size) -> dict[str, Answer]:
    """Return what is asked, by the leader of the whole."""
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
        f"search {pair}": lambda: seek.by_words(office, who, pair, NOW),
        "a task with its history": with_history,
        "a month": lambda: figures.of_period(office, who, NOW, _month()),
    }


def _month() -> Period:
    found = containing(Kind.MONTH, NOW.date())
    assert found is not None
    return found


async def ours(answer: Answer) -> Spent:
    spent = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await answer()
        spent.append((time.perf_counter() - started) * 1e3)
    return spent


def by_hand(path: Path, statements: list[tuple[str, tuple[Value, ...]]]) -> Spent:
    spent = []
    with closing(sqlite3.connect(path)) as db:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            for sql, values in statements:
                db.execute(sql, bound(values)).fetchall()
            spent.append((time.perf_counter() - started) * 1e3)
    return spent


async def sqlite(path: Path, size: Size) -> dict[str, tuple[Spent, Spent]]:
    """Return for each answer what it took, and what its statements took by hand."""
    db = await open_database(f"sqlite:///{path}")
    assert isinstance(db, SqliteDatabase)
    try:
        if await migrate(db, NOW):
            await make(db, LargeOffice(size, NOW, Workdays()), size)
        office = Office(db=db, name="Thành ủy mẫu", files=path.parent)
        await office.refresh()
        asked = await answers(office, size)
        found = {}
        for name, answer in asked.items():
            noted = Noted(db)
            office.db = noted  # type: ignore[assignment]
            await answer()
            office.db = db
            found[name] = await ours(answer), by_hand(path, noted.statements)
        return found
    finally:
        await db.close()


async def postgres(url: str, size: Size) -> dict[str, Spent]:
    db = await open_database(url)
    try:
        await migrate(db, NOW)
        await make(db, LargeOffice(size, NOW, Workdays()), size)
        office = Office(db=db, name="Thành ủy mẫu", files=Path())
        await office.refresh()
        return {name: await ours(answer) for name, answer in (await answers(office, size)).items()}
    finally:
        await db.close()


def p99(spent: Spent) -> float:
    return statistics.quantiles(spent, n=100)[98]


def main(
    tasks: int = 1_000_000,
    people: int = 5000,
    units: int = 200,
    folder: Annotated[Path | None, typer.Option(help="Where the offices are kept.")] = None,
    on_postgres: Annotated[bool, typer.Option("--postgres")] = False,
) -> None:
    size = Size(tasks, people, units)
    open_ones = round(tasks * size.open_share)
    fewer = (tasks - open_ones) // TIMES_MORE + open_ones
    small = Size(fewer, people, units, open_ones / fewer)
    shown = Table(
        "answer", "p50, ms", "p99, ms", "by hand p50", "times", "fewer closed p50", "times"
    )
    with tempfile.TemporaryDirectory() as made:
        kept = folder or Path(made)
        whole = asyncio.run(sqlite(kept / f"office-{tasks}.db", size))
        less = asyncio.run(sqlite(kept / f"office-{fewer}.db", small))
    small_ones = list(less.values())
    for place, (name, (spent, hand)) in enumerate(whole.items()):
        p50, base = statistics.median(spent), statistics.median(hand)
        before = statistics.median(small_ones[place][0])
        fine = p50 <= max(MOST_RATIO * base, base + MOST_MORE) and p99(spent) < MOST_P99
        figures_ = (p50, p99(spent), base, p50 / base, before, p50 / before)
        shown.add_row(name + ("" if fine else " (aim missed)"), *(f"{one:.2f}" for one in figures_))
    Console().print(shown)
    print(f"aim: at most {MOST_RATIO} times or {MOST_MORE} ms more, p99 under {MOST_P99} ms;")
    print(f"a summary with {TIMES_MORE} times as much closed at most {MOST_OF_TIME} times the time")
    if on_postgres:
        with running_server(durable=False) as url:
            for name, spent in asyncio.run(postgres(url, size)).items():
                print(
                    f"PostgreSQL, {name}: p50 {statistics.median(spent):.2f} ms, p99 {p99(spent):.2f}"
                )


if __name__ == "__main__":
    typer.run(main)
