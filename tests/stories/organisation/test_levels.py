"""A red task says to whom its result goes and who can undo the knot; those without are counted."""

from bot.playground.phone import Phone
from tests.stories.stage import DEPUTY, Stage


async def test_a_red_task_without_a_deciding_level(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước thứ Ba")
    await leader.press("Giao việc", await leader.expect("báo cáo quý", button="Giao việc"))
    card = await staff.expect("được giao việc mới")
    assert "Nơi nhận" not in card.text
    await stage.at(9, 8)
    red = await staff.expect("ĐỎ: đã quá hạn", edited=False)
    assert "Nơi nhận: Lãnh đạo Phòng Tổng hợp\nCấp quyết: chưa rõ" in red.text
    await leader.say("/tonghop")
    state = await leader.expect("1 việc đỏ chưa rõ cấp quyết", button="Thiếu cấp quyết: 1")
    assert "Trịnh Quang Lĩnh quyết định" in state.text
    await leader.press("Thiếu cấp quyết: 1", state)
    listed = await leader.expect("Việc đỏ chưa rõ cấp quyết: 1", button="Việc 1")
    await leader.press("Việc 1", listed)
    await leader.press("Khác", await leader.expect("Cấp quyết: chưa rõ", button="Khác"))
    await leader.press("Sửa việc", await leader.expect("Việc số 1", button="Sửa việc", edited=True))
    fields = await leader.expect("Việc số 1", button="Cấp quyết", edited=True)
    await leader.press("Cấp quyết", fields)
    await leader.press(DEPUTY, await leader.expect("thì ai quyết?", button=DEPUTY))
    await leader.expect(f"Cấp quyết: {DEPUTY}")
    await leader.say("/tonghop")
    state = await leader.expect("Cần xử lý: 1", button="Quá hạn: 1")
    assert "chưa rõ cấp quyết" not in state.text
    assert f"{DEPUTY} quyết định" in state.text


async def test_which_of_the_units_of_one_name_is_asked(leader: Phone) -> None:
    await leader.say("/tonghop Văn phòng")
    asked = await leader.expect("Tổng hợp của đơn vị nào?")
    assert "Văn phòng · Đảng ủy phường Hoa Sữa" in asked.text
    place = next(one[0] for one in asked.text.splitlines() if "phường Hoa Sữa" in one)
    await leader.press(f"{place}. Văn phòng", asked)
    await leader.expect("Văn phòng: không có việc nào đồng chí được xem.", edited=True)
