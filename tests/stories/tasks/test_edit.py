"""A task is put right after it was assigned: by presses where few values are, else by one message."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def field(leader: Phone, label: str) -> None:
    await leader.say("/viec 1")
    await leader.press("Khác", await leader.expect("Việc số 1", button="Khác", edited=False))
    await leader.press("Sửa việc", await leader.expect(button="Sửa việc", edited=True))
    await leader.press(label, await leader.expect(button=label, edited=True))


async def test_every_field(stage: Stage, leader: Phone, staff: Phone) -> None:
    mate = await stage.phone("Ông Thị Ngọc Trầm")
    await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.expect("Đồng chí được giao việc mới")
    await leader.catch_up()

    await field(leader, "Hạn")
    await leader.expect("Hạn mới của việc số 1")
    await leader.say("thứ Sáu tuần sau vì lùi cuộc họp")
    await leader.expect("17:00 thứ Sáu, 18/12/2026", edited=False)
    told = await staff.expect("Hạn của việc đã thay đổi", edited=False)
    assert "17:00 thứ Sáu, 18/12/2026" in told.text

    await field(leader, "Độ khẩn")
    await leader.press("Hỏa tốc", await leader.expect(button="Hỏa tốc", edited=True))
    await staff.expect("HỎA TỐC", edited=True)

    await field(leader, "Người tham gia")
    await leader.press("Thêm phối hợp", await leader.expect(button="Thêm phối hợp", edited=True))
    await leader.expect("Thêm ai phối hợp")
    await leader.say("đồng chí Trầm")
    await leader.expect("☐ Ông Thị Ngọc Trầm", edited=False)
    await mate.expect("Đồng chí phối hợp việc này")
    await field(leader, "Người tham gia")
    await leader.press("Bỏ: Ông Thị Ngọc Trầm")
    await mate.expect("Việc số 1: đồng chí không còn tham gia")

    await field(leader, "Nội dung")
    await leader.expect("Nội dung mới")
    await leader.say("soạn báo cáo năm")
    await staff.expect("soạn báo cáo năm", edited=True)

    await leader.press("Lịch sử")
    history = (await leader.expect("Lịch sử việc số 1")).text
    assert "sửa việc, hạn: 17:00 thứ Sáu, 11/12/2026 → 17:00 thứ Sáu, 18/12/2026" in history
    assert "thứ Sáu tuần sau vì lùi cuộc họp" in history
    assert "sửa việc, độ khẩn: Thường → Hỏa tốc" in history
    assert "sửa việc, thêm phối hợp Ông Thị Ngọc Trầm" in history
    assert "sửa việc, bỏ Ông Thị Ngọc Trầm" in history
    assert "sửa việc, nội dung: soạn báo cáo quý → soạn báo cáo năm" in history
