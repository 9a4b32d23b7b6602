"""Whom the bot may write to, how fast, and with which token."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, RetryAfter

from bot.playground.api.limits import Flood
from bot.playground.emulator import Emulator
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import AN, LINH


async def test_nobody_is_written_to_before_they_press_start(bot: Bot, play: Remote) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(AN, "chào")
    await (await Phone.of(play, AN)).start("loi-moi")
    (update,) = await bot.get_updates(timeout=5)
    assert update.message
    assert update.message.text == "/start loi-moi"
    assert (await bot.send_message(AN, "chào")).chat.id == AN


async def test_who_blocks_the_bot_is_not_reached(bot: Bot, play: Remote) -> None:
    linh = await Phone.of(play, LINH)
    await linh.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(LINH, "chào")
    await linh.unblock()
    await bot.send_message(LINH, "chào")
    blocked, unblocked = [one.my_chat_member for one in await bot.get_updates(timeout=5)]
    assert blocked
    assert unblocked
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    assert unblocked.new_chat_member.status == "member"


async def test_a_chat_that_is_not_there(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(42, "chào")
    with pytest.raises(BadRequest, match="Chat_id is empty"):
        await bot.send_message("", "chào")


async def test_a_wrong_token_and_an_unknown_method(bot: Bot, address: str) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:other", f"{address}/bot"):
            pass
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("makeCoffee")


async def test_a_burst_to_one_chat_is_told_to_wait(
    bot: Bot, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    for count in range(5):
        await bot.send_message(LINH, str(count))
    with pytest.raises(RetryAfter) as told:
        await bot.send_message(LINH, "5")
    assert told.value.retry_after == timedelta(seconds=1)
    assert len(emulator.messages.of_chat(LINH)) == 5
    emulator.faults.limits = False
    await bot.send_message(LINH, "5")


def test_thirty_a_second_over_all_chats() -> None:
    flood = Flood()
    assert [flood.wait(chat, False, 100.0) for chat in range(30)] == [0] * 30
    assert flood.wait(31, False, 100.0) == 1
    assert flood.wait(31, False, 101.0) == 0


def test_one_a_second_to_a_chat_after_a_burst() -> None:
    flood = Flood()
    assert [flood.wait(7, False, 100.0) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert flood.wait(7, False, 101.0) == 0
    assert flood.wait(7, False, 101.0) == 1
    assert flood.wait(7, True, 101.0) == 0


def test_twenty_a_minute_to_a_group() -> None:
    flood = Flood()
    assert [flood.wait(-7, False, 100.0) for _ in range(20)] == [0] * 20
    assert flood.wait(-7, False, 100.0) == 3
    assert flood.wait(-7, False, 103.0) == 0
