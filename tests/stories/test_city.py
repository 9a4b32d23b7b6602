"""Two replicas on one PostgreSQL: one conversation, whoever answers; nothing is lost when one dies."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.holding import LEASE, RENEW_SECONDS
from tests.stories.city import City, staged_city
from tests.stories.stage import LEADER, STAFF

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
