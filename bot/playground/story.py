"""The main story, told through two phones: a sentence becomes a task that is chased until done."""

from bot.playground.phone import Phone
from bot.playground.remote import Remote


async def main_story(leader: Phone, staff: Phone, play: Remote) -> None:
    """Assign, receive, report, be reminded, submit, be returned, submit again, accept.

    Raises Unanswered where the bot does not do its part.
    """
    await leader.start()
    await staff.start()
    await leader.say(f"Giao đồng chí {staff.name} soạn báo cáo tổng kết năm 2026, hạn 17h ngày mai")
    draft = await leader.expect("báo cáo tổng kết năm 2026", button="Giao việc")
    await leader.press("Giao việc", draft)

    card = await staff.expect("báo cáo tổng kết năm 2026", button="Đã nhận")
    await staff.press("Đã nhận", card)
    await leader.expect("Đã nhận", edited=True)

    await staff.press("Báo tiến độ")
    await staff.say("60% đã có số liệu của các phòng")
    await leader.expect("60%")

    await play.advance(days=1, hours=-1)
    await staff.expect("báo cáo tổng kết năm 2026", edited=False)

    await staff.press("Nộp kết quả")
    await staff.say("Đã trình dự thảo báo cáo số 88-BC/VPTU")
    await leader.press("Trả lại")
    await leader.say("Bổ sung số liệu của hai Đảng ủy")
    await staff.expect("Bổ sung số liệu")

    await staff.press("Nộp kết quả")
    await staff.send_file("bao-cao.txt", b"bao cao", caption="Đã bổ sung")
    await leader.press("Nghiệm thu")
    await staff.expect("oàn thành")
