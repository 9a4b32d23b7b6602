"""Lanes are shared out to instances by leases; who is killed or stands still loses them."""

import asyncio
from datetime import timedelta
from typing import Any, cast

from telegram import Update

from bot.clock import system_clock
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.poll import Poll
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from storage.records import UpdateKey
from tests.delivery.conftest import OwnedClock, until
from tests.delivery.hearing import Chat, an_inbox, kill, message, rows, running


async def test_killed_with_sixty_waiting(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    """Nothing of the first life is stopped in order: its tasks are cut off as a kill would."""
    before, chat = Chat(pause=0.2), Chat()
    for number in range(60):
        gestures.say(101 + number % 7, f"lời {number}")
    first = an_inbox(db, bot, before)
    await first.start()
    poll = asyncio.create_task(
        Poll(bot, first.receive, first.has_room, Away(system_clock, print)).run()
    )
    await until(lambda: not len(emulator.updates) or len(before.heard) > 5)
    await until(lambda: not len(emulator.updates))
    kill(first, poll)
    assert len(before.heard) < 60
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: len(set(before.heard + chat.heard)) == 60)
    assert sorted(set(before.heard + chat.heard)) == sorted(
        (101 + number % 7, f"lời {number}") for number in range(60)
    )


async def test_another_instance_takes_over_when_a_lease_ends(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    before, chat = Chat(pause=60), Chat()
    first = an_inbox(db, bot, before, owner="one", clock=clock)
    await first.start()
    await first.receive([message(1, 101, "một"), message(2, 101, "hai")])
    await until(lambda: before.busy)
    kill(first)
    second = an_inbox(db, bot, chat, owner="two", clock=clock)
    await second.start()
    await second.receive([message(3, 101, "ba"), message(4, 102, "kia")])
    await until(lambda: chat.of(102))
    assert chat.of(101) == []
    clock.now += timedelta(seconds=61)
    await until(lambda: len(chat.of(101)) == 3)
    await second.stop()
    assert chat.of(101) == ["một", "hai", "ba"]


async def test_who_stood_still_leaves_what_another_took_over(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    """What they were answering they end; of what stood behind it nothing is answered again."""
    still, chat = Chat(), Chat()
    go_on = asyncio.Event()

    async def stand_still(update: Update, key: UpdateKey, mark: str | None) -> None:
        still.busy += 1
        await go_on.wait()
        await still.handle(update, key, mark)

    first = an_inbox(db, bot, still, owner="one", clock=clock, handle=stand_still)
    second = an_inbox(db, bot, chat, owner="two", clock=clock)
    await first.start()
    await first.receive([message(n, 101, str(n)) for n in (1, 2, 3)])
    await until(lambda: still.busy)
    clock.now += timedelta(seconds=61)
    await second.start()
    await until(lambda: len(chat.of(101)) == 3)
    go_on.set()
    await second.stop()
    await first.receive([message(4, 101, "4")])
    await until(lambda: "4" in still.of(101))
    await first.stop()
    assert chat.of(101) == ["1", "2", "3"]
    assert still.of(101) == ["1", "4"]


class Fitful:
    """A database that can be away."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.away = False

    def __getattr__(self, name: str) -> Any:
        if self.away:
            raise ConnectionError("no server")
        return getattr(self._db, name)


async def test_what_was_answered_while_the_database_went_is_not_answered_again(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    fitful, chat = Fitful(db), Chat()

    async def last_answer(update: Update, key: UpdateKey, mark: str | None) -> None:
        await chat.handle(update, key, mark)
        fitful.away = chat.of(101) == ["một"]

    inbox = an_inbox(cast(Database, fitful), bot, chat, clock=clock, handle=last_answer)
    await inbox.start()
    await inbox.receive([message(1, 101, "một")])
    await until(lambda: chat.troubles)
    clock.now += timedelta(seconds=61)
    fitful.away = False
    await inbox.receive([message(2, 101, "hai")])
    await until(lambda: "hai" in chat.of(101))
    await inbox.stop()
    assert chat.of(101) == ["một", "hai"]
    assert [row["state"] for row in await rows(db)] == ["handled", "handled"]


async def test_two_instances_share_out_lanes_never_a_row(db: Database, bot: TelegramBot) -> None:
    chat = Chat(pause=0.001)
    both = [an_inbox(db, bot, chat, owner=name) for name in ("one", "two")]
    for one in both:
        await one.start()
    await asyncio.gather(
        *(
            both[number % 2].receive([message(number, 101 + number % 9, str(number))])
            for number in range(1, 201)
        )
    )
    await until(lambda: len(chat.heard) >= 200)
    for one in both:
        await one.stop()
    assert sorted(int(text) for _, text in chat.heard) == list(range(1, 201))
