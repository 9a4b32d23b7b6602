"""Who floods the bot is told once, is not listened to for a minute, and costs the others nothing."""

from functools import partial

import pytest

from bot.chat.haste import PRESSED_TOO_FAST, TOO_FAST, Haste
from bot.playground.groups import Groups
from storage import allowances
from tests.actions.office import Staffed
from tests.chat.talk import ACCOUNTS, Talk


@pytest.fixture
def talk(talk: Talk) -> Talk:
    talk.handlers.haste = Haste(10)
    return talk


async def test_a_flood_of_messages_is_told_once_and_does_nothing(
    talk: Talk, at_work: Staffed
) -> None:
    for _ in range(10):
        assert (await talk.say("leader", "/viec")).text != TOO_FAST
    for n in range(5):
        await talk.say("leader", f"Giao đồng chí An soạn báo cáo {n}, hạn thứ Sáu")
    assert [one.text for one in talk.heard("leader")].count(TOO_FAST) == 1
    assert talk.heard("leader")[-1].text == TOO_FAST
    assert await at_work.db.fetch("SELECT id FROM drafts") == []
    assert "không có việc" in (await talk.say("staff", "/viec")).text


async def test_a_flood_of_presses_is_answered_each_time(talk: Talk) -> None:
    card = await talk.say("leader", "/lichviec")
    toasts = [await talk.press_data("leader", "deadlines.open:0:0:", card) for _ in range(11)]
    assert toasts[:10].count(PRESSED_TOO_FAST) <= 1
    assert toasts[10] == PRESSED_TOO_FAST


async def test_a_stranger_is_answered_ten_times_less(talk: Talk) -> None:
    stranger = talk.emulator.add_person("Người lạ").id
    for _ in range(4):
        talk.gestures.say(stranger, "alo")
        await talk.handle()
    said = [one for one in talk.emulator.messages.of_chat(stranger) if one.by_bot]
    assert len(said) == 1


async def test_a_group_hears_nothing_of_it(talk: Talk) -> None:
    group = Groups(talk.emulator).make("Tổ công tác", [ACCOUNTS["leader"]], []).id
    for _ in range(2):
        await talk.handle()
    talk.handlers.haste = Haste(1)
    for _ in range(3):
        talk.gestures.say(ACCOUNTS["leader"], f"/viec@{talk.emulator.bot['username']}", group)
        await talk.handle()
    said = [one.data["text"] for one in talk.emulator.messages.of_chat(group) if one.by_bot]
    assert TOO_FAST not in said


async def test_of_several_instances_a_flood_is_counted_by_all_together(
    talk: Talk, at_work: Staffed
) -> None:
    several = [Haste(10, partial(allowances.take, at_work.db)) for _ in range(2)]
    for n in range(24):
        talk.handlers.haste = several[n % 2]
        talk.gestures.say(ACCOUNTS["leader"], "/viec")
        await talk.handle()
    said = [one.text for one in talk.heard("leader")]
    assert said.count(TOO_FAST) == 1
    assert len(said) == 10 + 1
    assert "không có việc" in (await talk.say("staff", "/viec")).text
