"""What is said and sent in reply to a card in a group belongs to its task."""

from bot.playground.phone import Phone
from tests.stories.messaging.test_groups import GREETING, IN_PRIVATE, Team, team
from tests.stories.stage import Stage

__all__ = ["team"]


async def test_a_reply_to_the_card_is_a_note(team: Team, leader: Phone, staff: Phone) -> None:
    await team.assign(leader)
    card = await leader.last_card(team.chat)
    await staff.expect("được giao việc mới")
    await leader.say("lấy số liệu đến 30/11", reply_to=card, chat=team.chat)
    noted = await leader.expect("Đã ghi trao đổi vào việc số 1.", chat=team.chat)
    await staff.expect("Trao đổi", button="Đã nhận")
    await staff.catch_up(team.chat)
    await staff.say("vâng ạ", reply_to=noted, chat=team.chat)
    await staff.expect("Đã ghi trao đổi vào việc số 1.", chat=team.chat)
    assert team.stage.rows("SELECT COUNT(*) FROM events WHERE kind = 'task.note'") == [(2,)]
    standing = next(one for one in await leader.messages(team.chat) if one.id == card.id)
    assert "30/11" not in standing.text


async def test_a_report_by_reply_is_its_writers(team: Team, leader: Phone, staff: Phone) -> None:
    await team.assign(leader)
    card = await leader.last_card(team.chat)
    await staff.say("được 60% rồi, đang xin số liệu", reply_to=card, chat=team.chat)
    offer = await staff.expect("Đã ghi trao đổi", button="Ghi là tiến độ", chat=team.chat)
    assert (await leader.press("Ghi là tiến độ", offer)).text.startswith("Không tìm thấy")
    await staff.press("Ghi là tiến độ", offer)
    await staff.expect("60%", edited=True, chat=team.chat)
    await staff.expect("Đã ghi nhận vào việc số 1.", edited=True, chat=team.chat)
    told = await team.said(staff)
    assert len([one for one in told if "Việc số 1 ·" in one]) == 1


async def test_files_sent_in_reply_are_the_tasks(team: Team, leader: Phone, staff: Phone) -> None:
    await team.assign(leader)
    card = await leader.last_card(team.chat)
    await staff.send_file("so-lieu.xlsx", b"PK", reply_to=card, chat=team.chat)
    await staff.expect("Đã nhận tệp vào việc số 1.", chat=team.chat)
    await leader.expect("Tệp: 1", edited=True, chat=team.chat)
    for name in ("a.pdf", "b.pdf"):
        await staff.send_file(name, b"%PDF", reply_to=card, chat=team.chat, album="g1")
    await leader.expect("Tệp: 3", edited=True, chat=team.chat)
    await leader.press("Xem riêng", chat=team.chat)
    own = await leader.expect("Việc số 1", button="Xem tệp (3)")
    assert own.chat_id == leader.id


async def test_an_order_about_a_colleagues_message(team: Team, leader: Phone, staff: Phone) -> None:
    asked = await staff.send_file("cv-215.pdf", b"%PDF", caption="Công văn 215", chat=team.chat)
    await leader.say("/giao @thienan trước thứ Sáu", reply_to=asked, chat=team.chat)
    draft = await leader.expect("Công văn 215", button="Giao việc", chat=team.chat)
    assert "Tệp: cv-215.pdf" in draft.text


async def test_who_may_not_gets_a_word_and_no_card(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    other = await stage.phone("Hứa Cẩm Vy")
    chat = (await stage.play.add_group("Liên phòng", [leader.id, staff.id, other.id]))["id"]
    await leader.expect(GREETING, chat=chat)
    team = Team(stage, chat, {})
    await team.assign(leader)
    card = await leader.last_card(chat)
    for label in ("Đã nhận", "Báo tiến độ", "Xem riêng"):
        assert (await other.press(label, card)).text.startswith("Không tìm thấy việc số 1")
    await other.say("cho tôi góp ý", reply_to=card, chat=chat)
    await other.expect("Không tìm thấy việc số 1", chat=chat)
    assert stage.rows("SELECT COUNT(*) FROM events WHERE kind = 'task.note'") == [(0,)]
    assert len([one for one in await other.messages() if "Việc số 1" in one.text]) == 0


async def test_a_press_repeated_and_by_two(team: Team, leader: Phone, staff: Phone) -> None:
    await team.assign(leader)
    card = await leader.last_card(team.chat)
    assert "không có quyền" in (await leader.press("Đã nhận", card)).text
    assert (await staff.press("Đã nhận", card)).text == "Đã ghi nhận"
    again = await staff.press("Đã nhận", card)
    assert again.text
    await staff.expect("đang thực hiện", edited=True, chat=team.chat)
    kinds = "SELECT COUNT(*) FROM events WHERE kind = 'task.receive'"
    assert team.stage.rows(kinds) == [(1,)]
    assert (await staff.press("Xem riêng", card)).text == IN_PRIVATE


async def test_taken_back_in_private(team: Team, leader: Phone, staff: Phone) -> None:
    await team.assign(leader)
    await leader.press("Xem riêng", chat=team.chat)
    own = await leader.expect("Việc số 1", button="Hoàn tác")
    await leader.press("Hoàn tác", own)
    await leader.expect("Chưa giao: xem lại", button="Giao việc", edited=True)
    await leader.expect("đã hủy", edited=True, chat=team.chat)
    await leader.press("Giao việc")
    await leader.expect("Việc số 2", edited=True)
