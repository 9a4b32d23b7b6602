"""Of two replicas that send, one, the other or both are killed, or PostgreSQL is restarted under them."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.rules.reminders.throttling import VERY_MUCH
from tests.faults import crowd
from tests.faults.office import at_work, told, until_told
from tests.faults.replicas import Replicas, staged_replicas
from tests.faults.test_kills import DELAY_MS, SETTINGS, make_trouble, more_than, written_by
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

ALIVE = "SELECT EXISTS (SELECT 1 FROM leases WHERE owner = '{name}' AND until > clock_timestamp())"


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


CROWD = 60


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


async def kill_some(stage: Replicas, chance: random.Random, flying: Counter[int]) -> int:
    """Kill one of the two, or both; return how many.

    The calls of which nothing is written down are counted by whom they were to.
    """
    names = list(stage.city.replicas)
    dead = chance.choice([names[:1], names[1:], names])
    await asyncio.gather(*map(stage.city.kill, dead))
    await asyncio.sleep(2 * DELAY_MS / 1000)  # what was on the way still arrives
    assert stage.rows(f"SELECT NOT ({SAID})") == [(True,)], "sending ended before the kill"
    for name in dead:
        written = written_by(stage, name)
        held = {int(str(one)) for one, row in stage.rows(HELD, name) if row not in written}
        flying |= Counter({one: len(stage.emulator.messages.of_chat(one)) for one in held})
        await stage.city.age_leases(name, written)
    return len(dead)


@pytest.mark.parametrize("troubled", [False, True], ids=["smooth", "troubled"])
async def test_both_are_killed_again_and_again_while_they_send(
    replicas: Replicas, long: bool, troubled: bool
) -> None:
    stage, least, kills = replicas, 200 if long else 2, 0
    chance, flying = random.Random(least), Counter[int]()
    await stage.play.faults(limits=True, delay_ms=DELAY_MS)
    for number in count():
        await stage.start_bot(**SETTINGS)
        if troubled:
            await make_trouble(stage, chance)
        await crowded(stage, number)
        await asyncio.sleep(chance.random())
        kills += await kill_some(stage, chance, flying)
        if kills >= least:
            break
    await stage.play.faults(limits=False, delay_ms=0, drop=0, broken=0, flooded=0, nonsense=0)
    await stage.start_bot(**SETTINGS)
    await stage.until(SAID, seconds=120)
    got = heard_by(stage)
    lost = sum(not times for times in got.values())
    repeated = sum(times - 1 for times in got.values() if times > 1)
    unsaid = sum(call.outcome.startswith("ok, then") for call in stage.emulator.calls)
    print(
        f"{kills} kills: {lost} lost of {len(got)}, {repeated} repeated, {flying.total()} calls in"
        f" flight, {unsaid} done and not said to be"
    )
    assert not lost
    assert repeated <= flying.total() + unsaid
    assert "given up" not in stage.log()


async def test_one_that_stands_still_is_replaced_and_does_not_go_on_with_what_it_had(
    replicas: Replicas, long: bool
) -> None:
    if not long:
        pytest.skip("until its leases run out: --long")
    stage = replicas
    await stage.play.faults(limits=True, delay_ms=DELAY_MS)
    await stage.start_bot(**SETTINGS)
    await crowded(stage, 0)
    name = min(stage.city.replicas)
    process = stage.city.replicas[name]
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    await asyncio.sleep(2 * DELAY_MS / 1000)  # what was on the way still arrives
    held = [int(str(one)) for one, _ in stage.rows(HELD, name)]
    assert held, "it had nothing in hand"
    told_before = {one for one in held if stage.emulator.messages.of_chat(one)}
    await stage.until(SAID, seconds=60)
    os.kill(process.pid, signal.SIGCONT)
    await stage.until(ALIVE.format(name=name))
    await crowded(stage, 1)
    await stage.until(SAID, seconds=60)
    got = heard_by(stage)
    assert set(got) == {one.id for one in crowd.accounts(2 * CROWD)}
    assert {one for one, times in got.items() if times != 1} <= told_before, (
        "written down by nobody"
    )
    assert max(got.values()) <= 2
    assert stage.lives()


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


async def test_a_start_waits_for_postgresql_and_an_admin_is_told_once(
    on_own_server: Replicas, server: Server
) -> None:
    stage, words = on_own_server, "Bot không nối được tới cơ sở dữ liệu"
    leader, staff = await at_work(stage)
    await stage.kill_bot()
    restarting = asyncio.create_task(asyncio.to_thread(server.restart, 6.0))
    await leader.say("Giao đồng chí Mạc Thiên Ân lập dự toán, trước 17h thứ Sáu")
    starting = asyncio.create_task(stage.start_bot())
    await until_told(stage, words, 30)
    await restarting
    await starting
    await leader.press("Giao việc", await leader.expect("dự toán", button="Giao việc", timeout=60))
    await staff.expect("dự toán", button="Đã nhận", timeout=40)
    assert told(stage, words) == 1
    assert stage.lives()
