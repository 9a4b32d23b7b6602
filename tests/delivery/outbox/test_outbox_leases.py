"""What one instance has claimed no other says, until the lease ends."""

from datetime import timedelta

from bot.clock import stopwatch
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database import Database
from storage.messaging import outbox_leases
from tests.delivery.conftest import OwnedClock, add_person, said, until
from tests.delivery.wording import (
    Words,
    an_outbox,
    put,
    running,
    to_say,
    until_owners,
    until_states,
)


async def test_a_restart_takes_up_its_own_leases_at_once(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "một"))
    until_later = clock.now + timedelta(seconds=60)
    assert await outbox_leases.claim(db, "one", clock.now, clock.now, until_later, 10)
    async with running(an_outbox(db, sender, Words(), real_clock=clock)):
        await until_states(db, "sent")
    assert said(emulator, 101) == ["một"]


async def test_another_instance_waits_for_the_end_of_a_lease(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "một"))
    later = clock.now + timedelta(seconds=60)
    assert await outbox_leases.claim(db, "one", clock.now, clock.now, later, 10)
    await put(db, to_say(person, "hai", not_before=clock.now))
    assert await outbox_leases.claim(db, "two", clock.now, clock.now, later, 10) == []
    clock.now = later + timedelta(seconds=1)
    (taken,) = await outbox_leases.claim(
        db, "two", clock.now, clock.now, clock.now + timedelta(seconds=60), 10
    )
    assert [row.facts["text"] for row in taken] == ["một", "hai"]


async def test_who_stood_still_does_not_say_what_another_said(
    db: Database, bot: TelegramBot, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    """All were past their wording and waited for the limiter when the machine froze."""
    people = [await add_person(db, number) for number in range(101, 111)]
    slow = Limiter(60, stopwatch)
    for number in range(101, 111):
        await slow.bar(number, 2)
    still = an_outbox(db, Sender(bot, slow), Words(), owner="one", real_clock=clock)
    await put(db, *(to_say(person, "tin") for person in people))
    async with running(still):
        await until_owners(db, *["one"] * 10)
        clock.now += timedelta(seconds=61)
        async with running(an_outbox(db, sender, Words(), owner="two", real_clock=clock)):
            await until_states(db, *["sent"] * 10)
            await until(lambda: not still._rounds._in_hand)
    assert [said(emulator, number) for number in range(101, 111)] == [["tin"]] * 10


async def test_two_instances_send_each_message_once(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    people = [await add_person(db, number) for number in range(101, 141)]
    await put(db, *(to_say(person, f"tin {n}") for n in range(5) for person in people))
    async with (
        running(an_outbox(db, sender, Words(), owner="one")),
        running(an_outbox(db, sender, Words(), owner="two")),
    ):
        await until_states(db, *["sent"] * 200)
    assert all(
        said(emulator, number) == [f"tin {n}" for n in range(5)] for number in range(101, 141)
    )
