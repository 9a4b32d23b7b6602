"""Work that comes back: from a sentence to the next task, across kills, skipped, changed, stopped."""

from datetime import datetime

from bot.playground.phone import Phone
from bot.playground.seen import Seen
from tests.stories.stage import ZONE, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân ngày 25 hằng tháng nộp báo cáo tháng"


async def to(stage: Stage, year: int, month: int, day: int, hour: int = 8) -> None:
    await stage.play.move_to(datetime(year, month, day, hour, tzinfo=ZONE))


async def handed_in(leader: Phone, staff: Phone, card: Seen) -> None:
    """Get a task out of the way, so that nothing is said about it any more."""
    await staff.press("Nộp kết quả", card)
    await staff.expect("gửi kết quả")
    await staff.say("Đã gửi báo cáo")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu", edited=False)
    await leader.press("Nghiệm thu", result)
    await staff.expect("Kết quả đã được nghiệm thu", edited=False)


async def test_a_month_report_from_sentence_to_stop(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say(SENTENCE)
    draft = await leader.expect("Lặp lại: ngày 25 hằng tháng; kỳ đầu 25/12/2026")
    assert "Chỉ một lần" in draft.labels
    await leader.press("Giao việc", draft)
    await leader.expect("Việc số 1", edited=True)
    first = await staff.expect("Đồng chí được giao việc mới", button="Đã nhận")
    assert "Lặp lại: ngày 25 hằng tháng" in first.text
    await handed_in(leader, staff, first)

    await stage.kill_bot()
    await to(stage, 2027, 1, 11)
    await stage.start_bot()
    second = await staff.expect("Việc số 2", button="Đã nhận")
    assert "17:00 thứ Hai, 25/01/2027" in second.text
    await stage.kill_bot()
    await stage.start_bot()
    await handed_in(leader, staff, second)
    await to(stage, 2027, 1, 12)
    await stage.stop_bot()
    await stage.start_bot()

    await leader.say("/dinhky")
    assert (
        "Kỳ tới: hạn thứ Năm, 25/02/2027, giao 11/02/2027"
        in (await leader.expect("Việc định kỳ: 1")).text
    )
    await leader.press("Định kỳ 1")
    card = await leader.expect("Định kỳ số 1", button="Bỏ kỳ tới")
    await leader.press("Bỏ kỳ tới", card)
    card = await leader.expect("Đã bỏ kỳ: 25/02/2027", button="Đổi từ kỳ tới", edited=True)
    await staff.expect("Bỏ kỳ 25/02/2027", edited=False)
    await leader.press("Đổi từ kỳ tới", card)
    await leader.expect("Đổi gì từ kỳ tới?")
    await stage.kill_bot()
    await stage.start_bot()
    await leader.say("đổi thành thứ Sáu hằng tuần")
    card = await leader.expect("Lặp lại: thứ Sáu hằng tuần", edited=False)
    assert "Kỳ tới: hạn thứ Sáu, 26/02/2027" in card.text
    await staff.expect("ngày 25 hằng tháng → thứ Sáu hằng tuần", edited=False)
    assert stage.rows("SELECT id, occurs_on FROM tasks ORDER BY id") == [
        (1, "2026-12-25"), (2, "2027-01-25"),
    ]  # fmt: skip

    await to(stage, 2027, 2, 26)
    third = await staff.expect("Việc số 3", button="Đã nhận")
    assert "17:00 thứ Sáu, 26/02/2027" in third.text
    await leader.say("/dinhky")
    await leader.press("Định kỳ 1", await leader.expect("Việc định kỳ: 1", button="Định kỳ 1"))
    await leader.press("Dừng", await leader.expect("Định kỳ số 1", button="Việc 3", edited=False))
    await leader.press("Dừng hẳn", await leader.expect("Dừng hẳn?", edited=True))
    await leader.expect("Đã dừng, không giao kỳ nào nữa", edited=True)
    await staff.expect("Đã dừng lặp lại", edited=False)
    await to(stage, 2027, 6, 1)
    await leader.say("/dinhky")
    await leader.expect("không có việc định kỳ nào")
    assert stage.rows("SELECT COUNT(*) FROM tasks") == [(3,)]
    assert "Traceback" not in stage.log(), stage.log()[-3000:]


async def test_taken_back_edited_and_done_once(stage: Stage, leader: Phone, staff: Phone) -> None:
    sent = await leader.say(SENTENCE)
    await leader.press("Giao việc", await leader.expect("kỳ đầu 25/12/2026"))
    done = await leader.expect("Việc số 1", button="Hoàn tác", edited=True)
    await leader.press("Hoàn tác", done)
    await leader.expect("kỳ đầu 25/12/2026", button="Giao việc", edited=True)
    await leader.edit(sent, SENTENCE.replace("ngày 25 hằng tháng", "thứ Sáu hằng tuần"))
    weekly = await leader.expect("Lặp lại: thứ Sáu hằng tuần; kỳ đầu 11/12/2026", edited=True)
    await leader.press("Chỉ một lần", weekly)
    once = await leader.expect(button="Lặp lại", edited=True)
    assert "Lặp lại:" not in once.text
    await leader.press("Giao việc", once)
    await leader.expect("Việc số 2", edited=True)
    await staff.expect("Việc số 2", button="Đã nhận", edited=False)
    await to(stage, 2027, 1, 12)
    await leader.say("/dinhky")
    await leader.expect("không có việc định kỳ nào")
    assert stage.rows("SELECT COUNT(*) FROM series WHERE ended_at IS NULL") == [(0,)]
