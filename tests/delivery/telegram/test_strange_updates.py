"""Lists of updates that are none, or numbered strangely: what can be kept is kept, and nobody asks without a pause."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from telegram import Update

from bot.chat.action_label import doing
from bot.clock import system_clock
from bot.delivery.telegram.http_client import build_bot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.poll import Poll
from bot.delivery.telegram.raw_update import ALLOWED, read, received
from tests.delivery.conftest import until
from tests.delivery.hearing import message
from tests.delivery.strange import TOKEN, Answer, Server, fine, refused, telegram
from tests.published import STRANGE, broken, update

BOT = build_bot(TOKEN, "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot")
LONG = {"update_id": 5, "message": {"text": "a" * 300_000}}


class Taken:
    """Keeps what was received."""

    def __init__(self) -> None:
        self.raws: list[Any] = []

    async def __call__(self, raws: Sequence[Any]) -> None:
        self.raws += raws


async def no_wait() -> None:
    """There is room."""


@asynccontextmanager
async def polling(answers: Callable[[], Answer]) -> AsyncIterator[tuple[Taken, Server]]:
    """Poll a Telegram that answers so to getUpdates."""
    taken = Taken()
    async with telegram() as (bot, server):
        known = server.answers
        server.answers = lambda method: answers() if method == "getUpdates" else known(method)
        poll = asyncio.create_task(Poll(bot, taken, no_wait, Away(system_clock, print)).run())
        try:
            yield taken, server
        finally:
            assert not poll.done()
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)


def offsets(server: Server) -> list[int | None]:
    return [given.get("offset") for given in server.given]


VALUES = [one for one in STRANGE if type(one) is not object]
LISTS = [
    *VALUES,
    *([one] for one in VALUES),
    *([{"update_id": one, "message": {}}] for one in VALUES),
    [{"update_id": 5}] * 101,
]


async def test_nobody_asks_without_a_pause_whatever_is_answered() -> None:
    async def asked(told: Any) -> None:
        async with polling(lambda: fine(told)) as (_, server):
            await asyncio.sleep(1)
        assert 1 <= len(server.asked) <= 5, told
        assert {one for one in offsets(server) if one} <= {2**31, 6, 2}, told

    await asyncio.gather(*map(asked, LISTS))


async def test_nobody_asks_without_a_pause_whatever_is_refused() -> None:
    async def asked(answer: Answer) -> None:
        async with polling(lambda: answer) as (_, server):
            await asyncio.sleep(1)
        assert 1 <= len(server.methods()) <= 8, answer

    silences = (refused(429, "no", retry_after=one) for one in (-5, 0, "x", 1e400, 10**9))
    others = (refused(code) for code in (400, 401, 403, 404, 409, 500))
    webhook = refused(409, "Conflict: can't use getUpdates method while webhook is active")
    bodies = (Answer(b""), Answer(b'{"ok":true}'), Answer(b"", 302), fine([]), webhook)
    await asyncio.gather(*map(asked, (*silences, *others, *bodies)))


async def test_numbers_that_go_back_and_forth_are_asked_for_with_a_pause() -> None:
    numbers = iter([9, 8] * 1000)
    async with polling(lambda: fine([message(next(numbers), 101, "a")])) as (_, server):
        await asyncio.sleep(0.4)
    assert len(server.asked) <= 8


async def test_after_a_week_without_updates_lower_numbers_are_taken() -> None:
    lists = iter([[message(900, 101, "trước")], [message(5, 101, "sau")], [message(6, 101, "nữa")]])
    async with polling(lambda: fine(next(lists, []))) as (taken, server):
        await until(lambda: len(offsets(server)) >= 4)
    assert [raw["update_id"] for raw in taken.raws] == [900, 5, 6]
    assert offsets(server)[:4] == [None, 901, 6, 7]


async def test_what_came_with_a_strange_number_is_taken_and_no_number_far_ahead_is_believed() -> (
    None
):
    strange = [{"update_id": one} for one in (2**40, -7, "x", 1.5, True, None, 0)]
    lists = iter([[message(5, 101, "một"), *strange, message(6, 101, "hai")]])
    async with polling(lambda: fine(next(lists, []))) as (taken, server):
        await until(lambda: len(server.asked) >= 2)
    assert offsets(server)[:2] == [None, 7]
    rows = [received(raw, lambda _: None, 1) for raw in taken.raws]
    assert [row.update_id for row in rows if row] == [5, 6]


async def test_of_updates_too_long_together_fewer_are_asked_for() -> None:
    left = [LONG | {"update_id": number} for number in range(1, 26)]

    def answer() -> Answer:
        given = server.given[-1]
        waiting = [one for one in left if one["update_id"] >= given.get("offset", 0)]
        return fine(waiting[: given["limit"]])

    async with polling(answer) as (taken, server):
        await until(lambda: 26 in offsets(server))
    assert [raw["update_id"] for raw in taken.raws] == list(range(1, 26))
    limits = [given["limit"] for given in server.given]
    assert limits[:2] == [100, 10]
    assert limits[-1] == 100
    assert len(limits) < 9


def test_an_update_with_one_field_broken_is_read_or_kept_aside(long: bool) -> None:
    """What is read has in it what it says: a person's number is a number, and a chat's too."""

    @settings(
        deadline=None,
        database=None,
        derandomize=not long,
        max_examples=5000 if long else 100,
        suppress_health_check=list(HealthCheck),
    )
    @given(raw=broken(update(*ALLOWED)))
    def tried(raw: Any) -> None:
        row = received(raw, lambda _: None, 1) if isinstance(raw, dict) else None
        if row is not None and row.body is not None:
            row.body.encode()
            with suppress(Exception):  # it is kept aside, whatever it is
                look_at(read(row.body, BOT))

    tried()


def look_at(update: Update) -> None:
    """Fail, with what no suppression holds, where something is of another type than it should be."""
    doing(update)
    said = update.message or update.edited_message
    numbers: list[Any] = [one and one.id for one in (update.effective_user, update.effective_chat)]
    texts: list[Any] = [update.callback_query and update.callback_query.data]
    if said is not None:
        numbers += [said.message_id, said.migrate_to_chat_id, said.migrate_from_chat_id]
        texts += [said.text, said.caption, said.chat.title, said.quote and said.quote.text]
    wrong = [one for one in numbers if type(one) not in {int, type(None)}]
    wrong += [one for one in texts if type(one) not in {str, type(None)}]
    if wrong:
        pytest.fail(f"taken as it came: {wrong}")
