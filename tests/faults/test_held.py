"""Somebody else holds what two replicas need of PostgreSQL: it is waited for, and the rest goes on."""

import asyncio
import re

import pytest

from tests.faults.office import assign, at_work, told, until_told
from tests.faults.replicas import Replicas
from tests.faults.test_machine import WAITING

HELD = "đang giữ cơ sở dữ liệu"


@pytest.fixture(autouse=True)
def only_long(long: bool) -> None:
    if not long:
        pytest.skip("half a minute each: --long")


@pytest.mark.parametrize("table", ["tasks", "inbox", "outbox", "leases"])
async def test_a_held_table_is_waited_for_and_an_admin_is_told_once(
    replicas: Replicas, table: str
) -> None:
    stage = replicas
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await stage.until(WAITING)
    async with stage.held(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"):
        await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
        await until_told(stage, HELD, 40)
        await asyncio.sleep(12)
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc", timeout=60))
    await staff.expect("dự toán", button="Đã nhận", timeout=40)
    assert told(stage, HELD) == 1
    assert told(stage, "Bot gặp lỗi") == 0
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert stage.lives()


async def test_a_held_task_holds_up_no_other(replicas: Replicas) -> None:
    stage = replicas
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    card = await staff.expect("soạn báo cáo", button="Đã nhận")
    await assign(leader, "lập dự toán")
    await staff.expect("lập dự toán", button="Đã nhận")
    await stage.until(WAITING)
    async with stage.held("SELECT 1 FROM tasks WHERE title = 'soạn báo cáo' FOR UPDATE"):
        await staff.press_and_go("Đã nhận", card)
        await assign(leader, "thuê hội trường")
        await stage.at(10, 9)
        await leader.say("/viec")
        await leader.expect("không có việc nào đang mở")
        await staff.expect(re.compile("Nhắc.*lập dự toán", re.DOTALL), timeout=30)
        await until_told(stage, HELD, 40)
        assert stage.rows("SELECT status FROM tasks WHERE title = 'soạn báo cáo'") == [
            ("assigned",)
        ]
    await stage.until(
        "SELECT status = 'in_progress' FROM tasks WHERE title = 'soạn báo cáo'", seconds=40
    )
    assert told(stage, HELD) == 1
    assert told(stage, "Bot gặp lỗi") == 0
    assert stage.lives()


async def test_somebody_who_reads_for_long_holds_up_nobody(replicas: Replicas) -> None:
    leader, staff = await at_work(replicas)
    async with replicas.held("SELECT COUNT(*) FROM people", "SELECT COUNT(*) FROM outbox"):
        await assign(leader, "soạn báo cáo")
        await staff.expect("soạn báo cáo", button="Đã nhận")
    assert told(replicas, "cơ sở dữ liệu") == 0
