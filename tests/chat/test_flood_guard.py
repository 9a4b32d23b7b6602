"""Who floods the bot is told once, is not listened to for a minute, and costs the others nothing."""

from datetime import timedelta
from functools import partial

import pytest

from bot.actions.organisation import invite
from bot.chat.flood_guard import PRESSED_TOO_FAST, TOO_FAST, Haste
from bot.playground.groups import Groups
from storage.messaging import user_rate_limits
from storage.organisation import people
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


def said_to(talk: Talk, account: int) -> int:
    return sum(one.by_bot for one in talk.emulator.messages.of_chat(account))


@pytest.mark.parametrize("said", ["/start made-up-code", "Công văn TUYỆT MẬT", "/viec"])
async def test_whatever_a_stranger_sends_is_answered_ten_times_less(talk: Talk, said: str) -> None:
    stranger = talk.emulator.add_person("Người lạ").id
    for _ in range(4):
        talk.gestures.say(stranger, said)
        await talk.handle("Tuyệt mật" if "MẬT" in said else None)
    assert said_to(talk, stranger) == 1


async def test_all_strangers_together_are_answered_as_often_as_one_of_the_office(
    talk: Talk,
) -> None:
    strangers = [talk.emulator.add_person(f"Khách {n}").id for n in range(25)]
    for stranger in strangers:
        talk.gestures.say(stranger, "/start made-up-code")
        await talk.handle()
    assert sum(said_to(talk, one) for one in strangers) == 10
    talk.now += timedelta(minutes=1)
    talk.emulator.clock.advance(60)
    talk.gestures.say(strangers[-1], "alo")
    await talk.handle()
    assert said_to(talk, strangers[-1]) == 1


async def test_those_who_wrote_while_the_bot_was_away_are_not_all_answered_at_once(
    talk: Talk,
) -> None:
    """Each has waited for long, but people of the office wait behind them."""
    for n in range(25):
        stranger = talk.emulator.add_person(f"Khách {n}").id
        talk.emulator.clock.advance(60)
        talk.gestures.say(stranger, "alo")
        await talk.handle()
    said = [said_to(talk, one) for one in talk.emulator.people if one > 700]
    assert sum(said) == 10


async def test_a_right_code_lets_in_whoever_has_tried_too_many(
    talk: Talk, at_work: Staffed
) -> None:
    admin = await people.member(at_work.db, at_work.ids["admin"])
    assert admin is not None
    code = await invite.create(at_work.db, admin, at_work.ids["staff"], talk.now, 7)
    stranger = talk.emulator.add_person("Ân máy mới").id
    for _ in range(9):
        talk.gestures.say(stranger, "/start made-up-code")
        await talk.handle()
    assert said_to(talk, stranger) == 1
    talk.gestures.say(stranger, f"/start {code}")
    await talk.handle()
    assert said_to(talk, stranger) == 2


async def test_a_stranger_who_floods_is_told_nothing_of_it(talk: Talk) -> None:
    stranger = talk.emulator.add_person("Người lạ").id
    for _ in range(30):
        talk.gestures.say(stranger, "alo")
        await talk.handle()
    assert said_to(talk, stranger) == 1


async def test_strangers_of_a_group_of_their_own_are_told_once_an_hour(
    talk: Talk, at_work: Staffed
) -> None:
    talk.handlers.haste = Haste(1000)
    strangers = [talk.emulator.add_person(f"Khách {n}").id for n in range(3)]
    group = Groups(talk.emulator).make("Nhóm lạ", strangers, []).id
    for _ in range(2):
        await talk.handle()
    assert said_to(talk, group) == 1
    for minutes in (0, 10, 49, 2):
        talk.now += timedelta(minutes=minutes)
        for stranger in strangers:
            talk.gestures.say(stranger, f"/viec@{talk.emulator.bot['username']}", group)
            await talk.handle()
    assert said_to(talk, group) == 3
    assert await at_work.db.fetch("SELECT chat_id FROM group_chats") == []


async def test_a_group_of_strangers_is_the_offices_once_somebody_of_it_speaks_there(
    talk: Talk, at_work: Staffed
) -> None:
    stranger = talk.emulator.add_person("Khách").id
    group = Groups(talk.emulator).make("Liên ngành", [stranger, ACCOUNTS["leader"]], []).id
    for _ in range(2):
        await talk.handle()
    talk.gestures.say(ACCOUNTS["leader"], f"/viec@{talk.emulator.bot['username']}", group)
    await talk.handle()
    noted = await at_work.db.fetch("SELECT chat_id, title FROM group_chats")
    assert [(row["chat_id"], row["title"]) for row in noted] == [(group, "Liên ngành")]
    kinds = await at_work.db.fetch("SELECT kind FROM events WHERE kind LIKE 'chat.%'")
    assert [row["kind"] for row in kinds] == ["chat.joined"]


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
    several = [Haste(10, partial(user_rate_limits.take, at_work.db)) for _ in range(2)]
    for n in range(24):
        talk.handlers.haste = several[n % 2]
        talk.gestures.say(ACCOUNTS["leader"], "/viec")
        await talk.handle()
    said = [one.text for one in talk.heard("leader")]
    assert said.count(TOO_FAST) == 1
    assert len(said) == 10 + 1
    assert "không có việc" in (await talk.say("staff", "/viec")).text
