"""15. Cây đơn vị, sắp xếp đơn vị"""

from datetime import datetime
from pathlib import Path

from storage.organisation import people
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


async def united(tell: Scribe) -> None:
    """Hợp nhất hai phòng: xem trước, có thay đổi, làm, mỗi người một tin, hoàn tác"""
    tell.talk.at_work.office.copy = _copied
    await tell.given()
    await tell.say(
        "leader", "Giao đồng chí Mạc Thiên Ân thứ Sáu hằng tuần gửi lịch, phối hợp phòng Quản trị"
    )
    await tell.press("leader", "Giao việc")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Hợp nhất")
    await tell.press("admin", "Phòng Quản trị")
    await tell.say("admin", "Phòng Tổng hợp - Quản trị")
    await tell.press("admin", "Đứng đầu: Đoàn Thục Hạnh Nhi")
    await tell.given(title="Rà soát hồ sơ")
    await tell.say("admin", "/moi Mạc Thiên Ân")
    await tell.press("admin", "Mạc Thiên Ân · Phòng Tổng hợp")
    await tell.press("admin", "Hợp nhất")
    await tell.press("admin", "Hợp nhất")
    await tell.clock(7, 10)
    await tell.say("leader", "/donvi phòng Quản trị")
    await tell.go("leader", 2, "Lịch sử")
    await tell.say("admin", "/donvi")
    await tell.press("admin", "Các lần sắp xếp")
    await tell.press("admin", "Lần 1")
    await tell.press("admin", "Biên bản Word")
    await tell.press("head", "Biên bản Excel")
    await tell.press("admin", "Hoàn tác")
    await tell.press("admin", "Hoàn tác thật")
    await tell.press("admin", "Các lần sắp xếp")
    await tell.clock(7, 11)


async def _copied(now: datetime) -> Path:
    return Path(f"dondoc-truoc-sap-xep-{now:%Y%m%d-%H%M%S}.db")


async def into_another(tell: Scribe) -> None:
    """Sáp nhập, giải thể: đơn vị con trùng tên, đơn vị nhận đang ở dưới, tên tắt đã có nơi dùng"""
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.say("admin", "Tổ Số liệu")
    await tell.press("admin", "Thôi")
    for above in ("Thành ủy", "Phòng Quản trị"):
        await _edited(tell, above, "Thêm đơn vị con", "Tổ Xe")
    await tell.say("admin", "/donvi Phòng Quản trị")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Giải thể")
    await tell.press("admin", "Thành ủy")
    await tell.press("admin", "Giải thể")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.press("admin", "Lãnh đạo Văn phòng")
    await tell.press("admin", "Sáp nhập")
    await tell.say("admin", "/donvi Tổ Số liệu")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.press("admin", "Lãnh đạo Văn phòng")
    await tell.press("admin", "Sáp nhập")
    await tell.say("admin", "/donvi")
    await tell.press("admin", "Các lần sắp xếp")
    await tell.press("admin", "Lần 2")
    await tell.press("admin", "Hoàn tác")
    await tell.press("admin", "Hoàn tác thật")


async def split(tell: Scribe) -> None:
    """Tách đơn vị: chọn người, việc đi riêng, người đứng đầu mới"""
    await tell.given()
    await tell.given(to="mate", title="Rà soát hồ sơ")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Tách đơn vị")
    await tell.say("admin", "Ân")
    await tell.press("admin", "Mạc Thiên Ân")
    await tell.press("admin", "Xong")
    await tell.say("admin", "Phòng Quản trị")
    await tell.press("admin", "Việc đi riêng")
    await tell.say("admin", "không có")
    await tell.say("admin", "1, 2")
    await tell.press("admin", "Đứng đầu: Mạc Thiên Ân")
    await tell.press("admin", "Thôi")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Tách đơn vị")
    await tell.press("admin", "Mạc Thiên Ân")
    await tell.press("admin", "Xong")
    await tell.say("admin", "Phòng Thư ký")
    await tell.press("admin", "Việc đi riêng")
    await tell.say("admin", "1, 2")
    await tell.press("admin", "Đứng đầu: Mạc Thiên Ân")
    await tell.press("admin", "Tách đơn vị")
    await tell.clock(7, 10)
    await tell.say("admin", "/donvi")
    await tell.press("admin", "Các lần sắp xếp")


