"""What the storage layer costs: one point select and one insert in a transaction, on each engine.

Medians, beside the same statements on bare `sqlite3` in the same thread and on the same disk, with
the same durability. Run: `python -m benchmarks.storage`.
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

from rich.console import Console
from rich.table import Table

from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.opening import open_database
from tests.storage.postgres_server import NoServer, running_server

ROUNDS = 2000
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
SELECT = "SELECT * FROM texts WHERE id = $1"
INSERT = "INSERT INTO texts (body, sha256, created_at) VALUES ($1, $2, $3)"
BODY, HASH = "Soạn báo cáo tổng kết năm, trình lãnh đạo" * 4, "0" * 64

Medians = tuple[float, float]
"""Microseconds of a point select and of an insert transaction."""


def bare(path: Path) -> Medians:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous=FULL")

        def insert() -> None:
            db.execute("BEGIN IMMEDIATE")
            db.execute(INSERT, {"1": BODY, "2": HASH, "3": NOW.isoformat()})
            db.commit()

        def select() -> None:
            db.execute(SELECT, {"1": 1}).fetchall()

        inserted = statistics.median(timed(insert) for _ in range(ROUNDS))
        return statistics.median(timed(select) for _ in range(ROUNDS)), inserted


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1e6


async def ours(url: str) -> Medians:
    db = await open_database(url)
    try:
        await migrate(db, NOW)
        inserted = await median(lambda: insert(db))
        return await median(lambda: db.fetch_one(SELECT, 1)), inserted
    finally:
        await db.close()


async def insert(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute(INSERT, BODY, HASH, NOW)


async def median(work: Callable[[], Awaitable[object]]) -> float:
    spent = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await work()
        spent.append((time.perf_counter() - started) * 1e6)
    return statistics.median(spent)


def main() -> None:
    table = Table("p50 of", "point select, us", "x bare", "insert transaction, us", "x bare")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        sqlite = asyncio.run(ours(f"sqlite:///{path}"))
        floor = bare(path)
        measured = {"bare sqlite3": floor, "sqlite": sqlite}
        try:
            with running_server(durable=True) as url:
                measured["postgres"] = asyncio.run(ours(url))
        except NoServer as why:
            Console().print(f"PostgreSQL: not run: {why}")
    for name, (selected, inserted) in measured.items():
        table.add_row(
            name,
            f"{selected:.0f}",
            f"{selected / floor[0]:.1f}",
            f"{inserted:.0f}",
            f"{inserted / floor[1]:.1f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
