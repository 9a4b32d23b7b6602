"""Reads of SQLite. Reads that wait for a connection at the same moment go to its thread in one hop.

A hop between threads costs more than most reads do. While few people ask, each read goes alone.
"""

import asyncio
import sqlite3
from typing import Any

import aiosqlite

from storage.engine.database import Row

_MOST = 16
"""Most reads in one hop; with more, the first would wait too long for the last."""
_PAUSE = 0.01


class Read:
    """One statement for a reader's thread, and its result."""

    def __init__(self, sql: str, values: list[Any]) -> None:
        self.done: asyncio.Future[list[Row]] = asyncio.get_running_loop().create_future()
        self._sql = sql
        self._values = values
        self._rows: list[Row] = []
        self._error: BaseException | None = None

    def do(self, connection: sqlite3.Connection) -> None:
        """Read, unless nobody waits for it any more; read again if an interrupt meant for a neighbour broke it off."""
        self._error = None
        if self.done.cancelled():
            return
        try:
            self._rows = connection.execute(self._sql, self._values).fetchall()
        except Exception as error:
            self._error = error
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                self.do(connection)

    def tell(self, failed: BaseException | None) -> None:
        """Give the result to the waiting caller, in the caller's thread; `failed` is why the connection read nothing."""
        if self.done.done():
            return
        if error := self._error or failed:
            self.done.set_exception(error)
        else:
            self.done.set_result(self._rows)


class ReadBatch:
    """Reads for one hop; `now` is the one that is running."""

    def __init__(self, reads: list[Read]) -> None:
        self.reads = reads
        self.now: Read | None = None

    def do(self, connection: sqlite3.Connection) -> sqlite3.Cursor:
        for read in self.reads:
            self.now = read
            read.do(connection)
        self.now = None
        return connection.cursor()


class Readers:
    """A few connections that only read."""

    def __init__(self, connections: list[aiosqlite.Connection]) -> None:
        self._connections = connections
        self._idle = list(connections)
        self._waiting: list[Read] = []
        self._busy: dict[aiosqlite.Connection, tuple[ReadBatch, asyncio.Task[None]]] = {}

    async def fetch(self, sql: str, values: list[Any]) -> list[Row]:
        read = Read(sql, values)
        self._waiting.append(read)
        if self._idle:
            connection = self._idle.pop()
            batch = ReadBatch([])
            self._busy[connection] = batch, asyncio.create_task(self._work(connection, batch))
        try:
            return await read.done
        except asyncio.CancelledError:
            await self._break_off(read)
            raise

    async def close(self) -> None:
        """Close every connection after it has done the work it was given."""
        await asyncio.gather(*(task for _, task in self._busy.values()))
        for connection in self._connections:
            await connection.close()

    async def _work(self, connection: aiosqlite.Connection, batch: ReadBatch) -> None:
        while self._waiting:
            batch.reads, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            failed = None
            try:
                await connection.execute("", batch)  # see ReadingConnection
            except Exception as error:
                failed = error
            for read in batch.reads:
                read.tell(failed)
        del self._busy[connection]
        self._idle.append(connection)

    async def _break_off(self, read: Read) -> None:
        """Interrupt a read until it ends: an interrupt that comes just before the read starts is lost."""
        for connection, (batch, _) in list(self._busy.items()):
            while batch.now is read:
                await connection.interrupt()
                await asyncio.sleep(_PAUSE)
