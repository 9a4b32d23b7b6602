"""The database is gone, emptied or another's, and what an office leaves beside it is there: nothing is begun.

A new office must begin as easily as before, and one that begins anew on purpose must say so.
"""

import asyncio
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from bot.playground.office import DEMO_OFFICE
from tests.backups.office import KEY, PASSPHRASE
from tests.commands.shell import Ended, Folder
from tests.faults.office import assign, at_work, told, until_told
from tests.stories.nursery import Place, dondoc_at, ended
from tests.stories.stage import Stage, known_people

SEALED = {"DONDOC_BACKUP__KEY": str(KEY), "DONDOC_BACKUP_PASSPHRASE": PASSPHRASE}
COMMANDS = (
    "run",
    f"people import {DEMO_OFFICE}",
    "seed --demo",
    "seed --tasks 5",
    "units import units.csv",
    "archive restore tasks.csv",
    "archive year 2025",
    "import tasks.csv --yes",
    "export out",
    "backup out.backup",
    "move-to sqlite:///other.db",
    "people list",
    "recount",
    "verify",
)
"""All that open the database of the settings."""


def _emptied(folder: Path) -> None:
    os.truncate(folder / "dondoc.db", 0)


def _removed(folder: Path) -> None:
    (folder / "dondoc.db").unlink()


def _removed_whole(folder: Path) -> None:
    for one in folder.glob("dondoc.db*"):
        one.unlink()


def _without_tables(folder: Path) -> None:
    _removed_whole(folder)
    with closing(sqlite3.connect(folder / "dondoc.db")) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE one (a)")
        db.execute("DROP TABLE one")


