"""What an operator's tools are told: health, whether updates can be taken, and figures."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import stopwatch
from bot.delivery.monitoring.health import Monitor
from bot.delivery.monitoring.metrics import Measures
from bot.delivery.telegram.update_log import observed_end
from bot.delivery.web.listen_socket import listen
from bot.delivery.web.server import serving
from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.opening import open_database
from storage.engine.timing import TimedDatabase
from storage.engine.write_probe import require_writing
from storage.messaging import inbox, outbox
from storage.messaging.outbox import ToSay
from storage.messaging.queue_depths import queues
from storage.records import Incoming
from tests.conftest import MIGRATED_AT as MORNING
from tests.delivery.conftest import OwnedClock, add_person
from tests.faults.disk import fill


@pytest.fixture
def measures() -> Measures:
    return Measures()


@pytest.fixture
def monitor(measures: Measures, clock: OwnedClock) -> Monitor:
    return Monitor(measures, clock, clock)


@pytest.fixture
async def web(monitor: Monitor) -> AsyncIterator[aiohttp.ClientSession]:
    listener = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with serving(listener, monitor.routes), aiohttp.ClientSession(address) as session:
        yield session


async def told(web: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    async with web.get(path) as answer:
        return answer.status, (await answer.text()).strip()


async def figures(web: aiohttp.ClientSession) -> dict[tuple[str, ...], float]:
    """Return every figure by its name and the values of its labels."""
    async with web.get("/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        text = await answer.text()
    return {
        (one.name, *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


async def test_ready_is_who_has_begun_has_a_database_and_does_not_stop(
    monitor: Monitor, web: aiohttp.ClientSession
) -> None:
    away = True

    async def probe() -> int:
        if away:
            raise OSError
        return 0

    assert await told(web, "/readyz") == (503, "starting")
    monitor.opened(probe)
    assert await told(web, "/readyz") == (503, "starting")
    monitor.begin(probe)  # type: ignore[arg-type]
    assert await told(web, "/readyz") == (503, "database")
    away = False
    assert await told(web, "/readyz") == (200, "ok")
    monitor.end()
    assert await told(web, "/readyz") == (503, "stopping")
    assert await told(web, "/healthz") == (200, "ok")
    assert (await web.post("/readyz")).status == 405


async def test_a_database_that_is_away_has_no_figures(
    monitor: Monitor, web: aiohttp.ClientSession
) -> None:
    async def away() -> None:
        raise OSError

    assert (await figures(web))["dondoc_database_up",] == 0, "it is not opened yet"
    monitor.opened(away)
    monitor.begin(away)  # type: ignore[arg-type]
    seen = await figures(web)
    assert seen["dondoc_database_up",] == 0
    assert ("dondoc_outbox_waiting",) not in seen


async def test_a_database_that_takes_no_writing_is_told_until_it_does_again(
    db: Database, monitor: Monitor, web: aiohttp.ClientSession, tmp_path: Path
) -> None:
    monitor.opened(lambda: require_writing(db))
    monitor.begin(lambda: queues(db, MORNING, quiet=False))
    assert await told(web, "/readyz") == (200, "ok")
    trouble = "disk" if db.engine == "sqlite" else "read_only"
    async with closed_to_writing(db, tmp_path):
        assert await told(web, "/readyz") == (503, f"database {trouble}")
    async with closed_to_writing(db, tmp_path):
        seen = await figures(web)
        assert seen["dondoc_database_up",] == 0
        assert seen["dondoc_outbox_waiting",] == 0, "what can be read is told"
    assert await told(web, "/readyz") == (200, "ok")


@asynccontextmanager
async def closed_to_writing(db: Database, folder: Path) -> AsyncIterator[None]:
    """Mount the folder of a file for reading alone; a server's session is closed until it is let go."""
    if db.engine == "postgres":
        async with db.transaction() as tx:
            await tx.execute("SET default_transaction_read_only = on")
        yield
        return
    with mounted_to_read(folder):
        yield


@contextmanager
def mounted_to_read(folder: Path) -> Iterator[None]:
    bind = ("mount", "--bind", "-o", "ro", str(folder), str(folder))
    if os.geteuid() != 0 or subprocess.run(bind, check=False, capture_output=True).returncode:
        pytest.skip("a folder for reading alone needs root")
    try:
        yield
    finally:
        subprocess.run(("umount", "-l", str(folder)), check=True)


def sizes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_size for one in folder.iterdir()}


async def test_a_full_disk_is_told_until_there_is_room_and_nothing_is_left_by_asking(
    small_disk: Path, monitor: Monitor, web: aiohttp.ClientSession
) -> None:
    db = await open_database(f"sqlite:///{small_disk / 'dondoc.db'}")
    try:
        await migrate(db, MORNING)
        monitor.opened(lambda: require_writing(db))
        monitor.begin(lambda: queues(db, MORNING, quiet=False))
        assert await told(web, "/readyz") == (200, "ok")
        there = sizes(small_disk)
        ballast = fill(small_disk)
        assert await told(web, "/readyz") == (503, "database disk_full")
        seen = await figures(web)
        assert seen["dondoc_database_up",] == 0
        assert seen["dondoc_outbox_waiting",] == 0, "what can be read is told"
        ballast.unlink()
        assert await told(web, "/readyz") == (200, "ok")
        assert sizes(small_disk) == there
    finally:
        await db.close()


