"""Who cannot be told now is told later: Telegram asks for silence, somebody blocked the bot or never started it."""

from datetime import timedelta

from bot.clock import stopwatch
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from storage.messaging import outbox_leases, outbox_results
from storage.organisation import reachability as reach
from tests.delivery.conftest import OwnedClock, add_person, said
from tests.delivery.wording import (
    Words,
    an_outbox,
    put,
    running,
    states,
    to_say,
    until_owners,
    until_states,
)


async def test_who_blocked_the_bot_gets_what_waited_on_coming_back(
    db: Database, sender: Sender, emulator: Emulator, gestures: Gestures
) -> None:
    person = await add_person(db, 101)
    gestures.block(101)
    async with running(an_outbox(db, sender, Words())) as box:
        await put(db, to_say(person, "một"), to_say(person, "hai"))
        box.wake()
        await until_states(db, "unreachable", "unreachable")
        assert (await db.fetch("SELECT reach FROM people"))[0]["reach"] == "blocked"
        await put(db, to_say(person, "ba"))
        assert await states(db) == ["unreachable"] * 3
        refused = [call.outcome for call in emulator.calls if call.method == "sendMessage"]
        assert len(refused) == 1
        assert "blocked" in refused[0]
        gestures.unblock(101)
        async with db.transaction() as tx:
            assert await reach.release(tx, person) == 3
        box.wake()
        await until_states(db, "sent", "folded", "folded")
    assert said(emulator, 101) == ["một\nhai\nba"]


async def test_who_never_started_is_told_apart(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    emulator.people[101].started = False
    person, unknown = await add_person(db, 101), await add_person(db, 999)
    await put(db, to_say(person, "một"), to_say(unknown, "hai"))
    async with running(an_outbox(db, sender, Words())):
        await until_states(db, "unreachable", "unreachable")
    reach = [row["reach"] for row in await db.fetch("SELECT reach FROM people ORDER BY id")]
    assert reach == ["never_started", "never_started"]


async def test_a_silence_telegram_asks_for_is_kept_and_order_with_it(
    db: Database, bot: TelegramBot, emulator: Emulator, clock: OwnedClock
) -> None:
    """The bot's own limits are off, the emulator's on: only `retry_after` can hold it back."""
    emulator.faults.limits = True
    person, other = await add_person(db, 101), await add_person(db, 102)
    box = an_outbox(db, Sender(bot, Limiter(0, stopwatch)), Words(), real_clock=clock)
    await put(db, *(to_say(person, f"tin {n}") for n in range(8)), to_say(other, "kia"))
    async with running(box):
        await until_states(db, *["sent"] * 9)
    assert said(emulator, 101) == [f"tin {n}" for n in range(8)]
    assert said(emulator, 102) == ["kia"]
    refusals = [c for c in emulator.calls if "Too Many" in c.outcome]
    later = [c.at for c in emulator.calls if c.chat_id == 101 and c.at > refusals[0].at]
    assert later
    assert min(later) - refusals[0].at >= 1.0


async def test_a_long_silence_rests_the_person_not_the_others(
    db: Database, bot: TelegramBot, emulator: Emulator, clock: OwnedClock
) -> None:
    person, other = await add_person(db, 101), await add_person(db, 102)
    limiter = Limiter(0, stopwatch)
    await limiter.bar(101, 300)
    async with running(an_outbox(db, Sender(bot, limiter), Words(), real_clock=clock)) as box:
        await put(db, to_say(person, "một"), to_say(person, "hai"), to_say(other, "kia"))
        box.wake()
        await until_states(db, "waiting", "waiting", "sent")
        await until_owners(db, "silent", "silent", None)
        await put(db, to_say(person, "ba"))
        box.wake()
        await put(db, to_say(other, "nữa"))
        await until_states(db, "waiting", "waiting", "sent", "waiting", "sent")
    assert said(emulator, 101) == []


async def test_what_did_not_get_through_is_tried_as_soon_as_telegram_is_back(
    db: Database, bot: TelegramBot, emulator: Emulator, clock: OwnedClock
) -> None:
    """The clock stands, so that nothing rests for long enough by itself."""
    person, silent = await add_person(db, 101), await add_person(db, 102)
    limiter = Limiter(0, stopwatch)
    await limiter.bar(102, 300)
    await put(db, to_say(person, "một"), to_say(person, "hai"), to_say(silent, "kia"))
    emulator.faults.broken = 100
    async with running(an_outbox(db, Sender(bot, limiter), Words(), real_clock=clock)) as box:
        await until_owners(db, "resting", "resting", "silent")
        emulator.faults.broken = 0
        box.try_again()
        await until_states(db, "sent", "sent", "waiting")
        await until_owners(db, None, None, "silent")
    assert said(emulator, 101) == ["một", "hai"]


async def test_what_did_not_get_through_is_tried_after_a_restart(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "một"))
    emulator.faults.broken = 100
    async with running(an_outbox(db, sender, Words(), real_clock=clock)):
        await until_owners(db, "resting")
    emulator.faults.broken = 0
    async with running(an_outbox(db, sender, Words(), real_clock=clock)):
        await until_states(db, "sent")


async def test_a_clock_set_back_holds_up_nobody(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    ahead = clock.now + timedelta(days=3)
    await put(db, to_say(person, "một"), to_say(person, "hai"))
    (leased,) = await outbox_leases.claim(
        db, "gone", clock.now, ahead, ahead + timedelta(minutes=1), 10
    )
    async with db.transaction() as tx:
        await outbox_results.rest(
            tx, [leased[0].id], [leased[1].id], ahead + timedelta(minutes=1), "away"
        )
    async with running(an_outbox(db, sender, Words(), real_clock=clock)):
        await until_states(db, "sent", "sent")
    assert said(emulator, 101) == ["một", "hai"]
