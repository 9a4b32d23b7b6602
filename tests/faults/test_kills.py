"""Killed again and again while it sends: nothing is lost, and only what was in flight is repeated.

A message can be repeated whose answer is on its way or was not written down yet: calls that were
answered a moment before the kill are counted beside those that were not. Both numbers are printed.
"""

import asyncio
import random
from collections import Counter

import pytest

from tests.faults import crowd
from tests.stories.stage import MONDAY, Stage

SETTINGS = {"DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "30", "DONDOC_OFFICE__DIGEST_AT": "17:00"}
DELAY_MS = 50
MOMENT = 0.2
"""Seconds from an answer of Telegram's to its place in the database, on a machine that is busy."""
WAITING = (
    "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'waiting')"
    " + (SELECT COUNT(*) FROM reminders WHERE settled_at IS NULL AND rung = 'due')"
)


@pytest.fixture
def kills(long: bool) -> int:
    return 200 if long else 5


def heard(stage: Stage) -> int:
    """Count what the crowd has received."""
    return sum(len(stage.emulator.messages.of_chat(one)) for one in stage.emulator.people)


async def more_than(stage: Stage, before: int, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while heard(stage) <= before:  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.005)


async def kill(stage: Stage) -> tuple[int, int]:
    """Kill the bot; return how many of its calls were in flight, and how many answered just before."""
    assert stage.process is not None
    emulator = stage.emulator
    stage.process.kill()
    killed_at, ended, calls = emulator.clock.now(), emulator.ended, len(emulator.calls)
    await stage.kill_bot()
    await asyncio.sleep(0.05)
    while emulator.begun > emulator.ended:  # noqa: ASYNC110 - what was on the way still arrives
        await asyncio.sleep(0.02)
    flying = emulator.begun - ended
    late = len(emulator.calls) - calls
    lately = sum(one.at > killed_at - MOMENT - DELAY_MS / 1000 for one in emulator.calls[:calls])
    return flying, max(0, lately + late - flying)


@pytest.mark.parametrize("troubled", [False, True], ids=["smooth", "troubled"])
async def test_nothing_is_lost_and_only_what_was_in_flight_comes_twice(
    stage: Stage, kills: int, troubled: bool
) -> None:
    chance = random.Random(kills)
    count = 60 + 32 * kills
    people = {one.id: one for one in crowd.accounts(count)}
    stage.emulator.people |= people
    crowd.gather(stage.folder / "dondoc.db", count, MONDAY)
    await stage.play.faults(limits=True, delay_ms=DELAY_MS)
    flying = just = 0
    for _ in range(kills):
        before = heard(stage)
        await stage.start_bot(**SETTINGS)
        if troubled:
            await make_trouble(stage, chance)
        await more_than(stage, before)
        await asyncio.sleep(chance.random())
        flown, answered = await kill(stage)
        flying, just = flying + flown, just + answered
    assert stage.rows(f"SELECT ({WAITING}) > 0") == [(1,)], "sending ended before the last kill"
    await stage.play.faults(limits=False, delay_ms=0, drop=0, broken=0, flooded=0, nonsense=0)
    await stage.start_bot(**SETTINGS | {"DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "0"})
    await stage.until(f"SELECT ({WAITING}) = 0", seconds=120)
    got = Counter({one: len(stage.emulator.messages.of_chat(one)) for one in people})
    lost = [one for one, times in got.items() if times == 0]
    repeated = sum(times - 1 for times in got.values() if times > 1)
    print(
        f"{kills} kills: 0 lost of {count}, {repeated} repeated, {flying} calls in flight,"
        f" {just} answered in the last {MOMENT * 1000:.0f} ms"
    )
    unsaid = sum(call.outcome.startswith("ok, then") for call in stage.emulator.calls)
    assert not lost
    assert repeated <= flying + just + unsaid
    assert "given up" not in stage.log()


async def make_trouble(stage: Stage, chance: random.Random) -> None:
    """Let the next calls go wrong."""
    await stage.play.faults(
        drop=chance.randint(0, 2),
        nonsense=chance.randint(0, 1),
        broken=chance.randint(0, 2),
        status=chance.choice([500, 502, 503, 504]),
        flooded=chance.randint(0, 2),
        retry_after=1,
    )
