"""What in a group is for the bot, and what people say to each other."""

from typing import Any

import pytest

from bot.delivery.inbox.group_talk import is_overheard

BOT, NAME = 7, "dondoc_bot"
OURS = {"message_id": 1, "from": {"id": BOT, "is_bot": True}, "text": "thẻ"}
THEIRS = {"message_id": 2, "from": {"id": 101, "is_bot": False}, "text": "ai đó"}


def overheard(kind: str = "message", chat: str = "supergroup", **content: Any) -> bool:
    raw = {"update_id": 1, kind: {"chat": {"id": -1, "type": chat}, "from": {"id": 101}, **content}}
    return is_overheard(raw, BOT, NAME)


@pytest.mark.parametrize(
    "text",
    [
        "/giao", "/giao An soạn", "/giao@dondoc_bot An", "/giao@DonDoc_Bot\nAn", "@dondoc_bot ơi",
        "hỏi @DONDOC_BOT, việc nào quá hạn", "nhờ (@dondoc_bot)",
    ],
)  # fmt: skip
def test_spoken_to(text: str) -> None:
    for kind in ("message", "edited_message"):
        for chat in ("group", "supergroup"):
            assert not overheard(kind, chat, text=text)
    assert not overheard(caption=text, document={})
    assert overheard(text=text, forward_origin={"type": "user"})


@pytest.mark.parametrize(
    "text",
    [
        "", "ăn cơm chưa", "/giao@other_bot An", "1/giao", "/ giao", "@dondoc_bot2 ơi",
        "a@dondoc_bot", "dondoc_bot", "/giao@ @x",
    ],
)  # fmt: skip
def test_said_to_others(text: str) -> None:
    for kind in ("message", "edited_message"):
        assert overheard(kind, text=text)
        assert overheard(kind, text=text, reply_to_message=THEIRS)
        assert not overheard(kind, text=text, reply_to_message=OURS)
    assert not overheard(chat="private", text=text)


def test_a_topic_that_the_bot_opened_is_no_reply() -> None:
    assert overheard(text="chào", reply_to_message=OURS | {"forum_topic_created": {"name": "a"}})


def test_what_happens_to_the_group_itself() -> None:
    assert not overheard(migrate_to_chat_id=-2)
    assert not overheard(migrate_from_chat_id=-1)
    assert overheard(new_chat_members=[{"id": BOT}])
    assert overheard(photo=[])
    group = {"id": -1, "type": "supergroup"}
    for kind in ("my_chat_member", "callback_query"):
        raw = {"update_id": 1, kind: {"chat": group, "message": {"chat": group, "text": "x"}}}
        assert not is_overheard(raw, BOT, NAME)


@pytest.mark.parametrize("raw", [None, 1, [], "x", {}, {"message": []}, {"message": {"chat": 1}}])
def test_anything_else_is_left_to_the_inbox(raw: Any) -> None:
    assert not is_overheard(raw, BOT, NAME)


@pytest.mark.parametrize("odd", [{"text": 5}, {"reply_to_message": 5}, {"caption": []}])
def test_a_strange_message_in_a_group_is_not_kept(odd: dict[str, Any]) -> None:
    assert overheard(**odd)
