"""Everyone a task concerns: who supports, a unit whose head names somebody, a body outside, a pause."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

UNIT_HEAD, UNIT_STAFF, MATE = "Thân Đức Vượng", "Đàm Tú Quyên", "Ông Thị Ngọc Trầm"
TOGETHER = (
    "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, phối hợp phòng Quản trị, đồng chí Trầm, "
    "trước thứ Sáu"
)
OUTSIDE = "Giao Sở Nội vụ báo cáo biên chế, đồng chí Trầm theo dõi, trước thứ Sáu"


async def test_a_unit_supports_by_whom_its_head_names(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    head, named = await stage.phone(UNIT_HEAD), await stage.phone(UNIT_STAFF)
    mate = await stage.phone(MATE)
    await leader.say(TOGETHER)
    draft = await leader.expect("soạn báo cáo quý", button="Chờ đủ phối hợp")
    assert "Phối hợp: Ông Thị Ngọc Trầm, Phòng Quản trị" in draft.text
    await leader.press("Chờ đủ phối hợp", draft)
    draft = await leader.expect("Xong khi đủ các phần phối hợp", button="Giao việc", edited=True)
    await leader.press("Giao việc", draft)

    asked = await head.expect("đồng chí cử ai?", button=UNIT_STAFF)
    await head.press(UNIT_STAFF, asked)
    await head.expect("☐ Đàm Tú Quyên", edited=True)
    told = await named.expect("Đồng chí phối hợp việc này", button="Đã xong phần")
    await named.press("Đã xong phần", told)
    await named.expect("☑ Đàm Tú Quyên", edited=True)
    card = await staff.expect("Một phần phối hợp đã xong", button="Nộp kết quả", edited=False)

    await staff.press("Nộp kết quả", card)
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    result = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu", edited=False)
    refused = await leader.press("Nghiệm thu", result)
    assert "còn chờ phần phối hợp của Ông Thị Ngọc Trầm" in refused.text

    card = await mate.expect("Đồng chí phối hợp việc này", button="Khác")
    await mate.press("Khác", card)
    await mate.press(
        "Xong phần, kèm lời", await mate.expect(button="Xong phần, kèm lời", edited=True)
    )
    await mate.expect("Đồng chí nói gì về phần phối hợp")
    await mate.say("Đã gửi số liệu quý IV")
    await mate.expect("Đã ghi nhận phần phối hợp")
    ready = await leader.expect("Các phần phối hợp đã đủ", button="Nghiệm thu", edited=False)
    await leader.press("Nghiệm thu", ready)
    await leader.expect("hoàn thành đúng hạn", edited=True)


async def test_a_body_outside_leads_and_somebody_here_follows(stage: Stage, leader: Phone) -> None:
    mate, deputy = await stage.phone(MATE), await stage.phone("Tạ Thị Hoài Mơ")
    await leader.say(OUTSIDE)
    draft = await leader.expect("“Sở Nội vụ” là cơ quan ngoài?", button="Cơ quan ngoài: Sở Nội vụ")
    await leader.press("Cơ quan ngoài: Sở Nội vụ", draft)
    draft = await leader.expect(
        "Chủ trì: Sở Nội vụ (cơ quan ngoài)", button="Giao việc", edited=True
    )
    assert "Theo dõi: Ông Thị Ngọc Trầm" in draft.text
    assert draft.text.splitlines()[1] == "báo cáo biên chế"
    await leader.press("Giao việc", draft)
    card = await mate.expect("cơ quan ngoài, báo và nộp kết quả thay", button="Đã nhận")
    await mate.press("Đã nhận", card)
    await mate.expect("đang thực hiện", edited=True)

    await stage.at(14, 8)
    await mate.expect("ĐỎ: đã quá hạn", edited=False)
    await deputy.expect("ĐỎ: đã quá hạn", edited=False)
    await leader.say("/tonghop")
    assert "Sở Nội vụ" in (await leader.expect("Tổng hợp")).text

    await leader.say("Giao Sở Nội vụ nộp danh sách thi đua trước 20/12")
    asked = await leader.expect("Đồng chí nào theo dõi")
    assert "Chủ trì: Sở Nội vụ (cơ quan ngoài)" in asked.text
    await leader.say("Trầm")
    await leader.expect("Theo dõi: Ông Thị Ngọc Trầm", button="Giao việc")


async def test_nobody_is_reminded_while_a_task_is_paused(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước thứ Sáu")
    await leader.press("Giao việc")
    await staff.expect("soạn báo cáo quý", button="Đã nhận")
    card = await leader.expect("Việc số 1", button="Khác", edited=True)
    await leader.press("Khác", card)
    await leader.press("Tạm dừng", await leader.expect(button="Tạm dừng", edited=True))
    await leader.expect("Tạm dừng việc số 1 vì sao?")
    await leader.say("chờ ý kiến của Thường trực")
    await leader.expect("Đã tạm dừng", button="Làm tiếp")
    told = await staff.expect("Việc tạm dừng", edited=False)
    assert "chờ ý kiến của Thường trực" in told.text
    await stage.at(14, 8)
    assert stage.rows("SELECT COUNT(*) FROM outbox WHERE kind = 'reminder'") == [(0,)]
    await leader.press("Làm tiếp")
    told = await staff.expect("Việc làm tiếp", edited=False)
    if "ĐỎ: đã quá hạn" not in told.text:  # both at once are one message
        await staff.expect("ĐỎ: đã quá hạn", edited=False)
