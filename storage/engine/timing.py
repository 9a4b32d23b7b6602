"""A database that measures the time of its reads and transactions."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Literal

from storage.engine.database import Database, Engine, Result, Row, Transaction, Value

Work = Literal["read", "write"]


class TimedDatabase:
    """Tells `observe` of each read and each transaction, and how many seconds of `stopwatch` it took.

    A transaction ends when it is committed or rolled back. The wait for its turn counts too.
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
        with self._seen("read"):
            return await self._db.fetch(sql, *values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        with self._seen("read"):
            return await self._db.fetch_one(sql, *values)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        with self._seen("write"):
            async with self._db.transaction() as tx:
                yield tx

    async def run(self, work: Callable[[Transaction], Coroutine[Any, Any, Result]]) -> Result:
        with self._seen("write"):
            return await self._db.run(work)

    async def close(self) -> None:
        await self._db.close()

    @contextmanager
    def _seen(self, work: Work) -> Iterator[None]:
        begun = self._stopwatch()
        try:
            yield
        finally:
            self._observe(work, self._stopwatch() - begun)
