"""SQLite connections as this program needs them: rows are dicts, and a writer begins transactions by itself."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import aiosqlite

from storage.engine.database_errors import Damaged
from storage.engine.sqlite_reads import ReadBatch
from storage.engine.sqlite_work import Batch, numbered

_BUSY_SECONDS = 10.0
_ROWS_A_STEP = 64


class _Cursor(sqlite3.Cursor):
    def fetchall(self) -> list[Any]:
        names = [column[0] for column in self.description or ()]
        try:
            return [dict(zip(names, row, strict=True)) for row in super().fetchall()]
        except (sqlite3.OperationalError, UnicodeDecodeError) as why:
            if hasattr(why, "sqlite_errorcode"):
                raise
            # The driver's message contains the text, which must not be logged.
            raise Damaged("a text is not UTF-8") from None


def _run(cursor: sqlite3.Cursor, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
    """Run a statement. SQLite's message about a damaged schema may quote it and be no valid text: raises Damaged."""
    try:
        return cursor.execute(sql, parameters)
    except UnicodeDecodeError:
        raise Damaged("database disk image is malformed") from None


class ReadingConnection(sqlite3.Connection):
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if isinstance(parameters, ReadBatch):
            return parameters.do(self)
        return _run(self.cursor(_Cursor), numbered(sql), parameters)

    def executemany(self, sql: str, rows: Any, /) -> sqlite3.Cursor:
        return super().executemany(numbered(sql), rows)


class Write(NamedTuple):
    """A statement to run for each row of values; if it changes no row, `otherwise` is raised."""

    sql: str
    rows: list[list[Any]]
    otherwise: Exception | None = None


class Step(NamedTuple):
    """The values of a statement, and the writes to run before it in the same hop."""

    values: list[Any]
    before: Sequence[Write]


class WritingConnection(ReadingConnection):
    """Begins a transaction by itself, and at once as a writer: a deferred one may fail at its first write."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if not self.in_transaction:
            super().execute("BEGIN IMMEDIATE")
        if isinstance(parameters, Batch):
            try:
                return parameters.do(self)
            except BaseException:
                self.rollback()
                raise
        if isinstance(parameters, Step):
            for write in parameters.before:
                cursor = self.executemany(write.sql, write.rows)
                if write.otherwise is not None and cursor.rowcount < 1:
                    raise write.otherwise
            parameters = parameters.values
        return super().execute(sql, parameters)


async def connect(path: Path, kind: type[ReadingConnection], *pragmas: str) -> aiosqlite.Connection:
    """Open a connection of a kind, with a thread of its own.

    The connection is opened first and then given to its thread. If a thread failed to open it, nobody could wait
    for the end of that thread.
    """

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            factory=kind,
            check_same_thread=False,
        )
        try:
            for pragma in ("foreign_keys=ON", *pragmas):
                _run(connection.cursor(), f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    connection = opened()
    return await aiosqlite.Connection(lambda: connection, _ROWS_A_STEP)
