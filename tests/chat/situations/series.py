"""9. Việc định kỳ"""

from tests.chat.scribe import Scribe

SENTENCE = "Giao đồng chí Mạc Thiên Ân thứ Sáu hằng tuần gửi lịch công tác"


async def one_called_off(tell: Scribe) -> None:
    """Hủy một kỳ"""
    await tell.say("leader", SENTENCE)
    await tell.press("leader", "Giao việc")
    await tell.go("leader", 1, "Khác", "Hủy việc")


async def first_day_asked(tell: Scribe) -> None:
    """Chưa rõ kỳ đầu"""
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân nộp báo cáo tháng hằng quý")
    await tell.say("leader", "15/12")


async def stood_still(tell: Scribe) -> None:
    """Bot tạm dừng lâu: các kỳ đã qua không giao"""
    await tell.say("leader", SENTENCE)
    await tell.press("leader", "Giao việc")
    await tell.clock(80, 8)
    await tell.go("leader", 1, "Lịch sử")


async def lead_left(tell: Scribe) -> None:
    """Người chủ trì việc định kỳ thôi công tác"""
    await tell.say("head", SENTENCE)
    await tell.press("head", "Giao việc")
    await tell.left("staff")
    await tell.clock(14, 8)
    await tell.press("head", "Xem")
    await tell.press("head", "Lịch sử")


async def lead_moved(tell: Scribe) -> None:
    """Người chủ trì việc định kỳ chuyển đơn vị, ngoài phạm vi người giao"""
    await tell.say("head", SENTENCE)
    await tell.press("head", "Giao việc")
    await tell.moved("staff", "th", "qt")
    await tell.clock(14, 8)


async def from_sentence_to_stop(tell: Scribe) -> None:
    """Giao việc định kỳ, kỳ sau, bỏ một kỳ, đổi, dừng"""
    await tell.say("leader", "/dinhky")
    await tell.say("leader", SENTENCE)
    await tell.press("leader", "Chỉ một lần")
    await tell.press("leader", "Lặp lại")
    await tell.press("leader", "Giao việc")
    await tell.submitted()
    await tell.press("leader", "Nghiệm thu")
    await tell.clock(14, 8)
    await tell.say("staff", "/dinhky")
    await tell.say("leader", "/dinhky")
    await tell.press("leader", "Định kỳ 1")
    await tell.press("leader", "Bỏ kỳ tới")
    await tell.press("leader", "Vẫn giao kỳ 25/12")
    await tell.press("leader", "Bỏ kỳ tới")
    await tell.press("leader", "Đổi từ kỳ tới")
    await tell.say("leader", "không rõ")
    await tell.say("leader", "đổi thành ngày 25 hằng tháng")
    await tell.press("leader", "Đổi từ kỳ tới")
    await tell.say("leader", "giao đồng chí Ông Thị Ngọc Trầm")
    await tell.press("leader", "Đổi từ kỳ tới")
    await tell.press("leader", "Thôi")
    await tell.press("leader", "Lịch sử")
    await tell.namesakes()
    await tell.press("leader", "Đổi từ kỳ tới")
    await tell.say("leader", "giao đồng chí Hà")
    await tell.press("leader", tell.button("leader", "Hà"))
    await tell.go("staff", 2, "Lịch sử")
    await tell.press("leader", "Dừng")
    await tell.press("leader", "Dừng hẳn")
    await tell.say("leader", "/dinhky")
