"""A PostgreSQL that cuts connections, takes no writing or lets nobody in is a trouble, no mistake."""

import asyncio
from urllib.parse import urlsplit

import asyncpg
import pytest

from storage.engine.database import Database, Transaction
from storage.engine.database_errors import Trouble, may_pass, trouble_of
from storage.engine.opening import open_database

CUT_OFF = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_LOCK = "SELECT pg_advisory_xact_lock(1)"


async def is_there(db: Database) -> bool:
    """Tell whether a database can be read; raises what is no trouble that passes."""
    try:
        return await db.fetch("SELECT 1 AS one") == [{"one": 1}]
    except Exception as error:
        if trouble_of(error) is not Trouble.AWAY:
            raise
        return False


async def test_a_server_that_cuts_its_connections_is_away_and_then_there_again(
    postgres_url: str,
) -> None:
    """What was under way is a trouble that passes, at any step, and no mistake of the program."""
    db = await open_database(postgres_url)
    other = await asyncpg.connect(postgres_url)
    troubles = []
    for steps in range(4):
        try:
            async with db.transaction() as tx:
                for step in range(3):
                    if step == steps:
                        await other.execute(CUT_OFF)
                    await tx.fetch("SELECT 1")
        except Exception as error:
            troubles.append(trouble_of(error))
        async with asyncio.timeout(10):
            while not await is_there(db):  # noqa: ASYNC110 - a server tells nobody
                await asyncio.sleep(0.01)
    await other.close()
    await db.close()
    assert troubles == [Trouble.AWAY] * 3


async def test_who_stands_still_in_a_transaction_gives_way(postgres_url: str) -> None:
    lost, other = await open_database(postgres_url, 3), await open_database(postgres_url)

    async def stand_still() -> None:
        async with lost.transaction() as tx:
            await tx.fetch(_LOCK)
            async with asyncio.timeout(10):
                await other.fetch(_LOCK)

    told = (asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresError)
    with pytest.raises(told) as cut_off:
        await stand_still()
    assert trouble_of(cut_off.value) is Trouble.AWAY
    assert await is_there(lost)
    await lost.close()
    await other.close()


async def test_a_database_that_may_only_be_read_is_waited_for(postgres_url: str) -> None:
    async def write(tx: Transaction) -> None:
        await tx.execute("SET TRANSACTION READ ONLY")
        await tx.execute("INSERT INTO calendar_days (day, works) VALUES ('a day', TRUE)")

    db = await open_database(postgres_url)
    with pytest.raises(asyncpg.PostgresError) as failed:
        await db.run(write)
    await db.close()
    assert trouble_of(failed.value) is Trouble.READ_ONLY
    assert may_pass(failed.value)


async def test_who_is_not_let_in_is_in_trouble_but_waits_for_nothing_at_the_start(
    postgres_url: str,
) -> None:
    """A password that is changed is not the mistake of an update that is handled at that moment."""
    there = urlsplit(postgres_url)
    nobody = f"nobody-of-that-name@{there.netloc.rpartition('@')[2]}"
    with pytest.raises(asyncpg.PostgresError) as failed:
        await open_database(there._replace(netloc=nobody).geturl())
    assert trouble_of(failed.value) is Trouble.AWAY
    assert not may_pass(failed.value)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid"])
async def test_a_server_that_is_away_from_the_first_is_a_trouble_that_passes(host: str) -> None:
    with pytest.raises(asyncpg.PostgresConnectionError, match="no server: ") as caught:
        await open_database(f"postgresql://u:geheim@{host}/d")
    assert trouble_of(caught.value) is Trouble.AWAY
    assert may_pass(caught.value)
    assert "geheim" not in str(caught.value)


async def test_a_session_that_takes_no_writing_is_let_go(postgres_url: str) -> None:
    """One opened on a standby, or while the database took no writing, would take none for ever."""
    db = await open_database(postgres_url)

    async def close_to_writing(tx: Transaction) -> None:
        await tx.execute("SET default_transaction_read_only = on")

    async def write(tx: Transaction) -> None:
        await tx.execute("CREATE TABLE written (number BIGINT)")

    try:
        await db.run(close_to_writing)
        with pytest.raises(asyncpg.PostgresError) as failed:
            await db.run(write)
        assert trouble_of(failed.value) is Trouble.READ_ONLY
        await db.run(write)
    finally:
        await db.close()
