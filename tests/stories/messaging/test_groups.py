"""The bot in a group: it speaks when spoken to, and a task is followed there by one card."""

import asyncio
from datetime import datetime

import pytest

from bot.playground.phone import Phone
from tests.stories.stage import DEPUTY, HEAD, ZONE, Stage

BOT = "@dondoc_demo_bot"
SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trước 17h thứ Sáu"
IN_PRIVATE = "Đã trả lời đồng chí trong trò chuyện riêng."
GREETING = "Bot chỉ trả lời khi được gọi"
NOT_YOURS = "chỉ đồng chí ấy bấm và sửa được"


class Team:
    """The group of leader and staff."""

    def __init__(self, stage: Stage, chat: int, topics: dict[str, int]) -> None:
        self.stage = stage
        self.chat = chat
        self.topics = topics

    async def assign(self, leader: Phone, topic: int | None = None) -> int:
        """Assign the task in the group and return the id of its card."""
        await leader.say(f"/giao {SENTENCE}", chat=self.chat, topic=topic)
        draft = await leader.expect("Chưa giao: xem lại", button="Giao việc", chat=self.chat)
        await leader.press("Giao việc", draft)
        card = await leader.expect("Việc số 1", edited=True, button="Đã nhận", chat=self.chat)
        assert card.id == draft.id
        return card.id

    async def said(self, phone: Phone) -> list[str]:
        """What the bot has said in the group, as it stands now."""
        return [one.text for one in await phone.messages(self.chat) if one.by_bot]


@pytest.fixture
async def team(stage: Stage, leader: Phone, staff: Phone) -> Team:
    ids = [leader.id, staff.id]
    made = await stage.play.add_group("Tổ giúp việc", ids, ("Báo cáo", "Hậu cần"))
    await leader.expect(GREETING, chat=made["id"])
    return Team(stage, made["id"], {one["name"]: one["id"] for one in made["topics"]})


async def test_a_task_is_assigned_and_followed_by_one_card(
    team: Team, leader: Phone, staff: Phone
) -> None:
    card = await team.assign(leader)
    await staff.expect("được giao việc mới", button="Đã nhận")
    await staff.press("Đã nhận", chat=team.chat)
    received = await staff.expect("đang thực hiện", edited=True, chat=team.chat)
    assert received.id == card
    assert received.labels == [
        *("Báo tiến độ", "Nộp kết quả", "Xin gia hạn", "Vướng mắc", "Xem riêng"),
    ]
    await staff.press("Báo tiến độ", chat=team.chat)
    await staff.expect("Việc số 1 đến đâu rồi?")
    await staff.say("60% đã xong dự thảo")
    await staff.expect("60% · đã xong dự thảo", edited=True, chat=team.chat)
    await staff.press("Nộp kết quả", chat=team.chat)
    await staff.expect("gửi kết quả")
    await staff.say("Đã trình Báo cáo 88-BC/VPTU")
    await leader.expect("chờ nghiệm thu", edited=True, button="Nghiệm thu", chat=team.chat)
    await leader.press("Nghiệm thu", chat=team.chat)
    done = await leader.expect("hoàn thành đúng hạn", edited=True, chat=team.chat)
    assert done.id == card
    assert done.labels == ["Xem riêng"]
    assert len(await team.said(leader)) == 2


