"""4. Làm việc và nộp kết quả"""

from tests.chat.scribe import Scribe


async def from_start_to_end(tell: Scribe) -> None:
    """Từ nhận việc đến nghiệm thu"""
    await tell.given()
    await tell.press("staff", "Đã nhận")
    await tell.press("staff", "Báo tiến độ")
    await tell.say("staff", "đang làm")
    await tell.press("staff", "50%")
    await tell.press("staff", "Báo tiến độ")
    await tell.say("staff", "60% đã xong dự thảo")
    await tell.press("staff", "Vướng mắc")
    await tell.say("staff", "chưa có số liệu của phòng Quản trị")
    await tell.press("staff", "Hết vướng mắc")
    await tell.press("staff", "Nộp kết quả")
    await tell.say("staff", "đã trình Báo cáo 88-BC/VPTU")
    await tell.press("leader", "Trả lại")
    await tell.say("leader", "thiếu phụ lục số liệu")
    await tell.press("staff", "Nộp kết quả")
    await tell.send_file("staff", "bao-cao.pdf", "đã bổ sung phụ lục")
    await tell.press("leader", "Tệp: bao-cao.pdf")
    await tell.press("leader", "Nghiệm thu")
    for grade in ("Đạt tốt", "Đạt xuất sắc", "Đạt"):
        await tell.press("leader", grade)
    await tell.press("staff", "Lịch sử")


async def thought_better(tell: Scribe) -> None:
    """Thôi giữa chừng, và hoàn tác"""
    await tell.given()
    await tell.press("staff", "Nộp kết quả")
    await tell.press("staff", "Thôi")
    await tell.press("staff", "Vướng mắc")
    await tell.say("staff", "thôi")
    await tell.press("staff", "Nộp kết quả")
    await tell.say("staff", "đã xong")
    await tell.press("staff", "Hoàn tác")
    await tell.press("staff", "Lịch sử")


async def an_old_card(tell: Scribe) -> None:
    """Bấm trên thẻ đã cũ, hoặc bấm hai lần"""
    await tell.given()
    card = tell.last("staff")
    await tell.press("staff", "Đã nhận", card)
    await tell.press("staff", "Đã nhận", card)
    await tell.press("staff", "Vướng mắc")
    await tell.go("leader", 1, "Khác", "Hủy việc")
    await tell.say("leader", "đã có công văn thay thế")
    await tell.say("staff", "chưa có số liệu")
