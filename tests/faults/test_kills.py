"""Killed again and again while it sends: nothing is lost, and only what was in flight is repeated.

A call is in flight from its request until its answer is written down; that is looked up in what the dead
process left.
"""

import asyncio
import random
from collections import Counter

import pytest

from tests.faults import crowd
from tests.stories.stage import MONDAY, Stage

SETTINGS = {"DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "30", "DONDOC_OFFICE__DIGEST_AT": "17:00"}
DELAY_MS = 50
WAITING = (
    "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'waiting')"
    " + (SELECT COUNT(*) FROM reminders WHERE settled_at IS NULL AND rung = 'due')"
)
TOLD = (
    "SELECT p.telegram_id, o.id, o.state = 'waiting' FROM outbox o JOIN people p ON p.id = o.person_id"
    " WHERE o.kind = 'reminder'"
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


async def kill(stage: Stage, flying: Counter[int]) -> None:
    """Kill the bot and count by whom they were to the calls that were in flight."""
    await stage.kill_bot()
    await asyncio.sleep(2 * DELAY_MS / 1000)  # what was on the way still arrives
    flying |= unwritten(stage)


def unwritten(stage: Stage) -> Counter[int]:
    """Count what was said to each of those of whom neither database nor journal knows it."""
    written = written_by(stage, "one")
    waits = [
        int(str(one))
        for one, row, is_waiting in stage.rows(TOLD)
        if is_waiting and row not in written
    ]
    return Counter({one: len(stage.emulator.messages.of_chat(one)) for one in waits})


def written_by(stage: Stage, name: str) -> set[int]:
    """Return the rows that stand in the journal of a program by this name, or by any for `*`."""
    journals = (stage.folder / "files").glob(f"{name}.journal")
    lines = [line for one in journals for line in one.read_text().splitlines()]
    return {int(line.lstrip("[").partition(",")[0]) for line in lines}


@pytest.mark.parametrize("troubled", [False, True], ids=["smooth", "troubled"])
async def test_nothing_is_lost_and_only_what_was_in_flight_comes_twice(
    alone: Stage, kills: int, troubled: bool
) -> None:
    stage = alone
    chance = random.Random(kills)
    count = 60 + 32 * kills
    people = {one.id: one for one in crowd.accounts(count)}
    stage.emulator.people |= people
    await crowd.gather(stage.url, count, MONDAY)
    await stage.play.faults(limits=True, delay_ms=DELAY_MS)
    flying = Counter[int]()
    for _ in range(kills):
        before = heard(stage)
        await stage.start_bot(**SETTINGS)
        if troubled:
            await make_trouble(stage, chance)
        await more_than(stage, before)
        await asyncio.sleep(chance.random())
        await kill(stage, flying)
    assert stage.rows(f"SELECT ({WAITING}) > 0") == [(1,)], "sending ended before the last kill"
    await stage.play.faults(limits=False, delay_ms=0, drop=0, broken=0, flooded=0, nonsense=0)
    await stage.start_bot(**SETTINGS | {"DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "0"})
    await stage.until(f"SELECT ({WAITING}) = 0", seconds=120)
    got = Counter({one: len(stage.emulator.messages.of_chat(one)) for one in people})
    lost = [one for one, times in got.items() if times == 0]
    repeated = sum(times - 1 for times in got.values() if times > 1)
    print(
        f"{kills} kills: {len(lost)} lost of {count}, {repeated} repeated, {flying.total()} calls in flight"
    )
    unsaid = sum(call.outcome.startswith("ok, then") for call in stage.emulator.calls)
    assert not lost
    assert repeated <= flying.total() + unsaid
    assert "given up" not in stage.log()


async def test_what_was_answered_is_not_said_again_though_no_database_took_it(
    stage: Stage, long: bool
) -> None:
    """Killed while somebody else holds the database: that all were answered stands in journals alone."""
    if not long:
        pytest.skip("half a minute: --long")
    people = {one.id: one for one in crowd.accounts(20)}
    stage.emulator.people |= people
    await stage.play.faults(delay_ms=5000)
    await stage.start_bot(**SETTINGS | {"DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "0"})
    await crowd.gather(stage.url, len(people), MONDAY)
    await more_than(stage, len(people) - 1)
    async with stage.unwritable():
        async with asyncio.timeout(30):
            while len(written_by(stage, "*")) < len(people):  # noqa: ASYNC110 - others write it
                await asyncio.sleep(0.02)
        assert stage.rows(f"SELECT ({WAITING})") == [(len(people),)], "the database took some of it"
        await stage.kill_bot()
    await stage.play.faults(delay_ms=0)
    await stage.start_bot(**SETTINGS)
    await stage.until(f"SELECT ({WAITING}) = 0", seconds=60)
    got = {one: len(stage.emulator.messages.of_chat(one)) for one in people}
    assert got == dict.fromkeys(people, 1)


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
