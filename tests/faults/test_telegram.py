"""Telegram says nonsense, asks for silence, or is away: what was to be said is said later."""

import asyncio

import pytest

from bot.playground.emulator import BotCall
from tests.faults.office import assign, at_work, told, until_told
from tests.faults.replicas import Replicas
from tests.stories.stage import Stage

NONSENSE = [
    pytest.param("<html>502 Bad Gateway</html>", 200, id="html"),
    pytest.param('{"ok":true,"result":{"mess', 200, id="truncated"),
    pytest.param('{"ok":true,"result":"sent"}', 200, id="a word"),
    pytest.param('{"ok":true,"result":{"message_id":"x"}}', 200, id="no number"),
    pytest.param('{"ok":true}', 200, id="no result"),
    pytest.param("[]", 200, id="a list"),
    pytest.param("", 200, id="empty"),
    pytest.param("<html>Forbidden by the firewall</html>", 403, id="a proxy's 403"),
    pytest.param("<html>Bad Request</html>", 400, id="a proxy's 400"),
    pytest.param("<html>Not Found</html>", 404, id="a sign-in page"),
    pytest.param('{"ok":false,"error_code":500,"description":"Internal"}', 500, id="500"),
    pytest.param("", 504, id="504"),
]


@pytest.mark.parametrize(("words", "status"), NONSENSE)
async def test_what_was_answered_with_nonsense_is_said_again(
    stage: Stage, words: str, status: int
) -> None:
    leader, staff = await at_work(stage)
    await stage.play.faults(nonsense=3, words=words, words_status=status)
    await leader.say("/viec")
    await leader.expect("không có việc nào đang mở", timeout=20)
    await stage.play.faults(nonsense=0)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận", timeout=20)
    assert stage.rows(
        "SELECT COUNT(*) FROM outbox WHERE state IN ('failed', 'unreachable')"
        " AND person_id IN (SELECT id FROM people WHERE reach = 'reachable')"
    ) == [(0,)]
    assert stage.rows("SELECT COUNT(*) FROM people WHERE reach = 'blocked'") == [(0,)]
    assert stage.lives()
    assert "Traceback" not in stage.log()


async def test_a_nonsense_list_of_updates_loses_none(stage: Stage) -> None:
    leader, _ = await at_work(stage)
    for words in ('{"ok":true,"result":{"a":1}}', '{"ok":true,"result":[1,"x",{}]}', "[", "null"):
        await stage.play.faults(polling=True, nonsense=2, words=words)
        await leader.say("/viec")
        await leader.expect("không có việc nào đang mở", timeout=30)
    assert stage.lives()


@pytest.mark.parametrize("seconds", [1, 3, 12])
async def test_a_silence_that_telegram_asks_for_is_kept_to_the_second(
    stage: Stage, seconds: int
) -> None:
    leader, staff = await at_work(stage)
    await leader.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo, trước 17h thứ Sáu")
    card = await leader.expect(button="Giao việc")
    calls = stage.emulator.calls
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")
    seen = len(calls)
    strike = stage.emulator.faults.strike

    def only_staff(method: str) -> object:
        return strike(method) if method == "sendmessage" else None

    object.__setattr__(stage.emulator.faults, "strike", only_staff)
    stage.emulator.faults.flooded, stage.emulator.faults.retry_after = 1, seconds
    await leader.press("Giao việc", card)
    await staff.expect("soạn báo cáo", button="Đã nhận", timeout=seconds + 10)
    sent = [one for one in calls[seen:] if one.chat_id == staff.id and one.method == "sendMessage"]
    refused, said = sent[0], sent[1]
    assert refused.outcome.startswith("Too Many Requests")
    assert seconds <= said.at - refused.at < seconds + 1.5


async def test_an_hour_without_telegram_loses_nothing_and_an_admin_is_told_once(
    stage: Stage,
) -> None:
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    before = len(stage.emulator.calls)
    await stage.play.faults(away=True)
    await stage.play.advance(minutes=5)
    await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
    await noticed(stage, before)
    await stage.play.advance(minutes=60)
    await stage.play.faults(away=False)
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc", timeout=40))
    await staff.expect("dự toán", button="Đã nhận", timeout=20)
    await until_told(stage, "mất liên lạc với Telegram", 20)
    await asyncio.sleep(3)
    assert told(stage, "mất liên lạc với Telegram") == 1
    assert stage.lives()
    assert "Traceback" not in stage.log()


async def test_what_rests_for_long_is_said_as_soon_as_telegram_is_back(stage: Stage) -> None:
    leader, staff = await at_work(stage)
    await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
    card = await leader.expect("dự toán", button="Giao việc")
    await stage.mute()
    await leader.press_and_go("Giao việc", card)
    await stage.until("SELECT COUNT(*) > 0 FROM outbox WHERE lease_owner = 'resting'")
    stage.spoil("UPDATE outbox SET attempts = 9 WHERE lease_owner = 'resting'")
    await stage.until("SELECT MIN(attempts) > 9 FROM outbox WHERE lease_owner = 'resting'", 20)
    before = len(stage.emulator.calls)
    await stage.play.faults(away=True, broken=0)
    await leader.say("/viec")
    await noticed(stage, before)
    await stage.play.advance(minutes=6)
    await stage.play.faults(away=False)
    await staff.expect("dự toán", button="Đã nhận", timeout=40)
    await stage.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'", 20)


async def noticed(stage: Stage, before: int) -> None:
    """Wait until all that ask Telegram something again and again were cut off."""
    programs = 2 if isinstance(stage, Replicas) else 1
    async with asyncio.timeout(60):
        while cut_off(stage.emulator.calls[before:]) < programs:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def cut_off(calls: list[BotCall]) -> int:
    asked = [one for one in calls if one.method in ("getUpdates", "getWebhookInfo")]
    return sum(one.outcome == "fault: away" for one in asked)


async def test_a_start_goes_on_though_telegram_answers_badly(stage: Stage) -> None:
    faults = stage.emulator.faults
    strike = faults.strike
    object.__setattr__(
        faults, "strike", lambda method: strike(method) if method == "setmycommands" else None
    )
    faults.broken = faults.flooded = faults.drop = 1
    leader, _ = await at_work(stage)
    async with asyncio.timeout(20):
        while faults.broken or faults.flooded or faults.drop:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await leader.say("/viec")
    await leader.expect("không có việc nào đang mở")
    assert stage.lives()
