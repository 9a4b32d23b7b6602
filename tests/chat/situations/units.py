"""15. Cây đơn vị, sắp xếp đơn vị"""

from storage import people
from tests.chat.scribe import Scribe


async def the_tree(tell: Scribe) -> None:
    """Cây đơn vị: xem từng cấp, ai đứng đầu, ai phụ trách, biên chế và người có mặt"""
    async with tell.talk.at_work.db.transaction() as tx:
        deputy = tell.talk.at_work.ids["mate"]
        await people.change(tx, deputy, {"position": "Phó Trưởng phòng"})
    await tell.say("staff", "/donvi")
    await tell.press("staff", "Thành ủy")
    await tell.press("staff", "Phòng Tổng hợp")
    await tell.press("staff", "‹ Thành ủy")
    await tell.press("staff", "‹ Cả cây")
    await tell.say("leader", "/donvi Phòng Không Có")
    await tell.say("leader", "/donvi phòng")
    await tell.say("leader", "/donvi Lãnh đạo Văn phòng")
    await tell.say("leader", "Giao Đảng ủy phường Hoa Sữa báo cáo số liệu, theo dõi: Ân, thứ Sáu")
    await tell.press("leader", "Cơ quan ngoài: Đảng ủy phường Hoa Sữa")
    await tell.say("leader", "/donvi Hoa Sữa")


async def changed(tell: Scribe) -> None:
    """Quản trị sửa đơn vị: tên, tên tắt, biên chế, cấp trên, người đứng đầu, thêm đơn vị"""
    await tell.say("admin", "/donvi Phòng Quản trị")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Đổi tên")
    await tell.say("admin", "Phòng Tổng hợp")
    await tell.say("admin", "Phòng Hậu cần")
    for label, words in (("Tên tắt", "HC, PHC"), ("Biên chế", "nhiều"), ("", "8")):
        if label:
            await tell.press("admin", "Sửa")
            await tell.press("admin", label)
        await tell.say("admin", words)
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Cấp trên")
    await tell.say("admin", "Phòng Không Có")
    await tell.say("admin", "phòng")
    await tell.say("admin", "Phòng Hậu cần")
    await tell.say("admin", "Phòng Tổng hợp")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Thêm đơn vị con")
    await tell.say("admin", "Tổ Xe")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Người đứng đầu")
    await tell.press("admin", "Đàm Tú Quyên")
    await tell.say("admin", "/donvi Tổ Xe")
    await tell.press("admin", "Sửa")
    await tell.press("admin", "Người đứng đầu")
    await tell.press("admin", "‹ Trở lại")
    await tell.press("admin", "‹ Trở lại")
    await tell.say("admin", "/donvi")
    await tell.press("admin", "Thêm đơn vị")
    await tell.say("admin", "Đảng ủy phường Hoa Sữa")
    await tell.say("leader", "Giao đồng chí Ân soạn báo cáo, phối hợp phòng Quản trị, thứ Sáu")
    async with tell.talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE units SET ended_at = $1 WHERE name = 'Tổ Xe'", tell.talk.now)
    await tell.press("admin", "Sửa")
