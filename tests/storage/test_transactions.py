"""A transaction takes effect as a whole or not at all, whoever else is at work."""

import asyncio
import threading
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest

from storage import postgres
from storage.database import Database, Reader, Transaction
from storage.opening import open_database
from storage.sqlite_work import utc_text
from storage.troubles import Trouble, may_pass, trouble_of

CUT_OFF = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
_LOCK = "SELECT pg_advisory_xact_lock(1)"


@pytest.fixture
async def counter(db: Database) -> Database:
    async with db.transaction() as tx:
        await tx.execute("CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)")
        await tx.execute("INSERT INTO counter (id, value) VALUES ($1, $2)", 1, 0)
    return db


async def value(db: Reader) -> int:
    row = await db.fetch_one("SELECT value FROM counter WHERE id = $1", 1)
    assert row is not None
    return int(row["value"])


async def add(tx: Transaction, number: int) -> None:
    await tx.execute("UPDATE counter SET value = value + $1", number)


async def test_it_is_seen_by_every_read_once_it_ended(counter: Database) -> None:
    for expected in range(1, 21):
        async with counter.transaction() as tx:
            await add(tx, 1)
            assert await value(tx) == expected
        assert [await value(counter) for _ in range(4)] == [expected] * 4


async def test_it_is_not_seen_by_others_before(counter: Database) -> None:
    async with counter.transaction() as tx:
        await add(tx, 1)
        assert await value(counter) == 0


async def test_an_exception_undoes_it(counter: Database) -> None:
    async def write_and_fail() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write_and_fail()
    assert await value(counter) == 0


async def test_a_statement_that_fails_undoes_what_came_before(counter: Database) -> None:
    async def write_twice() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            await tx.execute("INSERT INTO counter (id, value) VALUES (1, 1)")

    with pytest.raises(Exception, match=r"(?i)unique"):
        await write_twice()
    assert await value(counter) == 0


async def test_cancelling_undoes_it_and_leaves_nothing_open(counter: Database) -> None:
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_and_wait())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with counter.transaction() as tx:
        await add(tx, 10)
    assert await value(counter) == 10


async def test_cancelling_at_any_await_keeps_all_or_nothing(counter: Database) -> None:
    """Cancelled after one turn of the loop, after two, ...: in begin, statement, commit."""

    async def write() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            await add(tx, 1)

    for turns in range(60):
        task = asyncio.create_task(write())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        task.cancel()
        await asyncio.wait([task])
        before = await value(counter)
        assert before % 2 == 0
        async with asyncio.timeout(5), counter.transaction() as tx:
            await add(tx, 2)
            assert await value(tx) in (before + 2, before + 4)


async def test_a_slow_statement_that_is_cancelled_stops(counter: Database) -> None:
    async def write() -> None:
        async with counter.transaction() as tx:
            await add(tx, 1)
            await tx.fetch(SLOW)

    for work in (write, lambda: counter.fetch(SLOW)):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await work()
        async with asyncio.timeout(5):
            assert [await value(counter) for _ in range(4)] == [0] * 4
            async with counter.transaction() as tx:
                assert await value(tx) == 0


async def test_two_hundred_at_once_lose_nothing(counter: Database) -> None:
    lock = " FOR UPDATE" if counter.engine == "postgres" else ""

    async def read_then_write() -> None:
        async with counter.transaction() as tx:
            row = await tx.fetch_one("SELECT value FROM counter WHERE id = 1" + lock)
            assert row is not None
            await tx.execute("UPDATE counter SET value = $1", row["value"] + 1)

    await asyncio.gather(*(read_then_write() for _ in range(200)))
    assert await value(counter) == 200


async def test_a_long_read_holds_nobody_up(counter: Database) -> None:
    long = asyncio.create_task(counter.fetch(SLOW))
    try:
        async with asyncio.timeout(5):
            for expected in range(1, 6):
                async with counter.transaction() as tx:
                    await add(tx, 1)
                assert await value(counter) == expected
        assert not long.done()
    finally:
        long.cancel()
        await asyncio.wait([long])


async def test_execute_counts_rows_and_execute_many_runs_for_each(counter: Database) -> None:
    async with counter.transaction() as tx:
        rows = [(number, number) for number in range(2, 12)]
        await tx.execute_many("INSERT INTO counter (id, value) VALUES ($1, $2)", rows)
        assert await tx.execute("UPDATE counter SET value = 7 WHERE id > $1", 6) == 5
        assert await tx.execute("DELETE FROM counter WHERE id > $1", 100) == 0
    assert await counter.fetch_one("SELECT id FROM counter WHERE id = $1", 100) is None


