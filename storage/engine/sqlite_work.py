"""Runs whole transactions in one hop, in the thread of SQLite's writer.

Transactions that wait for the writer at the same moment share one commit, and so one wait for the disk.

Work is a coroutine that awaits nothing but its transaction. In the writer's thread every statement is done
when it returns, so one `send` runs the work from start to end.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

from storage.engine.database import Engine, Row, Table, Transaction, Value

Result = TypeVar("Result")
Work = Callable[[Transaction], Coroutine[Any, Any, Result]]
_STATEMENTS = 1024
_SLOT = re.compile(r"\$(\d+)")


def moment_of(value: datetime | str) -> datetime:
    """Return a moment from a column: PostgreSQL gives a datetime, SQLite gives its text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def utc_text(moment: datetime) -> str:
    """Return a moment as UTC text of fixed width, so that the order of text is the order of time.

    Raises ValueError for a moment without a zone.
    """
    text = moment.isoformat(timespec="microseconds")
    if text.endswith("+00:00"):
        return text
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs a zone: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def bound(values: Sequence[Value]) -> list[Any]:
    """Return values in the form that SQLite takes, in their order."""
    return [utc_text(value) if isinstance(value, datetime) else value for value in values]


@lru_cache(_STATEMENTS)
def numbered(sql: str) -> str:
    """Return a statement with `?1` for `$1`: SQLite binds `?1` by position, but `$1` only by name."""
    return _SLOT.sub(r"?\1", sql)


class Job(Generic[Result]):
    """Work for the writer's thread, and its result."""

    def __init__(self, work: Work[Result], done: "asyncio.Future[Result]") -> None:
        self._work = work
        self._done = done
        self._result: Result | None = None
        self._error: BaseException | None = None

    def do(self, connection: sqlite3.Connection) -> None:
        """Do the work; if it fails, undo its own changes and nothing else."""
        connection.execute("SAVEPOINT job")
        try:
            self._result = _drive(self._work(ThreadTransaction(connection)))
        except Exception as error:
            self._error = error
            connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")

    def tell(self, failed: BaseException | None = None) -> None:
        """Give the result to the waiting caller, in the caller's thread; `failed` is why the batch had no effect."""
        if self._done.done():
            return
        if error := self._error or failed:
            self._done.set_exception(error)
        else:
            self._done.set_result(cast(Result, self._result))


class Batch(NamedTuple):
    """Jobs that wait together. They are done one after the other and committed together."""

    jobs: list[Job[Any]]

    def do(self, connection: sqlite3.Connection) -> sqlite3.Cursor:
        """Do all jobs in the transaction that has begun, and commit."""
        for job in self.jobs:
            job.do(connection)
        return connection.execute("COMMIT")


class ThreadTransaction:
    """The writer's transaction inside the writer's own thread; nothing here ever waits."""

    engine: Engine = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.caused_by: int | None = None
        self._connection = connection

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        rows: list[Row] = self._connection.execute(sql, bound(values)).fetchall()
        return rows

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        return max(self._connection.execute(sql, bound(values)).rowcount, 0)

    async def alter(self, sql: str) -> None:
        await self.execute(sql)

    async def require(self, otherwise: Exception, sql: str, *values: Value) -> None:
        if not await self.execute(sql, *values):
            raise otherwise

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        self._connection.executemany(sql, [bound(row) for row in rows])

    async def copy(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        await self.execute_many(table.insert, rows)


def _drive(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    work.close()
    raise RuntimeError("the work of a transaction waited for something else")
