"""10. Nhắc việc"""

from datetime import date

from storage.messaging import ledger, outbox_results
from storage.messaging.outbox_results import Ended
from storage.records import Reach
from tests.chat.scribe import Scribe


async def the_ladder(tell: Scribe) -> None:
    """Các lần nhắc một việc"""
    await tell.given()
    for day, hour, minute in (
        *((8, 7, 30), (10, 7, 30), (11, 17, 0), (14, 7, 30), (16, 7, 30), (21, 7, 30), (24, 7, 30)),
    ):
        await tell.clock(day, hour, minute)


async def higher_and_higher(tell: Scribe) -> None:
    """Việc đỏ lên từng cấp"""
    await tell.talk.at_work.assign(by="head", title="Rà soát số liệu")
    for day in (14, 16, 21, 24):
        await tell.clock(day, 7, 30)


async def just_late(tell: Scribe) -> None:
    """Hỏi việc vừa quá hạn ngay trong ngày"""
    await tell.given()
    await tell.clock(11, 17, 20)
    await tell.say("staff", "/viec")


async def no_word(tell: Scribe) -> None:
    """Chưa nhận việc, chưa cập nhật"""
    await tell.talk.at_work.assign(title="Rà soát số liệu", due=date(2026, 12, 31))
    await tell.clock(8, 9, 1)
    await tell.press("staff", "Đã nhận")
    await tell.clock(15, 7, 30)


async def not_received(tell: Scribe) -> None:
    """Nhắc rồi mà chưa nhận thì buổi sáng nêu lại"""
    await tell.talk.at_work.assign(title="Rà soát số liệu", due=date(2026, 12, 31))
    await tell.clock(8, 9, 1)
    await tell.clock(9, 7, 30)


async def several_at_once(tell: Scribe) -> None:
    """Nhiều điều nhắc cùng lúc là một tin"""
    for number in (1, 2, 3):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}")
    await tell.given()
    await tell.clock(11, 17, 1)
    await tell.talk.at_work.assign(title="Soạn thêm một báo cáo", due=date(2026, 12, 25))
    await tell.clock(14)
    for number in range(4, 18):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}", due=date(2026, 12, 25))
    await tell.clock(14, 9, 1)


async def the_morning(tell: Scribe) -> None:
    """Tin buổi sáng"""
    for number in range(1, 10):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}")
    await tell.given()
    await tell.submitted()
    await tell.go("leader", 2, "Khác", "Ý kiến chỉ đạo")
    await tell.say("leader", "làm rõ nguyên nhân chậm")
    await tell.clock(11, 7, 30)
    await tell.clock(14, 7, 30)


async def the_morning_of_those_above(tell: Scribe) -> None:
    """Tin buổi sáng của trưởng phòng, lãnh đạo"""
    for number in range(1, 10):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}")
    await tell.talk.at_work.assign(by="head", title="Rà soát số liệu", due=date(2026, 12, 31))
    await tell.talk.at_work.assign(to="head", title="Sắp xếp lại kho lưu trữ")
    await tell.clock(7)
    await tell.go("staff", 10, "Vướng mắc")
    await tell.say("staff", "Chưa có số liệu quý III")
    await tell.clock(14, 7, 30)
    await tell.clock(16, 7, 30)
    await tell.clock(17, 7, 30)


async def nobody_answers(tell: Scribe) -> None:
    """Đề nghị, kết quả chờ quá một ngày"""
    await tell.given()
    await tell.press("staff", "Xin gia hạn")
    await tell.say("staff", "đến thứ Sáu tuần sau vì chờ số liệu")
    await tell.given(to="mate", title="Rà số liệu")
    await tell.press("mate", "Khác")
    await tell.press("mate", "Ngoài thẩm quyền")
    await tell.say("mate", "thuộc phòng Quản trị")
    await tell.given(to="clerk", title="Lập danh mục")
    await tell.submitted(3, "clerk")
    await tell.clock(8, 9, 5)


async def supports_late(tell: Scribe) -> None:
    """Nhắc phần phối hợp"""
    await tell.say(
        "leader",
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, phối hợp: đồng chí Ông Thị Ngọc Trầm, phòng "
        "Quản trị, theo dõi: đồng chí Giáp Văn Lộc Ninh, hạn thứ Sáu",
    )
    await tell.press("leader", "Giao việc")
    await tell.clock(14, 8)


async def not_reached(tell: Scribe) -> None:
    """Người được giao chưa bấm Bắt đầu, hoặc đã chặn bot"""
    for reach in (Reach.NEVER_STARTED, Reach.BLOCKED):
        await tell.reach("staff", reach)
        await tell.say("leader", "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, hạn thứ Sáu")
        await tell.press("leader", "Giao việc")


