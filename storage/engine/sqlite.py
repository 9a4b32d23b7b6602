"""SQLite over aiosqlite: one connection writes, a few read.

Every await on aiosqlite is a hop between threads and costs more than most statements do. So rows become
dicts in the connection's thread, and a transaction begins together with its first statement.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from storage.engine.database import Engine, Row, Table, Transaction, Value
from storage.engine.sqlite_connection import (
    ReadingConnection,
    Step,
    Write,
    WritingConnection,
    connect,
)
from storage.engine.sqlite_reads import Readers
from storage.engine.sqlite_work import Batch, Job, Result, Work, bound
from storage.soundness import lost_writes
from storage.soundness.write_log import has_log

_OWNER_ONLY = 0o600


async def open_sqlite(path: Path, readers: int = 2) -> "SqliteDatabase":
    """Open or create a database file and its folder; `readers` is how many reads run side by side.

    A commit waits for the disk (synchronous=FULL). With NORMAL, a power failure takes back the last commits. Among
    them may be updates that Telegram was told are received and will not send again. Measured on a virtual disk, a
    commit takes 160 us with FULL and 10 us with NORMAL.

    A new file can be read only by its owner. If the log is damaged, SQLite would drop committed transactions;
    they are kept in a copy of the log.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _create(path)
    if has_log(path):
        await asyncio.to_thread(lost_writes.keep, path)
    opened: list[aiosqlite.Connection] = []
    try:
        opened.append(
            await connect(path, WritingConnection, "journal_mode=WAL", "synchronous=FULL")
        )
        for _ in range(readers):
            opened.append(await connect(path, ReadingConnection, "query_only=ON"))
    except BaseException:
        await _close(opened)
        raise
    return SqliteDatabase(path, opened[0], opened[1:])


def _create(path: Path) -> None:
    """Make an empty file that only its owner may read, if there is none."""
    if not path.exists():
        path.touch(_OWNER_ONLY)


class SqliteDatabase:
    engine: Engine = "sqlite"

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]
    ) -> None:
        self.path = path
        self._writer = writer
        self._writing = asyncio.Lock()
        self._readers = Readers(readers)
        self._jobs: list[Job[Any]] = []
        self._doing: asyncio.Task[None] | None = None

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        return await self._readers.fetch(sql, bound(values))

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._writing:
            try:
                tx = _SqliteTransaction(self._writer)
                yield tx
                await tx.commit()
            except BaseException:
                # A cancelled statement still runs in the writer's thread. That thread works in order, so the
                # rollback comes after the statement and before the next transaction.
                await self._writer.interrupt()
                await asyncio.shield(self._writer.rollback())
                raise

    async def run(self, work: Work[Result]) -> Result:
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._jobs.append(Job(work, done))
        if self._doing is None or self._doing.done():
            self._doing = asyncio.create_task(self._do_jobs())
        return await done

    async def _do_jobs(self) -> None:
        async with self._writing:
            while jobs := self._jobs:
                self._jobs = []
                failed = None
                try:
                    await self._writer.execute("", Batch(jobs))
                except Exception as error:
                    failed = error
                for job in jobs:
                    job.tell(failed)

    async def close(self) -> None:
        if self._doing is not None:
            await self._doing
        await self._readers.close()
        await self._writer.close()


class _SqliteTransaction:
    """A transaction of the writer. Writes whose result nobody waits for are sent with the next statement, in one hop."""

    engine: Engine = "sqlite"

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self.caused_by: int | None = None
        self._connection = connection
        self._writes: list[Write] = []
        self._begun = False

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        rows: Any = await self._connection.execute_fetchall(sql, self._step(values))
        return rows  # type: ignore[no-any-return]

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        rows = await self.fetch(sql, *values)
        return rows[0] if rows else None

    async def execute(self, sql: str, *values: Value) -> int:
        cursor = await self._connection.execute(sql, self._step(values))
        return max(cursor.rowcount, 0)

    async def alter(self, sql: str) -> None:
        await self.execute(sql)

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        self._writes.append(Write(sql, [bound(row) for row in rows]))

    async def copy(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        await self.execute_many(table.insert, rows)

    async def require(self, otherwise: Exception, sql: str, *values: Value) -> None:
        self._writes.append(Write(sql, [bound(values)], otherwise))

    async def commit(self) -> None:
        """Run the writes that still wait, and commit."""
        if self._writes or self._begun:
            await self._connection.execute("COMMIT", self._step(()))

    def _step(self, values: Sequence[Value]) -> Any:
        self._begun = True
        writes, self._writes = self._writes, []
        return Step(bound(values), writes)


async def _close(connections: Iterable[aiosqlite.Connection]) -> None:
    for connection in connections:
        await connection.close()
