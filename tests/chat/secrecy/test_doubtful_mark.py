"""Of a message that may carry a mark nothing is kept until its sender says, by one press, which it is."""

import pytest

from bot.chat.secrecy.doubtful_mark import ASKED, CLEARED, GONE, MARKED, NONE, SAID_AGAIN, SECRECY
from bot.playground.groups import Groups
from bot.rules.secrecy import UNSURE
from storage.assigning.drafts import DOUBT
from tests.chat.talk import ACCOUNTS, Heard, Talk

ORDER = "giao dong chi An tim ho so mat cua phong, truoc 17h thu Sau"
ASKED_FIRST = ASKED.split("\n")[0].removeprefix("<b>").removesuffix("</b>")


async def doubtful(talk: Talk, text: str = ORDER, reply_to: int | None = None) -> Heard:
    talk.gestures.say(ACCOUNTS["leader"], text, reply_to=reply_to)
    await talk.handle(UNSURE)
    return talk.heard("leader")[-1]


async def kinds(talk: Talk) -> list[str]:
    rows = await talk.at_work.db.fetch("SELECT kind FROM drafts ORDER BY id")
    return [str(row["kind"]) for row in rows]


async def noted(talk: Talk) -> list[tuple[str, str]]:
    rows = await talk.at_work.db.fetch(
        "SELECT kind, facts FROM events WHERE kind LIKE 'secrecy%' ORDER BY id"
    )
    return [(str(row["kind"]), str(row["facts"])) for row in rows]


async def test_nothing_is_kept_before_the_press(talk: Talk) -> None:
    asked = await doubtful(talk)
    assert asked.text.startswith(ASKED_FIRST)
    assert list(asked.buttons) == [MARKED, NONE]
    rows = await talk.at_work.db.fetch("SELECT fields FROM drafts")
    assert [str(row["fields"]) for row in rows if "tim ho" in str(row["fields"])] == []
    assert await kinds(talk) == [DOUBT]
    assert await noted(talk) == []


async def test_a_press_says_that_it_carries_none_and_it_is_handled_as_if_just_sent(
    talk: Talk,
) -> None:
    asked = await doubtful(talk)
    assert await talk.press("leader", NONE, asked) == ""
    answers = [one.text for one in talk.heard("leader")[-2:]]
    assert answers[0] == CLEARED
    assert "im ho so mat cua phong" in answers[1]
    assert "Giao việc" in talk.heard("leader")[-1].buttons
    assert await noted(talk) == [("secrecy.cleared", "{}")]


async def test_a_second_press_does_nothing_twice(talk: Talk) -> None:
    asked = await doubtful(talk)
    await talk.press("leader", NONE, asked)
    said = len(talk.heard("leader"))
    assert await talk.press("leader", NONE, asked) == "Bước này đã được ghi nhận."
    assert await talk.press("leader", MARKED, asked) == "Bước này đã được ghi nhận."
    assert len(talk.heard("leader")) == said
    assert await kinds(talk) == [DOUBT, "assign"]


async def test_a_press_handled_again_after_a_kill_does_nothing_twice(talk: Talk) -> None:
    asked = await doubtful(talk)
    await talk.press("leader", NONE, asked)
    await talk.handle_again()
    assert await kinds(talk) == [DOUBT, "assign"]
    assert "im ho so mat cua phong" in talk.heard("leader")[-1].text


async def test_a_question_asked_again_after_a_kill_is_the_same(talk: Talk) -> None:
    await doubtful(talk)
    await talk.handle_again(UNSURE)
    first, second = talk.heard("leader")[-2:]
    assert first.buttons == second.buttons
    await talk.press("leader", NONE, first)
    await talk.press("leader", NONE, second)
    assert await kinds(talk) == [DOUBT, "assign"]


async def test_a_press_says_that_it_carries_one(talk: Talk) -> None:
    asked = await doubtful(talk)
    await talk.press("leader", MARKED, asked)
    assert talk.heard("leader")[-1].text == SECRECY
    assert await talk.press("leader", NONE, asked) == "Bước này đã được ghi nhận."
    assert await noted(talk) == [("secrecy.refused", '{"rule":"Mật"}')]
    assert await kinds(talk) == [DOUBT]


async def test_what_is_deleted_meanwhile_is_to_be_sent_again(talk: Talk) -> None:
    asked = await doubtful(talk)
    said = talk.emulator.messages.find(ACCOUNTS["leader"], talk.said("leader")[-1])
    assert said is not None
    said.deleted = True
    assert await talk.press("leader", NONE, asked) == GONE
    assert await kinds(talk) == [DOUBT]
    assert await noted(talk) == []


