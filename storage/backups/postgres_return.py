"""Puts the rows of a copy into a PostgreSQL database, whose tables this program makes itself."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import asyncpg

from storage.backups.backup_check import impossible
from storage.backups.postgres_backup import LastNumber, NotADump, contents
from storage.engine import engine_migration
from storage.engine.database import Reader
from storage.engine.migrate import make_like
from storage.engine.postgres import PostgresTransaction
from storage.history.chain import Told
from storage.soundness.readable import unreadable

_CONNECT_SECONDS = 10
_PIECE = 1 << 20
_MADE_ANEW = "migrations"


async def put_back(
    url: str,
    source: Path,
    looked_at: Reader,
    kept_as: str | None,
    now: datetime,
    told: Told = lambda _done, _of: None,
) -> None:
    """Replace the rows of a database with the rows of a copy, all or nothing.

    `looked_at` has the migrations of the copy; the tables are made by them. If `kept_as` is given, what was
    there is kept in a schema of that name, which must be new. Raises NotADump, REFUSALS of
    storage.engine.migrate, and PostgreSQL's errors for rows that no database of ours can have.
    """
    connection = await asyncpg.connect(url, timeout=_CONNECT_SECONDS)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL search_path = public")
            if kept_as:
                await connection.execute(f"ALTER SCHEMA public RENAME TO {kept_as}")
            await connection.execute("CREATE SCHEMA IF NOT EXISTS public")
            tx = PostgresTransaction(connection)
            await make_like(tx, looked_at, now)
            rules = await engine_migration.begin(tx)
            await engine_migration.end(tx, rules, await _copy(tx, connection, source))
            if wrong := await impossible(tx) or await unreadable(tx, told):
                raise NotADump(wrong)
    finally:
        await connection.close()


async def _copy(tx: Reader, connection: asyncpg.Connection, source: Path) -> dict[str, int]:
    """Write all rows; return the last number that each table gave."""
    tables, numbers, done = await engine_migration.shapes(tx), {}, {_MADE_ANEW}
    for one in contents(source):
        if isinstance(one, LastNumber):
            if one.table in tables:
                numbers[one.table] = one.number
        elif one.table != _MADE_ANEW:
            known = tables.get(one.table)
            if known is None or one.table in done or set(one.columns) != set(known.columns):
                raise NotADump(f"{one.table} is another table than this program's, or in it twice")
            done.add(one.table)
            await connection.copy_to_table(
                one.table, source=_pieces(one.lines), columns=one.columns, format="text"
            )
    if missing := tables.keys() - done:
        raise NotADump(f"{min(missing)} is missing")
    return numbers


async def _pieces(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    some, size = [], 0
    for line in lines:
        some.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(some)
            some, size = [], 0
    yield b"".join(some)
