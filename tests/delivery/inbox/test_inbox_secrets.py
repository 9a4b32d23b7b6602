"""A text that bears a mark of secrecy is never stored; guidance that names the marks is none."""

import json
from typing import Any

import pytest
from telegram import Message, Update

from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.raw_update import Raw, read, received
from bot.playground.gestures import Gestures
from bot.rules.secrecy import NO_MARK, UNSURE, secret_mark
from storage.engine.database import Database, Row
from storage.records import UpdateKey
from tests.delivery.conftest import until
from tests.delivery.hearing import Chat, an_inbox, message, rows, running, secret


async def test_a_marked_text_is_never_stored(
    db: Database, bot: TelegramBot, gestures: Gestures
) -> None:
    chat = Chat()
    gestures.say(101, "Văn bản Tối mật về kế hoạch X")
    gestures.upload(102, "document", "Tối mật - danh sách.pdf", "application/pdf", b"%PDF")
    gestures.upload(103, "document", "a.pdf", "application/pdf", b"%PDF", "kèm bản Tối mật")
    quoted = gestures.say(104, "Tối mật nữa")
    gestures.say(104, "như trên", reply_to=quoted.id)
    stored: list[Row] = []

    async def peek(update: Update, key: UpdateKey, mark: str | None) -> None:
        stored.extend(await db.fetch("SELECT body FROM inbox WHERE update_id = $1", key.update_id))
        await chat.handle(update, key, mark)

    async with running(an_inbox(db, bot, chat, handle=peek), bot):
        await until(lambda: len(chat.heard) == 5)
    assert chat.marks == ["mat"] * 5
    assert {text for _, text in chat.heard} == {""}
    assert {heard_in for heard_in, _ in chat.heard} == {101, 102, 103, 104}
    bodies = [row["body"] for row in stored]
    assert len(bodies) == 5
    assert not any("mật" in body or "như" in body or "Người" in body for body in bodies)
    assert [row["mark"] for row in await rows(db)] == ["mat"] * 5


async def test_a_press_on_guidance_that_names_the_marks_is_no_secret(
    db: Database, bot: TelegramBot
) -> None:
    chat = Chat()
    inbox = an_inbox(db, bot, chat)
    guidance = message(1, 101, "Không gửi văn bản Tối mật")["message"]
    guidance["from"] = {"id": 1, "is_bot": True, "first_name": "Đôn Đốc"}
    who = {"id": 101, "first_name": "An", "is_bot": False}
    press = {"id": "1", "from": who, "chat_instance": "1", "data": "x", "message": guidance}
    await inbox.start()
    await inbox.receive([{"update_id": 1, "callback_query": press}])
    await until(lambda: chat.heard)
    await inbox.stop()
    assert chat.marks == [None]


BOT = {"id": 1, "is_bot": True, "first_name": "Đôn Đốc"}
WHO = {"id": 101, "is_bot": False, "first_name": "An"}
HERE = {"id": -5, "type": "group", "title": "Tổ công tác"}
SAID = {"message_id": 7, "date": 1, "chat": HERE, "from": WHO, "text": "tim ho so mat"}
ASKED = {
    "message_id": 8,
    "date": 2,
    "chat": HERE,
    "from": BOT,
    "text": "Mật?",
    "reply_to_message": SAID,
}


def press(data: str, card: Raw = ASKED, who: Raw = WHO) -> Raw:
    query = {"id": "1", "from": who, "chat_instance": "1", "data": data, "message": card}
    return {"update_id": 3, "callback_query": query}


def kept(raw: Raw) -> tuple[str, str | None]:
    row = received(raw, secret, 1)
    assert row is not None
    assert row.body is not None
    return row.body, row.mark


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_of_a_doubtful_text_where_it_stands_is_kept_and_nothing_else(kind: str) -> None:
    body, mark = kept({"update_id": 2, kind: SAID})
    assert mark == UNSURE
    assert json.loads(body) == {
        "update_id": 2,
        kind: {
            "message_id": 7,
            "date": 1,
            "chat": {"id": -5, "type": "group"},
            "from": {"id": 101, "is_bot": False, "first_name": ""},
        },
    }


def test_a_mark_anywhere_is_more_than_a_doubt() -> None:
    for said in (SAID | {"caption": "Tối mật"}, {"caption": "Tối mật"} | SAID):
        assert kept({"update_id": 2, "message": said})[1] == "mat"


