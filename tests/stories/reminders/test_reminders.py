"""The clock chases: before, at and after the deadline, each rung once, and after any stop."""

from bot.playground.phone import Phone
from tests.stories.stage import DEPUTY, HEAD, LEADER, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, chậm nhất 16h thứ Sáu"


async def test_the_whole_ladder(stage: Stage, leader: Phone, staff: Phone) -> None:
    head = await stage.phone(HEAD)
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect("được giao việc mới")
    await leader.catch_up()

    await stage.at(8, 7, 30)
    await staff.expect("VÀNG: sắp đến hạn, chưa có kết quả", edited=False)
    await stage.at(10, 7, 30)
    await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await stage.at(11, 14)
    await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await stage.at(11, 15, 29)
    await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await stage.at(11, 16)
    await staff.expect("Nhắc: đến hạn", edited=False)
    await stage.at(11, 16, 1)
    await staff.expect("ĐỎ: đã quá hạn", edited=False)
    await head.expect("ĐỎ: đã quá hạn")
    await stage.at(16, 7, 30)
    special = await leader.expect("ĐỎ ĐẶC BIỆT", edited=False)
    assert "quá hạn 3 ngày làm việc" in special.text
    await staff.expect("ĐỎ ĐẶC BIỆT", edited=False)
    await stage.at(17, 7, 30)
    digest = await staff.expect("Việc hôm nay, thứ Năm, 17/12/2026", edited=False)
    assert "Quá hạn: 1" in digest.text
    exceptions = await leader.expect("Cần quyết định: 1", edited=False)
    assert "Mạc Thiên Ân · quá hạn 4 ngày làm việc" in exceptions.text
    mornings = "SELECT COUNT(*) FROM outbox WHERE state = 'folded' AND kind = 'digest'"
    assert stage.rows(mornings) != [(0,)], "a reminder and the morning of one task are one message"
    sent = stage.rows(
        "SELECT rung, COUNT(*) FROM reminders WHERE outcome = 'sent' AND since ="
        " (SELECT due_at FROM tasks) GROUP BY rung ORDER BY rung"
    )
    assert sent == [("before", 3), ("due", 1), ("red", 1), ("red_special", 1), ("yellow", 1)]


async def test_a_red_task_climbs_until_somebody_decides(stage: Stage, staff: Phone) -> None:
    """A head assigned it; then who is in charge of the unit hears of it, then the leader of all."""
    head, deputy, leader = [await stage.phone(name) for name in (HEAD, DEPUTY, LEADER)]
    await head.say("Giao đồng chí Mạc Thiên Ân rà soát số liệu, hạn thứ Sáu")
    await head.press("Giao việc", await head.expect(button="Giao việc"))
    card = await staff.expect("được giao việc mới")
    await staff.press("Đã nhận", card)
    await stage.at(14, 7, 30)
    await head.expect("ĐỎ: đã quá hạn", edited=False)
    await stage.at(16, 7, 30)
    await head.expect("ĐỎ ĐẶC BIỆT", edited=False)
    await stage.at(21, 7, 30)
    await deputy.expect("báo cáo cấp trên", edited=False)
    await stage.at(24, 7, 30)
    told = await leader.expect("báo cáo cấp trên", edited=False)
    assert "quá hạn 9 ngày làm việc" in told.text


async def test_who_says_nothing_is_asked(stage: Stage, leader: Phone, staff: Phone) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân rà soát số liệu, hạn 31/12")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.expect("được giao việc mới")
    await stage.at(8, 9, 1)
    asked = await staff.expect("Nhắc: việc mới, đồng chí bấm Đã nhận", edited=False)
    await staff.press("Đã nhận", asked)
    await staff.expect("đang thực hiện", edited=True)
    await stage.at(15, 7, 30)
    stale = await staff.expect("Nhắc: việc chưa cập nhật", edited=False)
    assert "Chưa cập nhật: 5 ngày làm việc" in stale.text
    await leader.say("/giaodi")
    await leader.expect("chưa cập nhật")
    await staff.press("Báo tiến độ", stale)
    await staff.expect("đến đâu rồi")
    await staff.say("40%")
    await staff.expect("Đã ghi tiến độ")
    await stage.at(16, 7, 30)
    await staff.say("/viec 1")
    assert "Chưa cập nhật" not in (await staff.expect("40%", edited=False)).text
    stale_rows = "SELECT COUNT(*) FROM reminders WHERE rung = 'stale' AND outcome = 'sent'"
    assert stage.rows(stale_rows) == [(1,)]