async def test_it_speaks_when_spoken_to_and_keeps_no_other_talk(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    everybody = [leader.id, staff.id]
    chat = (await stage.play.add_group("Cơ quan", everybody, bot_is_admin=True))["id"]
    greeting = await leader.expect(GREETING, chat=chat)
    assert len(greeting.text.splitlines()) == 2
    talk = await leader.say("Giao đồng chí Ân mua hoa Z9, hạn thứ Sáu", chat=chat)
    await leader.edit(talk, "Giao đồng chí Ân mua hoa hồng Z9")
    await staff.say("vâng, em mua Z9 ạ", reply_to=talk, chat=chat)
    await staff.say("/viec@bot_khac Z9", chat=chat)
    await leader.send_file("hoa Z9.pdf", b"%PDF", chat=chat)
    await leader.say("/giao đồng chí Ân Z9", chat=chat, forward_from=DEPUTY)
    await leader.say(f"{BOT} Giao đồng chí Ân soạn báo cáo tháng, hạn thứ Sáu", chat=chat)
    draft = await leader.expect("soạn báo cáo tháng", button="Giao việc", chat=chat)
    assert BOT not in draft.text
    said = [one for one in await leader.messages(chat) if one.by_bot]
    assert [one.id for one in said] == [greeting.id, draft.id]
    bodies = [str(body) for (body,) in stage.rows("SELECT body FROM inbox")]
    assert not [body for body in bodies if "Z9" in body]
    assert stage.rows("SELECT COUNT(*) FROM texts") == [(1,)]
    assert "Z9" not in stage.log()


async def test_private_matters_are_answered_in_private(team: Team, staff: Phone) -> None:
    await staff.say("/viec", chat=team.chat)
    await staff.expect("Đồng chí không có việc nào đang mở")
    await staff.expect(IN_PRIVATE, chat=team.chat)
    await staff.say(f"{BOT} việc nào quá hạn?", chat=team.chat)
    await staff.expect("Việc quá hạn: 0")
    await staff.expect(IN_PRIVATE, chat=team.chat)
    await staff.say(f"/khongco{BOT}", chat=team.chat)
    await staff.expect("Không có lệnh này")
    await staff.expect(IN_PRIVATE, chat=team.chat)
    await staff.say("/lenhcuabotkhac", chat=team.chat)
    await staff.say(f"/giao{BOT}", chat=team.chat)
    await staff.expect("gõ một câu như nói với đồng nghiệp", chat=team.chat)


async def test_who_never_started_the_bot_gets_the_way_to_it(team: Team, leader: Phone) -> None:
    head = await team.stage.phone(HEAD, started=False)
    chat = (await team.stage.play.add_group("Phòng", [leader.id, head.id]))["id"]
    await leader.expect(GREETING, chat=chat)
    await head.say("/viec", chat=chat)
    told = await head.expect("Bot trả lời việc này trong trò chuyện riêng", chat=chat)
    assert [one.url for one in told.buttons] == ["https://t.me/dondoc_demo_bot?start"]
    await leader.say(f"/giao {SENTENCE.replace('Mạc Thiên Ân', HEAD)}", chat=chat)
    await leader.press("Giao việc", chat=chat)
    card = await leader.expect("chưa bấm Bắt đầu với bot", edited=True, chat=chat)
    toast = await head.press("Báo tiến độ", card)
    assert "bấm Bắt đầu" in toast.text
    assert toast.alert
    assert (await head.press("Đã nhận", card)).text == "Đã ghi nhận"
    await head.expect("đang thực hiện", edited=True, chat=chat)
    await head.start()
    await head.expect("Chào đồng chí")
    assert (await head.press("Báo tiến độ", chat=chat)).text == IN_PRIVATE
    await head.expect("Việc số 1 đến đâu rồi?")


async def test_strangers_are_told_once_and_get_nothing(
    stage: Stage, leader: Phone, staff: Phone
) -> None:
    guests = [await Phone.of_stranger(stage.play, f"Khách {n}") for n in (1, 2)]
    ids = [guests[0].id, leader.id, staff.id, guests[1].id]
    chat = (await stage.play.add_group("Liên ngành", ids))["id"]
    await leader.expect(GREETING, chat=chat)
    team = Team(stage, chat, {})
    card = await team.assign(leader)
    for guest in guests * 2:
        await guest.say(f"/giao {SENTENCE}", chat=chat)
        shown = next(one for one in await guest.messages(chat) if one.id == card)
        await guest.say("tôi góp ý Z9", reply_to=shown, chat=chat)
        assert (await guest.press("Đã nhận", shown)).text == "Đồng chí chưa có quyền."
    told = [one for one in await team.said(leader) if "chưa có tên trong danh sách" in one]
    assert len(told) == 1
    assert stage.rows("SELECT COUNT(*) FROM drafts, tasks") == [(1,)]
    await stage.play.advance(hours=2)
    await guests[0].say("/viec", chat=chat)
    await guests[0].expect("chưa có tên trong danh sách", chat=chat)
    again = await guests[0].expect("chưa có tên", button="Mở trò chuyện riêng", chat=chat)
    assert again.chat_id == chat


async def test_a_draft_is_its_authors_alone(team: Team, leader: Phone, staff: Phone) -> None:
    await leader.say("/giao soạn báo cáo quý", chat=team.chat)
    asked = await leader.expect("Giao đồng chí nào?", chat=team.chat)
    assert "Chỉ đồng chí Trịnh Quang Lĩnh bấm được" in asked.text
    assert NOT_YOURS in (await staff.press("Bỏ", asked)).text
    await staff.say("Đoàn Thục Hạnh Nhi", reply_to=asked, chat=team.chat)
    await staff.expect(NOT_YOURS, chat=team.chat)
    await leader.say("Mạc Thiên Ân", reply_to=asked, chat=team.chat)
    due = await leader.expect("Hạn khi nào?", chat=team.chat)
    await leader.press("Thứ Sáu 11/12", due)
    whole = await leader.expect("Chưa giao: xem lại", edited=True, chat=team.chat)
    await leader.say("thứ Năm", reply_to=whole, chat=team.chat)
    await leader.expect("bấm Sửa hạn", chat=team.chat)
    presses = [leader.press("Giao việc", whole), staff.press("Giao việc", whole)]
    presses += [leader.press("Giao việc", whole)]
    toasts = [one.text for one in await asyncio.gather(*presses)]
    assert sorted(toasts)[1:] != toasts[:2]
    assert toasts.count("Đã giao việc số 1") == 1
    assert NOT_YOURS in toasts[1]
    await leader.expect("Việc số 1", edited=True, chat=team.chat)
    assert team.stage.rows("SELECT COUNT(*) FROM tasks") == [(1,)]


async def test_two_people_order_at_once(team: Team, leader: Phone, staff: Phone) -> None:
    first = {"person_id": leader.id, "text": "/giao Ân soạn kế hoạch", "chat_id": team.chat}
    second = {"person_id": staff.id, "text": "/giao Ân rà soát hồ sơ", "chat_id": team.chat}
    await team.stage.play.batch(("say", first), ("say", second))
    theirs = await leader.expect("soạn kế hoạch", chat=team.chat)
    own = await staff.expect("rà soát hồ sơ", chat=team.chat)
    await staff.say("thứ Sáu", reply_to=own, chat=team.chat)
    await leader.say("thứ Năm", reply_to=theirs, chat=team.chat)
    await staff.press("Giao việc", await staff.expect("11/12/2026", chat=team.chat))
    await leader.press("Giao việc", await leader.expect("10/12/2026", chat=team.chat))
    rows = "SELECT t.title FROM tasks t JOIN people p ON p.id = t.assigner_id WHERE p.name = $1"
    assert team.stage.rows(rows, staff.name) == [("rà soát hồ sơ",)]
    assert team.stage.rows(rows, leader.name) == [("soạn kế hoạch",)]


async def test_an_edited_order_changes_its_card(team: Team, leader: Phone, staff: Phone) -> None:
    order = await leader.say(f"/giao {SENTENCE}", chat=team.chat)
    draft = await leader.expect("11/12/2026", button="Giao việc", chat=team.chat)
    await leader.edit(order, f"/giao {SENTENCE.replace('thứ Sáu', 'thứ Năm')}")
    changed = await leader.expect("10/12/2026", edited=True, chat=team.chat)
    assert changed.id == draft.id
    await leader.press("Giao việc", changed)
    await leader.expect("Việc số 1", edited=True, chat=team.chat)
    await leader.edit(order, f"/giao {SENTENCE}")
    await leader.expect("Việc số 1 đã giao nên sửa tin không đổi được việc", chat=team.chat)
    thanks = await staff.say(f"{BOT} cảm ơn", chat=team.chat)
    await staff.expect("Chưa rõ ý đồng chí")
    await staff.edit(thanks, f"{BOT} cảm ơn nhé")
    await staff.say("/viec", chat=team.chat)
    await staff.expect("Việc của đồng chí: 1")
    assert "Tin đã sửa" not in "".join(await team.said(staff))


async def test_who_writes_in_the_groups_own_name(team: Team, leader: Phone) -> None:
    chat = {"id": team.chat, "type": "supergroup", "title": "Tổ giúp việc"}
    hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    said = {"message_id": 900, "date": 1, "chat": chat, "from": hidden, "sender_chat": chat}
    for _ in range(2):
        await team.stage.play.inject({"message": {**said, "text": f"/giao {SENTENCE}"}})
    await leader.expect("đang gửi ẩn danh", chat=team.chat)
    await leader.say("/giao", chat=team.chat)
    await leader.expect("gõ một câu", chat=team.chat)
    assert "".join(await team.said(leader)).count("ẩn danh nên") == 1


async def test_a_fault_is_apologised_for_where_it_happened_once(team: Team, leader: Phone) -> None:
    topic = team.topics["Báo cáo"]
    await leader.say("/giao soạn báo cáo quý", chat=team.chat, topic=topic)
    asked = await leader.expect("Giao đồng chí nào?", chat=team.chat)
    team.stage.spoil("UPDATE drafts SET fields = '{\"title\": 1}'")
    await team.stage.play.faults(broken=1)  # An apology that does not come through is said again.
    await leader.say("Mạc Thiên Ân", reply_to=asked, chat=team.chat, topic=topic)
    sorry = await leader.expect("Xin lỗi đồng chí", chat=team.chat)
    assert sorry.raw["message_thread_id"] == topic
    await leader.press_and_go("Bỏ", asked)
    # The words before are tried again first, after pauses that grow.
    await leader.expect("Xin lỗi đồng chí", chat=team.chat, timeout=40)
    await leader.say("/giao", chat=team.chat)
    await leader.expect("gõ một câu", chat=team.chat)
    assert "".join(await team.said(leader)).count("Xin lỗi") == 2


async def test_the_next_task_of_a_series_has_its_card_too(
    team: Team, leader: Phone, staff: Phone
) -> None:
    topic = team.topics["Báo cáo"]
    words = "/giao đồng chí Mạc Thiên Ân ngày 25 hằng tháng nộp báo cáo tháng"
    await leader.say(words, chat=team.chat, topic=topic)
    await leader.press("Giao việc", await leader.expect("Lặp lại", chat=team.chat))
    await leader.expect("Việc số 1", edited=True, chat=team.chat)
    await team.stage.play.move_to(datetime(2027, 1, 11, 9, tzinfo=ZONE))
    second = await leader.expect("Việc số 2", edited=False, chat=team.chat, button="Đã nhận")
    assert second.raw["message_thread_id"] == topic
    await staff.press("Đã nhận", second)
    received = await leader.expect("đang thực hiện", edited=True, chat=team.chat)
    assert received.id == second.id
