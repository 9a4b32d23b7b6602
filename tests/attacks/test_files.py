"""Files made to stop the bot: whoever sends one is told so, and everybody else is answered meanwhile."""

import asyncio
import time

import pytest

from tests import hostile_files
from tests.faults.office import at_work
from tests.stories.stage import Stage

SHORT = ("last row", "row 10^15", "swollen", "entities")
ANSWER_SECONDS = 5.0
"""On a machine with other work; before, the answer came after 42 seconds or never."""


async def test_a_hostile_list_keeps_nobody_waiting(stage: Stage, long: bool) -> None:
    leader, staff = await at_work(stage)
    for name in hostile_files.MAKERS if long else SHORT:
        await leader.send_file("danh-sach.xlsx", hostile_files.MAKERS[name]())
        await asyncio.sleep(0.3)
        began = time.monotonic()
        await staff.say("/viec")
        await staff.expect("không có việc nào đang mở")
        assert time.monotonic() - began < ANSWER_SECONDS, name
        await leader.expect(timeout=100)
    assert stage.lives()
    await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", seconds=30)


async def test_a_stop_does_not_wait_for_a_hostile_list(stage: Stage) -> None:
    leader, _ = await at_work(stage)
    await leader.send_file("danh-sach.xlsx", hostile_files.many_columns())
    await asyncio.sleep(1.0)
    assert await stage.stop_bot() == 0
    await stage.start_bot()
    await leader.say("/viec")
    await leader.expect("không có việc nào đang mở", timeout=60)


@pytest.mark.parametrize("command", ["import", "units import", "people import"])
async def test_the_command_line_has_the_same_door(stage: Stage, command: str) -> None:
    from tests.stories.nursery import dondoc, ended  # noqa: PLC0415

    path = stage.folder / "list.xlsx"
    path.write_bytes(hostile_files.numbered(10**15))
    log = stage.folder / "out"
    process = dondoc(*command.split(), str(path), "--config", str(stage.config), log=log)
    assert await ended(process, 30) == 1
    [line] = log.read_text().splitlines()
    assert line.startswith(f"dondoc: {path}: Không đọc được tệp này.")