@pytest.mark.parametrize(
    ("contact", "mark"),
    [
        ({"first_name": "Mật", "last_name": "Nguyễn Văn"}, None),
        (
            {"first_name": "Mật", "vcard": "BEGIN:VCARD\nN:Mật;Nguyễn Văn;;;\nFN:Mật\nEND:VCARD"},
            None,
        ),
        ({"first_name": "Chị Mật - Kế toán"}, None),
        ({"first_name": "Mật: công văn số 5 của Quân khu"}, "Mật"),
        ({"first_name": "Mật", "last_name": "công văn 15 phòng thủ khu vực"}, None),
        ({"first_name": "An", "vcard": "N:An\nNOTE:hồ sơ tuyệt mật"}, "Tuyệt mật"),
    ],
)
def test_somebody_may_be_called_so(contact: Raw, mark: str | None) -> None:
    row = received({"update_id": 2, "message": {"contact": contact}}, secret_mark, 1)
    assert row is not None
    assert row.mark == mark


@pytest.mark.parametrize("kind", ["message", "my_chat_member"])
def test_of_a_group_whose_title_may_carry_a_mark_the_rest_is_kept(kind: str) -> None:
    titled = HERE | {"title": "To giu ho so mat"}
    event = SAID | {
        "text": "/viec",
        "chat": titled,
        "reply_to_message": SAID | {"text": "a", "chat": titled},
    }
    body, mark = kept({"update_id": 2, kind: event})
    assert mark is None
    assert "/viec" in body
    assert "ho so" not in body


def test_which_message_of_ours_it_answers_is_kept_by_its_buttons() -> None:
    button = {"text": "Giao đồng chí Ân", "callback_data": "task.open:5:1:"}
    lines = [[button, {"text": "Mở", "url": "https://t.me"}]]
    card = ASKED | {"text": "Việc số 5: soạn báo cáo", "reply_markup": {"inline_keyboard": lines}}
    body, _ = kept({"update_id": 2, "message": SAID | {"reply_to_message": card}})
    answered = json.loads(body)["message"]["reply_to_message"]
    assert answered["reply_markup"] == {
        "inline_keyboard": [[{"text": "", "callback_data": "task.open:5:1:"}]]
    }
    assert answered["text"] == "Việc số 5"
    assert not any(word in body for word in ("báo cáo", "Ân", "ho so", "https"))


@pytest.mark.parametrize(
    "answered",
    [
        {"message_id": "x"}, {"message_id": None}, {"message_id": 1, "reply_markup": 5}, [], 7, "a",
        {"message_id": 1, "from": 5, "text": 5},
        {"message_id": 1, "from": BOT, "text": 5, "reply_markup": {"inline_keyboard": [5, [5, {}]]}},
        {"message_id": 1, "forum_topic_created": {"name": "tim ho so mat"}},
    ],
)  # fmt: skip
def test_whatever_it_answers_raises_nothing_and_keeps_no_words(answered: Any) -> None:
    body, mark = kept({"update_id": 2, "message": SAID | {"reply_to_message": answered}})
    assert mark == UNSURE
    assert "ho so" not in body


async def test_the_press_that_says_there_is_none_brings_the_text_back(bot: TelegramBot) -> None:
    body, mark = kept(press(f"{NO_MARK}:4:0:"))
    assert mark is None
    query = read(body, bot).callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    assert query.message.reply_to_message is not None
    assert query.message.reply_to_message.text == "tim ho so mat"


@pytest.mark.parametrize(
    "raw",
    [
        press("task.open:5:1:"),
        press("doubt.mark:4:0:"),
        press(NO_MARK),
        press(f"{NO_MARK}:4:0:", who=WHO | {"id": 102}),
        press(f"{NO_MARK}:4:0:", ASKED | {"from": WHO}),
        press(f"{NO_MARK}:4:0:", ASKED | {"from": {}}),
        press(f"{NO_MARK}:4:0:", ASKED | {"reply_to_message": SAID | {"from": {}}}),
        press("task.open:5:1:", ASKED | {"chat": HERE | {"title": "Tối mật tim ho so mat"}}),
        press("task.open:5:1:", ASKED | {"chat": HERE | {"title": "tim ho so mat"}}),
        press("task.open:5:1:", ASKED | {"quote": {"text": "tim ho so mat"}}),
    ],
)
def test_no_other_press_does(raw: Raw) -> None:
    body, mark = kept(raw)
    assert mark is None
    assert "ho so" not in body


def test_what_was_changed_into_a_mark_meanwhile_is_one() -> None:
    changed = SAID | {"text": "Tối mật tim ho so"}
    body, mark = kept(press(f"{NO_MARK}:4:0:", ASKED | {"reply_to_message": changed}))
    assert mark == "mat"
    assert "ho so" not in body
    assert json.loads(body)["message"]["chat"] == {"id": -5, "type": "group"}
