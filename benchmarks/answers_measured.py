"""What each answer of `benchmarks.answers` takes, and its statements by hand over the engine's driver."""

import sqlite3
import statistics
import time
from contextlib import closing

import asyncpg

from benchmarks.answers_office import Answer, answers, longer_ones, opened
from bot.seeding.large_office import Size
from storage.engine.database import Database, Engine, Row, Value
from storage.engine.sqlite_work import bound

ROUNDS, ROUNDS_OF_LONGER = 200, 20
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


async def taken(url: str, size: Size) -> dict[str, Spent]:
    """Return what each answer took, the longer ones too."""
    async with opened(url, size) as office:
        short, longer = await answers(office, size), await longer_ones(office)
        found = {name: await ours(answer) for name, answer in short.items()}
        return found | {name: await ours(one, ROUNDS_OF_LONGER) for name, one in longer.items()}


async def measured_longer(url: str, size: Size) -> dict[str, Spent]:
    async with opened(url, size) as office:
        asked = await longer_ones(office)
        return {name: await ours(answer, ROUNDS_OF_LONGER) for name, answer in asked.items()}


def p99(spent: Spent) -> float:
    return statistics.quantiles(spent, n=100)[98]
