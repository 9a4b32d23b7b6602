"""Brings the tables up to date with the program: runs migrations/NNNN_name[.engine].sql once each.

A migration may leave unchanged all that the programs of the minor version before read and write. Its first
line then says `-- works with: 0003`, the last migration of that version. While replicas are replaced one by
one, replicas of that version keep running and may even be started again. A migration that removes something
comes one version later.
"""

import hashlib
import logging
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from storage.backups.sqlite_backup import copy_sqlite
from storage.engine.database import Database, Engine, Reader, Row, Transaction
from storage.engine.database_owner import ForeignDatabase, refuse_foreign
from storage.engine.sqlite import SqliteDatabase

_FOLDER = Path(__file__).parents[1] / "migrations"
_ONE_AT_A_TIME = 7_301_965
"""The advisory lock of PostgreSQL for which programs wait that start at the same time."""

_DONE = "SELECT number, sha256, works_with FROM migrations"
_TABLE_EXISTS: dict[Engine, str] = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'migrations'",
    "postgres": "SELECT 1 WHERE to_regclass('migrations') IS NOT NULL",
}

_WORKS_WITH = re.compile(r"-- works with: (\d{4})\n")
_log = logging.getLogger(__name__)


class NewerDatabase(Exception):  # noqa: N818 - the operator reads what it is
    """The database was written by a program so much newer that this one would damage it."""

    def __init__(self, database: int, program: int) -> None:
        super().__init__(
            f"the database has migration {database}, this program knows {program} at most"
        )
        self.database = database
        self.program = program


class ChangedMigration(Exception):  # noqa: N818
    """A migration's file differs from the one that was run."""

    def __init__(self, name: str) -> None:
        super().__init__(f"migration {name} was changed after it was run")
        self.name = name


REFUSALS: tuple[type[Exception], ...] = (NewerDatabase, ChangedMigration, ForeignDatabase)
"""Reasons why a database is left as it is."""


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def works_with(self) -> int:
        """The oldest migration whose program can go on once this one was run."""
        found = _WORKS_WITH.match(self.sql)
        return int(found[1]) if found else self.number

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


class Done(NamedTuple):
    """A migration that was run, perhaps by a later program."""

    sha256: str
    works_with: int


async def migrate(db: Database, now: datetime) -> list[int]:
    """Run the migrations that were not run yet, all in one transaction, and return their numbers.

    Before it changes a SQLite database that has tables, it puts a copy beside it, named
    `<name>.before-NNNN.db`. Raises one of REFUSALS and then changes nothing.
    """
    ours = _migrations(db.engine)
    async with db.transaction() as tx:
        done = await _done(tx)
        _compare(ours, done)
        waiting = [migration for migration in ours if migration.number not in done]
        if done and waiting and isinstance(db, SqliteDatabase):
            await _keep_copy(db.path, waiting[0].number)
        for migration in waiting:
            await _run(tx, migration, now)
    return [migration.number for migration in waiting]


async def is_begun(db: Database) -> bool:
    """Tell whether this program has ever run on a database; raises ForeignDatabase."""
    await refuse_foreign(db)
    return bool(await db.fetch(_TABLE_EXISTS[db.engine]))


async def require_known(db: Reader, engine: Engine) -> None:
    """Raise one of REFUSALS if this program does not know how the tables of `db`, a copy, were made."""
    ours, done = _migrations(engine), _by_number(await db.fetch(_DONE))
    _compare(ours, done)
    if unknown := done.keys() - {one.number for one in ours}:
        raise NewerDatabase(max(unknown), ours[-1].number)


async def make_like(tx: Transaction, other: Reader, now: datetime) -> None:
    """Make the tables of another database, such as a copy, by the same migrations, where there are no tables yet.

    Raises one of REFUSALS if the other has migrations that this program does not know.
    """
    await require_known(other, tx.engine)
    theirs = _by_number(await other.fetch(_DONE))
    await _done(tx)
    for migration in _migrations(tx.engine):
        if migration.number in theirs:
            await _run(tx, migration, now)


async def waiting(db: Database) -> list[int]:
    """Return the numbers that `migrate` would run; raises as it does, and changes nothing."""
    ours = _migrations(db.engine)
    done: dict[int, Done] = {}
    if await is_begun(db):
        done = _by_number(await db.fetch(_DONE))
    _compare(ours, done)
    return [migration.number for migration in ours if migration.number not in done]


def _migrations(engine: Engine) -> list[Migration]:
    found = []
    for path in sorted(_FOLDER.glob("*.sql")):
        name, *only = path.name.removesuffix(".sql").split(".")
        if only in ([], [engine]):
            found.append(Migration(int(name.split("_")[0]), name, path.read_text("utf-8")))
    return found


async def _done(tx: Transaction) -> dict[int, Done]:
    """Return each migration that was run, and keep others from migrating until `tx` ends."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT pg_advisory_xact_lock($1)", _ONE_AT_A_TIME)
    await refuse_foreign(tx)
    await tx.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL,"
        " sha256 TEXT NOT NULL, works_with BIGINT NOT NULL, run_at TIMESTAMPTZ NOT NULL)"
    )
    return _by_number(await tx.fetch(_DONE))


def _by_number(rows: Sequence[Row]) -> dict[int, Done]:
    return {row["number"]: Done(row["sha256"], row["works_with"]) for row in rows}


def _compare(ours: list[Migration], done: Mapping[int, Done]) -> None:
    newest = ours[-1].number
    if any(one.works_with > newest for number, one in done.items() if number > newest):
        raise NewerDatabase(max(done), newest)
    for migration in ours:
        known = done.get(migration.number)
        if known is not None and known.sha256 != migration.sha256:
            raise ChangedMigration(migration.name)


async def _keep_copy(path: Path, number: int) -> None:
    copy = path.with_name(f"{path.stem}.before-{number:04}.db")
    await copy_sqlite(path, copy)
    _log.info("database copied to %s before migration %d", copy, number)


async def _run(tx: Transaction, migration: Migration, now: datetime) -> None:
    for statement in _statements(migration.sql):
        await tx.alter(_dialect(statement, tx.engine))
    if tx.engine == "postgres":  # PostgreSQL does not alter a table that has pending trigger events
        await tx.execute("SET CONSTRAINTS ALL IMMEDIATE")
    await tx.execute(
        "INSERT INTO migrations (number, name, sha256, works_with, run_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        migration.number,
        migration.name,
        migration.sha256,
        migration.works_with,
        now,
    )


def _dialect(statement: str, engine: Engine) -> str:
    if engine == "sqlite":
        return statement
    return statement.replace(
        "INTEGER PRIMARY KEY AUTOINCREMENT",
        "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    )


def _statements(script: str) -> Iterator[str]:
    """Split a script at the semicolons that end a statement, not those in quotes or triggers."""
    statement = ""
    for piece in script.splitlines(keepends=True):
        statement += piece
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
