"""A big task is split: parts go to others, small steps are ticked, and the whole ends with them."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm 2026, trước 17h thứ Sáu"
PARTS = "Trầm rà số liệu, chiều thứ Năm\nMẫn soạn phụ lục, thứ Hai tuần sau"


async def test_a_task_is_split_and_submits_itself(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    mate = await stage.phone("Ông Thị Ngọc Trầm")
    other = await stage.phone("Quách Duy Mẫn")
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    card = await staff.expect("Đồng chí được giao việc mới", button="Khác")
    await staff.press("Khác", card)
    await staff.press("Chia việc", await staff.expect(button="Chia việc", edited=True))
    await staff.expect("thành những phần nào")
    await staff.say(PARTS)
    first = await staff.expect("rà số liệu", button="Giao việc")
    assert "Phần của việc số 1" in first.text
    assert "17:00 thứ Năm, 10/12/2026" in first.text
    late = await staff.expect("Hạn phần việc không được quá hạn việc số 1", edited=False)
    assert late.labels == ["Thứ Hai 07/12", "Thứ Ba 08/12", "Thứ Sáu 11/12 17:00", "Bỏ"]
    await staff.press("Thứ Sáu 11/12 17:00", late)
    second = await staff.expect("soạn phụ lục", button="Giao việc", edited=True)
    await staff.press("Giao việc", first)
    await staff.press("Giao việc", second)
    given = await mate.expect("Đồng chí được giao việc mới", button="Nộp kết quả")
    assert "Phần của việc số 1: soạn báo cáo tổng kết" in given.text
    await leader.expect("Phần việc: 0/2 xong", edited=True)

    await staff.say("/viec 1")
    await staff.press(
        "Khác", await staff.expect("Phần việc: 0/2 xong", button="Khác", edited=False)
    )
    await staff.press("Tự nộp khi đủ phần", await staff.expect(button="Tự nộp khi đủ phần"))
    theirs = await other.expect("Đồng chí được giao việc mới", button="Nộp kết quả")
    for phone, number, card in ((mate, 2, given), (other, 3, theirs)):
        await phone.press("Nộp kết quả", card)
        await phone.expect("gửi kết quả")
        await phone.say("đã xong")
        result = await staff.expect(f"Việc số {number}", button="Nghiệm thu", edited=False)
        await staff.press("Nghiệm thu", result)
    await staff.expect("việc đã tự nộp", edited=False)
    result = await leader.expect("mời đồng chí nghiệm thu", button="Phần việc")
    assert "Phần việc: 2/2 xong" in result.text
    await leader.press("Phần việc", result)
    await leader.expect("Phần việc của việc số 1: 2/2 xong", button="Việc 2", edited=True)


async def test_cancelling_asks_once_for_all_open_parts(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    mate = await stage.phone("Ông Thị Ngọc Trầm")
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Khác", await staff.expect(button="Khác"))
    await staff.press("Chia việc", await staff.expect(button="Chia việc", edited=True))
    await staff.expect("thành những phần nào")
    await staff.say("Trầm rà số liệu")
    await staff.press("Giao việc", await staff.expect(button="Giao việc"))
    await mate.expect("rà số liệu", button="Đã nhận")
    card = await leader.expect("Phần việc: 0/1 xong", button="Khác", edited=True)
    await leader.press("Khác", card)
    await leader.press("Hủy việc", await leader.expect(button="Hủy việc", edited=True))
    await leader.expect("Hủy việc số 1 cùng 1 phần việc đang mở vì sao?")
    await leader.say("đã có công văn thay thế")
    cancelled = await mate.expect("Việc đã hủy", edited=False)
    assert "đã có công văn thay thế" in cancelled.text
    assert stage.rows("SELECT COUNT(*) FROM tasks WHERE status = 'cancelled'") == [(2,)]


async def test_steps_are_written_one_a_line_and_ticked(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Khác", await staff.expect(button="Khác"))
    await staff.press("Danh mục bước", await staff.expect(button="Danh mục bước", edited=True))
    await staff.expect("Mỗi bước một dòng")
    await staff.say("Soạn đề cương\nXin số liệu\nTrình dự thảo")
    card = await staff.expect("Bước: 0/3", button="Danh mục bước")
    await staff.press("Danh mục bước", card)
    steps = await staff.expect("☐ 2. Xin số liệu", button="☐ Bước 1", edited=True)
    await staff.press("☐ Bước 1", steps)
    ticked = await staff.expect("☑ 1. Soạn đề cương", button="Ghi tiến độ 33%", edited=True)
    await leader.expect("Bước: 1/3", edited=True)
    await staff.press("Ghi tiến độ 33%", ticked)
    await staff.expect("Tiến độ: 33%", edited=True)
    await leader.expect("Tiến độ: 33%", edited=True)
