"""19. Lưu trữ"""

from bot.actions import archive
from bot.actions.archive import Scope
from tests.actions.over import NEXT_YEAR, over
from tests.chat.scribe import Scribe


async def a_sealed_task(tell: Scribe) -> None:
    """Việc của năm đã đóng: xem được, tìm được, không sửa được"""
    at_work = tell.talk.at_work
    await over(at_work, "Soạn báo cáo tháng")
    await over(at_work, "Soạn báo cáo quý")
    made = await archive.seal(at_work.office, None, Scope(2026), NEXT_YEAR)
    assert made.tasks == 2
    tell.talk.now = NEXT_YEAR
    await tell.say("staff", "/tim báo cáo")
    await tell.say("staff", "/viec 1")
    await tell.say("staff", "việc 1 được 60% rồi")
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE archived_tasks SET disposed_at = $1 WHERE task_id = 2", NEXT_YEAR)
    await tell.say("staff", "/tim báo cáo")
    await tell.say("staff", "/viec 2")