async def test_a_statement_takes_many_values(db: Database) -> None:
    slots = ", ".join(f"CAST(${number} AS BIGINT)" for number in range(1, 1001))
    row = await db.fetch_one(f"SELECT 1 AS found WHERE 1000 IN ({slots})", *range(1, 1001))
    assert row == {"found": 1}


async def test_moments_keep_their_order_and_microseconds(db: Database) -> None:
    hanoi = timezone(timedelta(hours=7))
    moments = [NOW, NOW + timedelta(microseconds=1), NOW.astimezone(hanoi) + timedelta(seconds=1)]
    async with db.transaction() as tx:
        for moment in reversed(moments):
            await tx.execute(
                "INSERT INTO texts (body, sha256, created_at) VALUES ('', '', $1)", moment
            )
    rows = await db.fetch("SELECT created_at AS at FROM texts ORDER BY created_at")
    read = [row["at"] for row in rows]
    assert [datetime.fromisoformat(at) if isinstance(at, str) else at for at in read] == moments
    assert len(await db.fetch("SELECT id FROM texts WHERE created_at <= $1", moments[1])) == 2


async def test_a_moment_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match=r"zone|naive"):
        await db.fetch("SELECT id FROM texts WHERE created_at = $1", NOW.replace(tzinfo=None))


async def test_foreign_keys_hold(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with db.transaction() as tx:
            await tx.execute(
                "INSERT INTO roles (person_id, role, from_at) VALUES ($1, 'staff', $2)", 404, NOW
            )


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

    with pytest.raises((asyncpg.InterfaceError, asyncpg.PostgresError)) as cut_off:
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


async def test_closing_ends_every_thread(sqlite_url: str) -> None:
    before = set(threading.enumerate())
    opened = await open_database(sqlite_url)
    started = set(threading.enumerate()) - before
    assert len(started) == 3
    await opened.close()
    ended(started)


async def test_closing_does_not_wait_for_ever(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_CLOSE_SECONDS", 0.1)
    began = asyncio.Event()

    async def never_end() -> None:
        async with db.transaction() as tx:
            await tx.fetch("SELECT 1 AS one")
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_end())
    await began.wait()
    async with asyncio.timeout(5):
        await db.close()
    task.cancel()
    await asyncio.wait([task])


async def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database" * 100)
    before = set(threading.enumerate())
    with pytest.raises(Exception, match="not a database"):
        await open_database(f"sqlite:///{path}")
    ended(set(threading.enumerate()) - before)


def ended(threads: set[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize("url", ["", "data/dondoc.db", "sqlite:///", "mysql://me:secret@host/db"])
async def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///") as refused:
        await open_database(url)
    assert "secret" not in str(refused.value)


def test_text_of_moments_has_one_width() -> None:
    texts = [utc_text(NOW), utc_text(NOW + timedelta(microseconds=10))]
    assert texts[0] == "2026-12-07T02:00:00.000000+00:00"
    assert len({len(text) for text in texts}) == 1


SLOW = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000000)"
    " SELECT COUNT(*) AS n FROM n"
)


async def test_work_in_one_hop_is_done_whole_or_not_at_all(db: Database) -> None:
    async def keep(tx: Transaction, day: str, fails: bool) -> str:
        await tx.execute("INSERT INTO calendar_days (day, works) VALUES ($1, TRUE)", day)
        if fails:
            raise ValueError(day)
        return day

    def job(number: int) -> Coroutine[Any, Any, str]:
        return db.run(lambda tx: keep(tx, f"day {number:02}", number % 3 == 0))

    ended = await asyncio.gather(*(job(n) for n in range(30)), return_exceptions=True)
    kept = [row["day"] for row in await db.fetch("SELECT day FROM calendar_days ORDER BY day")]
    assert kept == [f"day {n:02}" for n in range(30) if n % 3]
    assert [str(one) for one in ended] == [f"day {n:02}" for n in range(30)]
    assert [isinstance(one, ValueError) for one in ended] == [n % 3 == 0 for n in range(30)]


async def test_work_that_was_begun_is_done_though_its_caller_is_cancelled(db: Database) -> None:
    if db.engine != "sqlite":
        return

    async def keep(tx: Transaction) -> None:
        await tx.execute("INSERT INTO calendar_days (day, works) VALUES ($1, TRUE)", "begun")

    task = asyncio.create_task(db.run(keep))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await db.run(
        lambda tx: tx.execute("INSERT INTO calendar_days (day, works) VALUES ($1, TRUE)", "after")
    )
    rows = await db.fetch("SELECT day FROM calendar_days ORDER BY day")
    assert [row["day"] for row in rows] == ["after", "begun"]