def _cut_off(folder: Path) -> None:
    os.truncate(folder / "dondoc.db", (folder / "dondoc.db").stat().st_size // 2)


LOSSES: dict[Callable[[Path], None], str] = {
    _removed: "dondoc.db is not there, but an office was here and left ",
    _emptied: "dondoc.db is empty (0 bytes), but an office was here and left ",
    _removed_whole: "dondoc.db is not there, but an office was here and left ",
    _without_tables: "dondoc.db has no tables, but an office was here and left ",
    _cut_off: "of its ",
}


async def killed(stage: Stage) -> Folder:
    """Let an office work, and kill the program; what it did last is in the log of the database."""
    (stage.folder / "units.csv").write_text("name\nPhòng Mới\n")
    (stage.folder / "tasks.csv").write_text("title,due\nSoạn báo cáo,15/12/2026\n")
    leader, _ = await at_work(stage)
    await assign(leader, "soạn báo cáo năm")
    await stage.kill_bot()
    assert (stage.folder / "dondoc.db-wal").stat().st_size
    return Folder(stage.folder)


def refused(given: Ended, said: str) -> bool:
    """Tell whether a command ended with the one line that names file, key, value and both ways out."""
    where = "config.toml: storage.url = 'sqlite:///"
    ways = "dondoc restore BACKUP; to begin a new office on purpose: dondoc begin-anew"
    return given.code == 2 and all(one in given.line for one in (where, said, ways))


async def test_no_command_begins_an_office_beside_what_one_left(stage: Stage) -> None:
    folder = await killed(stage)
    _removed(stage.folder)
    before = stage.kept()
    for command in COMMANDS:
        given = await folder.call(*command.split(), **SEALED)
        assert refused(given, LOSSES[_removed]), (command, given)
        assert stage.kept() == before, command
    looked = (await folder.call("check")).out
    assert f"BAD  database: config.toml: storage.url = 'sqlite:///{stage.folder}" in looked
    assert LOSSES[_removed] in looked
    assert stage.kept() == before


@pytest.mark.parametrize("lose", LOSSES, ids=lambda lose: lose.__name__)
async def test_however_it_was_lost(stage: Stage, lose: Callable[[Path], None]) -> None:
    folder = await killed(stage)
    lose(stage.folder)
    before = stage.kept()
    given, looked = await folder.call("run"), await folder.call("check")
    assert (given.code, LOSSES[lose] in given.line) == (2, True), given
    assert "dondoc restore BACKUP" in given.line
    assert looked.code == 1
    assert LOSSES[lose] in looked.out
    if lose is not _without_tables:  # SQLite itself puts such a file in order when it is opened
        assert stage.kept() == before


@pytest.mark.parametrize("left", ["files/one.seat", "files/one.journal", "files/office.anchors",
    f"files/ab/ab{'0' * 62}", "dondoc.before-0003.db", "dondoc-truoc-sap-xep-20261207-090000.db",
    "out/dondoc-20261207-020000.backup"])  # fmt: skip
async def test_one_of_all_that_an_office_leaves_is_enough(stage: Stage, left: str) -> None:
    _removed_whole(stage.folder)
    path = stage.folder / left
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("1")
    backups = {"DONDOC_BACKUP__FOLDER": "out"}
    for command in ("run", "seed --demo"):
        given = await Folder(stage.folder).call(*command.split(), **backups)
        assert (given.code, f"left {left}" in given.line.replace(f"{stage.folder}/", "")) == (
            2,
            True,
        )
    assert not (stage.folder / "dondoc.db").exists()


@pytest.mark.parametrize("fill", [f"people import {DEMO_OFFICE}", "seed --demo"])
@pytest.mark.parametrize("lose", [_emptied, _removed_whole])
async def test_an_office_that_was_filled_and_never_ran_is_missed(
    stage: Stage, fill: str, lose: Callable[[Path], None]
) -> None:
    folder = Folder(stage.folder)
    _removed_whole(stage.folder)
    assert (await folder.call(*fill.split())).code == 0
    lose(stage.folder)
    before = stage.kept()
    given, looked = await folder.call("run"), await folder.call("check")
    assert refused(given, LOSSES[lose] + f"{stage.folder}/files/office.anchors"), given
    assert (looked.code, LOSSES[lose] in looked.out) == (1, True)
    assert stage.kept() == before


async def test_an_empty_file_is_no_place_for_a_new_office(stage: Stage) -> None:
    _removed_whole(stage.folder)
    (stage.folder / "dondoc.db").touch()
    for command in COMMANDS[:4]:
        given = await Folder(stage.folder).call(*command.split())
        assert refused(given, "dondoc.db is empty (0 bytes), which a database never is;"), given
    assert (stage.folder / "dondoc.db").stat().st_size == 0
    assert await at_terminal(stage, "begin anew") == 0
    await stage.start_bot()


async def test_an_address_that_is_mistyped_begins_nothing(stage: Stage) -> None:
    folder = await killed(stage)
    wrong = {"DONDOC_STORAGE__URL": f"sqlite:///{stage.folder}/data/dondok.db"}
    given = await folder.call("run", **wrong)
    assert (given.code, "dondok.db is not there, but an office was here" in given.line) == (2, True)
    assert not (stage.folder / "data").exists()


async def test_what_is_lost_comes_back_from_a_backup(stage: Stage) -> None:
    folder = await killed(stage)
    made = await folder.call("backup", "out/dondoc-20261207-100000.backup", **SEALED)
    assert made.code == 0, made
    _emptied(stage.folder)
    (stage.folder / "dondoc.db-wal").write_bytes(b"x" * 5000)
    kept = SEALED | {"DONDOC_BACKUP__FOLDER": "out"}
    said = (await folder.call("run", **kept)).line
    assert "to bring it back: dondoc restore out/dondoc-20261207-100000.backup;" in said
    back = await folder.call("restore", "out/dondoc-20261207-100000.backup", **kept)
    assert back.code == 0, back
    await stage.start_bot()
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(1,)]
    assert stage.is_sound()
    assert len(list(stage.folder.glob("dondoc.before-restore-*.db-wal"))) == 1


async def test_a_new_office_begins_however_often_its_first_start_is_killed(
    stage: Stage, long: bool
) -> None:
    _removed_whole(stage.folder)
    chance = random.Random(20261207)
    command = ("people", "import", str(DEMO_OFFICE), "--config", str(stage.config))
    place = Place(stage.folder / "log", stage.folder / "log")
    for _ in range(60 if long else 8):
        process = dondoc_at(place, *command)
        await asyncio.sleep(chance.uniform(0.05, 0.6))
        process.kill()
        await ended(process)
        if chance.random() < 0.5:
            _removed_whole(stage.folder)
            shutil.rmtree(stage.folder / "files", ignore_errors=True)
    (stage.folder / "files").mkdir(exist_ok=True)
    (stage.folder / "files" / "trouble-away.told").touch()
    (stage.folder / "files" / ".backup.lock").touch()
    assert (await Folder(stage.folder).call("people", "import", str(DEMO_OFFICE))).code == 0
    await stage.start_bot()


