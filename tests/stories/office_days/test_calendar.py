"""An admin changes the office's calendar from the chat, by a line or by a file."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

ADMIN = "Vương Hải Đăng"


async def test_a_day_off_announced_late(stage: Stage, leader: Phone, staff: Phone) -> None:
    admin = await stage.phone(ADMIN)
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.press("Đã nhận", await staff.expect("được giao việc mới"))
    await admin.say("/lich nghỉ 10/12/2026 nghỉ bù")
    page = await admin.expect("Đã đổi lịch cơ quan")
    assert "thứ Năm, 10/12/2026 · nghỉ (nghỉ bù)" in page.text
    assert "thứ Sáu, 01/01/2027 · Tết Dương lịch" in page.text
    await stage.at(9, 7, 30)
    await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await stage.at(10, 9)
    await admin.press("Bỏ 10/12/2026", page)
    await admin.expect("Cơ quan tự đặt: 0", edited=True)
    await staff.say("/viec 1")
    await staff.expect("Việc số 1")
    said = "SELECT COUNT(*) FROM reminders WHERE rung = 'before' AND outcome = 'sent'"
    assert stage.rows(said) == [(1,)]


async def test_a_file_of_days_is_looked_at_before_it_holds(stage: Stage) -> None:
    admin = await stage.phone(ADMIN)
    content = "ngày,làm việc,ghi chú\n31/02/2027,nghỉ,\n"
    await admin.send_file("lich.csv", content.encode())
    await admin.expect("Dòng 2: không có ngày “31/02/2027”")
    content = "ngày,làm việc,ghi chú\n02/01/2026,nghỉ,Nghỉ bù\n04/01/2027,nghỉ,Nghỉ bù\n"
    await admin.send_file("lich.csv", content.encode())
    offered = await admin.expect("Chưa ghi: 2 ngày nghỉ", button="Ghi vào lịch")
    assert stage.rows("SELECT COUNT(*) FROM calendar_days") == [(0,)]
    await admin.press("Ghi vào lịch", offered)
    page = await admin.expect("Đã đổi lịch cơ quan", edited=True)
    assert "thứ Hai, 04/01/2027 · nghỉ (Nghỉ bù)" in page.text
    assert stage.rows("SELECT COUNT(*) FROM calendar_days") == [(2,)]


async def test_others_see_it_and_change_nothing(stage: Stage, staff: Phone) -> None:
    await staff.say("/lich")
    page = await staff.expect("Ngày nghỉ lễ sắp tới")
    assert page.rows == []
    await staff.say("/lich nghỉ 10/12/2026")
    await staff.expect("không có quyền")
    assert stage.rows("SELECT COUNT(*) FROM calendar_days") == [(0,)]
