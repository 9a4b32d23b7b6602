"""Outside working hours and on days off people are left in peace, but for hỏa tốc and their own acts."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage


async def test_a_task_of_the_evening_is_told_in_the_morning(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await stage.at(11, 21)
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, chậm nhất 16h thứ Tư")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    said = await leader.expect("Ngoài giờ làm việc: người nhận được báo lúc", edited=True)
    assert "07:15 thứ Hai, 14/12/2026" in said.text
    await staff.say("/viec")
    await staff.expect("Việc của đồng chí: 1")
    for day, hour, minute in ((12, 9, 0), (13, 9, 0), (14, 7, 14)):
        await stage.at(day, hour, minute)
        await leader.say("/viec 1")
        await leader.expect("Việc số 1")
    waiting = "SELECT state FROM outbox WHERE kind = 'task.assigned'"
    assert stage.rows(waiting) == [("waiting",)]
    await stage.at(14, 7, 15)
    await staff.expect("Đồng chí được giao việc mới")


async def test_hoa_toc_is_told_at_once(stage: Stage, leader: Phone, staff: Phone) -> None:
    await stage.at(12, 22)
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn công điện, hỏa tốc, chậm nhất 23h")
    card = await leader.expect(button="Giao việc")
    await leader.press("Giao việc", card)
    told = await staff.expect("Đồng chí được giao việc mới")
    assert "HỎA TỐC" in told.text
    await staff.press("Đã nhận", told)
    await staff.expect("đang thực hiện", edited=True)
    await stage.at(12, 22, 45)
    await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await stage.at(12, 23, 1)
    await leader.catch_up()
    await staff.expect("ĐỎ: đã quá hạn", edited=False)


async def test_who_comes_at_night_hears_what_waited(stage: Stage, leader: Phone) -> None:
    await leader.say("Giao đồng chí Ông Thị Ngọc Trầm rà soát số liệu, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await stage.at(8, 21)
    mate = await stage.phone("Ông Thị Ngọc Trầm")
    await mate.expect("Đồng chí được giao việc mới")


async def test_whoever_decides_is_asked_in_the_morning(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    card = await staff.expect("được giao việc mới")
    await stage.at(8, 20)
    await staff.press("Nộp kết quả", card)
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình Báo cáo 90-BC/VPTU")
    await staff.expect("chờ nghiệm thu")
    asked = "SELECT state FROM outbox WHERE kind = 'task.submitted'"
    await stage.until(f"SELECT COUNT(*) = 1 FROM ({asked})")
    await stage.at(9, 6)
    await staff.say("/viec 1")
    await staff.expect("Việc số 1")
    assert stage.rows(asked) == [("waiting",)]
    await stage.at(9, 7, 15)
    await leader.expect("Kết quả đã nộp", button="Nghiệm thu")
