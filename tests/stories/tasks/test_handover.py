"""A task changes hands: given to another, or handed back with a proposal and given on."""

from bot.playground.phone import Phone
from tests.stories.stage import HEAD, Stage

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tổng kết năm, trước 17h thứ Sáu"
OTHER = "Quách Duy Mẫn"


async def test_given_to_another(stage: Stage, leader: Phone, staff: Phone) -> None:
    other = await stage.phone(OTHER)
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.expect("được giao việc mới")
    await leader.press("Khác")
    await leader.press("Giao người khác", await leader.expect(button="Giao người khác"))
    await leader.expect("cho đồng chí nào, vì sao?", button="Thôi")
    await leader.say(f"đồng chí {OTHER} vì đồng chí Ân đi học")
    card = await leader.expect("Đã giao người khác chủ trì")
    assert f"Chủ trì: {OTHER}" in card.text
    new = await other.expect("Việc được giao lại cho đồng chí", button="Đã nhận")
    assert "đồng chí Ân đi học" in new.text
    assert f"chuyển đồng chí {OTHER} chủ trì" in (await staff.expect("Việc số 1 đã chuyển")).text
    await leader.press("Lịch sử", card)
    history = await leader.expect("Lịch sử việc số 1")
    assert f"giao lại từ Mạc Thiên Ân sang {OTHER}" in history.text


async def test_handed_back_and_given_on(stage: Stage, leader: Phone, staff: Phone) -> None:
    head = await stage.phone(HEAD)
    await leader.say(SENTENCE)
    await leader.press("Giao việc")
    await staff.press("Khác", await staff.expect(button="Khác"))
    await staff.press("Ngoài thẩm quyền", await staff.expect(button="Ngoài thẩm quyền"))
    await staff.expect("vì sao không thuộc thẩm quyền")
    await staff.say(f"việc của trưởng phòng, đề nghị giao đồng chí {HEAD}")
    await staff.expect("Đã báo người giao")
    asked = await leader.expect("báo ngoài thẩm quyền", button="Giao đồng chí Nhi")
    assert {"Người khác", "Vẫn giao"} < set(asked.labels)
    await leader.press("Giao đồng chí Nhi", asked)
    await leader.expect(f"Chủ trì: {HEAD}", edited=True)
    await head.expect("Việc được giao lại cho đồng chí", button="Đã nhận")
    await staff.expect("Việc số 1 đã chuyển")
