"""11. Danh sách, tìm, tổng hợp"""

from dataclasses import replace
from datetime import date
from unittest.mock import patch

from bot.actions.list_import.import_people import enrol
from bot.chat import progress
from bot.readers import sheets
from tests.actions.list_import.people_list import csv_file
from tests.chat.scribe import Scribe
from tests.rules.task import office


async def lists(tell: Scribe) -> None:
    """Danh sách việc"""
    await tell.given()
    await tell.given(to="leader", title="Duyệt kế hoạch năm")
    await tell.say("leader", "/viec")
    await tell.say("leader", "/giaodi")
    await tell.press("leader", "Việc 1")
    await tell.say("leader", "/tim bao cao")
    await tell.say("leader", "/viec 9")
    await tell.clock(14)
    await tell.say("leader", "/quahan")


async def pages(tell: Scribe) -> None:
    """Danh sách dài"""
    for number in range(1, 12):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}")
    await tell.say("leader", "/giaodi")
    await tell.press("leader", "Sau ›")
    await tell.press("leader", "‹ Trước")
    await tell.say("leader", "/tim lập danh mục")
    await tell.press("leader", "Sau ›")
    await tell.say("leader", "/tim " + "lập danh mục " * 16)


async def a_report(tell: Scribe) -> None:
    """Báo cáo: chọn kỳ, số liệu, tệp"""
    await tell.given()
    await tell.given(to="other", title="Lập dự toán")
    await tell.clock(14, 10)
    await tell.say("staff", "/baocao")
    await tell.say("leader", "/baocao")
    await tell.press("leader", "Tháng trước")
    await tell.press("leader", "Kỳ khác")
    await tell.press("leader", "Tháng này")
    await tell.press("leader", "Theo đơn vị")
    await tell.press("leader", "Phòng Tổng hợp")
    with patch.object(progress, "PATIENCE", 0.0):
        await tell.press("leader", "Excel")
    await tell.press("leader", "Ảnh biểu đồ")
    await tell.say("leader", "/baocao tháng 12")
    await tell.say("leader", "/baocao tháng 12 phòng tổng hợp")
    await tell.say("leader", "/baocao phòng tổng hợp")
    await tell.say("leader", "/baocao tháng 12 các phòng")
    await tell.say("leader", "/baocao tháng 12 phòng Abc")
    await tell.say("leader", "/baocao tháng 12 quá hạn")
    await tell.say("leader", "/baocao năm 2030")
    await tell.say("leader", "/baocao tháng 12 Mạc Thiên Ân")
    await tell.say("leader", "/baocao")
    await tell.press("leader", "Ảnh tổng hợp")


async def a_report_by_itself(tell: Scribe) -> None:
    """Báo cáo gửi định kỳ"""
    await tell.given()
    await tell.say("leader", "/baocao")
    await tell.press("leader", "Gửi định kỳ")
    await tell.press("leader", "Sáng thứ Hai")
    await tell.press("leader", "Ngày cuối tháng")
    await tell.press("leader", "✅ Ngày cuối tháng")
    await tell.clock(14, 8)


async def a_summary(tell: Scribe) -> None:
    """Tổng hợp tình hình"""
    await tell.given()
    await tell.press("staff", "Vướng mắc")
    await tell.say("staff", "chưa có số liệu của phòng Quản trị")
    await tell.given(to="mate", title="Rà soát hồ sơ")
    await tell.submitted(2, "mate")
    await tell.press("leader", "Nghiệm thu")
    await tell.given(to="other", title="Lập dự toán")
    await tell.press("other", "Xin gia hạn")
    await tell.say("other", "đến 25/12 vì chờ báo giá")
    await tell.given(to="clerk", title="Nhập số liệu")
    await tell.submitted(4, "clerk")
    await tell.talk.at_work.assign(by="head", to="mate", title="Soạn lịch công tác", due=None)
    await tell.talk.at_work.assign(to="admin", title="Sao lưu dữ liệu", due=None)
    await tell.clock(14, 10)
    await tell.say("leader", "/tonghop")
    await tell.press("leader", "Quá hạn: 2")
    await tell.press("leader", "Thiếu cấp quyết: 2")
    summary = tell.find("leader", "Thiếu cấp quyết: 2")
    for number in (1, 3):
        await tell.quietly("leader", number, "Khác", "Sửa việc", "Cấp quyết")
        await tell.press("leader", "Tạ Thị Hoài Mơ")
    await tell.press("leader", "Thiếu cấp quyết: 2", summary)
    await tell.say("head", "/tonghop")
    summary = tell.find("leader", "Theo đơn vị")
    await tell.press("leader", "Theo đơn vị", summary)
    await tell.press("leader", "Phòng Tổng hợp")
    await tell.press("leader", "Theo người")
    await tell.press("leader", "Mạc Thiên Ân")
    await tell.press("leader", "Chưa cập nhật: 1")
    await tell.say("leader", "/tonghop tháng này")
    for label in ("Theo độ khẩn", "Đến hạn trong kỳ", "Xong trong kỳ", "Giao trong kỳ", "Thường"):
        await tell.press("leader", label)
    await tell.press("leader", "‹ Tháng 11/2026")
    await tell.press("leader", "Tuần này")
    await tell.press("leader", "Chưa xong: 5")
    await tell.say("leader", "/tonghop")
    await tell.press("leader", "Theo văn bản")
    await tell.press("leader", "‹ Tổng hợp")
    at_work = tell.talk.at_work.office
    at_work.reading = replace(at_work.reading, term_from=date(2025, 7, 1))
    await tell.press("leader", "Theo kỳ")
    await tell.press("leader", "Nhiệm kỳ này")
    await tell.say("leader", "/tonghop phòng Abc")
    await tell.say("leader", "/tonghop các phòng")
    await tell.say("head", "/tonghop phòng Quản trị")
    await tell.say("head", "việc quá hạn của phòng Quản trị")
    await tell.say("leader", "/tonghop 01/12 - 10/12/2026")
    await tell.press("leader", "Quý này")
    await tell.press("leader", "Theo người")


