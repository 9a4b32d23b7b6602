"""A transaction takes effect as a whole or not at all, whoever else is at work."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from storage.engine.database import Database, Transaction
from tests.storage.counter import SLOW, add, value


async def test_it_is_seen_by_every_read_once_it_ended(counter: Database) -> None:
    for expected in range(1, 21):
        async with counter.transaction() as tx:
            await add(tx, 1)
            assert await value(tx) == expected
        assert [await value(counter) for _ in range(4)] == [expected] * 4


async def test_it_is_not_seen_by_others_before(counter: Database) -> None:
    async with counter.transaction() as tx:
        await add(tx, 1)
        assert await value(counter) == 0


async def test_an_exception_undoes_it(counter: Database) -> None:
    async def write_and_fail() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    assert await value(counter) == 0


async def test_a_statement_that_fails_undoes_what_came_before(counter: Database) -> None:
    async def write_twice() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            await tx.execute("INSERT INTO counter (id, value) VALUES (1, 1)")

    with pytest.raises(Exception, match=r"(?i)unique"):
        await write_twice()
    assert await value(counter) == 0


async def test_two_hundred_at_once_lose_nothing(counter: Database) -> None:
    lock = " FOR UPDATE" if counter.engine == "postgres" else ""

    async def read_then_write() -> None:
        async with counter.transaction() as tx:
            row = await tx.fetch_one("SELECT value FROM counter WHERE id = 1" + lock)
            assert row is not None
            await tx.execute("UPDATE counter SET value = $1", row["value"] + 1)

    await asyncio.gather(*(read_then_write() for _ in range(200)))
    assert await value(counter) == 200


async def test_a_long_read_holds_nobody_up(counter: Database) -> None:
    long = asyncio.create_task(counter.fetch(SLOW))
    try:
        async with asyncio.timeout(5):
            for expected in range(1, 6):
                async with counter.transaction() as tx:
                    await add(tx, 1)
                assert await value(counter) == expected
        assert not long.done()
    finally:
        long.cancel()
        await asyncio.wait([long])


async def test_work_in_one_hop_is_done_whole_or_not_at_all(db: Database) -> None:
    async def keep(tx: Transaction, day: str, fails: bool) -> str:
        await tx.execute("INSERT INTO calendar_days (day, works) VALUES ($1, TRUE)", day)
        if fails:
            raise ValueError(day)
        return day

    def job(number: int) -> Coroutine[Any, Any, str]:
        return db.run(lambda tx: keep(tx, f"day {number:02}", number % 3 == 0))

    ended = await asyncio.gather(*(job(n) for n in range(30)), return_exceptions=True)
    kept = [row["day"] for row in await db.fetch("SELECT day FROM calendar_days ORDER BY day")]
    assert kept == [f"day {n:02}" for n in range(30) if n % 3]
    assert [str(one) for one in ended] == [f"day {n:02}" for n in range(30)]
    assert [isinstance(one, ValueError) for one in ended] == [n % 3 == 0 for n in range(30)]
