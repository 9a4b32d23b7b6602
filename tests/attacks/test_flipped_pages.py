"""A disk that lies: bytes of database and log are other ones than were written. It is told, and no good backup goes.

What no check can tell, another value of the same kind in a cell that nothing else knows, is counted, not asserted.
"""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.runtime.last_look import read, write
from tests.backups.office import KEY
from tests.commands.shell import Folder
from tests.faults.office import assign, at_work, told, until_told
from tests.stories.stage import Stage

PAGE, SECTOR = 4096, 512
HISTORY = {"events": None, "chain": None, "texts": ("id", "body", "sha256")}
"""Tables of which each byte is told, and of which columns; None for all."""
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
async def worked_in(stage: Stage) -> Stage:
    """An office that has worked a while; the program was killed, and its log is as it left it."""
    leader, staff = await at_work(stage)
    for what in ("soạn báo cáo năm", "rà soát hồ sơ", "chuẩn bị hội nghị"):
        await assign(leader, what)
        await staff.press("Đã nhận", await staff.expect(what, button="Đã nhận"))
    await staff.say("Việc 1: đã xong 50%, đang chờ số liệu của các phòng")
    await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'")
    await stage.kill_bot()
    return stage


def flip_a_bit(data: bytearray, chance: random.Random) -> None:
    while not data[place := chance.randrange(len(data))]:
        pass  # most of a small office is zeros, of which nobody asks
    data[place] ^= 1 << chance.randrange(8)


def lose_a_sector(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data) // SECTOR) * SECTOR
    data[place : place + SECTOR] = bytes(SECTOR)


def write_rubbish(data: bytearray, chance: random.Random) -> None:
    place = chance.randrange(len(data) // PAGE) * PAGE
    data[place : place + PAGE] = chance.randbytes(PAGE)


def mix_up_pages(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = (
        data[other : other + PAGE],
        data[one : one + PAGE],
    )


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip_a_bit,) * 6,
    lose_a_sector,
    write_rubbish,
    mix_up_pages,
)


def rows_of(database: Path) -> Rows | None:
    """Return all rows as SQLite reads them; None where it says itself that it cannot, or that they are wrong."""
    with closing(sqlite3.connect(database)) as db:
        db.text_factory = bytes
        try:
            tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if db.execute("PRAGMA integrity_check(1)").fetchall() != [(b"ok",)]:
                return None
            return {
                name.decode(): db.execute(f"SELECT * FROM {name.decode()}").fetchall()
                for (name,) in tables
            }
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return None


def is_history(was: Rows, now: Rows | None, columns: Callable[[str], list[str]]) -> bool:
    """Tell whether what was changed has a hash, or cannot be read: it must be told."""
    if now is None:
        return True
    for table, hashed in HISTORY.items():
        kept = [no for no, name in enumerate(columns(table)) if hashed is None or name in hashed]
        some, other = ([[row[no] for no in kept] for row in one[table]] for one in (was, now))
        if some != other:
            return True
    return False


async def test_what_a_disk_changes_is_told_wherever_it_can_be(
    worked_in: Stage, tmp_path: Path, long: bool
) -> None:
    place, database = worked_in.folder, worked_in.folder / "dondoc.db"
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
        columns = {
            name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in HISTORY
        }
    good, chance, seen = database.read_bytes(), random.Random(20261207), Counter[str]()
    was = rows_of(database)
    assert was is not None
    for number in range(600 if long else 16):
        data, damage = bytearray(good), chance.choice(DAMAGES)
        damage(data, chance)
        looked_at = tmp_path / "looked-at.db"
        looked_at.write_bytes(data)
        now = rows_of(looked_at)
        for one in place.glob("dondoc.db*"):
            one.unlink()
        database.write_bytes(data)
        ended = await Folder(place).call("verify")
        is_told = ended.code != 0
        must = is_history(was, now, columns.__getitem__)
        assert is_told or not must, (damage.__name__, ended.out)
        if number % 4 == 0:
            looked = await Folder(place).call("check")
            assert looked.code != 0 or now is not None, (damage.__name__, looked.out)
        seen["nothing" if now == was else "told" if is_told else "untold"] += 1
    print(dict(seen))
    assert seen["told"] > 2 * seen["untold"] or not long


