"""Of two replicas that send, one is killed again and again, or PostgreSQL is restarted under both."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.rules.pace import VERY_MUCH
from tests.faults import crowd
from tests.faults.office import at_work
from tests.faults.replicas import Replicas, staged_replicas
from tests.faults.test_kills import DELAY_MS, SETTINGS, more_than
from tests.storage.postgres_server import NoServer, Server, own_server
from tests.stories.city import people_of
from tests.stories.stage import MONDAY, Stage

SAID = (
    "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'waiting') + (SELECT COUNT(*) FROM reminders"
    " WHERE settled_at IS NULL AND at <= '2026-12-07T02:00:00Z') = 0"
)
HELD = (
    "SELECT p.telegram_id, o.id FROM outbox o JOIN people p ON p.id = o.person_id"
    " WHERE o.kind = 'reminder' AND o.state = 'waiting' AND o.lease_owner = $1"
)


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL that nobody else uses, and that keeps what it said was kept."""
    try:
        with own_server() as server:
            yield server
    except NoServer as why:
        pytest.skip(f"PostgreSQL: not run: {why}")


@pytest.fixture
async def on_own_server(tmp_path: Path, server: Server) -> AsyncIterator[Replicas]:
    await people_of(tmp_path, server.address)
    async with staged_replicas(tmp_path, server.address) as stage:
        yield stage


CROWD = 50


async def crowded(stage: Replicas, number: int) -> None:
    """Let a reminder be due for another crowd, who take a second or two to be told; wait for the first."""
    stage.emulator.people |= {one.id: one for one in crowd.accounts((number + 1) * CROWD)}
    before = heard_by(stage).total()
    await crowd.gather(stage.url, CROWD, MONDAY, number * CROWD)
    await more_than(stage, before)


def heard_by(stage: Stage) -> Counter[int]:
    """Count what each of the crowd was told."""
    crowded = (one for one in stage.emulator.people if one >= crowd.FIRST)
    return Counter({one: len(stage.emulator.messages.of_chat(one)) for one in crowded})


async def kill_one(stage: Replicas, chance: random.Random) -> int:
    """Kill one of the two; return how many calls it had in flight, of which nothing is written down."""
    name = chance.choice(list(stage.city.replicas))
    await stage.city.kill(name)
    await asyncio.sleep(2 * DELAY_MS / 1000)  # what was on the way still arrives
    journal = stage.folder / "files" / f"{name}.journal"
    lines = journal.read_text().splitlines() if journal.exists() else []
    written = {int(line.lstrip("[").partition(",")[0]) for line in lines}
    held = [one for one, row in stage.rows(HELD, name) if row not in written]
    flying = sum(len(stage.emulator.messages.of_chat(int(str(one)))) for one in held)
    await stage.city.age_leases(name)
    return flying


async def test_one_of_two_is_killed_again_and_again_while_both_send(
    replicas: Replicas, long: bool
) -> None:
    stage, kills = replicas, 100 if long else 2
    chance, flying = random.Random(kills), 0
    await stage.play.faults(limits=True, delay_ms=DELAY_MS)
    for number in range(kills):
        await stage.start_bot(**SETTINGS)
        await crowded(stage, number)
        await asyncio.sleep(chance.random())
        flying += await kill_one(stage, chance)
    await stage.play.faults(limits=False, delay_ms=0)
    await stage.start_bot(**SETTINGS)
    await stage.until(SAID, seconds=120)
    got = heard_by(stage)
    lost = sum(not times for times in got.values())
    repeated = sum(times - 1 for times in got.values() if times > 1)
    print(
        f"{kills} kills: {lost} lost of {len(got)}, {repeated} repeated, {flying} calls in flight"
    )
    assert not lost
    assert repeated <= flying
    assert "given up" not in stage.log()


async def test_postgresql_restarts_in_the_middle(
    on_own_server: Replicas, server: Server, long: bool
) -> None:
    # Whoever was told more on a day hears the rest later.
    stage, restarts = on_own_server, VERY_MUCH if long else 1
    await stage.play.faults(limits=True, delay_ms=DELAY_MS)
    leader, staff = await at_work(stage)
    for number in range(restarts):
        await crowded(stage, number)
        await leader.say(f"Giao đồng chí Mạc Thiên Ân việc thử số {number}, hạn thứ Sáu")
        await asyncio.to_thread(server.restart, 1.0)
        card = await leader.expect(f"thử số {number}\n", button="Giao việc", timeout=60)
        await leader.press("Giao việc", card)
        await staff.expect(f"thử số {number}\n", button="Đã nhận", timeout=60)
    await stage.until(SAID, seconds=120)
    assert set(heard_by(stage).values()) == {1}, "nothing lost, and nothing said twice"
    tasks = "SELECT COUNT(*), COUNT(DISTINCT title) FROM tasks WHERE title LIKE 'thử số%'"
    assert stage.rows(tasks) == [(restarts, restarts)]
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert stage.lives()