async def how_delivery_stands(tell: Scribe) -> None:
    """Tình hình gửi tin, người chưa liên lạc được"""
    await tell.say("admin", "/neo")
    await tell.say("staff", "/neo")
    await tell.say("admin", "/guitin")
    await tell.say("staff", "/guitin")
    await tell.say("head", "/guitin")
    await tell.reach("staff", Reach.BLOCKED)
    for number in (1, 2):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}")
    await tell.talk.at_work.assign(to="head", title="Rà soát số liệu")
    async with tell.talk.at_work.db.transaction() as tx:
        await outbox_results.settle(tx, [Ended(3, "failed", tell.talk.now)])
        await ledger.note(tx, [3], "put_off", "flooded", tell.talk.now)
        await ledger.note(tx, [3], "failed", "refused", tell.talk.now)
    await tell.say("admin", "/guitin")
    await tell.press("admin", "Tin gửi hỏng")
    await tell.press("admin", "Chưa liên lạc được")
    await tell.say("head", "/guitin")
    await tell.clock(11, 7, 30)
    await tell.say("staff", "/viec")


async def late_in_many_ways(tell: Scribe) -> None:
    """Việc lâu ngày trên thẻ và danh sách"""
    await tell.given()
    await tell.say("staff", "/viec 1")
    await tell.clock(31, 9)
    await tell.say("staff", "/viec 1")


async def own_hour(tell: Scribe) -> None:
    """Giờ tin buổi sáng của mỗi người; hoãn một lời nhắc"""
    await tell.say("staff", "/gionhac")
    await tell.press("staff", tell.button("staff"))
    await tell.say("staff", "/gionhac 8h15")
    await tell.given()
    await tell.clock(10, 9)
    await tell.press("staff", "Nhắc lại chiều nay")
    await tell.clock(10, 14)


async def in_brief(tell: Scribe) -> None:
    """Tin rút gọn: chỉ số việc và hạn; bấm mới đọc đủ"""
    await tell.say("staff", "/rutgon")
    await tell.press("staff", "Rút gọn")
    await tell.given()
    await tell.press("staff", "Xem đầy đủ")
    await tell.press("staff", "Đã nhận")
    await tell.say("leader", "/giao Giao đồng chí Mạc Thiên Ân soạn kế hoạch, hạn 10/12")
    await tell.press("leader", "Giao việc")
    await tell.clock(8, 7, 30)
    await tell.clock(10, 9)
    await tell.press("staff", "Xem đầy đủ")
    await tell.say("staff", "/rutgon")
    await tell.press("staff", "Gửi đầy đủ")
    tell.tell("Cơ quan đặt tin rút gọn cho mọi người; thẻ trong nhóm cũng rút gọn.")
    tell.talk.at_work.office.brief = True
    await tell.press("staff", "Rút gọn")
    await tell.say("staff", "/rutgon")
    group = await tell.group("leader", "staff")
    order = "/giao Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
    await tell.say("leader", order, chat_id=group)
    await tell.press_in(group, "leader", "Giao việc")
    await tell.press_in(group, "staff", "Đã nhận")
    await tell.submitted()
    told = tell.find("leader", "Xem đầy đủ")
    await tell.go("leader", 1, "Nghiệm thu")
    await tell.press("leader", "Xem đầy đủ", told)


async def own_calendar(tell: Scribe) -> None:
    """Hạn của mình trong lịch điện thoại: tệp, liên kết riêng, đổi và thu hồi"""
    await tell.say("staff", "/lichviec")
    await tell.given()
    await tell.say("staff", "/viec")
    await tell.press("staff", "Lịch trên điện thoại")
    tell.tell("Máy chủ web được bật.")
    tell.talk.at_work.office.web_address = "https://dondoc.example.vn"
    await tell.say("staff", "/lichviec")
    offered = tell.find("staff", "Tạo liên kết")
    await tell.press("staff", "Tạo liên kết")
    await tell.press("staff", "Tạo liên kết", offered)
    await tell.say("staff", "/lichviec")
    await tell.press("staff", "Đổi liên kết")
    await tell.press("staff", "Thôi")
    await tell.press("staff", "Đổi liên kết")
    await tell.press("staff", "Đổi liên kết")
    await tell.say("staff", "/lichviec")
    await tell.press("staff", "Thu hồi")
    await tell.press("staff", "Thu hồi")


async def a_list_put_off(tell: Scribe) -> None:
    """Hoãn cả danh sách nhắc việc"""
    for number in range(1, 15):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}", due=date(2026, 12, 31))
    await tell.talk.at_work.assign(title="Soạn công văn", due=date(2026, 12, 8))
    await tell.clock(8, 7, 30)
    await tell.clock(8, 9, 1)
    await tell.press("staff", "Nhắc lại sáng mai")
