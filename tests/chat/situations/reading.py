"""3. Nói bằng lời với bot"""

from tests.chat.scribe import Scribe


async def reports_in_words(tell: Scribe) -> None:
    """Báo việc bằng lời"""
    await tell.given()
    for said in (
        "việc 1 đã nhận", "việc 1 được 60% rồi", "việc 1 vướng số liệu của phòng Quản trị",
        "việc 1 xin gia hạn đến thứ Sáu tuần sau vì chờ số liệu", "đã xong việc rồi", "việc 1 xong rồi",
    ):  # fmt: skip
        await tell.say("staff", said)
    await tell.say("staff", "thôi")


async def of_which_task(tell: Scribe) -> None:
    """Báo việc mà không nói việc nào: bấm số việc"""
    await tell.given()
    await tell.send_file("staff", "du-thao.docx", "được 40% rồi")
    await tell.press("staff", "Việc 1")
    await tell.say("staff", "xin gia hạn đến thứ Tư tuần sau vì chờ số liệu")
    await tell.press("staff", "Việc 1")
    await tell.say("other", "xong rồi")


async def questions_in_words(tell: Scribe) -> None:
    """Hỏi bằng lời"""
    await tell.given()
    for said in (
        "việc 1 đến đâu rồi?", "việc nào quá hạn?", "tình hình thế nào?", "Ân đang làm gì?",
        "báo cáo quý đến đâu rồi?", "tháng này có việc gì?",
    ):  # fmt: skip
        await tell.say("leader", said)
    await tell.say("staff", "tôi có việc gì?")


async def a_doubtful_extension(tell: Scribe) -> None:
    """Xin gia hạn bằng lời mà chưa rõ ngày"""
    await tell.given()
    await tell.say("staff", "việc 1 xin gia hạn sau Tết vì chờ số liệu")


async def an_order_or_a_question(tell: Scribe) -> None:
    """Giao việc hay hỏi?"""
    for choice in ("Giao việc", "Hỏi"):
        await tell.say("leader", "Giao đồng chí Ân soạn báo cáo tháng trước thứ Sáu chưa?")
        await tell.press("leader", choice)
