"""A leader's sentence becomes a task that is chased until it is done."""

import re

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, Stage

SENTENCE = (
    "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm 2026, trình lãnh đạo trước 17h thứ Sáu"
)


async def test_from_sentence_to_acceptance(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    draft = await leader.expect("soạn báo cáo tổng kết năm 2026", button="Giao việc")
    assert "Mạc Thiên Ân, Phòng Tổng hợp" in draft.text
    assert "17:00 thứ Sáu, 11/12/2026 (còn 4 ngày làm việc)" in draft.text
    assert [*draft.labels] == ["Giao việc", "Bổ sung", "Sửa hạn", "Đổi người", "Sửa nội dung", "Bỏ"]
    assert "Đã giao việc số 1" in (await leader.press("Giao việc", draft)).text

    card = await staff.expect("Đồng chí được giao việc mới", button="Đã nhận")
    assert card.labels[:5] == ["Đã nhận", "Báo tiến độ", "Nộp kết quả", "Xin gia hạn", "Vướng mắc"]
    await staff.press("Đã nhận", card)
    await staff.expect("đang thực hiện", edited=True)
    await leader.expect("đang thực hiện", edited=True)

    await staff.press("Báo tiến độ")
    await staff.expect("Việc số 1 đến đâu rồi?")
    await staff.say("60% đã xong dự thảo")
    await staff.expect("Tiến độ: 60%")
    await leader.expect("Tiến độ: 60%", edited=True)

    await staff.press("Nộp kết quả")
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    await staff.expect("chờ nghiệm thu")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu", edited=False)
    assert "Đã trình Báo cáo 88-BC/VPTU" in result.text

    await leader.press("Trả lại", result)
    await leader.expect("Trả lại việc số 1 vì sao?")
    await leader.say("Thiếu phụ lục số liệu")
    await leader.expect("Đã trả lại")
    returned = await staff.expect("trả lại để làm tiếp", button="Nộp kết quả", edited=False)
    assert "Thiếu phụ lục số liệu" in returned.text

    await staff.press("Nộp kết quả", returned)
    await staff.expect("gửi kết quả")
    await staff.send_file("bao-cao.txt", b"noi dung bao cao", caption="Đã bổ sung phụ lục")
    await staff.expect("chờ nghiệm thu")
    result = await leader.expect("Đã bổ sung phụ lục", button="Nghiệm thu")
    await leader.catch_up()
    await leader.press("bao-cao.txt", result)
    sent = await leader.expect("Việc số 1")
    assert await leader.download(sent) == b"noi dung bao cao"
    await leader.press("Nghiệm thu", result)
    await leader.expect("hoàn thành đúng hạn", edited=True)
    await staff.expect("Kết quả đã được nghiệm thu", edited=False)

    await staff.catch_up()
    await staff.say("/viec 1")
    await staff.press("Lịch sử", await staff.expect("Việc số 1", edited=False))
    history = await staff.expect("Lịch sử việc số 1")
    steps = [line.split(" · ")[1] for line in history.text.splitlines() if " · " in line]
    told = ["giao việc", "đã nhận", "báo tiến độ 60%", "nộp kết quả", "trả lại", "nộp kết quả"]
    assert [
        re.sub(r"^(Trịnh Quang Lĩnh|Mạc Thiên Ân) ", "", step).split(":")[0] for step in steps
    ] == [
        *told,
        "nghiệm thu",
    ]


async def test_what_is_missing_is_asked_once_with_buttons(leader: Phone, staff: Phone) -> None:
    await leader.say("giao rà soát hồ sơ đảng viên")
    asked = await leader.expect("Giao đồng chí nào?")
    assert "Giao việc" not in asked.labels
    await leader.say("Ân")
    asked = await leader.expect("Hạn khi nào?")
    assert "Thứ Sáu 11/12" in asked.labels
    await leader.press("Thứ Sáu 11/12", asked)
    draft = await leader.expect("17:00 thứ Sáu, 11/12/2026", button="Giao việc", edited=True)
    await leader.press("Giao việc", draft)
    await staff.expect("rà soát hồ sơ đảng viên", button="Đã nhận")


async def test_correcting_one_field_leaves_the_others(leader: Phone) -> None:
    await leader.say(SENTENCE)
    draft = await leader.expect(button="Sửa hạn")
    await leader.press("Sửa hạn", draft)
    await leader.expect("Hạn khi nào?", edited=True)
    await leader.say("thứ năm")
    draft = await leader.expect("17:00 thứ Năm, 10/12/2026", button="Đổi người")
    assert "Mạc Thiên Ân" in draft.text
    await leader.press("Đổi người", draft)
    await leader.expect("Giao đồng chí nào?", edited=True)
    await leader.say("Quách Duy Mẫn")
    draft = await leader.expect("Quách Duy Mẫn", button="Sửa nội dung")
    assert "17:00 thứ Năm, 10/12/2026" in draft.text
    await leader.press("Sửa nội dung", draft)
    await leader.expect("Đồng chí giao việc gì?", edited=True)
    await leader.say("Soạn báo cáo quý")
    draft = await leader.expect("Soạn báo cáo quý", button="Giao việc")
    assert "Quách Duy Mẫn" in draft.text
    assert "10/12/2026" in draft.text


async def test_extension_is_asked_and_granted(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Xin gia hạn", await staff.expect(button="Xin gia hạn"))
    await staff.expect("xin gia hạn đến khi nào")
    await staff.say("đến thứ Sáu tuần sau vì chờ số liệu của các ban")
    await staff.expect("Đã gửi đề nghị gia hạn")
    asked = await leader.expect("mời đồng chí cho ý kiến", button="Đồng ý gia hạn")
    assert "chờ số liệu của các ban" in asked.text
    await leader.press("Đồng ý gia hạn", asked)
    await leader.expect("18/12/2026", edited=True)
    card = await staff.expect("được đồng ý", edited=False)
    assert "17:00 thứ Sáu, 18/12/2026" in card.text
    assert "Đã gia hạn: 1 lần" in card.text


async def test_a_blocker_reaches_the_assigner_and_is_cleared(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Vướng mắc", await staff.expect(button="Vướng mắc"))
    await staff.expect("vướng gì")
    await staff.say("Chưa có số liệu của phòng Quản trị")
    cleared = await staff.expect("Đã báo vướng mắc", button="Hết vướng mắc")
    told = await leader.expect("Việc đang vướng mắc", edited=False)
    assert "Chưa có số liệu của phòng Quản trị" in told.text
    await staff.press("Hết vướng mắc", cleared)
    gone = await leader.expect("Việc số 1", edited=True)
    while "Vướng mắc:" in gone.text:
        gone = await leader.expect("Việc số 1", edited=True)


async def test_lists_search_and_summary(stage: Stage, leader: Phone, staff: Phone) -> None:
    head = await stage.phone(HEAD)
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect(button="Đã nhận")
    await staff.say("/viec")
    mine = await staff.expect("Việc của đồng chí: 1")
    await staff.press("1", mine)
    await staff.expect("Việc số 1", button="Đã nhận")
    await leader.say("/giaodi")
    await leader.expect("Việc đồng chí đã giao: 1")
    await leader.say("/tim BAO CAO tong")
    await leader.expect("Kết quả tìm: 1")
    await staff.say("/quahan")
    await staff.expect("Không có việc quá hạn")
    await stage.at(14)
    await staff.say("/quahan")
    await staff.expect("Việc quá hạn: 1")
    await head.say("/tonghop")
    summary = await head.expect("Tính đến 09:00 14/12/2026")
    assert "🔴 Quá hạn: 1 (100,00%)" in summary.text
    assert "quá hạn 1 ngày làm việc" in summary.text
    await staff.say("/tonghop")
    await staff.expect("dành cho lãnh đạo và trưởng phòng")
