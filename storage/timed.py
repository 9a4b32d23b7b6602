"""A database whose reads and transactions are timed, for who measures."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Literal

from storage.database import Database, Engine, Result, Row, Transaction, Value

Work = Literal["read", "write"]


class TimedDatabase:
    """`observe` is told of each read and each transaction, and how many seconds of `stopwatch` it took.

    A transaction is over when it is committed or taken back; what waits for its turn is counted in.
    """

    def __init__(
        self,
        db: Database,
        stopwatch: Callable[[], float],
        observe: Callable[[Work, float], None],
    ) -> None:
        self._db = db
        self._stopwatch = stopwatch
        self._observe = observe

    @property
    def engine(self) -> Engine:
        return self._db.engine

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        begun = self._stopwatch()
        try:
            return await self._db.fetch(sql, *values)
        finally:
            self._observe("read", self._stopwatch() - begun)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        begun = self._stopwatch()
        try:
            return await self._db.fetch_one(sql, *values)
        finally:
            self._observe("read", self._stopwatch() - begun)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        begun = self._stopwatch()
        try:
            async with self._db.transaction() as tx:
                yield tx
        finally:
            self._observe("write", self._stopwatch() - begun)

    async def run(self, work: Callable[[Transaction], Coroutine[Any, Any, Result]]) -> Result:
        begun = self._stopwatch()
        try:
            return await self._db.run(work)
        finally:
            self._observe("write", self._stopwatch() - begun)

    async def close(self) -> None:
        await self._db.close()
