"""What SQLite takes for right and is not: each fault is named, and an office at work has none."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.folding import words
from storage.engine.database import Database
from storage.engine.database_errors import Damaged, is_damage
from storage.engine.opening import open_database
from storage.engine.sqlite import SqliteDatabase
from storage.soundness import database_soundness
from tests.actions.office import Staffed, staffed

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def office(db: Database, tmp_path: Path) -> Staffed:
    """A small office that has given a task."""
    made = await staffed(db, tmp_path / "files")
    await made.assign(to="staff")
    return made


def told(_done: int, _of: int) -> None:
    """Nobody looks how far it is."""


async def faults(db: Database) -> list[str]:
    looks: list[AsyncIterator[str]] = [
        database_soundness.wrong_pages(db, told),
        database_soundness.wrong_links(db, told),
        database_soundness.wrong_cells(db, told),
        database_soundness.wrong_titles(db, words, told),
    ]
    return [one for look in looks async for one in look]


async def spoiled(office: Staffed, sql: str) -> list[str]:
    """Change the database behind the program's back, and return what is found."""
    living = office.office.db
    assert isinstance(living, SqliteDatabase)
    with closing(sqlite3.connect(living.path)) as db, db:
        db.execute(sql)
    return await faults(living)


@SQLITE
async def test_an_office_at_work_is_sound(office: Staffed) -> None:
    assert await faults(office.office.db) == []


@SQLITE
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE roles SET unit_id = 99", "roles: row 1 points to a row of units that is not there"),
        ("UPDATE people SET brief = 7 WHERE id = 2", "people: brief of row 2 cannot be read"),
        ("UPDATE people SET reach = 'reachablf' WHERE id = 2", "people: reach of row 2 cannot be read"),
        ("UPDATE people SET aliases = '[\"]' WHERE id = 2", "people: aliases of row 2 cannot be read"),
        ("UPDATE people SET position = x'41' WHERE id = 2", "people: position of row 2 cannot be read"),
        ("UPDATE people SET position = CAST(x'41e1ba' AS TEXT) WHERE id = 2", "people: position of row 2"),
        ("UPDATE people SET created_at = '2026-13-07T02:00:00.000000+00:00' WHERE id = 2", "people: created_at"),
        ("UPDATE people SET created_at = replace(created_at, '+00', '+01') WHERE id = 2", "people: created_at"),
        ("UPDATE tasks SET status = 'assignee'", "tasks: status of row 1 cannot be read"),
        ("UPDATE tasks SET title = 'Soạn báo cao nâm'", "tasks: the title of row 1 is not the one that search"),
    ],
)  # fmt: skip
async def test_each_fault_is_named(office: Staffed, sql: str, said: str) -> None:
    found = await spoiled(office, sql)
    assert any(one.startswith(said) for one in found), found


@SQLITE
async def test_of_many_faults_of_one_kind_a_few_are_named(office: Staffed) -> None:
    found = await spoiled(office, "UPDATE people SET brief = 7")
    assert len(found) == database_soundness.MOST_NAMED


async def test_a_text_that_is_none_is_damage_and_its_words_are_not_said(sqlite_url: str) -> None:
    db = await open_database(sqlite_url)
    try:
        with pytest.raises(Damaged) as raised:
            await db.fetch("SELECT CAST(x'62c3ad206de1ba' AS TEXT) AS words")
    finally:
        await db.close()
    assert is_damage(raised.value)
    assert str(raised.value) == "a text is not UTF-8"


@SQLITE
async def test_rows_that_do_not_come_in_their_order_end_the_look(
    office: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that names another in a circle would be read for ever."""
    db = office.office.db

    async def always(*_: object) -> dict[str, int]:
        return {"id": 1}

    monkeypatch.setattr(db, "fetch_one", always)
    with pytest.raises(Damaged, match="not in their order"):
        assert [one async for one in database_soundness.wrong_titles(db, words, told)]