async def test_an_edit_is_handled_as_an_edit(talk: Talk) -> None:
    await talk.say("leader", "Giao đồng chí Ân soạn báo cáo quý, trước 17h thứ Sáu")
    said = talk.said("leader")[-1]
    talk.gestures.edit(ACCOUNTS["leader"], said, ORDER)
    await talk.handle(UNSURE)
    await talk.press("leader", NONE)
    cards = [one for one in talk.heard("leader") if "Giao việc" in one.buttons]
    assert len(cards) == 1
    assert "im ho so mat cua phong" in cards[0].text


async def test_a_file_is_handled_with_its_caption(talk: Talk) -> None:
    talk.gestures.upload(
        ACCOUNTS["leader"], "document", "ho so mat.pdf", "application/pdf", b"%PDF", ORDER
    )
    await talk.handle(UNSURE)
    await talk.press("leader", NONE)
    (row,) = await talk.at_work.db.fetch("SELECT fields FROM drafts WHERE kind = 'assign'")
    assert "ho so mat.pdf" in str(row["fields"])


async def test_a_reply_to_a_card_is_still_about_its_task(talk: Talk) -> None:
    await talk.at_work.assign()
    await talk.deliver()
    card = next(one for one in talk.heard("staff") if "Đã nhận" in one.buttons)
    talk.gestures.say(ACCOUNTS["staff"], "da tim thay cong van mat", reply_to=card.id)
    await talk.handle(UNSURE)
    await talk.press("staff", NONE)
    assert talk.heard("staff")[-1].text.startswith("Đã ghi trao đổi vào việc số 1")


async def test_what_answers_somebody_elses_message_is_to_be_sent_again(talk: Talk) -> None:
    await talk.say("leader", "chào đồng chí")
    answered = await doubtful(talk, ORDER, reply_to=talk.said("leader")[-1])
    assert answered.text == SAID_AGAIN
    assert answered.buttons == {}
    assert DOUBT not in await kinds(talk)


@pytest.mark.parametrize("label", [MARKED, NONE])
async def test_nobody_else_says_it_in_a_group(talk: Talk, label: str) -> None:
    group = await _group(talk, "leader", "staff")
    talk.gestures.say(ACCOUNTS["leader"], f"/{ORDER}", group)
    await talk.handle(UNSURE)
    asked = talk.emulator.messages.of_chat(group)[-1]
    assert "reply_to_message" in asked.data
    talk.gestures.press(ACCOUNTS["staff"], asked.id, label=label, chat_id=group)
    seen = talk.emulator.feed.last
    await talk.handle()
    (toast,) = (one for one in talk.emulator.feed.since(seen) if one["kind"] == "toast")
    assert "chỉ đồng chí ấy bấm" in toast["text"]
    assert await kinds(talk) == [DOUBT]


async def test_in_a_group_it_is_answered_there(talk: Talk) -> None:
    group = await _group(talk, "leader", "staff")
    talk.gestures.say(ACCOUNTS["leader"], f"/{ORDER}", group)
    await talk.handle(UNSURE)
    asked = talk.emulator.messages.of_chat(group)[-1]
    talk.gestures.press(ACCOUNTS["leader"], asked.id, label=NONE, chat_id=group)
    await talk.handle()
    last = talk.emulator.messages.of_chat(group)[-1]
    assert "im ho so mat cua phong" in last.data["text"]


async def test_a_question_disturbs_no_dialog(talk: Talk) -> None:
    await talk.say("leader", "Giao đồng chí Ân soạn báo cáo quý, trước 17h thứ Sáu")
    await doubtful(talk)
    assert "Đã bỏ" in (await talk.say("leader", "thôi")).text


async def test_a_stranger_is_told_what_strangers_are_told(talk: Talk) -> None:
    stranger = talk.emulator.add_person("Người lạ").id
    talk.gestures.say(stranger, "ho so mat")
    await talk.handle(UNSURE)
    (told,) = [one for one in talk.emulator.messages.of_chat(stranger) if one.by_bot]
    assert str(stranger) in told.data["text"]
    assert await kinds(talk) == []


async def _group(talk: Talk, *names: str) -> int:
    made = Groups(talk.emulator).make("Tổ công tác", [ACCOUNTS[name] for name in names], [])
    await talk.handle()
    await talk.handle()
    return made.id
