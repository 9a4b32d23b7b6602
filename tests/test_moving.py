"""An office goes from SQLite to PostgreSQL and back: every row, every next number, the whole history."""

import asyncio
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import demo_office, moving
from bot.config import Config
from bot.config.sections import Storage, Telegram
from storage.backups.sqlite_backup import InUse
from storage.engine import engine_migration as moving_rows
from storage.engine.database import Transaction, Value
from storage.engine.engine_migration import CannotMove, written_in
from storage.engine.opening import DRIVER_ERRORS, open_database
from storage.history import chain
from storage.reporting import closed_counts

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
ROWS = 7
"""In every table at least, as far as what has to be unique lets them."""


def settings(url: str, folder: Path) -> Config:
    storage = Storage(url=url, files=folder / "files")
    return Config(telegram=Telegram(token=f"1:{'x' * 30}"), storage=storage)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    path = folder / "dondoc.db"
    asyncio.run(demo_office.fill(settings(f"sqlite:///{path}", folder)))
    return path


@pytest.fixture
def office(demo: Path, tmp_path: Path) -> Config:
    return settings(f"sqlite:///{shutil.copy(demo, tmp_path / 'dondoc.db')}", tmp_path)


@pytest.fixture(params=["sqlite", "postgres"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/dondoc.db"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(sql)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables, SQLite's own list of next numbers among them."""
    with closing(sqlite3.connect(path)) as db:
        names = db.execute(
            "SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')"
            " AND name NOT IN ('migrations', 'sqlite_schema', 'sqlite_temp_schema', 'sqlite_stat1',"
            " 'sqlite_stat4')"
        )
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in names.fetchall()
        }


def fill_every_table(path: Path) -> None:
    """Put rows into the tables that the demo office leaves empty, whatever else they would mean."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA foreign_keys=OFF")
        names = content(path).keys() - {"task_search", "sqlite_sequence", "chain"}
        for name in names:
            (count,) = db.execute(f"SELECT COUNT(*) FROM {name}").fetchone()
            for number in range(count + 1, ROWS + 1):
                columns = db.execute(f"PRAGMA table_info({name})").fetchall()
                pointing = [row[3] for row in db.execute(f"PRAGMA foreign_key_list({name})")]
                values = [
                    None
                    if column == "for_group_id"  # a right is for a person or for a group
                    else 1 + pointing.index(column)
                    if column in pointing
                    else a_value(kind, number)
                    for _, column, kind, *_ in columns
                ]
                slots = ", ".join("?" * len(values))
                db.execute(f"INSERT OR IGNORE INTO {name} VALUES ({slots})", values)


def a_value(kind: str, number: int) -> object:
    """Return what a column of a kind can hold, another for each number."""
    if kind == "TIMESTAMPTZ":
        return f"2026-12-07T02:00:{number:02}.000001+00:00"
    return f"đ{number}\t\\\n" if kind == "TEXT" else number % 2 if kind == "BOOLEAN" else number


async def test_every_table_is_moved_whatever_its_key(
    office: Config, empty_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A living office has rows in all of them; each is read in pages of three."""
    monkeypatch.setattr(moving_rows, "PAGE", 3)
    fill_every_table(tmp_path / "dondoc.db")
    before, back = content(tmp_path / "dondoc.db"), tmp_path / "back.db"
    assert [name for name, rows in before.items() if not rows] == []
    await moving.move(office, empty_postgres_url, NOW)
    await moving.move(settings(empty_postgres_url, tmp_path), f"sqlite:///{back}", NOW)
    assert content(back) == before


async def test_there_and_back_nothing_is_lost(
    office: Config, empty_postgres_url: str, tmp_path: Path
) -> None:
    """Not even a number that was given and is not there any more: a button may still carry it."""
    change(tmp_path / "dondoc.db", "UPDATE sqlite_sequence SET seq = 4711 WHERE name = 'drafts'")
    before, back = content(tmp_path / "dondoc.db"), tmp_path / "back" / "dondoc.db"
    back.parent.mkdir()
    there = await moving.move(office, empty_postgres_url, NOW)
    db = await open_database(empty_postgres_url)
    assert await closed_counts.wrong(db) == 0
    assert await chain.verify(db) is None
    assert (await moving_rows.numbers_given(db))["drafts"] == 4711
    await db.close()
    moved = settings(empty_postgres_url, tmp_path)
    again = await moving.move(moved, f"sqlite:///{back}", NOW)
    assert [one.fine for one in (*there, *again)] == [True] * 4
    assert there == again
    after = content(back)
    assert len(before["tasks"]) > 10
    assert len(before["task_search"]) == len(before["tasks"])
    assert after == before
    assert content(tmp_path / "dondoc.db") == before
    assert not list(back.parent.glob(".*"))


async def test_what_is_wrong_leaves_nothing_there_and_is_named(
    office: Config, new_url: str, tmp_path: Path
) -> None:
    """A moment that is none, or a row that points nowhere. Once it is put right, the same goes through."""
    path, is_file = tmp_path / "dondoc.db", new_url.startswith("sqlite")
    wrong, named = ("unit_id = 999", "tasks_unit_id_fkey")
    if is_file:
        wrong, named = ("created_at = created_at || '?'", "tasks 3: a moment that cannot be read")
    kept = tmp_path / "kept.db"
    shutil.copy(path, kept)
    change(path, f"UPDATE tasks SET {wrong} WHERE id = 3")
    with pytest.raises((CannotMove, *DRIVER_ERRORS), match=named):
        await moving.move(office, new_url, NOW)
    if is_file:
        assert list((tmp_path / "new").iterdir()) == []
    else:
        db = await open_database(new_url)
        assert await written_in(db) == []
        await db.close()
    shutil.copy(kept, path)
    assert all(one.fine for one in await moving.move(office, new_url, NOW))
    with pytest.raises(CannotMove, match="already"):
        await moving.move(office, new_url, NOW)


@pytest.mark.parametrize("lost", [True, False])
async def test_a_row_lost_or_changed_on_the_way_is_found(
    office: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    put = moving_rows.put

    async def put_badly(
        tx: Transaction, shape: moving_rows.Shape, rows: Sequence[Sequence[Value]]
    ) -> None:
        if shape.name == "person_tallies":
            *rest, last = rows
            rows = rest if lost else [*rest, [*last[:-1], 4711]]
        await put(tx, shape, rows)

    monkeypatch.setattr(moving_rows, "put", put_badly)
    with pytest.raises(CannotMove, match="what was written is not what was read: person_tallies"):
        await moving.move(office, f"sqlite:///{tmp_path}/new/dondoc.db", NOW)
    assert list((tmp_path / "new").iterdir()) == []


async def test_an_office_at_work_is_not_moved(
    office: Config, postgres_url: str, tmp_path: Path
) -> None:
    for url in (office.storage.url, postgres_url):
        at_work = await open_database(url)
        with pytest.raises(InUse, match="stop the bot first"):
            await moving.move(settings(url, tmp_path), f"sqlite:///{tmp_path}/new.db", NOW)
        await at_work.close()
    with pytest.raises(CannotMove, match="already"):
        await moving.move(office, office.storage.url, NOW)
    assert not (tmp_path / "new.db").exists()


async def test_where_the_program_has_run_nobody_is_sent_to_look_for_an_office(
    office: Config, postgres_url: str
) -> None:
    db = await open_database(postgres_url)
    async with db.transaction() as tx:
        await tx.execute("INSERT INTO digest_rounds (day, hour) VALUES ('2026-12-07', '07:30')")
    await db.close()
    with pytest.raises(CannotMove, match=r"the program has run on that database \(digest_rounds\)"):
        await moving.move(office, postgres_url, NOW)
