"""The faults tests set, the log of calls, the clock and the menu."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.playground.emulator import Emulator
from bot.playground.office import read_office
from bot.playground.phone import Phone
from bot.playground.remote import Remote, WrongMove
from bot.playground.server import serve
from tests.playground.conftest import AN, LINH


async def test_a_dropped_connection_leaves_the_message_there(bot: Bot, play: Remote) -> None:
    await play.faults(drop=1)
    with pytest.raises(NetworkError):
        await bot.send_message(LINH, "một")
    assert (await (await Phone.of(play, LINH)).expect("một")).by_bot
    await bot.send_message(LINH, "hai")


async def test_broken_answers_do_nothing(bot: Bot, play: Remote, emulator: Emulator) -> None:
    await play.faults(broken=1, status=500)
    with pytest.raises(NetworkError):
        await bot.send_message(LINH, "một")
    assert emulator.messages.of_chat(LINH) == []


async def test_nonsense_is_not_json(bot: Bot, play: Remote) -> None:
    await play.faults(nonsense=1)
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.get_me()


async def test_what_is_unheard_is_answered_and_not_done(
    bot: Bot, play: Remote, emulator: Emulator
) -> None:
    await play.faults(unheard=1, words='{"ok":false,"description":"no"}', words_status=400)
    with pytest.raises(BadRequest, match="no"):
        await bot.send_message(LINH, "một")
    assert emulator.messages.of_chat(LINH) == []


async def test_away_and_back(bot: Bot, play: Remote) -> None:
    await play.faults(away=True)
    with pytest.raises(NetworkError):
        await bot.get_me()
    await play.faults(away=False)
    assert (await bot.get_me()).username == "dondoc_demo_bot"


async def test_a_server_that_left_refuses_and_comes_back(emulator: Emulator) -> None:
    async with serve(emulator) as address:
        port = int(address.rpartition(":")[2])
    with pytest.raises(NetworkError):
        await Bot(emulator.token, f"{address}/bot").get_me()
    async with serve(emulator, port), Bot(emulator.token, f"{address}/bot") as bot:
        assert bot.username == "dondoc_demo_bot"


async def test_every_answer_is_late_by_the_delay(bot: Bot, play: Remote) -> None:
    await play.faults(delay_ms=150)
    began = time.monotonic()
    await bot.get_me()
    assert time.monotonic() - began >= 0.15


async def test_unknown_faults_are_refused(play: Remote) -> None:
    with pytest.raises(WrongMove):
        await play.faults(gremlins=True)


async def test_the_log_names_method_chat_and_outcome(bot: Bot, play: Remote) -> None:
    await bot.send_message(LINH, "một")
    with pytest.raises(BadRequest):
        await bot.send_message(42, "hai")
    log = await play.calls("sendMessage")
    assert [(one["chat_id"], one["outcome"]) for one in log] == [
        (LINH, "ok"),
        (42, "Bad Request: chat not found"),
    ]


async def test_the_clock_is_a_file_that_the_bot_reads(tmp_path: Path) -> None:
    emulator = Emulator(read_office(), tmp_path / "clock")
    assert float((tmp_path / "clock").read_text()) == 0
    async with serve(emulator) as address, Remote(address) as play:
        await play.advance(days=1, hours=2)
        assert float((tmp_path / "clock").read_text()) == 93_600
        noon = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
        await play.move_to(noon)
        assert abs(await play.now() - noon) < timedelta(seconds=5)
        said = await (await Phone.of(play, LINH)).say("một")
        assert abs(said.at - noon) < timedelta(seconds=5)


async def test_the_narrowest_menu_is_shown(bot: Bot, play: Remote) -> None:
    await bot.set_my_commands([BotCommand("viec", "Việc của tôi")])
    await bot.set_my_commands([("giao", "Giao việc")], BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("tonghop", "Tổng hợp")], BotCommandScopeChat(LINH))
    await bot.set_my_commands([("nhom", "Nhóm")], BotCommandScopeAllGroupChats())
    assert await (await Phone.of(play, LINH)).menu() == ["tonghop"]
    assert await (await Phone.of(play, AN)).menu() == ["giao"]
    assert (await bot.get_my_commands())[0].description == "Việc của tôi"
    await bot.delete_my_commands(BotCommandScopeChat(LINH))
    assert await (await Phone.of(play, LINH)).menu() == ["giao"]
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Có Dấu", "không được")])