async def test_nobody_is_chased_for_what_is_handed_in(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Nộp kết quả", await staff.expect(button="Nộp kết quả"))
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình Báo cáo 90-BC/VPTU")
    await staff.expect("chờ nghiệm thu")
    await leader.press("Nghiệm thu")
    await staff.expect("Kết quả đã được nghiệm thu")
    await stage.at(17)
    await staff.say("/viec")
    await staff.expect("không có việc nào đang mở")
    assert stage.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'reminder'") == [(0,)]


async def test_after_a_stop_everything_due_comes_folded_into_one_message(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    for day in ("thứ Tư", "thứ Năm", "thứ Sáu"):
        await leader.say(f"Giao đồng chí Mạc Thiên Ân báo cáo việc {day}, chậm nhất 16h {day}")
        await leader.press("Giao việc", await leader.expect(f"việc {day}", button="Giao việc"))
        await staff.expect(f"việc {day}")
    await stage.stop_bot()
    await stage.at(14, 6)
    await stage.start_bot()
    await staff.say("/viec")
    await staff.expect("Việc của đồng chí: 3")
    await stage.at(14, 7, 31)
    told = await staff.expect("Quá hạn: 3", edited=False)
    assert told.text.count("ĐỎ: đã quá hạn") == 2
    assert told.text.count("ĐỎ ĐẶC BIỆT") == 1
    await staff.press("1", told)
    await staff.expect("Việc số 1")
    waiting = stage.rows(
        "SELECT COUNT(*) FROM reminders WHERE settled_at IS NULL AND at < '2026-12-13'"
    )
    assert waiting == [(0,)]
    sent = stage.rows(
        "SELECT task_id, COUNT(*) FROM reminders WHERE outcome = 'sent' GROUP BY task_id"
    )
    assert sent == [(1, 1), (2, 1), (3, 1)]


async def test_killed_in_the_middle_of_a_batch_of_reminders(stage: Stage, leader: Phone) -> None:
    people = ["Mạc Thiên Ân", "Lục Gia Khiêm", "Ông Thị Ngọc Trầm", "Quách Duy Mẫn", "Hứa Cẩm Vy"]
    phones = [await stage.phone(name) for name in people]
    for phone in phones:
        await leader.say(f"Giao đồng chí {phone.name} báo cáo nhanh, chậm nhất 16h thứ Sáu")
        await leader.press("Giao việc", await leader.expect(phone.name, button="Giao việc"))
        await phone.expect("báo cáo nhanh")
    await stage.play.faults(delay_ms=400)
    await stage.at(11, 16)
    await phones[0].expect("Nhắc: đến hạn", edited=False)
    await stage.kill_bot()
    await stage.play.faults(delay_ms=0)
    await stage.start_bot()
    for phone in phones[1:]:
        await phone.expect("Nhắc: đến hạn", edited=False)


async def test_a_reminder_is_put_off_but_never_past_the_deadline(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân rà soát số liệu, hạn thứ Sáu")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.press("Đã nhận", await staff.expect("được giao việc mới"))
    await stage.at(10, 7, 30)
    reminder = await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await staff.press("Nhắc lại chiều nay", reminder)
    shown = await staff.expect("Sẽ nhắc lại lúc 14:00 thứ Năm, 10/12/2026", edited=True)
    assert "Nhắc lại chiều nay" not in [one.label for row in shown.rows for one in row]
    await stage.at(10, 14)
    later = await staff.expect("Nhắc lại theo yêu cầu", edited=False)
    assert [one.label for one in later.rows[-1]] == ["Nhắc lại sáng mai"]
    await staff.press("Nhắc lại sáng mai", later)
    await staff.expect("Sẽ nhắc lại lúc 07:30 thứ Sáu, 11/12/2026", edited=True)
    await stage.at(11, 7, 30)
    last = await staff.expect("Nhắc: đến hạn", edited=False)
    assert [one.label for one in last.rows[-1]] == ["Nhắc lại chiều nay"]


async def test_each_chooses_the_hour_of_their_digest(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân rà soát số liệu, hạn thứ Tư")
    await leader.press("Giao việc", await leader.expect(button="Giao việc"))
    await staff.press("Đã nhận", await staff.expect("được giao việc mới"))
    await staff.say("/gionhac")
    page = await staff.expect("đến lúc 07:30 mỗi ngày làm việc")
    await staff.press("09:00", page)
    await staff.expect("đến lúc 09:00 mỗi ngày làm việc", edited=True)
    await staff.say("/gionhac 21h")
    await staff.expect("chọn giờ từ 07:15 đến 17:30")
    await stage.at(9, 7, 45)
    await staff.expect("Nhắc: đến hạn", edited=False)
    await stage.at(9, 9)
    digest = await staff.expect("Việc hôm nay, thứ Tư, 09/12/2026", edited=False)
    assert "Đến hạn hôm nay: 1" in digest.text
    assert stage.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'digest'") == [(1,)]
