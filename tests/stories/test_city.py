"""Two replicas on one PostgreSQL: one conversation, whoever answers; nothing is lost when one dies."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from bot.delivery.outbox.lease_renewal import LEASE, RENEW_SECONDS
from tests.stories.city import City, staged_city
from tests.stories.stage import LEADER, LOOK_SECONDS, STAFF

TASK = "Giao đồng chí Mạc Thiên Ân soạn báo cáo tháng 11, trước 17h thứ Sáu"
IN_HAND = "SELECT COUNT(*) FROM inbox WHERE state = 'waiting' AND lease_owner = $1"
WAITING = "SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'"


@pytest.fixture
async def city(tmp_path: Path, city_url: str) -> AsyncIterator[City]:
    """A Monday morning with two replicas at work."""
    async with staged_city(tmp_path, city_url) as city:
        await city.start()
        await city.start()
        yield city


def test_who_dies_is_replaced_within_half_a_minute() -> None:
    """A lease that was renewed just before the end runs out, and is seen by the next look."""
    assert LEASE.total_seconds() + 1 < 30
    assert LEASE.total_seconds() > 4 * RENEW_SECONDS, "who stands still for a moment is not dead"


async def test_who_dies_in_the_middle_of_an_answer_is_replaced_by_the_clock_on_the_wall(
    city: City, long: bool
) -> None:
    if not long:
        pytest.skip("half a minute: --long")
    leader = await city.phone(LEADER)
    await city.play.faults(delay_ms=2000)
    await leader.say("/viec 901")
    held = "SELECT MAX(lease_owner) FROM inbox WHERE state = 'waiting'"
    await city.until(f"SELECT ({held}) IS NOT NULL")
    await city.kill(await city.db.fetchval(held))
    begun = time.monotonic()
    await city.play.faults(delay_ms=0)
    await city.until(WAITING, seconds=40)
    await leader.expect("việc số 901")
    assert time.monotonic() - begun < 30


async def test_a_conversation_goes_on_whoever_answers_and_whoever_dies(city: City) -> None:
    leader, staff = await city.phone(LEADER), await city.phone(STAFF)
    await leader.say(TASK)
    await leader.press("Giao việc", await leader.expect("soạn báo cáo", button="Giao việc"))
    card = await staff.expect("soạn báo cáo", button="Đã nhận")
    first, second = city.replicas
    await city.kill(first)
    await staff.press("Đã nhận", card)
    await city.age_leases(first)
    await city.until("SELECT COUNT(*) = 1 FROM tasks WHERE status = 'in_progress'")
    assert await city.stop(second) == 0
    await staff.say("/viec")
    await city.start()
    await staff.expect("Việc của đồng chí")
    told = await city.db.fetchval("SELECT COUNT(*) FROM outbox WHERE kind = 'task.assigned'")
    assert told == 1
    owners = await city.db.fetch("SELECT DISTINCT owner FROM leases")
    assert len(owners) == 1, "who stopped has given back what they held"


async def test_one_chat_is_answered_in_order_through_two_replicas_and_a_kill(city: City) -> None:
    phones = [await city.phone(LEADER), await city.phone(STAFF)]
    await city.play.faults(delay_ms=30)
    numbers = [str(number) for number in range(901, 913)]
    for number in numbers[:6]:
        for phone in phones:
            await phone.say(f"/viec {number}")
    await city.until("SELECT COUNT(*) > 4 FROM inbox WHERE state = 'handled' AND lane > 0")
    dead = next(iter(city.replicas))
    await city.kill(dead)
    flying = await city.db.fetchval(IN_HAND, dead)
    await city.age_leases(dead)
    for number in numbers[6:]:
        for phone in phones:
            await phone.say(f"/viec {number}")
    await city.play.faults(delay_ms=0)
    await city.until("SELECT COUNT(*) >= 26 FROM inbox")
    await city.until(WAITING)
    repeated = 0
    for phone in phones:
        said = [
            str(one.data.get("text"))
            for one in city.emulator.messages.of_chat(phone.id)
            if one.by_bot
        ]
        answered = [one for text in said for one in re.findall(r"việc số (\d+)", text)]
        assert list(dict.fromkeys(answered)) == numbers
        repeated += len(answered) - len(numbers)
    assert repeated <= flying


async def test_replicas_work_on_while_the_next_version_comes_in(city: City) -> None:
    """Its migration adds a column to every table; those of this version go on, and are started again."""
    leader, staff = await city.phone(LEADER), await city.phone(STAFF)
    await leader.say(TASK)
    draft = await leader.expect("soạn báo cáo", button="Giao việc")
    await let_next_version_in(city)
    await leader.press("Giao việc", draft)
    card = await staff.expect("soạn báo cáo", button="Đã nhận")
    first = next(iter(city.replicas))
    assert await city.stop(first) == 0
    assert await city.start() == first
    await staff.press("Đã nhận", card)
    await leader.expect("đang thực hiện", edited=True)
    for asked, told in (("/tonghop", "Tổng hợp"), ("/tim báo cáo", "soạn báo cáo")):
        for _ in city.replicas:
            await leader.say(asked)
            await leader.expect(told)
    await city.until("SELECT COUNT(*) = 0 FROM outbox WHERE state = 'waiting'")
    assert await city.db.fetchval("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == 0
    for wrong in ("Traceback", "trouble", "put off"):
        assert wrong not in city.log()


async def let_next_version_in(city: City) -> None:
    """Do what the first replica of the next minor version does when it starts."""
    tables = await city.db.fetch(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
        " AND tablename <> 'migrations'"
    )
    for table in tables:
        await city.db.execute(f"ALTER TABLE {table['name']} ADD COLUMN later BIGINT DEFAULT 7")
    await city.db.execute(
        "INSERT INTO migrations (number, name, sha256, works_with, run_at)"
        " SELECT MAX(number) + 1, 'later', '', MAX(number), MAX(run_at) FROM migrations"
    )


async def test_a_database_that_is_gone_holds_up_no_stop_and_loses_nothing(
    city: City, city_url: str
) -> None:
    staff = await city.phone(STAFF)
    await city.play.faults(delay_ms=300)
    for number in range(901, 913):
        await staff.say(f"/viec {number}")
    await city.until("SELECT COUNT(*) = 12 FROM inbox WHERE lane > 0 AND update_id > 1")
    await let_in(city_url, False)
    begun = time.monotonic()
    for name in list(city.replicas):
        assert await city.stop(name) == 0
    assert time.monotonic() - begun < 20, "ten seconds each"
    await let_in(city_url, True)
    await city.play.faults(delay_ms=0)
    for _ in range(2):
        await city.start()
    for number in range(901, 913):
        await staff.expect(f"việc số {number}", timeout=20)
    await city.until(WAITING)


async def let_in(url: str, anybody: bool) -> None:
    """Cut off all who use a database and let nobody in, or let them in again."""
    parts = urlsplit(url)
    server = await asyncpg.connect(parts._replace(path="/postgres").geturl())
    name = parts.path.strip("/")
    await server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {anybody}")
    if not anybody:
        await server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
    await server.close()


async def test_the_secret_is_changed_one_replica_after_the_other_and_no_update_is_refused(
    city: City,
) -> None:
    leader, old = await city.phone(LEADER), list(city.replicas)
    new = "another_secret_another"
    await city.start(DONDOC_TELEGRAM__WEBHOOK_SECRET=new)
    differ = "telegram.webhook_secret is not that of"
    async with asyncio.timeout(20):
        while city.log().count(differ) < 3:  # noqa: ASYNC110 - other processes write it
            await asyncio.sleep(LOOK_SECONDS)
    assert new not in city.log()
    for number in range(901, 907):
        await leader.say(f"/viec {number}")
        await leader.expect(f"việc số {number}")
    for name in old:
        assert await city.stop(name) == 0
    await leader.say("/viec 907")
    await leader.expect("việc số 907")
    assert city.emulator.webhook is not None
    assert city.emulator.webhook.last_error == ""
