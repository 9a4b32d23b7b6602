"""Where a group's messages stand: in its topics, in the supergroup it becomes, and no more once out."""

from bot.playground.phone import Phone
from tests.stories.messaging.test_groups import BOT, GREETING, Team, team
from tests.stories.stage import Stage

__all__ = ["team"]


async def test_everything_stays_in_its_topic(team: Team, leader: Phone, staff: Phone) -> None:
    topic, other = team.topics["Báo cáo"], team.topics["Hậu cần"]
    card = await team.assign(leader, topic)
    await leader.say("/giao Ân đặt phòng họp", chat=team.chat, topic=other)
    asked = await leader.expect("Hạn khi nào?", chat=team.chat)
    assert asked.raw["message_thread_id"] == other
    await leader.say(f"{BOT} chiều mai", chat=team.chat, topic=topic)
    await leader.expect("Chưa rõ ý đồng chí")
    here = await leader.expect("Đã trả lời đồng chí", chat=team.chat)
    assert here.raw["message_thread_id"] == topic
    await leader.say(f"{BOT} thứ Sáu", chat=team.chat, topic=other)
    whole = await leader.expect("11/12/2026", button="Giao việc", chat=team.chat)
    assert whole.raw["message_thread_id"] == other
    await staff.press("Đã nhận", chat=team.chat)
    received = await staff.expect("đang thực hiện", edited=True, chat=team.chat)
    assert (received.id, received.raw["message_thread_id"]) == (card, topic)
    await leader.say("/giao", chat=team.chat)
    general = await leader.expect("gõ một câu", chat=team.chat)
    assert "message_thread_id" not in general.raw


async def test_a_topic_that_is_gone(team: Team, leader: Phone) -> None:
    topic = team.topics["Báo cáo"]
    await leader.say("/giao Ân soạn kế hoạch", chat=team.chat, topic=topic)
    draft = await leader.expect("Hạn khi nào?", chat=team.chat)
    team.stage.emulator.groups[team.chat].topics.pop(topic)
    await leader.say("thứ Sáu", reply_to=draft, chat=team.chat)
    general = await leader.expect("11/12/2026", button="Giao việc", chat=team.chat)
    assert "message_thread_id" not in general.raw


async def test_a_group_that_becomes_a_supergroup(stage: Stage, leader: Phone, staff: Phone) -> None:
    old = (await stage.play.add_group("Tổ", [leader.id, staff.id], basic=True))["id"]
    await leader.expect(GREETING, chat=old)
    await Team(stage, old, {}).assign(leader)
    await leader.say("/giao Ân soạn kế hoạch", chat=old)
    await leader.expect("Hạn khi nào?", chat=old)
    new = await leader.upgrade_group(old)
    card = await leader.expect("Việc số 1", button="Đã nhận", edited=False, chat=new)
    await leader.say(f"{BOT} thứ Sáu", chat=new)
    await leader.expect("11/12/2026", button="Giao việc", chat=new)
    await staff.press("Đã nhận", card)
    received = await staff.expect("đang thực hiện", edited=True, chat=new)
    assert received.id == card.id
    assert stage.rows("SELECT chat_id FROM group_chats WHERE ended_at IS NULL") == [(new,)]
    assert stage.rows("SELECT DISTINCT chat_id FROM cards WHERE person_id IS NULL") == [(new,)]


async def test_a_move_that_nobody_told_of(stage: Stage, leader: Phone, staff: Phone) -> None:
    old = (await stage.play.add_group("Tổ", [leader.id, staff.id], basic=True))["id"]
    await leader.expect(GREETING, chat=old)
    await Team(stage, old, {}).assign(leader)
    stage.emulator.updates.allowed = ["my_chat_member"]
    new = await leader.upgrade_group(old)
    stage.emulator.updates.allowed = None
    await staff.press("Đã nhận", await staff.expect("báo cáo quý", button="Đã nhận"))
    await leader.expect("đang thực hiện", edited=False, chat=new)


async def test_out_of_the_group_and_in_again(team: Team, leader: Phone, staff: Phone) -> None:
    card = await team.assign(leader)
    await leader.remove_bot(team.chat)
    await team.stage.until("SELECT COUNT(*) FROM group_chats WHERE ended_at IS NOT NULL")
    before = await team.said(leader)
    sent = len(await team.stage.play.calls())
    await staff.press("Đã nhận", await staff.expect("báo cáo quý", button="Đã nhận"))
    await staff.expect("đang thực hiện", edited=True)
    await staff.say("/viec")
    await staff.expect("Việc của đồng chí: 1")
    assert await team.said(leader) == before
    calls = (await team.stage.play.calls())[sent:]
    assert team.chat not in [one["chat_id"] for one in calls]
    await leader.add_bot(team.chat)
    await leader.expect(GREETING, chat=team.chat)
    received = await leader.expect("đang thực hiện", edited=True, chat=team.chat)
    assert received.id == card
    await leader.add_bot(team.chat, as_admin=True)
    await leader.say("/giao", chat=team.chat)
    await leader.expect("gõ một câu", chat=team.chat)
    assert "".join(await team.said(leader)).count(GREETING) == 2


async def test_put_out_while_nobody_was_told(team: Team, leader: Phone, staff: Phone) -> None:
    await team.assign(leader)
    team.stage.emulator.groups[team.chat].bot = "kicked"
    await staff.press("Đã nhận", await staff.expect("báo cáo quý", button="Đã nhận"))
    await team.stage.until("SELECT COUNT(*) FROM group_chats WHERE ended_at IS NOT NULL")


async def test_the_card_follows_what_happened_while_the_bot_was_down(
    team: Team, leader: Phone, staff: Phone
) -> None:
    await team.assign(leader)
    card = await staff.expect("báo cáo quý", button="Đã nhận")
    await team.stage.play.faults(away=True)
    await staff.press_and_go("Đã nhận", card)
    await team.stage.play.faults(away=False)
    await team.stage.until("SELECT COUNT(*) FROM tasks WHERE status = 'in_progress'")
    await team.stage.kill_bot()
    await team.stage.start_bot()
    await leader.expect("đang thực hiện", edited=True, chat=team.chat)


async def test_the_card_turns_red_when_its_day_is_over(
    team: Team, leader: Phone, staff: Phone
) -> None:
    card = await team.assign(leader)
    await team.stage.at(14, 9)
    late = await leader.expect("🔴 Việc số 1", edited=True, chat=team.chat)
    assert late.id == card
    await staff.expect("ĐỎ")


async def test_secrets_in_a_group(stage: Stage, leader: Phone, staff: Phone) -> None:
    word = "tham mưu X7"
    ids = [leader.id, staff.id]
    chat = await stage.play.add_group("Tổ", ids, ("Báo cáo",), bot_is_admin=True)
    await leader.expect(GREETING, chat=chat["id"])
    topic = chat["topics"][0]["id"]
    talk = await leader.say(f"Công văn TUYỆT MẬT {word}", chat=chat["id"])
    await leader.say("/giao Ân xử lý, hạn thứ Sáu", reply_to=talk, chat=chat["id"], topic=topic)
    told = await leader.expect("dấu hiệu bí mật nhà nước", chat=chat["id"])
    assert told.raw["message_thread_id"] == topic
    assert stage.rows("SELECT COUNT(*) FROM events WHERE kind = 'secrecy.refused'") == [(1,)]
    assert stage.rows("SELECT COUNT(*) FROM drafts") == [(0,)]
    await stage.stop_bot()
    for where, content in stage.kept().items():
        assert word.encode() not in content, where
