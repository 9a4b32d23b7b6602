"""What the clock begins while several instances work: by one of them, and said by none too early."""

from datetime import datetime, timedelta

import pytest

from bot.actions.office import Office
from bot.actions.reminders import fire_reminders
from bot.clock import stopwatch
from bot.delivery.outbox.lease_renewal import LEASE
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.replica import Replica
from bot.delivery.telegram.http_client import build_bot
from bot.delivery.telegram.sender import Sender
from bot.runtime.schedule import look_at_all, upkeep_by_one
from storage.engine.database import Database
from storage.messaging import leases, outbox_leases
from storage.messaging.leases import PLANNING
from storage.reporting import inquiries
from tests.actions.office import MORNING, Staffed
from tests.delivery.test_replica import a_replica
from tests.delivery.wording import Words, an_outbox
from tests.rules.task import office


@pytest.fixture
async def here(at_work: Staffed) -> Replica:
    replica = a_replica(at_work.db, "here")
    await replica.begin()
    return replica


@pytest.fixture
async def there(at_work: Staffed) -> Replica:
    replica = a_replica(at_work.db, "there")
    await replica.begin()
    return replica


async def test_one_lets_go_of_what_nobody_asks_for_any_more(
    at_work: Staffed, here: Replica, there: Replica
) -> None:
    later = MORNING + timedelta(days=91)
    await upkeep_by_one(here, at_work.office, lambda: MORNING)
    await inquiries.put(at_work.db, at_work.ids["staff"], 1, inquiries.Kind.SEARCH, "{}", MORNING)
    await upkeep_by_one(there, at_work.office, lambda: later)
    assert await at_work.db.fetch("SELECT id FROM inquiries")
    await here.end()
    await upkeep_by_one(there, at_work.office, lambda: later)
    assert not await at_work.db.fetch("SELECT id FROM inquiries")


async def said_by_another(db: Database, there: Replica, now: datetime) -> list[list[str]]:
    """Return the messages that another instance would say."""
    real = there.clock()
    claimed = await outbox_leases.claim(db, there.name, now, real, real + LEASE, 30)
    return [sorted(row.kind for row in rows) for rows in claimed]


async def test_a_digest_and_the_reminders_of_its_hour_are_one_message_whoever_says_them(
    at_work: Staffed, here: Replica, there: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, now = at_work.db, office(11, 8)
    await at_work.assign()
    async with db.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'never'")
    meanwhile: list[list[str]] = []
    look = fire_reminders.look

    async def looked(office: Office, now: datetime) -> int:
        meanwhile.extend(await said_by_another(db, there, now))
        return await look(office, now)

    monkeypatch.setattr("bot.runtime.schedule.fire_reminders.look", looked)
    sender = Sender(
        build_bot("1:x", "http://127.0.0.1:9/", "http://127.0.0.1:9/"), Limiter(0, stopwatch)
    )
    words = Words()
    box = an_outbox(db, sender, words, owner="here")
    await look_at_all(at_work.office, box, lambda: now, words.troubles.append, here)
    assert meanwhile == []
    assert await said_by_another(db, there, now) == [["digest", "reminder"]]
    assert words.troubles == []


async def test_while_one_plans_what_cannot_wait_is_said(
    at_work: Staffed, here: Replica, there: Replica
) -> None:
    await at_work.assign()
    assert await here.holds(PLANNING)
    assert await said_by_another(at_work.db, there, MORNING) == []
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE outbox SET priority = 0")
    assert await said_by_another(at_work.db, there, MORNING) == [["task.assigned"]]


async def test_a_look_at_an_hour_without_digest_takes_no_lease(
    at_work: Staffed, here: Replica
) -> None:
    taken: list[str] = []

    async def begun() -> None:
        taken.append(PLANNING)

    await fire_reminders.digest(at_work.office, office(9, 7, 29), begun)
    assert taken == []
    await fire_reminders.digest(at_work.office, office(9, 7, 30), begun)
    assert taken == [PLANNING]
    held = [one.name for one in await leases.held(at_work.db, here.clock())]
    assert held == ["seat here", "webhook here"]
