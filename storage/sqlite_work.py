"""A whole transaction in one hop: its work is driven in the thread of SQLite's writer.

Work is a coroutine that awaits nothing but its transaction. There every statement is done when it
returns, so that one `send` runs the work from end to end.
"""

import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from storage.database import Engine, Row, Transaction, Value

Result = TypeVar("Result")
Work = Callable[[Transaction], Coroutine[Any, Any, Result]]


def utc_text(moment: datetime) -> str:
    """Return a moment as UTC text of one width, so that the order of text is the order of time.

    Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def bound(values: Sequence[Value]) -> dict[str, Any]:
    """Return values under the names of `$1`, `$2`."""
    return {
        str(number): utc_text(value) if isinstance(value, datetime) else value
        for number, value in enumerate(values, 1)
    }


class Job(Generic[Result]):
    """Work for the writer's thread; `result` is there when it is done."""

    result: Result

    def __init__(self, work: Work[Result]) -> None:
        self._work = work

    def do(self, connection: sqlite3.Connection) -> sqlite3.Cursor:
        """Do the work in the transaction that has begun, and commit."""
        self.result = _drive(self._work(ThreadTransaction(connection)))
        return connection.execute("COMMIT")


class ThreadTransaction:
    """The writer's transaction as its own thread sees it; nothing here ever waits."""

    engine: Engine = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        rows: list[Row] = self._connection.execute(sql, bound(values)).fetchall()
        return rows

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        return max(self._connection.execute(sql, bound(values)).rowcount, 0)

    async def require(self, otherwise: Exception, sql: str, *values: Value) -> None:
        if not await self.execute(sql, *values):
            raise otherwise

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        self._connection.executemany(sql, [bound(row) for row in rows])


def _drive(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    work.close()
    raise RuntimeError("the work of a transaction waited for something else")
