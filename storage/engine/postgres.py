"""PostgreSQL over asyncpg: a pool of connections; each transaction has one to itself."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime
from typing import Any

import asyncpg

from storage.engine.database import Engine, Reader, Result, Row, Table, Transaction, Value

_CONNECT_SECONDS = 10
_LOCK_SECONDS = 10
STATEMENT_SECONDS = 60
_ALTER_SECONDS = 86_400
_CLOSE_SECONDS = 1.0
_CONNECTIONS = 10


async def open_postgres(
    url: str, statement_seconds: float = STATEMENT_SECONDS
) -> "PostgresDatabase":
    """Open a pool of up to ten connections; transactions are READ COMMITTED.

    A statement that takes longer than `statement_seconds` (by default a minute) is cancelled (TimeoutError),
    unless it changes tables. A statement that waits ten seconds for a lock gives up as it does on SQLite
    (LockNotAvailableError). A transaction that is idle for a third of `statement_seconds` is cut off: a lost
    machine would otherwise hold its locks for hours. JIT compilation is off: it took longer than it saved, even
    for a report of 50,000 rows.
    """
    with _away():
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=_CONNECT_SECONDS,
            command_timeout=statement_seconds,
            server_settings={
                "default_transaction_isolation": "read committed",
                "jit": "off",
                "idle_in_transaction_session_timeout": f"{statement_seconds * 1000 / 3:.0f}",
                "lock_timeout": f"{_LOCK_SECONDS}s",
            },
            reset=_leave_as_is,
        )
    return PostgresDatabase(pool)


class PostgresDatabase:
    engine: Engine = "postgres"

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        async with self._connection() as connection:
            return await _fetch(connection, sql, values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._connection() as connection, connection.transaction():
            yield PostgresTransaction(connection)

    async def run(self, work: Callable[[Transaction], Coroutine[Any, Any, Result]]) -> Result:
        async with self.transaction() as tx:
            return await work(tx)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        with _away():
            connection = await self._pool.acquire()
        try:
            yield connection
        except asyncpg.ReadOnlySQLTransactionError:
            connection.terminate()  # else it stays read-only when others may write again
            raise
        finally:
            await self._pool.release(connection)

    async def close(self) -> None:
        """Wait a moment for running work, then cut it off; the server rolls it back."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._pool.close()


class PostgresTransaction:
    engine: Engine = "postgres"

    def __init__(self, connection: Any) -> None:
        self.caused_by: int | None = None
        self._connection = connection

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        return await _fetch(self._connection, sql, values)

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        status = await self._connection.execute(sql, *_zoned(values))
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def alter(self, sql: str) -> None:
        await self._connection.execute(sql, timeout=_ALTER_SECONDS)

    async def require(self, otherwise: Exception, sql: str, *values: Value) -> None:
        if not await self.execute(sql, *values):
            raise otherwise

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        await self._connection.executemany(sql, [_zoned(row) for row in rows])

    async def copy(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        await self._connection.copy_records_to_table(
            table.name, columns=table.columns, records=[_zoned(row) for row in rows]
        )


async def has_checksums(db: Reader) -> bool:
    """Tell whether the server keeps a checksum of each page, and checks it when it reads the page."""
    (row,) = await db.fetch("SHOW data_checksums")
    return bool(row["data_checksums"] == "on")


@contextmanager
def _away() -> Iterator[None]:
    """Raise asyncpg's own error if the server is away while connecting, as asyncpg does later on."""
    try:
        yield
    except (OSError, TimeoutError) as error:
        raise asyncpg.ConnectionDoesNotExistError(f"no server: {error!r}") from error


async def _leave_as_is(_: Any) -> None:
    """Skip the reset of a connection and save a round trip: no statement here leaves anything in its session."""


async def _fetch(connection: Any, sql: str, values: Sequence[Value]) -> list[Row]:
    return [dict(record) for record in await connection.fetch(sql, *_zoned(values))]


def _zoned(values: Sequence[Value]) -> Sequence[Value]:
    """Refuse a moment without a zone, which asyncpg would take to be the machine's time."""
    for value in values:
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError(f"a moment needs a zone: {value!r}")
    return values
