"""6 rõ: a draft says what is missing of the six; a press fills it in, another assigns as it is."""

from bot.playground.phone import Phone
from tests.stories.stage import STAFF, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân chuẩn bị hội trường, trước 17h thứ Sáu"


async def test_a_leader_assigns_as_it_is_by_one_press(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE)
    draft = await leader.expect("6 rõ, còn thiếu: sản phẩm, cấp quyết", button="Giao việc")
    assert draft.labels[:2] == ["Giao việc", "Bổ sung"]
    await leader.press("Giao việc", draft)
    await leader.expect("Việc số 1", edited=True)


async def test_what_is_missing_is_filled_in_by_presses(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Bổ sung", await leader.expect(button="Bổ sung"))
    asked = await leader.expect("Sản phẩm là gì?", button="Kế hoạch", edited=True)
    await leader.press("Kế hoạch", asked)
    asked = await leader.expect("thì ai quyết?", button="Tạ Thị Hoài Mơ", edited=True)
    assert "Sản phẩm: Kế hoạch" in asked.text
    await leader.press("Tạ Thị Hoài Mơ", asked)
    whole = await leader.expect("Cấp quyết: Tạ Thị Hoài Mơ", button="Giao việc", edited=True)
    assert "6 rõ" not in whole.text
    assert "Bổ sung" not in whole.labels
    await leader.press("Giao việc", whole)
    card = await leader.expect("Việc số 1", edited=True)
    assert "Cấp quyết: Tạ Thị Hoài Mơ" in card.text
    assert stage.rows("SELECT product FROM tasks") == [("Kế hoạch",)]


async def test_it_is_asked_once_and_by_words_too(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Bổ sung", await leader.expect(button="Bổ sung"))
    await leader.expect("Sản phẩm là gì?", edited=True)
    await leader.say("hôm nay trời đẹp")
    await leader.expect("Chưa rõ sản phẩm")
    await leader.say("một tờ trình")
    asked = await leader.expect("thì ai quyết?", button="Bỏ qua", edited=False)
    assert "Sản phẩm: Tờ trình" in asked.text
    await leader.say(STAFF)
    await leader.expect("Đồng chí này đang làm việc đó rồi")
    await leader.press("Bỏ qua", asked)
    left = await leader.expect("Chưa giao: xem lại", button="Giao việc", edited=True)
    assert "6 rõ" not in left.text
    assert "Bổ sung" not in left.labels


async def test_assigned_at_once_in_the_middle(stage: Stage, leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Bổ sung", await leader.expect(button="Bổ sung"))
    await leader.press("Giao luôn", await leader.expect(button="Giao luôn", edited=True))
    await leader.expect("Việc số 1", edited=True)


async def test_who_writes_a_task_for_oneself_is_not_asked(staff: Phone) -> None:
    await staff.say("tôi soạn tờ trình trước 17h thứ Sáu")
    draft = await staff.expect("soạn tờ trình", button="Giao việc")
    assert "6 rõ" not in draft.text
    assert "Sản phẩm: Tờ trình" in draft.text