async def test_a_new_office_begins_on_purpose_alone(stage: Stage) -> None:
    folder = await killed(stage)
    (stage.folder / "files" / "one.journal").write_text("said last")
    _removed(stage.folder)
    nobody = await folder.call("begin-anew")
    assert (nobody.code, "this is asked at a terminal" in nobody.line) == (2, True)
    assert await at_terminal(stage, "y") == 2
    assert not (stage.folder / "dondoc.db").exists()
    assert await at_terminal(stage, "begin anew") == 0
    names = {
        one.name.partition(".before-anew-")[0] for one in stage.folder.rglob("*.before-anew-*")
    }
    assert names == {"dondoc.db-wal", "dondoc.db-shm", "office.anchors", "one.journal"}
    there = await folder.call("begin-anew")
    assert (there.code, "there is an office in the database" in there.line) == (1, True)
    await stage.start_bot()
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(0,)]
    assert stage.is_sound()


async def at_terminal(stage: Stage, said: str) -> int:
    """Call begin-anew at a terminal, type something, and return how it ended."""
    ours, theirs = os.openpty()
    place = Place(stage.folder / "log", stage.folder / "log", Path(os.ttyname(theirs)))
    process = dondoc_at(place, "begin-anew", "--config", str(stage.config))
    os.write(ours, f"{said}\n".encode())
    try:
        return await ended(process)
    finally:
        os.close(ours)
        os.close(theirs)


async def test_another_offices_database_is_not_taken_for_ours(stage: Stage) -> None:
    folder = await killed(stage)
    await stage.start_bot()
    assert await stage.stop_bot() == 0
    ours, other = stage.folder / "dondoc.db", stage.folder / "other"
    other.mkdir()
    theirs = await known_people(other)
    with closing(sqlite3.connect(theirs)) as db:
        assert db.execute("SELECT COUNT(*) FROM events").fetchone()[0] > 0
    given = await folder.call("run", DONDOC_STORAGE__URL=f"sqlite:///{theirs}")
    assert given.code == 2
    assert f"sqlite:///{theirs}': this is not the database of the office whose files" in given.line
    assert (
        "this is not the database"
        in (await folder.call("check", DONDOC_STORAGE__URL=f"sqlite:///{theirs}")).out
    )
    with closing(sqlite3.connect(ours)) as db:  # all rows gone, tables there
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("DELETE FROM events")
        db.execute("UPDATE chain SET length = 0, hash = ''")
        db.commit()
    assert "this is not the database" in (await folder.call("run")).line


async def test_an_older_copy_in_its_place_is_told(stage: Stage) -> None:
    await killed(stage)
    await stage.start_bot()
    assert await stage.stop_bot() == 0
    older = shutil.copy(stage.folder / "dondoc.db", stage.folder / "older")
    leader, _ = await at_work(stage)
    await assign(leader, "soạn việc chỉ có ở bản mới")
    assert await stage.stop_bot() == 0
    shutil.copy(older, stage.folder / "dondoc.db")
    looked = (await Folder(stage.folder).call("check")).out
    assert "BAD  history: " in looked
    await stage.start_bot()
    await until_told(stage, "lùi lại", 10)
    await stage.kill_bot()
    await stage.start_bot()
    await asyncio.sleep(1)
    assert told(stage, "lùi lại") == 1


async def test_an_emptied_postgres_is_refused_as_well(
    stage: Stage, empty_postgres_url: str
) -> None:
    folder, city = Folder(stage.folder), {"DONDOC_STORAGE__URL": empty_postgres_url}
    assert (await folder.call("people", "import", str(DEMO_OFFICE), **city)).code == 0
    await stage.start_bot(**city)
    assert await stage.stop_bot() == 0
    db = await asyncpg.connect(empty_postgres_url)
    await db.execute("DROP SCHEMA public CASCADE")
    await db.execute("CREATE SCHEMA public")
    for command in ("run", "seed --demo", "people list"):
        given = await folder.call(*command.split(), **city)
        assert given.code == 2, given
        assert "the database has no tables, but an office was here and left files/" in (
            given.line.replace(f"{stage.folder}/", "")
        )
    assert "has no tables, but an office was here" in (await folder.call("check", **city)).out
    assert (
        await db.fetch("SELECT 1 FROM information_schema.tables WHERE table_schema = 'public'")
        == []
    )
    await db.close()
