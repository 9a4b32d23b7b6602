"""Somebody is away: one sentence, a deputy who gets it all, and one message on the return."""

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm, trước 17h thứ Sáu"
KHIEM = "Lục Gia Khiêm"
AWAY = "nghỉ từ 9/12 đến 12/12, đồng chí Khiêm xử lý thay"


async def test_a_sentence_a_deputy_and_back(stage: Stage, leader: Phone, staff: Phone) -> None:
    khiem = await stage.phone(KHIEM)
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Đã nhận")

    await staff.say(AWAY)
    preview = await staff.expect("Lịch nghỉ của đồng chí Mạc Thiên Ân", button="Xác nhận")
    assert "Từ thứ Tư, 09/12/2026 đến thứ Bảy, 12/12/2026 (3 ngày làm việc)" in preview.text
    assert f"Xử lý thay: {KHIEM}" in preview.text
    assert "Việc đang mở: 1" in preview.text
    await staff.press("Xác nhận", preview)
    await staff.expect("Đã ghi lịch nghỉ.", button="Bỏ lịch nghỉ", edited=True)

    await stage.at(9, 7, 20)
    told = await khiem.expect("Từ hôm nay đồng chí xử lý thay đồng chí Mạc Thiên Ân")
    assert "Việc đang mở: 1" in told.text
    await khiem.press("Việc 1", told)
    card = await khiem.expect("Việc số 1", button="Báo tiến độ")
    assert "Chủ trì: Mạc Thiên Ân, Phòng Tổng hợp (Lục Gia Khiêm xử lý thay đến 12/12)" in card.text
    await khiem.press("Báo tiến độ", card)
    await khiem.expect("Việc số 1 đến đâu rồi?")
    await khiem.say("60% đã xong dự thảo")
    await khiem.expect("Đã ghi tiến độ.")
    await khiem.press("Lịch sử")
    history = await khiem.expect("Lịch sử việc số 1")
    assert f"{KHIEM} (thay Mạc Thiên Ân) báo tiến độ 60%" in history.text

    await stage.at(10, 17)
    await khiem.expect("Nhắc: sắp đến hạn", edited=False)
    await staff.catch_up()

    await stage.at(11, 8)
    await staff.say("/nghi")
    listed = await staff.expect("Lịch nghỉ: 1", button="Mạc Thiên Ân")
    await staff.press("Mạc Thiên Ân", listed)
    page = await staff.expect(button="Đã đi làm lại", edited=True)
    await staff.press("Đã đi làm lại", page)
    back = await staff.expect("Chào đồng chí đi làm lại")
    assert f"{KHIEM} (thay) báo tiến độ 60%" in back.text
    await khiem.expect("Từ bây giờ đồng chí thôi xử lý thay")
    await staff.say("/nghi")
    await staff.expect("Chưa có ai báo nghỉ")
    told_once = stage.rows(
        "SELECT kind, COUNT(*) FROM outbox WHERE kind LIKE 'absence.%' GROUP BY kind"
    )
    assert told_once == [("absence.back", 1), ("absence.begun", 1), ("absence.over", 1)]


async def test_by_buttons_and_by_the_head(stage: Stage, staff: Phone) -> None:
    head, khiem = await stage.phone(HEAD), await stage.phone(KHIEM)
    await head.say("/nghi")
    await head.press("Báo nghỉ", await head.expect("Chưa có ai báo nghỉ", button="Báo nghỉ"))
    asked = await head.expect("nghỉ từ ngày nào đến ngày nào?", button="Ngày mai")
    await head.press("Thôi", asked)
    await head.expect("Đã thôi.", edited=True)

    await head.say("đồng chí Ân nghỉ hôm nay")
    asked = await head.expect("Ai xử lý thay đồng chí Mạc Thiên Ân", button=KHIEM)
    await head.press(KHIEM, asked)
    preview = await head.expect(button="Xác nhận", edited=True)
    await head.press("Đổi ngày", preview)
    await head.press("Đến hết thứ Sáu", await head.expect(button="Đến hết thứ Sáu", edited=True))
    await head.press("Xác nhận", await head.expect("11/12/2026", button="Xác nhận", edited=True))
    await head.expect("Đã ghi lịch nghỉ.", edited=True)
    noted = await staff.expect(f"Đồng chí {HEAD} đã báo nghỉ cho đồng chí")
    assert f"Xử lý thay: {KHIEM}" in noted.text
    await khiem.expect("Từ hôm nay đồng chí xử lý thay")

    await khiem.say("đồng chí Ân nghỉ thứ Hai tuần sau, tôi xử lý thay")
    await khiem.expect("không có quyền")


async def test_a_sentence_about_another_is_no_answer(stage: Stage, staff: Phone) -> None:
    head = await stage.phone(HEAD)
    await head.say("tôi nghỉ ngày 9/12")
    await head.expect(f"Ai xử lý thay đồng chí {HEAD}")
    await head.say("đồng chí Ân nghỉ mai, đồng chí Trầm xử lý thay")
    preview = await head.expect("Lịch nghỉ của đồng chí Mạc Thiên Ân", button="Xác nhận")
    assert "08/12/2026" in preview.text
    await head.press("Xác nhận", preview)
    await staff.expect(f"Đồng chí {HEAD} đã báo nghỉ cho đồng chí")


async def test_an_absence_within_an_order_is_an_order(stage: Stage, leader: Phone) -> None:
    await leader.say("Đồng chí Ân nghỉ từ 9/12, giao đồng chí Khiêm soạn báo cáo tháng, hạn 12/12")
    draft = await leader.expect(button="Giao việc")
    assert "Lịch nghỉ" not in draft.text


async def test_killed_before_the_answer_it_is_given_after(stage: Stage, staff: Phone) -> None:
    await stage.mute()
    await staff.say(f"/nghi {AWAY}")
    await stage.kill_before_answer("SELECT COUNT(*) FROM drafts")
    preview = await staff.expect("Lịch nghỉ của đồng chí Mạc Thiên Ân", button="Xác nhận")

    await stage.mute()
    await staff.press_and_go("Xác nhận", preview)
    await stage.kill_before_answer("SELECT COUNT(*) FROM absences")
    done = await staff.expect("Đã ghi lịch nghỉ.", button="Bỏ lịch nghỉ", edited=True)
    assert (done.id, "đã cũ" in (await staff.press("Xác nhận", preview)).text) == (preview.id, True)
    shown = await staff.expect("Lịch nghỉ của đồng chí", button="Bỏ lịch nghỉ", edited=True)
    assert "Đã ghi" not in shown.text

    await stage.mute()
    await staff.press_and_go("Bỏ lịch nghỉ", shown)
    await stage.kill_before_answer("SELECT COUNT(*) FROM absences WHERE ended_at IS NOT NULL")
    await staff.expect("Đã bỏ lịch nghỉ.", edited=True)
    assert stage.rows("SELECT COUNT(*) FROM absences") == [(1,)]
