"""The main story, told through two phones: a sentence becomes a task that is chased until done."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from bot.playground.phone import Phone
from bot.playground.remote import Remote

LEADER, STAFF = "Trịnh Quang Lĩnh", "Mạc Thiên Ân"
_ZONE = timezone(timedelta(hours=7))
MONDAY = datetime(2026, 12, 7, 9, tzinfo=_ZONE)
"""When the story begins: a working week without days off."""
_THURSDAY = datetime(2026, 12, 10, 7, 30, tzinfo=_ZONE)


async def main_story(play: Remote, echo: Callable[[str], None]) -> None:
    """Assign, receive, report, be reminded, submit, be returned, submit again, accept.

    `echo` gets the story line by line. Raises Unanswered where the bot does not do its part.
    """
    leader = await Phone.of(play, LEADER, _margin(echo, "Lĩnh"))
    staff = await Phone.of(play, STAFF, _margin(echo, "Ân"))
    for phone in (leader, staff):
        echo(f"\n● {phone.name} bấm Bắt đầu")
        await phone.start()
        await phone.expect("Chào đồng chí")

    echo(f"\n● {LEADER} giao việc bằng một câu")
    await leader.say(
        "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm 2026, chậm nhất 16h thứ Sáu"
    )
    draft = await leader.expect("soạn báo cáo tổng kết năm 2026", button="Giao việc")
    await leader.press("Giao việc", draft)

    echo(f"\n● {STAFF} nhận việc và báo tiến độ")
    card = await staff.expect("được giao việc mới", button="Đã nhận")
    await staff.press("Đã nhận", card)
    await staff.expect("đang thực hiện", edited=True)
    await staff.press("Báo tiến độ")
    await staff.expect("đến đâu rồi")
    await staff.say("60% đã xong dự thảo")
    await staff.expect("Đã ghi tiến độ")
    await leader.expect("60%", edited=True)

    echo("\n● Đồng hồ tới 07:30 thứ Năm, còn một ngày")
    await play.move_to(_THURSDAY)
    await staff.expect("sắp đến hạn", edited=False)

    echo(f"\n● {STAFF} nộp kết quả, {LEADER} trả lại")
    await _submit(staff, "Đã trình Báo cáo 88-BC/VPTU")
    await leader.press("Trả lại", await leader.expect("88-BC/VPTU", button="Trả lại"))
    await leader.expect("vì sao")
    await leader.say("Thiếu phụ lục số liệu")
    await leader.expect("Đã trả lại")
    await staff.expect("Thiếu phụ lục số liệu", button="Nộp kết quả")

    echo(f"\n● {STAFF} nộp lại, {LEADER} nghiệm thu")
    await _submit(staff, "Đã bổ sung phụ lục")
    await leader.press("Nghiệm thu", await leader.expect("bổ sung", button="Nghiệm thu"))
    await leader.expect("hoàn thành đúng hạn", edited=True)
    await staff.expect("đã được nghiệm thu", edited=False)


async def _submit(staff: Phone, result: str) -> None:
    await staff.press("Nộp kết quả")
    await staff.expect("gửi kết quả")
    await staff.say(result)
    await staff.expect("chờ nghiệm thu")


def _margin(echo: Callable[[str], None], owner: str) -> Callable[[str], None]:
    """Whose phone it is stands before every line."""
    return lambda block: echo("\n".join(f"{owner:>5} │ {line}" for line in block.split("\n")))