async def test_who_waits_for_telegram_at_the_start_does_not_blame_the_database(
    db: Database, monitor: Monitor, web: aiohttp.ClientSession
) -> None:
    monitor.opened(lambda: db.fetch_one("SELECT 1 AS one"))
    seen = await figures(web)
    assert seen["dondoc_database_up",] == 1
    assert ("dondoc_outbox_waiting",) not in seen


@pytest.mark.parametrize("quiet", [False, True])
async def test_what_waits_is_counted_and_how_old_it_is(
    db: Database, monitor: Monitor, web: aiohttp.ClientSession, clock: OwnedClock, quiet: bool
) -> None:
    """At night a notice that waits for the morning is no reason to wake an operator."""
    person, start = await add_person(db, 101), clock.now
    async with db.transaction() as tx:
        await outbox.put(tx, [ToSay("note", person, None, {}, 1, start, start)])
        await outbox.put(tx, [ToSay("note", person, None, {}, 1, start + timedelta(days=1), start)])
        await inbox.store(tx, 1, [inbox.Received(5, 101, "{}")], start)
    monitor.opened(lambda: require_writing(db))
    monitor.begin(lambda: queues(db, clock.now, quiet=quiet))
    clock.now += timedelta(minutes=7)
    seen = await figures(web)
    assert seen["dondoc_database_up",] == 1
    assert seen["dondoc_outbox_waiting",] == 1
    assert seen["dondoc_outbox_oldest_seconds",] == (0 if quiet else 420)
    assert seen["dondoc_inbox_waiting",] == 1
    assert seen["dondoc_inbox_oldest_seconds",] == 420
    assert seen["dondoc_reminders_planned",] == seen["dondoc_reminders_late_seconds",] == 0
    assert seen["dondoc_outbox_unreachable",] == 0


async def test_times_and_ends_are_counted_by_names_of_our_own(
    measures: Measures, web: aiohttp.ClientSession
) -> None:
    measures.update("press", "handled")
    measures.action("task.receive", 0.03)
    measures.delivery("sent", 2)
    measures.telegram("sendMessage", "ok", 0.2)
    seen = await figures(web)
    assert seen["dondoc_updates_total", "press", "handled"] == 1
    assert seen["dondoc_action_seconds_bucket", "task.receive", "0.05"] == 1
    assert seen["dondoc_deliveries_total", "sent"] == 2
    assert seen["dondoc_telegram_seconds_count", "sendMessage", "ok"] == 1
    assert seen["process_resident_memory_bytes",] > 1e6


async def test_the_first_that_goes_wrong_is_seen_to_rise(
    measures: Measures, web: aiohttp.ClientSession
) -> None:
    """Prometheus' increase() of a figure that was not there before is 0."""
    before = await figures(web)
    measures.update("unknown", "given_up")
    measures.update("unknown", "unreadable")
    measures.delivery("failed", 1)
    after = await figures(web)
    wrong = [("updates", "unknown", "given_up"), ("updates", "unknown", "unreadable")]
    for name, *labels in [*wrong, ("deliveries", "failed")]:
        key = (f"dondoc_{name}_total", *labels)
        assert (before[key], after[key]) == (0, 1)


async def test_an_update_is_given_up_once_however_often_it_was_tried(
    measures: Measures, web: aiohttp.ClientSession, clock: OwnedClock
) -> None:
    told = []

    async def on_bug(error: Exception, row: Incoming) -> None:
        told.append(row.update_id)

    row = Incoming(
        bot_id=1, update_id=5, lane=101, body="{}", mark=None, state="waiting",
        received_at=clock.now, attempts=2, applied_at=None,
    )  # fmt: skip
    measures.update("words", "failed")
    measures.update("words", "failed")
    await observed_end(on_bug, measures)(RuntimeError(), row)
    assert told == [5]
    assert (await figures(web))["dondoc_updates_total", "unknown", "given_up"] == 1


async def test_what_telegram_could_not_hand_over_is_told_once_it_is_known(
    measures: Measures, web: aiohttp.ClientSession
) -> None:
    assert ("dondoc_telegram_pending",) not in await figures(web)
    measures.pending(7)
    assert (await figures(web))["dondoc_telegram_pending",] == 7


async def test_reads_and_transactions_are_timed_even_those_that_fail(db: Database) -> None:
    seen: list[str] = []
    timed = TimedDatabase(db, stopwatch, lambda work, _: seen.append(work))
    assert timed.engine == db.engine
    assert await timed.fetch_one("SELECT 1 AS one") == {"one": 1}
    assert len(await timed.fetch("SELECT 1 AS one")) == 1
    with pytest.raises(ZeroDivisionError):
        async with timed.transaction():
            raise ZeroDivisionError
    await timed.run(lambda tx: tx.fetch("SELECT 1 AS one"))
    assert seen == ["read", "read", "write", "write"]