async def test_what_is_lost_behind_a_damaged_place_of_the_log_is_told(
    worked_in: Stage, tmp_path: Path, long: bool
) -> None:
    folder, database = worked_in.folder, worked_in.folder / "dondoc.db"
    log = folder / "dondoc.db-wal"
    good, chance = (database.read_bytes(), log.read_bytes()), random.Random(20261207)
    for one in folder.glob("dondoc.db*"):
        one.unlink()

    def put(where: Path, flipped: bytes | bytearray) -> None:
        where.write_bytes(good[0])
        where.with_name(f"{where.name}-wal").write_bytes(flipped)

    put(tmp_path / "whole.db", good[1])
    was, lost = rows_of(tmp_path / "whole.db"), 0
    for number in range(300 if long else 6):
        flipped = bytearray(good[1])
        place = chance.randrange(32) if number == 0 else chance.randrange(len(flipped))
        flipped[place] ^= 1 << chance.randrange(8)
        put(tmp_path / "looked-at.db", flipped)
        if rows_of(tmp_path / "looked-at.db") == was:
            continue
        put(database, flipped)
        ended = await Folder(folder).call("check")
        assert "BAD  log: " in ended.out, (place, ended.out)
        (kept,) = folder.glob("dondoc.db-wal.damaged-*")
        assert kept.read_bytes() == flipped
        behind = "which office.anchors tells of, is not in the database"
        looked = await Folder(folder).call("verify")
        assert (looked.code, behind in looked.out) == (1, behind in ended.out), looked
        for one in folder.glob("dondoc.db*"):
            one.unlink()
        lost += 1
    assert lost


async def test_admins_hear_once_of_what_a_damaged_log_took_along(worked_in: Stage) -> None:
    log = worked_in.folder / "dondoc.db-wal"
    flipped = bytearray(log.read_bytes())
    flipped[32 + 24 + 1000] ^= 1
    log.write_bytes(flipped)
    (worked_in.folder / "dondoc.db-shm").unlink()
    await worked_in.start_bot()
    await until_told(worked_in, "Nhật ký ghi của cơ sở dữ liệu bị hỏng", 10)
    assert await worked_in.stop_bot() == 0
    assert worked_in.is_sound()
    (kept,) = worked_in.folder.glob("dondoc.db-wal.damaged-*")
    assert (
        f"BAD  log: {kept.name.split('-')[-2]} committed"
        in (await Folder(worked_in.folder).call("check")).out
    )
    await worked_in.start_bot()
    await worked_in.phone("Tạ Thị Hoài Mơ")
    assert told(worked_in, "Nhật ký ghi") == 1
    assert told(worked_in, "lùi lại") <= 1


async def test_each_night_it_is_looked_for_before_the_backup(worked_in: Stage) -> None:
    folder, files, out = (
        Folder(worked_in.folder),
        worked_in.folder / "files",
        worked_in.folder / "out",
    )
    backup = {"DONDOC_BACKUP__FOLDER": str(out), "DONDOC_BACKUP__KEY": str(KEY)}
    backup |= {
        "DONDOC_BACKUP__DAILY": "1",
        "DONDOC_BACKUP__WEEKLY": "0",
        "DONDOC_BACKUP__MONTHLY": "0",
    }
    out.mkdir()
    earlier = [out / f"dondoc-2026010{day}-020000.backup" for day in range(1, 6)]
    for one in earlier:
        one.write_text("good")
    worked_in.spoil("UPDATE events SET kind = 'task.accept' WHERE id = 3")
    a_night_ago(files)
    await worked_in.start_bot(**backup)
    await until_told(worked_in, "thấy có chỗ hỏng", 60)
    await until(lambda: bool(list(out.glob("*.damaged"))))
    assert all(one.exists() for one in earlier)
    assert [one for one in out.glob("*.backup") if one not in earlier] == []
    assert await worked_in.stop_bot() == 0
    looked = await folder.call("check", **backup)
    assert "BAD  look: 0 hours ago: history: event 3 of " in looked.out
    a_night_ago(files)
    await worked_in.start_bot(**backup)
    await until(lambda: is_looked_at_now(files))
    assert told(worked_in, "chỗ hỏng") == 1
    assert await worked_in.stop_bot() == 0


async def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - other processes tell nobody
            await asyncio.sleep(0.1)


def a_night_ago(files: Path) -> None:
    """Let the last look through the database have been two days ago."""
    last = read(files)
    assert last is not None
    write(files, last.model_copy(update={"at": datetime.now(UTC) - timedelta(days=2)}), "test")


def is_looked_at_now(files: Path) -> bool:
    last = read(files)
    return last is not None and datetime.now(UTC) - last.at < timedelta(hours=1)
