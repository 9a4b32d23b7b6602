"""A slip is taken back: a press within half a minute, and a courteous word after it."""

from bot.playground.phone import Phone
from tests.stories.stage import Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"


async def test_a_result_handed_in_by_mistake(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Nộp kết quả", await staff.expect(button="Nộp kết quả"))
    await staff.expect("gửi kết quả")
    await staff.say("Gửi nhầm")
    done = await staff.expect("chờ nghiệm thu", button="Hoàn tác")
    told = await leader.expect("mời đồng chí nghiệm thu", button="Nghiệm thu")
    assert (await staff.press("Hoàn tác", done)).text == "Đã hoàn tác"
    card = await staff.expect("chờ tiếp nhận", button="Nộp kết quả", edited=True)
    assert "Hoàn tác" not in card.labels
    await leader.expect("chờ tiếp nhận", edited=True)
    await leader.expect("Việc số 1: bước “nộp kết quả” đã được hoàn tác", edited=False)
    assert "cũ" in (await leader.press("Nghiệm thu", told)).text
    await staff.press("Lịch sử")
    history = await staff.expect("Lịch sử việc số 1")
    assert "Mạc Thiên Ân nộp kết quả: Gửi nhầm" in history.text
    assert "Mạc Thiên Ân hoàn tác “nộp kết quả”" in history.text


async def test_an_assignment_goes_back_to_its_draft(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    done = await leader.expect("Việc số 1", button="Hoàn tác", edited=True)
    await staff.expect("Đồng chí được giao việc mới")
    await leader.press("Hoàn tác", done)
    draft = await leader.expect("Chưa giao", button="Giao việc", edited=True)
    await staff.expect("đã hủy", edited=True)
    await staff.expect("Việc số 1: đã được thu hồi", edited=False)
    await leader.press("Giao việc", draft)
    await staff.expect("Việc số 2", button="Đã nhận")


async def test_a_double_press_on_undo_leaves_the_draft(leader: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    done = await leader.expect("Việc số 1", button="Hoàn tác", edited=True)
    await leader.press("Hoàn tác", done)
    await leader.press("Hoàn tác", done)
    [card] = [one for one in await leader.messages() if "Chưa giao" in one.text]
    assert card.id == done.id
    await leader.press("Giao việc", card)
    await leader.expect("Việc số 2", edited=True)


async def test_too_late_and_acted_upon(stage: Stage, leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    assigned = await leader.expect("Việc số 1", button="Hoàn tác", edited=True)
    await staff.press("Đã nhận", await staff.expect(button="Đã nhận"))
    received = await staff.expect("đang thực hiện", button="Hoàn tác", edited=True)
    refused = await leader.press("Hoàn tác", assigned)
    assert "Đã có bước tiếp theo" in refused.text
    await stage.at(7, 9, 1)
    assert "nửa phút" in (await staff.press("Hoàn tác", received)).text
    card = await staff.expect("đang thực hiện", edited=True)
    assert "Hoàn tác" not in card.labels


async def test_the_acceptor_says_how_good_it_is(leader: Phone, staff: Phone) -> None:
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Nộp kết quả", await staff.expect(button="Nộp kết quả"))
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    await leader.press("Nghiệm thu", await leader.expect(button="Nghiệm thu"))
    done = await leader.expect("Chất lượng: Đạt", button="Đạt tốt", edited=True)
    assert done.labels[:2] == ["Đạt tốt", "Đạt xuất sắc"]
    await leader.press("Đạt tốt", done)
    await leader.expect("Chất lượng: Đạt tốt", edited=True)
    await staff.expect("Chất lượng: Đạt tốt", edited=True)
    await leader.press("Lịch sử")
    assert "chấm chất lượng: Đạt → Đạt tốt" in (await leader.expect("Lịch sử")).text
