"""A backup is made each night, some stay, and a failure is told once."""

import os
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.runtime import backup_rotation
from bot.runtime.backup_rotation import Keep
from bot.runtime.backup_schedule import BackupSchedule
from bot.runtime.own_command import Ended, call


async def test_a_backup_a_day_and_a_failure_told_once(tmp_path: Path) -> None:
    zone, told, runs, fails = ZoneInfo("Asia/Ho_Chi_Minh"), list[str](), list[datetime](), [True]
    night = datetime(2026, 12, 7, 1, 59, tzinfo=zone)

    async def run() -> Ended:
        runs.append(moment)
        if not fails[0]:
            (tmp_path / backup_rotation.name_at(moment, zone)).touch()
        return Ended([], "the disk is full" if fails[0] else None)

    schedule = BackupSchedule(tmp_path, clock_time(2), zone, run, told.append)
    for minute in range(60 * 24 * 3):
        moment = night + timedelta(minutes=minute)
        fails[0] = minute < 60 * 20 or 60 * 24 < minute < 60 * 27
        await schedule.once(moment)
    failed = "Bot chưa sao lưu được: the disk is full."
    assert told == [
        f"{failed} Chưa có bản sao lưu nào. Nhờ đồng chí xem máy chủ.",
        f"{failed} Bản sao lưu gần nhất: 21:59 07/12/2026. Nhờ đồng chí xem máy chủ.",
    ]
    tried = [f"{one:%d %H:%M}" for one in runs]
    assert tried[:2] == ["07 01:59", "07 02:59"]
    assert tried[-6:] == [
        "07 21:59", "08 02:00", "08 03:00", "08 04:00", "08 05:00", "09 02:00"
    ]  # fmt: skip
    assert len(tried) == 26


async def test_a_folder_that_cannot_be_looked_at_is_told_and_tried_again() -> None:
    zone, told = ZoneInfo("Asia/Ho_Chi_Minh"), list[str]()
    away = Path("away" * 100)  # longer than a name may be, as good as a disk that does not answer

    async def run() -> Ended:
        raise AssertionError("nobody knows whether a backup is due")

    schedule = BackupSchedule(away, clock_time(2), zone, run, told.append)
    morning = datetime(2026, 12, 7, 3, tzinfo=zone)
    for minute in range(90):
        await schedule.once(morning + timedelta(minutes=minute))
    assert len(told) == 1
    assert "File name too long" in told[0]


def test_of_days_weeks_and_months_the_last_stays() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    last = datetime(2026, 12, 7, 2, tzinfo=zone)
    days = [last - timedelta(days=n) for n in range(100)]
    days.append(datetime(2026, 12, 4, 1, tzinfo=zone))
    spare = backup_rotation.spare(days, Keep(daily=3, weekly=2, monthly=4))
    assert sorted(set(days) - set(spare), reverse=True) == [
        last,
        datetime(2026, 12, 6, 2, tzinfo=zone),
        datetime(2026, 12, 5, 2, tzinfo=zone),
        datetime(2026, 11, 30, 2, tzinfo=zone),
        datetime(2026, 10, 31, 2, tzinfo=zone),
        datetime(2026, 9, 30, 2, tzinfo=zone),
    ]


def test_what_an_operator_made_before_a_weekend_stays_whatever_is_made_after_it() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    before = datetime(2026, 12, 4, 9, tzinfo=zone)
    after = [before + timedelta(hours=n) for n in (1, 2, 17, 41, 65)]
    keep = Keep(daily=1, weekly=0, monthly=0)
    assert backup_rotation.spare([before, *after], keep) == []
    monday = before + timedelta(days=3)
    assert backup_rotation.spare([before, *after, monday], keep) == [before]


async def test_one_that_stands_still_is_ended_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "config.toml")  # whoever reads it waits for somebody to write
    monkeypatch.setattr("bot.runtime.own_command.LONGEST", timedelta(seconds=1))
    ended = await call("backup", tmp_path / "config.toml")
    assert ended == Ended([], "it was not done within 0:00:01")
