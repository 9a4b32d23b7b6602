"""Telegram, or whoever sits between, answers strangely and hands over strange updates: nothing ends, nothing is lost."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.faults.office import assign, at_work
from tests.published import STRANGE, spoilt, written
from tests.stories.stage import LEADER, STAFF, Stage

SENT = ("sendmessage", "sendphoto", "senddocument", "editmessagetext")
NO_NUMBER = [one for one in STRANGE if not (type(one) is int and 0 < one < 2**53)]
NOT_TRUE = [one for one in STRANGE if one is not True]
NOT_A_LIST = [one for one in STRANGE if not isinstance(one, list)]
BODIES = (
    "",
    "null",
    "[]",
    "{}",
    '{"ok":1}',
    '{"ok":true}',
    "<html>502</html>",
    "[" * 50_000,
    "NaN",
)
STATUSES = (200, 200, 200, 204, 301, 302, 400, 403, 409, 418, 429, 500, 502, 599)
SILENCES: tuple[Any, ...] = (
    "soon",
    -5,
    0,
    1.5,
    True,
    None,
    [],
    {},
    "1e400",
    float("inf"),
    10**30,
    -(10**9),
)


def strange(method: str, chance: Random) -> tuple[str, int]:
    """Return an answer that Telegram never gives to a method, and its status."""
    if chance.random() < 0.2:
        return chance.choice(BODIES), chance.choice(STATUSES)
    if chance.random() < 0.4:
        told = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after x"}
        told["parameters"] = {"retry_after": chance.choice(SILENCES[:-2])}
        return written(told).decode(), chance.choice((200, 429, 429, 429))
    if method == "getupdates":
        result = chance.choice(NOT_A_LIST)
    elif method in SENT:
        result = {"message_id": chance.choice(NO_NUMBER), "date": 1, "chat": {"id": 1}}
    else:
        result = chance.choice(NOT_TRUE)
    return written({"ok": True, "result": as_json(result)}).decode(), chance.choice((200, 200, 403))


def as_json(value: Any) -> Any:
    """Return a value in place of the mark that a field is gone."""
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if type(one) is not object}
    return None if type(value) is object else value


def strike_at(stage: Stage, chance: Random, often: Callable[[str], float]) -> None:
    """Let each call be answered strangely, done or not, as often as is said for its method."""
    faults = stage.emulator.faults

    def strike(method: str) -> str | None:
        if chance.random() >= often(method):
            return None
        faults.words, faults.words_status = strange(method, chance)
        return chance.choice(("nonsense", "unheard"))

    object.__setattr__(faults, "strike", strike)


def heal(stage: Stage) -> None:
    object.__setattr__(stage.emulator.faults, "strike", lambda method: None)


async def test_telegram_answers_strangely_and_nothing_ends_or_is_lost(
    stage: Stage, long: bool
) -> None:
    """Many of all calls, the first of all among them; then Telegram is well again."""
    chance, count = Random(16), 30 if long else 2
    strike_at(stage, chance, lambda method: 0.0 if method == "getupdates" else 0.5)
    await stage.start_bot()
    leader, staff = [await stage.phone(name, started=False) for name in (LEADER, STAFF)]
    strike_at(stage, chance, lambda method: 0.2)
    for phone in (leader, staff):
        await phone.start()
        await phone.expect("Chào đồng chí", timeout=60)
    for number in range(count):
        await leader.say(f"Giao đồng chí {STAFF} soạn báo cáo số {number}x, trước 17h thứ Sáu")
        draft = await leader.expect(f"số {number}x", button="Giao việc", timeout=120)
        await leader.press_and_go("Giao việc", draft)
        await stage.until(f"SELECT COUNT(*) = {number + 1} FROM tasks", 120)
    heal(stage)
    assert stage.lives(), stage.log()[-2000:]
    await stage.at(
        7, hour=10, minute=1
    )  # what was more than an hour's messages is gathered for ten
    for box in ("outbox", "inbox"):
        await stage.until(f"SELECT COUNT(*) = 0 FROM {box} WHERE state = 'waiting'", 150)
    told = (
        "SELECT COUNT(*) FROM outbox o JOIN people p ON p.id = o.person_id WHERE p.telegram_id = $1"
    )
    assert stage.rows(f"{told} AND o.state IN ('sent', 'folded')", staff.id) == [(count,)]
    [(sent,)] = stage.rows(f"{told} AND o.state = 'sent'", staff.id)
    heard = [one for one in await staff.messages() if one.by_bot and "Việc" in one.text]
    assert len(heard) >= int(str(sent)), "marked as sent that was not"
    assert stage.rows("SELECT COUNT(*) FROM outbox WHERE state = 'failed'") == [(0,)]
    assert stage.rows("SELECT COUNT(*) FROM people WHERE reach = 'blocked'") == [(0,)]
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert "Traceback" not in stage.log()
    assert await stage.stop_bot() == 0


@pytest.mark.parametrize("method", ["getme", "setmycommands", "getupdates"])
async def test_a_start_goes_on_whatever_is_answered_to_its_first_calls(
    stage: Stage, method: str
) -> None:
    """A silence that was no number ended the program before it had begun."""
    told = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after x"}
    answers = [written(told | {"parameters": {"retry_after": one}}).decode() for one in SILENCES]
    answers = [answers[0], answers[1], '{"ok":true,"result":{"id":"x"}}']
    faults = stage.emulator.faults

    def strike(asked: str) -> str | None:
        if asked != method or not answers:
            return None
        faults.words, faults.words_status = answers.pop(0), 429 if "429" in answers[0] else 200
        return "unheard"

    object.__setattr__(faults, "strike", strike)
    await stage.start_bot()
    leader = await stage.phone(LEADER)
    await leader.say("/viec")
    await leader.expect("không có việc nào đang mở", timeout=60)
    assert stage.lives()


def updates_of(person: int) -> list[dict[str, Any]]:
    """Return updates as a person of the office causes them."""
    sender = {"id": person, "is_bot": False, "first_name": "Lĩnh", "username": "linh"}
    chat = {"id": person, "type": "private", "first_name": "Lĩnh"}
    group = {"id": -1001, "type": "supergroup", "title": "Phòng"}
    said = {"message_id": 900, "date": 1796000000, "chat": chat, "from": sender}
    card = {"message_id": 5, "date": 1796000000, "chat": chat, "text": "thẻ"}
    paper = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 3}
    member = {"user": {"id": 8000000001, "is_bot": True, "first_name": "Bot"}, "status": "member"}
    origin = {"type": "user", "date": 1, "sender_user": sender}
    entity = {"type": "bot_command", "offset": 0, "length": 5}
    joined = {"chat": group, "from": sender, "date": 1, "old_chat_member": member}
    return [
        {"message": said | {"text": "/viec", "entities": [entity]}},
        {"message": said | {"text": "soạn báo cáo", "reply_to_message": card, "quote": {"text": "x"}}},
        {"message": said | {"document": paper, "caption": "kết quả", "media_group_id": "1"}},
        {"message": said | {"text": "chuyển", "forward_origin": origin}},
        {"message": said | {"chat": group, "migrate_to_chat_id": -1002}},
        {"message": said | {"chat": group, "text": "/giao x", "sender_chat": group}},
        {"edited_message": said | {"text": "sửa", "edit_date": 1796000001}},
        {"callback_query": {"id": "1", "from": sender, "chat_instance": "1", "message": card,
                            "data": "task.open:1:1"}},
        {"my_chat_member": joined | {"new_chat_member": member}},
    ]  # fmt: skip


async def test_strange_updates_stop_nothing_and_are_kept_as_nothing_else(
    stage: Stage, long: bool
) -> None:
    """Each is an update of the office's leader with one thing in it that no update has."""
    chance, count = Random(5), 5000 if long else 300
    leader, staff = await at_work(stage)
    for number in range(count):
        whole = spoilt(chance.choice(updates_of(leader.id)), chance.choice)
        if chance.random() < 0.2:
            whole = spoilt({"update_id": number, "message": {}}, chance.choice)
        stage.emulator.updates.inject(json.loads(written(whole)))
        if number % 100 == 0:
            await staff.say("/viec")
            await staff.expect("không có việc nào đang mở", timeout=30)
    await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", 120)
    await leader.catch_up()
    await assign(leader, "soạn báo cáo quý")
    await staff.expect("soạn báo cáo quý", timeout=60)
    assert stage.lives()
    assert stage.is_sound()
    for table, column in stage.rows(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c"
        " WHERE t.type = 'table' AND c.type IN ('BIGINT', 'INTEGER')"
    ):
        kinds = stage.rows(f"SELECT DISTINCT typeof({column}) FROM {table}")
        assert {kind for (kind,) in kinds} <= {"integer", "null"}, f"{table}.{column}"