async def more_than_is_shown(tell: Scribe) -> None:
    """Tổng hợp khi có nhiều việc cần xử lý; hỏi hôm nay có gì gấp"""
    for number in range(1, 7):
        await tell.talk.at_work.assign(title=f"Soạn phụ lục {number}")
    await tell.clock(15)
    await tell.say("leader", "/tonghop")
    await tell.press("leader", "Cần xử lý: 6")
    await tell.say("leader", "hôm nay có gì gấp không?")
    await tell.press("leader", "Quá hạn: 6")


async def a_division(tell: Scribe) -> None:
    """Phân công: ai bận, ai nhận đỡ được"""
    await tell.say("head", "/phancong")
    await tell.say("staff", "/phancong")
    for title in ("Soạn báo cáo tháng", "Soạn báo cáo quý", "Rà soát hồ sơ"):
        await tell.say(
            "leader", f"Giao đồng chí Mạc Thiên Ân {title}, khoảng 2,5 ngày công, hạn thứ Sáu"
        )
        await tell.press("leader", "Giao việc")
    await tell.say("mate", "Tôi nghỉ phép từ 10/12 đến 11/12")
    await tell.press("mate", "Không cử ai")
    await tell.press("mate", "Xác nhận")
    await tell.say("head", "/phancong")
    await tell.press("head", tell.button("head", "Việc"))
    await tell.press("head", "Không nêu")
    tell.tell("Tám đồng chí mới về Phòng Quản trị.")
    listed = csv_file(*(f",,Lê Minh Hà {n},,Phòng Quản trị,staff" for n in "ABCDEGHI"))
    assert not (await enrol(tell.talk.at_work.db, sheets.read(listed), tell.talk.now)).problems
    await tell.say("leader", "/phancong")
    tell.tell("Bốn đồng chí phòng Tổng hợp mỗi người thêm hai việc ba ngày công.")
    for to in 2 * ("head", "staff", "mate", "clerk"):
        await tell.talk.at_work.assign(to=to, title="Kiểm kê tài sản")
    async with tell.talk.at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET effort = 24 WHERE title = 'Kiểm kê tài sản'")
    await tell.say("leader", "/phancong")
    await tell.say("leader", "/phancong tháng 5 phòng Tổng hợp")
    await tell.say("leader", "/phancong tuần sau Nguyễn Văn Abc")
    await tell.say("leader", "ai đang rảnh?")
    await tell.say("leader", "/phancong Trịnh Quang Lĩnh")
    tell.tell("Chiều thứ Sáu, sau giờ làm việc.")
    tell.talk.now = office(11, 18)
    await tell.say("head", "/phancong tuần này")


async def nobody_has_room(tell: Scribe) -> None:
    """Phân công: quá tải mà không ai nhận đỡ được"""
    for to in ("head", "staff", "mate", "clerk"):
        await tell.given(to=to, title="Kiểm kê tài sản")
    for number in range(1, 5):
        await tell.go("leader", number, "Khác", "Sửa việc", "Ngày công")
        await tell.say("leader", "nhiều" if number == 1 else "20 ngày công")
        if number == 1:
            await tell.say("leader", "20 ngày")
    await tell.press("leader", "Lịch sử")
    await tell.say("head", "/phancong")


async def efforts(tell: Scribe) -> None:
    """Khối lượng công việc: nửa ngày, mấy giờ"""
    for effort in ("nửa ngày công", "6 giờ công", "1,5 ngày công"):
        await tell.say("leader", f"Giao đồng chí Ân soạn lịch tuần, khoảng {effort}, hạn thứ Sáu")
    await tell.press("leader", "Đổi người")