async def somebody_moves(tell: Scribe) -> None:
    """Một đồng chí chuyển đơn vị, mang việc theo hay để lại"""
    await tell.given()
    await tell.say("admin", "/nguoi Mạc Thiên Ân")
    await tell.press("admin", "Chuyển đơn vị")
    await tell.press("admin", "Phòng Quản trị")
    await tell.press("admin", "Để lại việc")
    await tell.press("admin", "Chuyển đơn vị", tell.last("admin"))
    await tell.clock(7, 10)
    await tell.say("admin", "/nguoi Mạc Thiên Ân")


async def refused_mergers(tell: Scribe) -> None:
    """Chưa có lần sắp xếp nào; gộp vào chính nó, cơ quan ngoài với đơn vị trong"""
    await tell.say("admin", "/donvi")
    await tell.press("admin", "Các lần sắp xếp")
    await tell.say("leader", "Giao Đảng ủy phường Hoa Sữa báo cáo số liệu, theo dõi: Ân, thứ Sáu")
    await tell.press("leader", "Cơ quan ngoài: Đảng ủy phường Hoa Sữa")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.say("admin", "Phòng Tổng hợp")
    await tell.say("admin", "Đảng ủy phường Hoa Sữa")
    await tell.say("admin", "/donvi Phòng Tổng hợp")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.say("admin", "Hoa Sữa")


async def not_as_it_was(tell: Scribe) -> None:
    """Đơn vị đổi tên giữa chừng, tên cũ đã có nơi dùng, lãnh đạo sẽ thấy toàn cơ quan, không hoàn tác được nữa"""
    await tell.say(
        "leader", "Giao đồng chí Mạc Thiên Ân thứ Sáu hằng tuần gửi lịch, phối hợp phòng Quản trị"
    )
    await tell.press("leader", "Giao việc")
    await tell.say("admin", "/donvi Lãnh đạo Văn phòng")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.press("admin", "Thành ủy")
    await tell.press("admin", "Thôi")
    await _edited(tell, "Phòng Quản trị", "Đổi tên", "Phòng Hậu cần")
    await _edited(tell, "Tổ Số liệu", "Tên tắt", "Phòng Quản trị")
    await tell.say("admin", "/donvi Phòng Hậu cần")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Hợp nhất")
    await tell.say("admin", "Phòng Tổng hợp, Tổ Số liệu")
    await tell.press("admin", "Thôi")
    await tell.say("admin", "/donvi Phòng Hậu cần")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Hợp nhất")
    await tell.press("admin", "Phòng Tổng hợp")
    await tell.say("admin", "Phòng Mới")
    await tell.press("admin", "Đứng đầu: Đoàn Thục Hạnh Nhi")
    await _edited(tell, "Phòng Hậu cần", "Đổi tên", "Phòng Hậu cần - Xe")
    await tell.press("admin", "Hợp nhất")
    await tell.press("admin", "Hợp nhất")
    await tell.given(title="Rà soát hồ sơ")
    await tell.say("leader", "/dinhky")
    await tell.press("leader", "Định kỳ 1")
    await tell.press("leader", "Đổi từ kỳ tới")
    await tell.say("leader", "đổi thành thứ Năm hằng tuần")
    await tell.say("admin", "/nguoi Ông Thị Ngọc Trầm")
    await tell.press("admin", "Kết thúc")
    await tell.press("admin", "Kết thúc công tác")
    await tell.press("admin", "Hoàn tác")
    await tell.press("admin", "Hoàn tác thật")
    await tell.say("admin", "/donvi Phòng Mới")
    await tell.press("admin", "Sắp xếp")
    await tell.press("admin", "Sáp nhập")
    await tell.press("admin", "Thành ủy")
    async with tell.talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE units SET ended_at = $1 WHERE name = 'Phòng Mới'", tell.talk.now)
    await tell.press("admin", "Sáp nhập")


async def _edited(tell: Scribe, unit: str, label: str, words: str) -> None:
    await tell.say("admin", f"/donvi {unit}")
    await tell.press("admin", "Sửa")
    await tell.press("admin", label)
    await tell.say("admin", words)


async def named_alike(tell: Scribe) -> None:
    """Hai đơn vị cùng tên, và tên có dấu &"""
    for above in ("Phòng Tổng hợp", "Phòng Quản trị"):
        await _edited(tell, above, "Thêm đơn vị con", "Tổ Xe & Kho")
    await tell.say("admin", "/donvi Tổ Xe & Kho")
    await tell.press("admin", "Phòng Quản trị › Tổ Xe & Kho")
