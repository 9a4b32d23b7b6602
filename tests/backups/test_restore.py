"""What is backed up while the office works comes back after a fire, or it is said why not."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.actions.files.file_store import Paper, keep
from bot.actions.tasks import answer, note
from bot.commands.backups import backups, restores
from bot.commands.backups.backups import OtherProgram
from bot.commands.backups.restores import Living
from bot.config import Config
from storage.backups.sqlite_backup import InUse
from storage.engine import migrate as migrations
from storage.engine.opening import open_database
from storage.history import audit, chain, hashes
from storage.records import Task
from storage.tasks.texts import keep_text
from tests.actions.office import MORNING, Staffed, staffed
from tests.backups.office import NOW, destroy, identity, names_in, office, work


async def report(
    at_work: Staffed, name: str, task: Task, made: Counter[str], enough: Callable[[], bool]
) -> None:
    """Report on a task as people do, each tenth time with a file, and count by whom, until it is enough."""
    here, who = at_work.office, at_work.who[name]
    while not enough():
        number = made[name]
        said, update = f"{number % 100}% đã xong\tphần\\n thứ\n{number}", at_work.update()
        if number % 10 == 0:
            data = f"{name} {number}".encode()
            paper = Paper(await keep(here, data), "a.pdf", len(data), "application/pdf", "")
            await note.write(here, who, task.id, said, [paper], MORNING, update)
        else:
            await answer.progress(here, who, task.id, said, MORNING, update)
        made[name] += 1
        await asyncio.sleep(0.01)


async def test_what_was_backed_up_under_load_comes_back_whole(config: Config, long: bool) -> None:
    """Four people report without a pause before, during and after, as fast as the machine lets them."""
    db = await open_database(config.storage.url)
    at_work = await staffed(db, config.storage.files)
    changes, least, is_made = Counter[str](), 6000 if long else 40, asyncio.Event()

    def enough() -> bool:
        return is_made.is_set() and changes.total() >= least

    led = {one: await at_work.assign(to=one) for one in ("staff", "mate", "clerk", "other")}
    working = asyncio.gather(
        *(report(at_work, one, task, changes, enough) for one, task in led.items())
    )
    while changes.total() < least / 4:  # noqa: ASYNC110 - all count on
        await asyncio.sleep(0.01)
    before = changes.total()
    made = await backups.back_up(config, None, NOW)
    during = changes.total() - before
    is_made.set()
    await working
    assert all(one.fine for one in made.findings), made
    after = await chain.anchor(db)
    past = {row["id"]: row["hash"] for row in await db.fetch("SELECT id, hash FROM events")}
    await db.close()
    assert during, "nobody worked while it was backed up"

    await destroy(config)
    done = await restores.restore(config, made.path, identity(made.path), NOW, replace=False)
    assert all(one.fine for one in done.findings), done
    db = await open_database(config.storage.url)
    back = await chain.anchor(db)
    assert 1 < back.number <= after.number
    assert back.hash == past[back.number]
    assert await chain.verify(db) is None
    looking = hashes.wrong_files(
        db, hashes.in_folder(config.storage.files), lambda _done, _of: None
    )
    assert [one async for one in looking] == []
    async with db.transaction() as tx:  # work goes on, and no number is given twice
        assert await audit.append(tx, NOW, "more") == back.number + 1
        (known,) = await tx.fetch("SELECT MAX(id) AS id FROM texts")
        assert await keep_text(tx, "sau", NOW) > known["id"]
    await db.close()
    assert not list(config.storage.files.glob(".backup-*"))


async def test_a_living_office_is_replaced_only_when_told_so(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office(config)
    made = await backups.back_up(config, None, NOW)
    db = await open_database(config.storage.url)
    assert await work(db, config.storage.files, 0.1)
    (config.storage.files / "one.journal").write_bytes(b"of messages that the backup knows not")
    with pytest.raises(Living, match="there is an office in it"):
        await restores.restore(config, made.path, identity(made.path), NOW, replace=False)
    with pytest.raises(InUse, match="stop the bot first"):
        await restores.restore(config, made.path, identity(made.path), NOW, replace=True)
    assert (await chain.anchor(db)).number > 1
    await db.close()
    newer = shutil.copytree(migrations._FOLDER, tmp_path / "newer")
    (newer / "9998_later.sql").write_text("ALTER TABLE people ADD COLUMN later BIGINT DEFAULT 7;\n")
    monkeypatch.setattr(migrations, "_FOLDER", newer)  # the program is a later one by now
    done = await restores.restore(config, made.path, identity(made.path), NOW, replace=True)
    assert all(one.fine for one in done.findings)
    assert "before" in (done.kept or "")
    db = await open_database(config.storage.url)
    assert (await chain.anchor(db)).number == 1
    assert [row["later"] for row in await db.fetch("SELECT later FROM people")] == [7]
    await db.close()
    assert not list(config.storage.files.glob("*.journal"))


async def test_the_office_is_kept_however_often_a_backup_is_put_in_its_place(
    config: Config,
) -> None:
    await office(config)
    made = await backups.back_up(config, None, NOW)
    db = await open_database(config.storage.url)
    await work(db, config.storage.files, 0.1)
    last = (await chain.anchor(db)).number
    await db.close()
    kept = []
    for minutes in range(3):
        at = NOW + timedelta(minutes=minutes)
        done = await restores.restore(config, made.path, identity(made.path), at, replace=True)
        kept.append(done.kept or "")
    assert len(set(kept)) == 3
    assert [await last_event(config, one) for one in kept] == [last, 1, 1]


async def last_event(config: Config, kept: str) -> int:
    """Return the number of the last event of a database that was replaced."""
    schema = kept.removeprefix("the schema ")
    named = schema != kept
    db = await open_database(config.storage.url if named else f"sqlite:///{kept}")
    (row,) = await db.fetch(
        f"SELECT MAX(id) AS id FROM {f'{schema}.events' if named else 'events'}"
    )
    await db.close()
    return int(row["id"])


async def test_a_backup_of_a_later_program_is_named_and_changes_nothing(config: Config) -> None:
    await office(config)
    db = await open_database(config.storage.url)
    newer = (
        "INSERT INTO migrations (number, name, sha256, works_with, run_at)"
        " VALUES (9999, 'later', '', 9999, $1)"
    )
    async with db.transaction() as tx:
        await tx.execute(newer, NOW)
    path = (await backups.back_up(config, None, NOW)).path
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM migrations WHERE number = 9999")
        await tx.execute("INSERT INTO people (name, folded, created_at) VALUES ('B', 'b', $1)", NOW)
    await db.close()
    journal = config.storage.files / "one.journal"
    journal.write_bytes(b"said")
    with pytest.raises(OtherProgram, match=f"{path}: .*has migration 9999, this program knows"):
        await restores.restore(config, path, identity(path), NOW, replace=True)
    db = await open_database(config.storage.url)
    assert len(await db.fetch("SELECT name FROM people")) == 2
    await db.close()
    assert journal.read_bytes() == b"said"
    if config.storage.url.startswith("sqlite"):
        folder = Path(config.storage.url.removeprefix("sqlite:///")).parent
        assert not [name for name in names_in(folder) if name.startswith(".dondoc")]


async def test_what_was_said_last_is_kept_with_the_office_that_is_replaced(config: Config) -> None:
    """Who goes back to that office says nothing twice; the office of the backup hears nothing of it."""
    await office(config)
    made = await backups.back_up(config, None, NOW)
    (config.storage.files / "one.journal").write_bytes(b"said last")
    (config.storage.files / "one-2.journal").write_bytes(b"")
    done = await restores.restore(config, made.path, identity(made.path), NOW, replace=True)
    assert not list(config.storage.files.glob("*.journal"))
    (kept,) = config.storage.files.glob("*.journal.*")
    assert kept.read_bytes() == b"said last"
    assert (done.kept or "").endswith(f"; what it had said last: {kept}")
