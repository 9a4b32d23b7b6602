"""19. Hỏi bằng lời"""

from datetime import date, timedelta

from bot.chat.reporting.examples import EXAMPLES, nearest
from tests.chat.scribe import Scribe

STATES = (
    "việc nào đang chờ tôi quyết định?",
    "tháng này có bao nhiêu việc hoàn thành đúng hạn?",
    "tháng này có bao nhiêu việc hoàn thành quá hạn?",
    "tháng này xong mấy việc?",
    "việc nào chưa cập nhật?",
    "Ân chưa báo cáo những việc nào?",
    "việc nào chưa ai nhận?",
    "việc nào bị trả lại?",
    "việc nào đang chờ nghiệm thu?",
    "việc nào đang xin gia hạn?",
    "việc nào đã được gia hạn?",
    "việc nào đang vướng?",
    "việc nào đang tạm dừng?",
    "việc nào không có thời hạn?",
    "tuần sau phải nộp gì?",
    "có mấy việc hỏa tốc?",
    "có mấy việc thượng khẩn?",
    "có mấy việc khẩn?",
)
DAYS = (
    "hôm nay việc nào đến hạn?",
    "ngày mai việc nào đến hạn?",
    "ngày 25/12 việc nào đến hạn?",
    "từ 10/12 đến 20/12 việc nào đến hạn?",
    "đến hết 20/12 phải nộp gì?",
    "từ ngày 20/12 việc nào đến hạn?",
    "quý này việc nào đến hạn?",
    "năm nay việc nào đến hạn?",
    "từ đầu năm đến nay tôi đã giao mấy việc?",
)


async def an_answer(tell: Scribe) -> None:
    """Hỏi việc quá hạn, rồi hỏi tiếp"""
    for number in range(1, 10):
        to = ("staff", "mate", "clerk", "other")[number % 4]
        await tell.talk.at_work.assign(to=to, title=f"Lập danh mục {number}")
    await tell.talk.at_work.assign(by="head", to="mate", title="Soạn lịch công tác")
    await tell.talk.at_work.assign(to="mate", title="Lập dự toán", due=date(2026, 12, 25))
    await tell.clock(17)
    await tell.say("leader", "việc nào quá hạn trên 2 ngày?")
    await tell.press("leader", "Sau ›")
    await tell.say("leader", "còn phòng Quản trị?")
    await tell.say("leader", "còn Ân?")
    await tell.say("leader", "đơn vị nào chậm nhất quý này?")
    await tell.say("leader", "ai đang nhiều việc nhất?")
    await tell.say("leader", "ai ít việc nhất?")
    await tell.say("leader", "phòng Tổng hợp có việc mua sắm nào quá hạn không?")
    await tell.say("leader", "tỷ lệ quá hạn của phòng Quản trị")
    await tell.say("leader", "phòng nào có tỷ lệ quá hạn cao nhất?")
    await tell.say("leader", "phòng nào có tỷ lệ quá hạn thấp nhất?")
    await tell.say("leader", "/tonghop quá hạn phòng Quản trị")
    await tell.say("leader", "tuần này anh Ân phải nộp gì?")
    await tell.say("leader", "cả phòng thì sao?")
    await tell.say("leader", "việc 3")
    await tell.say("leader", "Nhi giao những việc gì?")
    await tell.say("leader", "Công văn 2618-CV/VPTU ai đang làm, đến đâu?")
    await tell.say("leader", "bao giờ có lương?")
    await tell.press("leader", "Việc quá hạn")
    await tell.say("leader", "khi nào mưa?")


async def states_and_days(tell: Scribe) -> None:
    """Hỏi theo tình trạng và theo ngày"""
    await tell.given()
    for text in (*STATES, *DAYS):
        await tell.say("leader", text)
    tell.talk.now += timedelta(days=1)
    await tell.say("leader", "hôm qua tôi giao mấy việc?")


async def what_can_be_asked(tell: Scribe) -> None:
    """Những câu hỏi bot gợi ý khi chưa rõ"""
    for _, question in EXAMPLES.values():
        shown = nearest(question, "")
        labels = [[one.label for one in line] for line in shown.keyboard or ()]
        tell.show("\nGợi ý", shown.text.strip(), labels)


async def a_name_that_is_a_day(tell: Scribe) -> None:
    """Tên người cũng là tên ngày: Mai"""
    await tell.given()
    await tell.say("leader", "việc của chị Mai")
    await tell.comes("Khổng Thị Mai")
    await tell.say("leader", "Mai có việc gì?")
    await tell.press("leader", "1")
    await tell.say("leader", "/tonghop Mai")
    await tell.say("leader", "/baocao đồng chí Mai")
    await tell.comes("Trần Ngọc Mai")
    await tell.say("leader", "/tonghop đồng chí Mai")


async def figures_in_words(tell: Scribe) -> None:
    """Tổng hợp, báo cáo bằng lời"""
    await tell.given()
    await tell.say("leader", "tổng hợp phòng Tổng hợp")
    await tell.say("leader", "báo cáo tháng 12 phòng Tổng hợp")
    await tell.say("staff", "tổng hợp phòng Tổng hợp")
