"""Reads side by side: each gets its own rows, whatever becomes of those beside it."""

import asyncio

import pytest

from storage.engine.database import Database
from tests.storage.counter import SLOW

CROWD = 100


async def ask(db: Database, number: int) -> int:
    row = await db.fetch_one("SELECT CAST($1 AS INTEGER) AS number", number)
    assert row is not None
    return int(row["number"])


async def test_a_crowd_gets_each_its_own_rows(db: Database) -> None:
    answers = await asyncio.gather(*(ask(db, n) for n in range(CROWD)))
    assert answers == list(range(CROWD))


async def test_one_that_fails_fails_alone(db: Database) -> None:
    asked = [ask(db, n) for n in range(CROWD)]
    wrong = [db.fetch("SELECT no_such_column FROM events") for _ in range(3)]
    answers = await asyncio.gather(*asked[:50], *wrong, *asked[50:], return_exceptions=True)
    assert [answer for answer in answers if isinstance(answer, int)] == list(range(CROWD))
    assert sum(isinstance(answer, Exception) for answer in answers) == 3


async def test_one_that_is_cancelled_ends_alone(db: Database) -> None:
    slow = [asyncio.create_task(db.fetch(SLOW)) for _ in range(4)]
    asked = [asyncio.create_task(ask(db, n)) for n in range(CROWD)]
    await asyncio.sleep(0)
    for task in (*slow, asked[7]):
        task.cancel()
        await asyncio.sleep(0)
    async with asyncio.timeout(20):
        answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [answer for answer in answers if isinstance(answer, int)] == [
        n for n in range(CROWD) if n != 7
    ]
    with pytest.raises(asyncio.CancelledError):
        await slow[0]


async def test_closing_leaves_no_read_hanging(db: Database) -> None:
    asked = [asyncio.create_task(ask(db, n)) for n in range(CROWD)]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await db.close()
        answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers[0] == 0
    assert all(answer == n or isinstance(answer, Exception) for n, answer in enumerate(answers))
