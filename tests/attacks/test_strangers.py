"""Strangers by the thousand: little is answered, nothing is kept for long, and nobody of the office waits."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.actions.office import Office
from bot.clock import stopwatch, system_clock
from bot.playground.phone import Phone
from bot.runtime.schedule import upkeep
from storage.engine.opening import open_database
from tests.attacks.strangers import FIRST, crowd, settled
from tests.faults.office import ADMIN, at_work
from tests.faults.replicas import staged_replicas
from tests.stories.stage import MONDAY, Stage

A_MINUTE = 60
BY_TIME = {"leases", "digest_rounds"}
"""Tables that grow as the clock goes, whoever writes."""
LIMITED = {"DONDOC_ACCESS__UPDATES_A_MINUTE": str(A_MINUTE)}
ANSWERS = ("sendMessage", "answerCallbackQuery", "sendDocument", "editMessageText")


@pytest.fixture(params=["stage", "replicas"])
def either(request: pytest.FixtureRequest) -> Stage:
    """One program on SQLite, or two replicas on PostgreSQL; none is at work yet."""
    stage: Stage = request.getfixturevalue(request.param)
    return stage


@pytest.fixture
async def replicas(tmp_path: Path, city_url: str) -> AsyncIterator[Stage]:
    """Two replicas on PostgreSQL."""
    async with staged_replicas(tmp_path, city_url) as stage:
        yield stage


def tables(stage: Stage) -> dict[str, int]:
    """Count the rows of every table."""
    if stage.engine == "postgres":
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    else:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [str(name) for (name,) in stage.rows(named)]
    return {name: int(str(stage.rows(f"SELECT COUNT(*) FROM {name}")[0][0])) for name in names}


async def night(stage: Stage, later: timedelta) -> None:
    """Let go of what is let go of at night, so much later by every clock."""
    db = await open_database(stage.url)
    try:
        office = Office(db=db, name="Văn phòng", files=stage.folder / "files")
        await upkeep(office, lambda: MONDAY + later, lambda: system_clock() + later)
    finally:
        await db.close()


def answered(stage: Stage) -> int:
    """Count what was said to strangers and their groups."""
    calls = [one for one in stage.emulator.calls if one.method in ANSWERS and one.chat_id]
    return sum(one.chat_id >= FIRST or one.chat_id < 0 for one in calls if one.chat_id)


async def test_thousands_of_strangers_leave_nothing_that_grows(either: Stage, long: bool) -> None:
    """All that Telegram lets a stranger do, by a hundred of them; a leader is answered meanwhile."""
    stage, count = either, 10_000 if long else 800
    leader, _ = await at_work(stage, **LIMITED)
    settled(stage.emulator, 100)
    await handled(stage)
    before, begun = tables(stage), stopwatch()
    doing = crowd(Random(6), 100, stage.emulator, int(MONDAY.timestamp()))
    slowest = 0.0
    for done in range(0, count, 200):
        for _ in range(200):
            stage.emulator.updates.inject(next(doing))
        if done % 1000 == 0:
            asked = stopwatch()
            await leader.say("/viec")
            await leader.expect("không có việc nào đang mở", timeout=30)
            slowest = max(slowest, stopwatch() - asked)
        await handled(stage)
    minutes = (stopwatch() - begun) / 60
    assert stage.lives()
    assert "Traceback" not in stage.log()
    assert slowest < 5
    assert 0 < answered(stage) <= A_MINUTE * (2 + minutes)
    [(marked, codes, moves)] = stage.rows("SELECT marked, wrong_codes, group_moves FROM strangers")
    assert min(int(str(one)) for one in (marked, codes, moves)) > count / 50
    assert await stage.stop_bot() == 0
    await night(stage, timedelta(hours=2))
    grown = {name for name, rows in tables(stage).items() if rows > before.get(name, 0)}
    assert grown - BY_TIME == {"inbox", "strangers"}
    await night(stage, timedelta(days=7))
    grown = {name for name, rows in tables(stage).items() if rows > before.get(name, 0)}
    assert grown - BY_TIME == {"strangers"}
    await night(stage, timedelta(days=100))
    assert tables(stage)["strangers"] == 0


async def test_codes_are_guessed_no_faster_than_a_stranger_speaks_and_a_right_one_lets_in(
    stage: Stage,
) -> None:
    await at_work(stage, **LIMITED)
    code = await invited(stage, "Đoàn Thục Hạnh Nhi")
    guests = [await Phone.of_stranger(stage.play, f"Khách {n}") for n in range(40)]
    for _ in range(20):
        await guests[0].start("x" * 32)
    await handled(stage)
    assert 0 < said_to(stage, guests[0]) <= A_MINUTE / 10
    for guest in guests[1:] * 3:
        await guest.start("y" * 32)
    await handled(stage)
    assert sum(said_to(stage, guest) for guest in guests) <= A_MINUTE + 10
    assert stage.rows("SELECT wrong_codes FROM strangers") == [(20 + 39 * 3,)]
    await guests[0].start(code)
    await guests[0].expect("Chào đồng chí Đoàn Thục Hạnh Nhi")


async def invited(stage: Stage, name: str) -> str:
    """Return the code of an invitation for somebody."""
    admin = await stage.phone(ADMIN)
    await admin.say(f"/moi {name}")
    await admin.press_and_go(name)
    link = await admin.expect(re.compile(r"\?start="))
    return str(re.findall(r"\?start=([\w-]{32})", link.text)[0])


async def handled(stage: Stage) -> None:
    """Wait until all that was sent has been handled."""
    async with asyncio.timeout(60):
        while len(stage.emulator.updates):  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.05)
    await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", 120)


def said_to(stage: Stage, guest: Phone) -> int:
    return sum(one.by_bot for one in stage.emulator.messages.of_chat(guest.id))
