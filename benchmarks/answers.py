"""What an answer costs in a made-up office: 200 units, 5,000 people, 1,000,000 tasks, 3% of them open.

Each answer is the whole action, and beside it the same statements by hand over the engine's own driver
(`sqlite3`, `asyncpg`) in the same run. Then the same with a tenth of the closed tasks and as many open:
nothing is to take longer for what is over. With `--postgres` on PostgreSQL: a server of its own, or that of
DONDOC_TEST_POSTGRES_URL, where the offices are kept. Run: `python -m benchmarks.answers [--folder KEPT]`.
"""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.answers_office import Answer, answers, longer_ones, opened, postgres_url
from bot.actions.large_office import Size
from storage.database import Database, Engine, Row, Value
from storage.sqlite_work import bound
from tests.storage.postgres_server import running_server

ROUNDS, ROUNDS_OF_LONGER = 200, 20
TIMES_MORE, MOST_OF_TIME, SHORT = 10, 1.2, 5.0
MOST_RATIO, MOST_MORE, MOST_P99 = 1.5, 3.0, 100.0
Spent = list[float]
"""Milliseconds."""
Statements = list[tuple[str, tuple[Value, ...]]]


class Noted:
    """A database that notes what is read."""

    def __init__(self, db: Database) -> None:
        self.engine: Engine = db.engine
        self._db = db
        self.statements: Statements = []

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        self.statements.append((sql, values))
        return await self._db.fetch(sql, *values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None


async def ours(answer: Answer, rounds: int = ROUNDS) -> Spent:
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        await answer()
        spent.append((time.perf_counter() - started) * 1e3)
    return spent


def over_sqlite3(path: str, statements: Statements) -> Spent:
    spent = []
    with closing(sqlite3.connect(path)) as db:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            for sql, values in statements:
                db.execute(sql, bound(values)).fetchall()
            spent.append((time.perf_counter() - started) * 1e3)
    return spent


async def over_asyncpg(url: str, statements: Statements) -> Spent:
    connection = await asyncpg.connect(url)
    try:

        async def by_hand() -> None:
            for sql, values in statements:
                await connection.fetch(sql, *values)

        return await ours(by_hand)
    finally:
        await connection.close()


async def by_hand(url: str, statements: Statements) -> Spent:
    if url.startswith("sqlite"):
        return over_sqlite3(url.removeprefix("sqlite:///"), statements)
    return await over_asyncpg(url, statements)


async def measured(url: str, size: Size) -> dict[str, tuple[Spent, Spent]]:
    """Return for each answer what it took, and what its statements took by hand."""
    found = {}
    async with opened(url, size) as office:
        db = office.db
        for name, answer in (await answers(office, size)).items():
            noted = Noted(db)
            office.db = noted  # type: ignore[assignment]
            await answer()
            office.db = db
            found[name] = await ours(answer), await by_hand(url, noted.statements)
    return found


async def measured_longer(url: str, size: Size) -> dict[str, Spent]:
    async with opened(url, size) as office:
        asked = await longer_ones(office)
        return {name: await ours(answer, ROUNDS_OF_LONGER) for name, answer in asked.items()}


def p99(spent: Spent) -> float:
    return statistics.quantiles(spent, n=100)[98]


def tell(engine: str, url: str, size: Size, smaller_url: str, smaller: Size) -> None:
    """Print what each answer took, and which aims were missed."""
    whole, less = asyncio.run(measured(url, size)), asyncio.run(measured(smaller_url, smaller))
    shown = Table(
        *(f"{engine}: answer", "p50, ms", "p99, ms", "by hand p50", "times"),
        *(f"p50 with {smaller.tasks:,} tasks", "times"),
    )
    for (name, (spent, hand)), (before_all, _) in zip(whole.items(), less.values(), strict=True):
        p50, base, before = map(statistics.median, (spent, hand, before_all))
        fine = p50 <= max(MOST_RATIO * base, base + MOST_MORE) and p99(spent) < MOST_P99
        fine &= p50 <= max(MOST_OF_TIME * before, SHORT)
        figures = (p50, p99(spent), base, p50 / base, before, p50 / before)
        shown.add_row(name + ("" if fine else " (aim missed)"), *(f"{one:.2f}" for one in figures))
    for name, spent in asyncio.run(measured_longer(url, size)).items():
        shown.add_row(name, f"{statistics.median(spent):.0f}", f"{max(spent):.0f} at most")
    Console(width=120).print(shown)


def main(
    tasks: int = 1_000_000,
    people: int = 5000,
    units: int = 200,
    folder: Annotated[Path | None, typer.Option(help="Where the offices are kept.")] = None,
    on_postgres: Annotated[bool, typer.Option("--postgres")] = False,
) -> None:
    size = Size(tasks, people, units)
    still_open = round(tasks * size.open_share)
    fewer = (tasks - still_open) // TIMES_MORE + still_open
    smaller = Size(fewer, people, units, still_open / fewer)
    if on_postgres:
        with running_server() as server:
            urls = [asyncio.run(postgres_url(server, one)) for one in (size, smaller)]
            tell("PostgreSQL", urls[0], size, urls[1], smaller)
    else:
        with nullcontext(folder) if folder else tempfile.TemporaryDirectory() as kept:
            urls = [f"sqlite:///{kept}/office-{one.tasks}.db" for one in (size, smaller)]
            tell("SQLite", urls[0], size, urls[1], smaller)
    print(f"aim: at most {MOST_RATIO} times or {MOST_MORE} ms more, p99 under {MOST_P99} ms;")
    print(f"with {TIMES_MORE} times as much closed at most {MOST_OF_TIME} times, or {SHORT} ms")


if __name__ == "__main__":
    typer.run(main)
