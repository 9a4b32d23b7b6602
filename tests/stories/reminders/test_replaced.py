"""The last reminder of a task is replaced by the next one, not piled up on; cards that do not remind stay."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

GIVE = "Giao đồng chí Mạc Thiên Ân {what}, hạn {when}"


async def given(leader: Phone, staff: Phone, what: str, when: str = "31/12") -> None:
    await leader.say(GIVE.format(what=what, when=when))
    await leader.press("Giao việc", await leader.expect(what, button="Giao việc"))
    await staff.press("Đã nhận", await staff.expect(what, button="Đã nhận"))
    await staff.expect("đang thực hiện", edited=True)


async def standing(stage: Stage, phone: Phone, words: str) -> int:
    """Wait until nothing is left to be cleared, and count the messages with these words."""
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")
    await stage.until("SELECT COUNT(*) = 0 FROM reminded WHERE over IS NOT NULL")
    return sum(words in one.text for one in await phone.messages())


async def test_a_new_reminder_takes_the_place_of_the_last(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await given(leader, staff, "rà soát số liệu", "thứ Tư")
    await stage.at(8, 7, 30)
    await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await staff.say("để tôi xem")
    await stage.at(9, 7, 30)
    await staff.expect("Nhắc: đến hạn", edited=False)
    assert await standing(stage, staff, "Nhắc: ") == 1
    cards = [one for one in await staff.messages() if one.button("Báo tiến độ")]
    assert [("Nhắc" in one.text) for one in cards] == [False, True], "the first card stays"


async def test_one_too_old_to_be_deleted_shrinks_to_a_line(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await given(leader, staff, "rà soát số liệu")
    await stage.at(14, 7, 30)
    first = await staff.expect("việc chưa cập nhật", edited=False)
    await stage.at(21, 7, 30)
    await staff.expect("việc chưa cập nhật", edited=False)
    shrunk = await staff.expect("Việc số 1: đã có lời nhắc mới.", edited=True)
    assert (shrunk.id, shrunk.rows) == (first.id, [])
    assert await standing(stage, staff, "việc chưa cập nhật") == 1


async def test_when_the_task_ends_its_reminder_loses_its_buttons(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await given(leader, staff, "rà soát số liệu")
    await stage.at(14, 7, 30)
    reminder = await staff.expect("việc chưa cập nhật", edited=False)
    await leader.say("/viec 1")
    await leader.press("Khác", await leader.expect("rà soát", button="Khác"))
    await leader.press("Hủy việc", await leader.expect(button="Hủy việc", edited=True))
    await leader.expect("Hủy việc số 1 vì sao?")
    await leader.say("đã có phòng khác làm")
    await staff.expect("Việc đã hủy")
    bare = await staff.expect("việc chưa cập nhật", edited=True)
    assert (bare.id, bare.rows) == (reminder.id, [])


async def test_what_somebody_was_asked_from_it_is_still_answered(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await given(leader, staff, "rà soát số liệu", "16h thứ Tư")
    await stage.at(9, 14)
    reminder = await staff.expect("Nhắc: sắp đến hạn", edited=False)
    await staff.press("Nộp kết quả", reminder)
    await staff.expect("gửi kết quả")
    await stage.at(9, 16)
    await staff.expect("Nhắc: đến hạn", edited=False)
    await standing(stage, staff, "")
    assert reminder.id not in [one.id for one in await staff.messages()]
    await staff.say("Đã trình Báo cáo 90-BC/VPTU")
    await staff.expect("chờ nghiệm thu")


async def test_a_failure_to_take_it_away_is_none_of_the_new_one(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await given(leader, staff, "rà soát số liệu", "thứ Tư")
    await stage.at(8, 7, 30)
    old = await staff.expect("Nhắc: sắp đến hạn", edited=False)
    found = stage.emulator.messages.find(staff.id, old.id)
    assert found is not None
    found.deleted = True
    await stage.at(9, 7, 30)
    await staff.expect("Nhắc: đến hạn", edited=False)
    assert await standing(stage, staff, "Nhắc: đến hạn") == 1
    assert stage.rows("SELECT COUNT(*) FROM outbox WHERE state = 'failed'") == [(0,)]


async def test_a_list_of_reminders_is_put_off_at_once(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    tasks = ("rà soát số liệu", "31/12"), ("lập danh mục", "31/12"), ("soạn công văn", "16h thứ Ba")
    for what, when in tasks:
        await leader.say(GIVE.format(what=what, when=when))
        await leader.press("Giao việc", await leader.expect(what, button="Giao việc"))
        await staff.expect(what, button="Đã nhận")
    await stage.at(8, 7, 30)
    await staff.expect("Việc hôm nay")
    await stage.at(8, 9, 1)
    told = await staff.expect("Nhắc việc: 3", edited=False)
    assert told.labels[-2:] == ["Nhắc lại chiều nay", "Nhắc lại sáng mai"]
    await staff.press("Nhắc lại sáng mai", told)
    shown = await staff.expect("Sẽ nhắc lại 2 việc lúc 07:30 thứ Tư, 09/12/2026", edited=True)
    assert shown.text.index("Giữ nguyên, đến hạn trước lúc đó") < shown.text.index("soạn công văn")
    assert shown.labels == ["Việc 1", "Việc 2", "Việc 3"]
    await stage.at(9, 7, 30)
    await staff.expect("Nhắc lại theo yêu cầu", edited=False)
