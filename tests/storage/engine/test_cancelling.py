"""Work that is cancelled is undone whole, at whatever point, and leaves nothing open."""

import asyncio

import pytest

from storage.engine.database import Database, Transaction
from tests.storage.counter import SLOW, add, value


async def test_cancelling_undoes_it_and_leaves_nothing_open(counter: Database) -> None:
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with counter.transaction() as tx:
        await add(tx, 10)
    assert await value(counter) == 10


async def test_cancelling_at_any_await_keeps_all_or_nothing(counter: Database) -> None:
    """Cancelled after one turn of the loop, after two, ...: in begin, statement, commit."""

    async def write() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            await add(tx, 1)

    for turns in range(60):
        task = asyncio.create_task(write())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        task.cancel()
        await asyncio.wait([task])
        before = await value(counter)
        assert before % 2 == 0
        async with asyncio.timeout(5), counter.transaction() as tx:
            await add(tx, 2)
            assert await value(tx) in (before + 2, before + 4)


async def test_a_slow_statement_that_is_cancelled_stops(counter: Database) -> None:
    async def write() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            await tx.fetch(SLOW)

    for work in (write, lambda: counter.fetch(SLOW)):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await work()
        async with asyncio.timeout(5):
            assert [await value(counter) for _ in range(4)] == [0] * 4
            async with counter.transaction() as tx:
                assert await value(tx) == 0


async def test_work_that_was_begun_is_done_though_its_caller_is_cancelled(db: Database) -> None:
    if db.engine != "sqlite":
        return

    async def keep(tx: Transaction) -> None:
        await tx.execute("INSERT INTO calendar_days (day, works) VALUES ($1, TRUE)", "begun")

    task = asyncio.create_task(db.run(keep))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await db.run(
        lambda tx: tx.execute("INSERT INTO calendar_days (day, works) VALUES ($1, TRUE)", "after")
    )
    rows = await db.fetch("SELECT day FROM calendar_days ORDER BY day")
    assert [row["day"] for row in rows] == ["after", "begun"]
