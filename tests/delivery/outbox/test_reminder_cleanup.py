"""Reminders that are over, taken from the emulator's chats; on both engines."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.messages import Button, Delivery, Message
from bot.chat.reminders.outrun_reminder import word
from bot.delivery.outbox.lease_renewal import LEASE
from bot.delivery.outbox.reminder_cleanup import Clearing
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database import Database
from storage.messaging import cards
from storage.reminders import reminder_messages
from storage.reminders.reminder_messages import Told
from tests.delivery.conftest import OwnedClock, add_person, add_task, said

BUTTONS = [[Button("Mở", "task.open:1:1:")]]


@pytest.fixture
def troubles() -> list[Exception]:
    return []


@pytest.fixture
def clearing(
    db: Database, sender: Sender, clock: OwnedClock, troubles: list[Exception]
) -> Clearing:
    return a_clearing(db, sender, clock, clock, troubles)


def a_clearing(
    db: Database,
    sender: Sender,
    office_clock: OwnedClock,
    real_clock: OwnedClock,
    troubles: list[Exception],
    owner: str = "one",
) -> Clearing:
    return Clearing(
        db,
        sender,
        word,
        owner=owner,
        office_clock=office_clock,
        real_clock=real_clock,
        on_trouble=troubles.append,
    )


class Reminders:
    """Somebody with tasks, who is reminded of them."""

    def __init__(self, db: Database, sender: Sender, clock: OwnedClock, person: int) -> None:
        self.db, self.sender, self.clock, self.person = db, sender, clock, person

    async def say(self, text: str, *tasks: int, stands: bool = True) -> int:
        message_id = await self.sender.send(Delivery(101, Message(text, BUTTONS)))
        now = self.clock()
        told = [Told(one, self.person, now, 101, message_id, stands) for one in tasks]
        async with self.db.transaction() as tx:
            await cards.put(tx, [cards.Placed(tasks[0], self.person, 101, None, message_id, now)])
            await reminder_messages.put(tx, told)
            await reminder_messages.put(tx, told)  # what the journal says again changes nothing
        return message_id

    async def close(self, task: int) -> None:
        async with self.db.transaction() as tx:
            await reminder_messages.close(tx, task, self.clock())


@pytest.fixture
async def reminders(db: Database, sender: Sender, clock: OwnedClock) -> Reminders:
    return Reminders(db, sender, clock, await add_person(db, 101))


async def test_a_list_stays_until_all_in_it_is_outrun(
    db: Database, reminders: Reminders, clearing: Clearing, emulator: Emulator
) -> None:
    one, two = [await add_task(db, reminders.person) for _ in range(2)]
    await reminders.say("cả hai", one, two)
    await reminders.say("một", one)
    await clearing.drain()
    assert said(emulator, 101) == ["cả hai", "một"]
    assert await cards.latest(db, one, reminders.person) is not None
    await reminders.say("hai, và tin khác", two, stands=False)
    await clearing.drain()
    assert said(emulator, 101) == ["một", "hai, và tin khác"]


async def test_after_two_days_one_line_is_left(
    db: Database, reminders: Reminders, clearing: Clearing, emulator: Emulator, clock: OwnedClock
) -> None:
    one = await add_task(db, reminders.person)
    first = await reminders.say("một", one)
    clock.now += timedelta(hours=48)
    await reminders.say("mới", one)
    await clearing.drain()
    assert said(emulator, 101) == [f"Việc số {one}: đã có lời nhắc mới.", "mới"]
    assert await cards.at_message(db, 101, first) is None


async def test_what_ends_loses_its_buttons_but_not_what_was_pressed_just_now(
    db: Database, reminders: Reminders, clearing: Clearing, emulator: Emulator, clock: OwnedClock
) -> None:
    one, two = [await add_task(db, reminders.person) for _ in range(2)]
    await reminders.say("một", one)
    pressed = await reminders.say("hai", two)
    async with db.transaction() as tx:
        await reminder_messages.press(tx, 101, pressed, clock())
    await reminders.close(one)
    await reminders.close(two)
    await clearing.drain()
    shown = [one.data.get("reply_markup") is not None for one in emulator.messages.of_chat(101)]
    assert shown == [False, True]
    assert await db.fetch("SELECT * FROM reminded") == []


async def test_while_telegram_is_away_it_waits_and_what_is_refused_is_left(
    db: Database,
    reminders: Reminders,
    clearing: Clearing,
    emulator: Emulator,
    clock: OwnedClock,
    troubles: list[Exception],
) -> None:
    one = await add_task(db, reminders.person)
    await reminders.say("một", one)
    await reminders.say("hai", one)
    emulator.faults.broken = 1
    await clearing.drain()
    assert said(emulator, 101) == ["một", "hai"]
    clock.now += timedelta(minutes=2)
    await clearing.drain()
    assert said(emulator, 101) == ["hai"]
    await reminders.say("ba", one)
    emulator.people[101].blocked = True
    clock.now += timedelta(minutes=2)
    await clearing.drain()
    assert said(emulator, 101) == ["hai", "ba"]
    assert len(await db.fetch("SELECT * FROM reminded")) == 1
    assert troubles == []


async def test_an_office_clock_set_forward_shortens_no_lease(
    db: Database, reminders: Reminders, clock: OwnedClock
) -> None:
    one = await add_task(db, reminders.person)
    for text in ("một", "hai"):
        await reminders.say(text, one)
    real = clock.now
    assert await reminder_messages.claim(db, "here", clock(), real, real + LEASE, 10)
    clock.now += timedelta(days=1)
    assert await reminder_messages.claim(db, "there", clock(), real, real + LEASE, 10) == []
    real += LEASE + timedelta(seconds=1)
    assert await reminder_messages.claim(db, "there", clock(), real, real + LEASE, 10)


async def test_what_is_in_hand_for_long_stays_ones_own_and_a_stop_gives_it_back(
    db: Database, reminders: Reminders, clock: OwnedClock
) -> None:
    one = await add_task(db, reminders.person)
    for text in ("một", "hai"):
        await reminders.say(text, one)
    now = clock()
    (over,) = await reminder_messages.claim(db, "here", now, now, now + LEASE, 10)
    await reminder_messages.renew(db, "here", [over.id], now + 2 * LEASE)
    later = now + LEASE + timedelta(seconds=1)
    assert await reminder_messages.claim(db, "there", later, later, later + LEASE, 10) == []
    await reminder_messages.give_back(db, "here")
    assert await reminder_messages.claim(db, "there", later, later, later + LEASE, 10) == [over]


async def test_two_instances_take_away_each_message_once(
    db: Database, reminders: Reminders, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    for number in range(20):
        one = await add_task(db, reminders.person)
        await reminders.say(f"việc {number}", one)
        await reminders.say(f"việc {number}, lần hai", one)
    troubles: list[Exception] = []
    both = [a_clearing(db, sender, clock, clock, troubles, owner) for owner in ("one", "two")]
    await asyncio.gather(*(one.drain() for one in both))
    deleted = [call for call in emulator.calls if call.method == "deleteMessage"]
    assert len(deleted) == 20
    assert [call.outcome for call in deleted] == ["ok"] * 20
    assert said(emulator, 101) == [f"việc {number}, lần hai" for number in range(20)]
    assert troubles == []
