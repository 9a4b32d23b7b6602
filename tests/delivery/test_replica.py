"""Which instances may work on one database together, and what each has to itself."""

import asyncio
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from bot.clock import stopwatch, system_clock
from bot.delivery import instance_name
from bot.delivery.database_clock import DatabaseClock
from bot.delivery.outbox.lease_renewal import LEASE
from bot.delivery.replica import NotAlone, Replica
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.messaging import leases

AN_HOUR_LATE = """
CREATE FUNCTION public.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE SQL
AS $$ SELECT pg_catalog.clock_timestamp() - INTERVAL '1 hour' $$
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.replica._LOOK_SECONDS", 0.02)
    monkeypatch.setattr("bot.delivery.replica.RENEW_SECONDS", 0.02)


def a_replica(
    db: Database, name: str, *, alone: bool = False, mark: str = "", former: str = ""
) -> Replica:
    troubles: list[Exception] = []
    here = instance_name.Seat(name, 0, mark or name, former or mark or name)
    return Replica(db, here, DatabaseClock(stopwatch), troubles.append, alone=alone)


async def age(db: Database, name: str) -> None:
    """Let all run out that an instance holds."""
    async with db.transaction() as tx:
        for one in await leases.held(tx, await leases.database_time(tx)):
            if one.owner == name:
                earlier = one.until - 2 * LEASE
                await tx.execute("UPDATE leases SET until = $2 WHERE name = $1", one.name, earlier)


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True)])
async def test_who_polls_is_alone(db: Database, first: bool, second: bool) -> None:
    here = a_replica(db, "here", alone=first)
    await here.begin()
    holding = asyncio.create_task(here.keep_on())
    with pytest.raises(NotAlone, match="as here"):
        await a_replica(db, "there", alone=second).begin()
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    await here.end()
    await a_replica(db, "there", alone=second).begin()


async def test_those_to_whom_updates_are_sent_are_as_many_as_they_like(db: Database) -> None:
    for name in ("here", "there", "elsewhere"):
        await a_replica(db, name).begin()
    held = await leases.held(db, await leases.database_time(db))
    assert [one.owner for one in held] == 2 * ["elsewhere", "here", "there"]


@pytest.mark.parametrize("alone", [True, False])
async def test_who_has_the_name_of_one_that_lives_does_not_start(db: Database, alone: bool) -> None:
    here = a_replica(db, "here", alone=alone, mark="first")
    await here.begin()
    holding = asyncio.create_task(here.keep_on())
    with pytest.raises(NotAlone, match=r"another program called here .* storage\.files"):
        await a_replica(db, "here", alone=alone, mark="other").begin()
    held = await leases.held(db, here.clock())
    assert "seat first" in [one.name for one in held], "what it holds is not given back by another"
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    await a_replica(db, "here", alone=alone, mark="second", former="first").begin()


async def test_one_that_stood_still_gives_way_to_its_namesake(db: Database) -> None:
    here = a_replica(db, "here", mark="first")
    await here.begin()
    await age(db, "here")
    await a_replica(db, "here", mark="other").begin()
    with pytest.raises(NotAlone, match="another program called here"):
        await asyncio.wait_for(here.keep_on(), 10)


async def test_one_that_died_is_waited_for_and_its_own_next_start_is_not(db: Database) -> None:
    await a_replica(db, "here", alone=True).begin()
    await a_replica(db, "here", alone=True).begin()
    waiting = asyncio.create_task(a_replica(db, "there", alone=True).begin())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await age(db, "here")
    await asyncio.wait_for(waiting, 10)


async def test_one_that_stood_still_gives_way_to_who_took_over(db: Database) -> None:
    here = a_replica(db, "here", alone=True)
    await here.begin()
    await age(db, "here")
    await a_replica(db, "there", alone=True).begin()
    with pytest.raises(NotAlone, match="took over"):
        await asyncio.wait_for(here.keep_on(), 10)


async def test_a_work_is_done_by_one_and_by_another_once_that_has_stopped_or_died(
    db: Database,
) -> None:
    here, there = a_replica(db, "here"), a_replica(db, "there")
    await here.begin()
    await there.begin()
    assert await here.holds("looks")
    assert not await there.holds("looks")
    assert await there.holds("backup")
    await here.end()
    assert await there.holds("looks")
    await age(db, "there")
    assert await here.holds("looks")
    there._held.clear()  # what it knew of its own has run out as well
    assert not await there.holds("looks")


async def test_the_time_is_the_databases(db: Database) -> None:
    moments = [1000.0]
    clock = DatabaseClock(lambda: moments[0])
    await clock.look(db)
    asked = await leases.database_time(db)
    assert abs(asked - clock()) < timedelta(seconds=5)
    before = clock()
    moments[0] += 90
    assert clock() - before == timedelta(seconds=90)


async def test_a_machine_whose_clock_is_wrong_goes_by_the_databases(postgres_url: str) -> None:
    """Here it is the server that seems an hour late."""
    async with asyncio.timeout(20):
        server = await asyncpg.connect(postgres_url)
        await server.execute(AN_HOUR_LATE)
        await server.close()
        db = await open_database(f"{postgres_url}&search_path=public,pg_catalog")
        here = a_replica(db, "here")
        await here.begin()
        assert await here.holds("looks")
        held = await leases.held(db, here.clock())
        ahead = [one.until - (system_clock() - timedelta(hours=1)) for one in held]
        await db.close()
    assert len(ahead) == 3
    assert all(timedelta(0) < one <= LEASE + timedelta(seconds=5) for one in ahead)


def test_a_name_is_nobody_elses_and_found_again(tmp_path: Path) -> None:
    first, second = (instance_name.take(tmp_path / "files", "máy") for _ in range(2))
    assert (first.name, second.name) == ("máy", "máy-2")
    first.close()
    again = instance_name.take(tmp_path / "files", "máy")
    assert (again.former, len({again.mark, first.mark, second.mark})) == (first.mark, 3)
    assert again.name == "máy"
    again.close()
    second.close()
