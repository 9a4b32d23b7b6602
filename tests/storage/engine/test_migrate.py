"""Tables are brought up to the program once, by one of the programs that start, or not at all."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import storage
from storage.engine.database import Database
from storage.engine.database_owner import ForeignDatabase
from storage.engine.migrate import ChangedMigration, Migration, NewerDatabase, migrate, waiting
from storage.engine.opening import open_database

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
FOLDER = Path(storage.__file__).parent / "migrations"
NAMES = sorted({path.name.partition(".")[0] for path in FOLDER.glob("*.sql")})
NUMBERS = [int(name[:4]) for name in NAMES]
SEARCH = NUMBERS[NAMES.index("0002_search")]
"""The migration that a test can undo: one table that no other refers to."""
START = """
import asyncio, sys
from datetime import UTC, datetime
from storage.engine.migrate import migrate
from storage.engine.opening import open_database

async def start():
    db = await open_database(sys.argv[1])
    try:
        print(*await migrate(db, datetime.now(UTC)))
    finally:
        await db.close()

asyncio.run(start())
"""


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a new database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/dondoc.db"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


async def test_one_may_take_longer_than_a_statement_else(
    empty_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index over all that an office has ever said takes its time; a start that is cut off never ends."""
    monkeypatch.setattr("storage.engine.migrate._FOLDER", tmp_path)
    (tmp_path / "0001_start.sql").write_text("SELECT pg_sleep(1);\n", encoding="utf-8")
    db = await open_database(empty_postgres_url, 0.5)
    try:
        assert await migrate(db, NOW) == [1]
        with pytest.raises(TimeoutError):
            await db.fetch("SELECT pg_sleep(1)")
    finally:
        await db.close()


async def test_each_runs_once(empty_url: str) -> None:
    db = await open_database(empty_url)
    try:
        assert await migrate(db, NOW) == NUMBERS
        assert await migrate(db, NOW) == []
        rows = await db.fetch("SELECT number, name FROM migrations ORDER BY number")
        ran = [(row["number"], row["name"]) for row in rows]
        assert ran == list(zip(NUMBERS, NAMES, strict=True))
        assert len(await db.fetch("SELECT length FROM chain")) == 1
    finally:
        await db.close()


@pytest.mark.parametrize("theirs", [("migrations", "batch"), ("tasks", "id")])
async def test_a_database_of_another_program_is_left_alone(
    empty_url: str, theirs: tuple[str, str]
) -> None:
    table, column = theirs
    db = await open_database(empty_url)
    try:
        async with db.transaction() as tx:
            await tx.execute(f"CREATE TABLE {table} ({column} BIGINT)")
        for look in (migrate(db, NOW), waiting(db)):
            with pytest.raises(ForeignDatabase, match=rf"another program \({table}\)"):
                await look
        with pytest.raises(ForeignDatabase):
            await migrate(db, NOW)
        async with db.transaction() as tx:
            await tx.execute(f"DROP TABLE {table}")
        assert await migrate(db, NOW) == NUMBERS
    finally:
        await db.close()


async def test_programs_that_start_at_once_run_each_once(empty_url: str) -> None:
    async def start() -> tuple[str, str, int | None]:
        program = await asyncio.create_subprocess_exec(
            sys.executable, "-c", START, empty_url,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        output, errors = await program.communicate()
        return output.decode().strip(), errors.decode(), program.returncode

    ended = await asyncio.gather(*(start() for _ in range(4)))
    assert [(errors, code) for _, errors, code in ended] == [("", 0)] * 4
    assert sorted(ran for ran, _, _ in ended) == ["", "", "", " ".join(map(str, NUMBERS))]


async def later(db: Database, number: int, works_with: int) -> None:
    """Let a later program have run a migration."""
    async with db.transaction() as tx:
        await tx.execute(
            "INSERT INTO migrations (number, name, sha256, works_with, run_at)"
            " VALUES ($1, 'x', 'y', $2, $3)",
            number,
            works_with,
            NOW,
        )


async def test_a_newer_database_is_left_alone(db: Database) -> None:
    await later(db, 9999, 9999)
    with pytest.raises(NewerDatabase) as refused:
        await migrate(db, NOW)
    assert (refused.value.database, refused.value.program) == (9999, NUMBERS[-1])
    assert "9999" in str(refused.value)
    with pytest.raises(NewerDatabase):
        await waiting(db)


async def test_a_program_works_on_with_the_next_version_but_not_with_the_one_after(
    db: Database,
) -> None:
    """Replicas are exchanged one by one: the last of the version before may be started again."""
    await later(db, NUMBERS[-1] + 1, NUMBERS[-1])
    assert await migrate(db, NOW) == []
    assert await waiting(db) == []
    await later(db, NUMBERS[-1] + 2, NUMBERS[-1] + 1)
    with pytest.raises(NewerDatabase):
        await migrate(db, NOW)


def test_a_migration_says_in_its_first_line_who_can_go_on() -> None:
    said = Migration(7, "0007_more", "-- works with: 0005\nCREATE TABLE more (id BIGINT);")
    silent = Migration(7, "0007_more", "CREATE TABLE more (id BIGINT);\n-- works with: 0005\n")
    assert (said.works_with, silent.works_with) == (5, 7)


async def test_a_migration_changed_after_it_ran_is_refused(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute("UPDATE migrations SET sha256 = 'other' WHERE number = 1")
    with pytest.raises(ChangedMigration, match="0001_start"):
        await migrate(db, NOW)


async def test_one_that_fails_changes_nothing(db: Database) -> None:
    """The table that it wants to make is in its way."""
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM migrations WHERE number = $1", SEARCH)
    with pytest.raises(Exception, match="already exists"):
        await migrate(db, NOW)
    left = await db.fetch("SELECT number FROM migrations ORDER BY number")
    assert [row["number"] for row in left] == [one for one in NUMBERS if one != SEARCH]


async def test_a_copy_is_put_beside_a_database_that_needs_a_change(
    sqlite_url: str, tmp_path: Path
) -> None:
    db = await open_database(sqlite_url)
    try:
        assert await migrate(db, NOW) == []
        assert names_in(tmp_path, "*.before-*") == []
        async with db.transaction() as tx:
            await tx.execute("DROP TABLE task_search")
            await tx.execute("DELETE FROM migrations WHERE number = $1", SEARCH)
            await tx.execute(
                "INSERT INTO texts (body, sha256, created_at) VALUES ('a', '', $1)", NOW
            )
        assert await migrate(db, NOW) == [SEARCH]
    finally:
        await db.close()
    with closing(sqlite3.connect(tmp_path / f"dondoc.before-{SEARCH:04}.db")) as copy:
        assert copy.execute("SELECT body FROM texts").fetchall() == [("a",)]
        ran = {number for (number,) in copy.execute("SELECT number FROM migrations")}
        assert ran == set(NUMBERS) - {SEARCH}
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def names_in(folder: Path, pattern: str) -> list[str]:
    return [path.name for path in folder.glob(pattern)]
