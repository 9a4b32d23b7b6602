"""The machine fails: a full disk, a database that somebody else holds, a stop of days, a wrong clock."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.disk import fill
from tests.faults.office import assign, at_work, told, until_told
from tests.stories.stage import Stage, staged

WAITING = "SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'"


@pytest.fixture
async def small_stage(small_disk: Path, office_file: Path) -> AsyncIterator[Stage]:
    """A stage whose files lie on a small disk."""
    async with staged(small_disk, office_file) as stage:
        yield stage


def fill_all(folder: Path) -> Path:
    """Leave no byte free, and none in the log of writes that would be used again."""
    with closing(sqlite3.connect(folder / "dondoc.db", timeout=30)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return fill(folder)


async def test_a_full_disk_loses_nothing_and_an_admin_is_told_once(small_stage: Stage) -> None:
    stage = small_stage
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await stage.until(WAITING)
    ballast = fill_all(stage.folder)
    for n in range(40):
        await leader.say(f"Giao đồng chí Mạc Thiên Ân việc thử số {n}, hạn thứ Sáu")
    await until_told(stage, "Ổ đĩa của máy chủ đã đầy", 30)
    await asyncio.sleep(4)
    assert stage.lives()
    ballast.unlink()
    for n in range(40):
        await leader.expect(f"thử số {n}\n", timeout=60)
    await assign(leader, "lập dự toán")
    await staff.expect("lập dự toán", button="Đã nhận", timeout=30)
    assert told(stage, "Ổ đĩa của máy chủ đã đầy") == 1
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert stage.rows("PRAGMA integrity_check") == [("ok",)]


async def test_a_start_on_a_full_disk_waits_for_room_and_loses_nothing(
    small_stage: Stage,
) -> None:
    stage = small_stage
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await stage.until(WAITING)
    await stage.kill_bot()
    ballast = fill_all(stage.folder)
    await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
    starting = asyncio.create_task(stage.start_bot())
    await until_told(stage, "Nhờ đồng chí xem máy chủ", 15)
    await asyncio.sleep(3)
    assert stage.lives()
    ballast.unlink()
    await starting
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc", timeout=60))
    await staff.expect("lập dự toán", button="Đã nhận", timeout=30)
    assert told(stage, "Nhờ đồng chí xem máy chủ") == 1
    assert stage.rows("PRAGMA integrity_check") == [("ok",)]


async def test_a_full_folder_of_files_holds_up_files_alone(stage: Stage, small_disk: Path) -> None:
    leader, staff = await at_work(stage, DONDOC_STORAGE__FILES=str(small_disk))
    await assign(leader, "soạn báo cáo")
    card = await staff.expect("soạn báo cáo", button="Đã nhận")
    await staff.press("Đã nhận", card)
    ballast = fill(small_disk)
    await staff.send_file("to-trinh.pdf", b"to trinh", reply_to=card)
    await until_told(stage, "Ổ đĩa của máy chủ đã đầy", 30)
    await assign(leader, "lập dự toán")
    await leader.say("/giaodi")
    await leader.expect("dự toán")
    assert stage.rows("SELECT COUNT(*) FROM files") == [(0,)]
    ballast.unlink()
    await staff.expect("Đã nhận tệp vào việc số 1.", timeout=40)
    await staff.expect("lập dự toán", button="Đã nhận", timeout=40)
    assert told(stage, "Ổ đĩa của máy chủ đã đầy") == 1
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert stage.lives()


async def test_a_locked_database_is_waited_for_and_an_admin_is_told_once(alone: Stage) -> None:
    stage = alone
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await stage.until(WAITING)
    async with stage.unwritable():
        await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
        await until_told(stage, "đang giữ cơ sở dữ liệu", 40)
        await asyncio.sleep(12)
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc", timeout=40))
    await staff.expect("dự toán", button="Đã nhận", timeout=20)
    assert told(stage, "đang giữ cơ sở dữ liệu") == 1
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert stage.lives()


async def test_somebody_who_reads_for_long_holds_up_nobody(alone: Stage) -> None:
    stage = alone
    leader, staff = await at_work(stage)
    with closing(sqlite3.connect(stage.folder / "dondoc.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT COUNT(*) FROM people").fetchone()
        await assign(leader, "soạn báo cáo")
        await staff.expect("soạn báo cáo", button="Đã nhận")
        other.execute("ROLLBACK")
    assert told(stage, "cơ sở dữ liệu") == 0


async def test_three_days_at_rest_are_made_up_for_in_one_message(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo, trước 17h ngày 09/12/2026")
    await leader.press("Giao việc", await leader.expect("báo cáo", button="Giao việc"))
    await staff.press("Đã nhận", await staff.expect(button="Đã nhận"))
    await stage.until(WAITING)
    before = stage.emulator.messages.of_chat(staff.id)[-1].id
    await stage.stop_bot()
    await leader.say("/viec")
    await stage.at(10, 9)
    await stage.start_bot()
    await staff.expect("quá hạn", timeout=20)
    await leader.expect("soạn báo cáo", timeout=20)
    await stage.until(WAITING)
    await asyncio.sleep(2)
    told_since = [
        one.data["text"]
        for one in stage.emulator.messages.of_chat(staff.id)
        if one.by_bot and one.id > before
    ]
    assert len(told_since) <= 2, told_since
    due = "SELECT COUNT(*) FROM reminders WHERE settled_at IS NULL AND at <= '2026-12-10T02:00:00'"
    assert stage.rows(due) == [(0,)]


async def test_a_clock_set_forward_and_back_says_nothing_twice(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.press("Đã nhận", await staff.expect(button="Đã nhận"))
    await stage.at(10, 9)
    await staff.expect("Nhắc", timeout=20)
    await stage.until(WAITING)
    await asyncio.sleep(2)
    said = stage.emulator.messages.of_chat(staff.id)[-1].id
    await stage.at(7, 10)
    await asyncio.sleep(2)
    await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc"))
    await staff.expect("dự toán", button="Đã nhận", timeout=10)
    await stage.at(10, 10)
    await asyncio.sleep(2)
    again = [one for one in stage.emulator.messages.of_chat(staff.id) if one.id > said]
    reminded = [
        one
        for one in again
        if "Nhắc" in str(one.data.get("text")) and "soạn báo cáo" in str(one.data.get("text"))
    ]
    assert reminded == []
    assert stage.lives()
    assert "Traceback" not in stage.log()
