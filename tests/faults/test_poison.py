"""One row that cannot be read stops nobody, and an admin is told of it once."""

import asyncio

from tests.faults.office import assign, at_work, told, until_told
from tests.stories.stage import Stage


async def test_a_poisoned_outbox_row(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    stage.spoil(
        "INSERT INTO outbox (kind, person_id, facts, priority, not_before, created_at)"
        " SELECT 'task.assigned', p.id, f.facts, 0, '2026-12-01', '2026-12-01' FROM people p,"
        f" (SELECT '{{\"rung\": ' AS facts UNION SELECT '[]') f WHERE telegram_id = {staff.id}",
    )
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await leader.say("/viec")
    await leader.expect("soạn báo cáo")
    await stage.until("SELECT COUNT(*) = 2 FROM outbox WHERE state = 'failed'", seconds=60)
    await until_told(stage, "Bot gặp lỗi", 10)
    await asyncio.sleep(3)
    assert told(stage, "Bot gặp lỗi") == 1
    assert stage.lives()


async def test_a_poisoned_reminder(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await assign(leader, "lập dự toán")
    await staff.expect("lập dự toán", button="Đã nhận")
    stage.spoil(
        "INSERT INTO reminders (task_id, rung, since, at) VALUES"
        " (1, 'no.such.rung', '2026-12-01T00:00:00.000000+00:00', '2026-12-01T00:00:00.000000+00:00')",
    )
    await until_told(stage, "Bot gặp lỗi", 20)
    await stage.at(11, 8)
    await staff.expect("lập dự toán", timeout=20)
    await asyncio.sleep(3)
    assert told(stage, "Bot gặp lỗi") == 1
    assert stage.rows("SELECT settled_at FROM reminders WHERE rung = 'no.such.rung'") == [(None,)]
    assert stage.lives()


async def test_a_poisoned_inbox_row(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    stage.spoil(
        "INSERT INTO inbox (bot_id, update_id, lane, body, state, received_at, not_before)"
        " SELECT bot_id, update_id + 1000000 + n, n, body, 'waiting', received_at, received_at FROM"
        " (SELECT MAX(bot_id) AS bot_id, MAX(update_id) AS update_id, MAX(received_at) AS received_at FROM inbox) i,"
        f" (SELECT {staff.id} AS n, '{{\"update_id' AS body UNION SELECT 7, NULL UNION SELECT 8, '[]')",
    )
    await leader.say("/viec")
    await leader.expect("không có việc nào đang mở")
    await staff.say("/viec")
    await staff.expect("không có việc nào đang mở")
    await stage.until("SELECT COUNT(*) = 3 FROM inbox WHERE state = 'failed'", seconds=30)
    assert stage.lives()
