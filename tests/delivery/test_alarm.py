"""The alarm rings on a real event loop."""

import asyncio
from datetime import datetime, timedelta, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers import base as schedulers

from bot.delivery.alarm import Alarm
from tests.delivery.conftest import until


async def test_it_looks_again_and_again_also_after_an_error_until_stopped() -> None:
    looks: list[int] = []

    async def look() -> None:
        looks.append(len(looks))
        if len(looks) == 2:
            raise RuntimeError("lần này hỏng")

    async def upkeep() -> None:
        raise AssertionError("it is not night")

    alarm = Alarm(look, upkeep, zone=ZoneInfo("Asia/Ho_Chi_Minh"), seconds=0.02)
    alarm.start()
    await until(lambda: len(looks) >= 4)
    alarm.stop()
    await asyncio.sleep(0)
    ended = len(looks)
    await asyncio.sleep(0.1)
    assert len(looks) == ended


async def test_nothing_is_ever_too_late() -> None:
    async def nothing() -> None: ...

    alarm = Alarm(nothing, nothing, zone=ZoneInfo("Asia/Ho_Chi_Minh"), upkeep_hour=3)
    alarm.start()
    try:
        for job in alarm._scheduler.get_jobs():
            assert job.misfire_grace_time is None
            assert job.coalesce is True
        (upkeep,) = (job for job in alarm._scheduler.get_jobs() if job.id == "upkeep")
        assert upkeep.next_run_time.hour == 3
        assert upkeep.next_run_time.utcoffset().total_seconds() == 7 * 3600
    finally:
        alarm.stop()


async def test_it_goes_on_looking_when_the_machines_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []

    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) - timedelta(hours=len(looks) >= 2)

    async def look() -> None:
        looks.append(len(looks))

    monkeypatch.setattr(schedulers, "datetime", SetBack)
    alarm = Alarm(look, look, zone=ZoneInfo("Asia/Ho_Chi_Minh"), seconds=0.02)
    alarm.start()
    await until(lambda: len(looks) >= 4)
    alarm.stop()
