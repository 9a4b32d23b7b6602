"""13. Nghỉ và người xử lý thay"""

from tests.chat.scribe import Scribe


async def in_one_sentence(tell: Scribe) -> None:
    """Báo nghỉ bằng một câu; người xử lý thay; đi làm lại"""
    await tell.given()
    await tell.say("staff", "/nghi")
    await tell.say("staff", "nghỉ từ 9/12 đến 11/12, đồng chí Trầm xử lý thay")
    await tell.press("staff", "Xác nhận")
    await tell.clock(9, 7, 30)
    await tell.say("leader", "Giao đồng chí Mạc Thiên Ân rà soát hồ sơ, hạn 15/12")
    await tell.press("leader", "Giao việc")
    await tell.press("mate", "Đã nhận")
    await tell.say("mate", "/viec")
    await tell.press("mate", "Lịch sử")
    await tell.say("leader", "/nghi")
    await tell.clock(14, 7, 30)


async def by_buttons(tell: Scribe) -> None:
    """Báo nghỉ bằng nút, đổi, rồi bỏ"""
    await tell.say("staff", "/nghi")
    await tell.press("staff", "Báo nghỉ")
    await tell.press("staff", "Cả tuần sau")
    await tell.press("staff", tell.button("staff", "Trầm"))
    await tell.press("staff", "Đổi người thay")
    await tell.press("staff", "Không cử ai")
    await tell.press("staff", "Xác nhận")
    await tell.press("staff", "Đổi ngày")
    await tell.press("staff", "Ngày mai")
    await tell.press("staff", "Xác nhận")
    await tell.say("leader", "/nghi")
    await tell.press("staff", "Bỏ lịch nghỉ")
    await tell.say("staff", "tôi nghỉ từ 9/12")
    await tell.press("staff", "Thôi")
    await tell.say("staff", "nghỉ ngày 12/12, đồng chí Trầm xử lý thay")


async def for_somebody(tell: Scribe) -> None:
    """Lãnh đạo báo nghỉ cho người khác; người thay cũng nghỉ; về sớm"""
    await tell.say("mate", "nghỉ từ 10/12 đến 11/12, đồng chí Nhi xử lý thay")
    await tell.press("mate", "Xác nhận")
    await tell.say("leader", "đồng chí Ân nghỉ từ 8/12 đến 11/12, đồng chí Trầm xử lý thay")
    await tell.press("leader", "Xác nhận")
    await tell.clock(8, 7, 30)
    await tell.press("leader", "Đổi người thay")
    await tell.say("leader", "đồng chí Đoàn Thục Hạnh Nhi")
    await tell.press("leader", "Xác nhận")
    await tell.say("staff", "/nghi")
    await tell.press("staff", tell.button("staff", "Mạc Thiên Ân"))
    await tell.press("staff", "Đã đi làm lại")
    await tell.clock(8, 7, 31)
    await tell.say("leader", "đồng chí Ân nghỉ từ 14/12 đến 15/12")
    await tell.press("leader", "Không cử ai")
    await tell.press("leader", "Xác nhận")
    await tell.press("leader", "Bỏ lịch nghỉ")


async def much_to_look_after(tell: Scribe) -> None:
    """Người nghỉ có nhiều việc"""
    for number in range(1, 12):
        await tell.talk.at_work.assign(title=f"Lập danh mục {number}")
    await tell.say("staff", "nghỉ từ 8/12 đến 9/12, đồng chí Trầm xử lý thay")
    await tell.press("staff", "Xác nhận")
    await tell.clock(8, 7, 30)
    for number in range(1, 12):
        await tell.quietly("mate", number, "Đã nhận")
    await tell.clock(10, 7, 30)
