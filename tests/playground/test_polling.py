"""getUpdates as Telegram does it: long, confirmed by offset, one poller at a time."""

import asyncio
import time

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.playground.emulator import Emulator
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import AN, LINH


@pytest.fixture
async def linh(play: Remote) -> Phone:
    return await Phone.of(play, LINH)


async def test_what_is_not_confirmed_comes_again(bot: Bot, linh: Phone) -> None:
    for text in ("một", "hai", "ba"):
        await linh.say(text)
    first = await bot.get_updates()
    assert [one.update_id for one in await bot.get_updates()] == [one.update_id for one in first]
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [one.message and one.message.text for one in rest] == ["hai", "ba"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()
    assert await bot.get_updates(offset=0) == ()


async def test_limit_and_negative_offset(bot: Bot, linh: Phone) -> None:
    for text in ("một", "hai", "ba"):
        await linh.say(text)
    assert len(await bot.get_updates(limit=2)) == 2
    (last,) = await bot.get_updates(offset=-1)
    assert last.message
    assert last.message.text == "ba"
    assert len(await bot.get_updates()) == 1


async def test_a_poll_waits_for_the_first_update(bot: Bot, linh: Phone) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    began = time.monotonic()
    await linh.say("đây")
    assert len(await waiting) == 1
    assert time.monotonic() - began < 5


async def test_a_poll_ends_empty_when_its_time_is_up(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < time.monotonic() - began < 5


async def test_a_second_poller_ends_the_first(
    bot: Bot, emulator: Emulator, address: str, linh: Phone
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.wait_for(emulator.updates.polled.wait(), 5)
    async with Bot(bot.token, f"{address}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await linh.say("đây")
        assert len(await second) == 1


async def test_a_webhook_and_polling_exclude_each_other(bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook", secret_token="x")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_only_the_kinds_asked_for_are_kept(bot: Bot, linh: Phone) -> None:
    await bot.get_updates(allowed_updates=[Update.MESSAGE])
    await linh.block()
    await linh.unblock()
    await linh.say("một")
    assert [one.message and one.message.text for one in await bot.get_updates()] == ["một"]


async def test_raw_updates_are_queued_as_they_stand(bot: Bot, address: str, play: Remote) -> None:
    broken = [{"message": {"message_id": "x"}}, {"update_id": "seven"}, "text", [1], None]
    await play.inject(*broken)
    async with play.session.post(f"{address}/bot{bot.token}/getUpdates") as answer:
        given = (await answer.json())["result"]
    assert given == [{"message": {"message_id": "x"}, "update_id": 1}, *broken[1:]]
    async with play.session.post(f"{address}/bot{bot.token}/getUpdates") as answer:
        again = (await answer.json())["result"]
    assert again == given[:1], "what no offset can confirm is given once"


@pytest.mark.parametrize("number", [[], {}, "5", None, 1.5])
async def test_whatever_was_injected_can_be_let_go(bot: Bot, play: Remote, number: object) -> None:
    await play.inject({"message": {"message_id": number, "chat": {"id": LINH}}})
    await play.inject({"poll": None})
    (rest,) = await bot.get_updates(offset=2)
    assert rest.update_id == 2


async def test_a_repeated_update_is_given_once_more(bot: Bot, play: Remote) -> None:
    await play.inject({"update_id": 10}, {"update_id": 11})
    assert [one.update_id for one in await bot.get_updates()] == [10, 11]
    await play.inject({"update_id": 10})
    assert [one.update_id for one in await bot.get_updates(offset=12)] == [10]
    assert await bot.get_updates(offset=12) == ()


async def test_a_batch_waits_as_one(bot: Bot, play: Remote) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await play.batch(
        *(("say", {"person_id": person, "text": text}) for person in (LINH, AN) for text in "ab")
    )
    assert len(await waiting) == 4


async def test_updates_wait_while_the_server_is_away(emulator: Emulator, play: Remote) -> None:
    await (await Phone.of(play, LINH)).say("một")
    assert (await play.get("clock"))["waiting"] == 1
    assert len(await emulator.updates.poll(0, 100, 0)) == 1
