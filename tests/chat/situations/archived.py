"""20. Lưu trữ"""

from dataclasses import replace

from bot.actions.archive import archive
from bot.actions.archive.archive import Scope
from tests.actions.archive.over import NEXT_YEAR, eventful, over, packed
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


async def a_year_from_the_chat(tell: Scribe) -> None:
    """Đóng một năm từ chat; hết hạn bảo quản thì hai đồng chí tiêu hủy theo danh sách"""
    at_work = tell.talk.at_work
    office = at_work.office
    office.keeping = replace(office.keeping, folder=office.files / "archive")
    await tell.say("staff", "/luutru")
    await tell.say("leader", "/luutru Phòng Quản trị")
    await eventful(at_work)
    await over(at_work, "Soạn báo cáo tháng")
    await over(at_work, "Một phần của việc còn mở")
    whole = await at_work.assign(title="Việc còn mở")
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET parent_id = $1 WHERE id = $1 - 1", whole.id)
    for path in office.files.rglob("*"):
        if path.is_file():
            path.unlink()
    tell.talk.now = NEXT_YEAR
    await tell.say("leader", "/luutru")
    await tell.press("leader", "Đóng gói")
    tell.tell("Mười một năm sau.")
    tell.talk.now = NEXT_YEAR.replace(year=2038, day=5)
    await tell.say("leader", "/luutru 2026")
    await tell.press("leader", "Đề nghị tiêu hủy")
    await tell.press("leader", "Không tiêu hủy")
    await tell.say("leader", "/luutru 2026")
    await tell.press("leader", "Đề nghị tiêu hủy")
    await tell.say("leader", "/luutru 2026")
    await tell.say("admin", "/luutru")
    await tell.press("admin", "Danh sách tiêu hủy")
    await tell.press("admin", "Duyệt tiêu hủy")
    await tell.press("leader", "Danh sách tiêu hủy")
    await tell.say("staff", "/viec 2")


async def proposed_by_who_left(tell: Scribe) -> None:
    """Đồng chí đề nghị tiêu hủy đã kết thúc công tác trước khi có người duyệt"""
    at_work = tell.talk.at_work
    await over(at_work, "Soạn báo cáo tháng")
    await packed(at_work, at_work.office.files / "archive")
    tell.talk.now = NEXT_YEAR.replace(year=2038, day=5)
    await tell.say("leader", "/luutru")
    await tell.press("leader", "Đề nghị tiêu hủy")
    await tell.say("admin", "/nguoi Lĩnh")
    await tell.press("admin", "Kết thúc")
    await tell.press("admin", "Kết thúc công tác")
    await tell.say("admin", "/luutru")
    await tell.press("admin", "Danh sách tiêu hủy")
    await tell.press("admin", "Duyệt tiêu hủy")
    await tell.press("admin", "Không tiêu hủy")


async def own_data(tell: Scribe) -> None:
    """Xin dữ liệu của mình"""
    await tell.say("staff", "/dulieu")


async def a_former_veiled(tell: Scribe) -> None:
    """Đồng chí đã nghỉ xin ẩn danh: gói nào còn ghi họ tên"""
    at_work = tell.talk.at_work
    await over(at_work, "Soạn báo cáo tháng")
    await packed(at_work, at_work.office.files / "archive")
    await tell.say("admin", "/nguoi Ân")
    await tell.press("admin", "Kết thúc")
    await tell.press("admin", "Kết thúc công tác")
    await tell.say("admin", "/nguoi Ân")
    await tell.press("admin", "Ẩn danh")
    await tell.press("admin", "Ẩn danh")
    await tell.say("admin", "/nguoi ẩn danh")
    await tell.say("leader", "/viec 1")
