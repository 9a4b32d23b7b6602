"""The look of each night: when it comes, what is told of it once, and what is told that a start found lost."""

from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.runtime import last_look, office_anchors
from bot.runtime.backup_schedule import BackupSchedule
from bot.runtime.connect import BRING_BACK
from bot.runtime.last_look import LastLook
from bot.runtime.nightly_look import DAMAGED, NightlyLook
from bot.runtime.office_anchors import Against, Anchors
from bot.runtime.own_command import Ended
from storage.engine.database import Database
from storage.history import audit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
EVENING = datetime(2026, 12, 7, 20, tzinfo=ZONE)
FINE = Ended([], None)
WRONG = Ended(["pages: tasks: wrong # of entries in index tasks_unit"], None)


class Night:
    """A look whose outcome is given, and the admins, who may be out of reach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.outcome = FINE
        self.reachable = True
        self.looks: list[datetime] = []
        self.told: list[str] = []
        self.now = EVENING
        self.look = NightlyLook(folder, "one", clock_time(2), ZONE, self._run, self._tell)

    async def hours(self, many: float) -> None:
        """Let time go by, as the bot sees it."""
        until = self.now + timedelta(hours=many)
        while self.now < until:
            self.now += timedelta(minutes=1)
            await self.look.once(self.now)

    async def _run(self) -> Ended:
        self.looks.append(self.now)
        return self.outcome

    async def _tell(self, text: str) -> bool:
        if self.reachable:
            self.told.append(text)
        return self.reachable


async def test_it_is_looked_through_once_a_night_and_not_at_the_first_start(tmp_path: Path) -> None:
    night = Night(tmp_path)
    await night.hours(50)
    assert [f"{one:%d %H:%M}" for one in night.looks] == ["08 02:00", "09 02:00"]
    assert night.told == []
    again = Night(tmp_path)
    again.now = EVENING + timedelta(days=10)
    await again.hours(1)
    assert len(again.looks) == 1  # the bot was stopped meanwhile


async def test_damage_is_told_once_until_all_is_whole_again(tmp_path: Path) -> None:
    night = Night(tmp_path)
    await night.look.once(night.now)
    night.outcome, night.reachable = WRONG, False
    await night.hours(10)
    assert last_look.read(tmp_path) == LastLook(
        at=night.looks[-1], done=True, wrong=tuple(WRONG.wrong), untold=(DAMAGED,)
    )
    night.reachable = True
    await night.hours(72)
    assert night.told == [DAMAGED]
    night.outcome = FINE
    await night.hours(24)
    night.outcome = WRONG
    await night.hours(24)
    assert night.told == [DAMAGED, DAMAGED]
    assert len(night.looks) == 6


async def test_what_could_not_be_looked_at_is_tried_again_each_hour(tmp_path: Path) -> None:
    night = Night(tmp_path)
    await night.look.once(night.now)
    night.outcome = Ended([], "it was not done within 6:00:00")
    await night.hours(9.5)
    assert [f"{one:%H:%M}" for one in night.looks] == ["02:00", "03:00", "04:00", "05:00"]
    assert night.told == []
    night.outcome = Ended([], f"config.toml: cannot be used: malformed; {BRING_BACK}: dondoc ...")
    await night.hours(1)
    assert night.told == [DAMAGED]


async def test_what_a_start_found_lost_is_told_and_stays_known(tmp_path: Path) -> None:
    night = Night(tmp_path)
    night.look.add(night.now, ["3 lần ghi đã mất", "đã lùi lại"], ["dondoc.db-wal.damaged-3-0"])
    night.reachable = False
    await night.hours(1)
    night.reachable = True
    await night.hours(8)
    assert night.told == ["3 lần ghi đã mất", "đã lùi lại"]
    last = night.look.last()
    assert last is not None
    assert (last.lost, last.untold) == (("dondoc.db-wal.damaged-3-0",), ())


async def test_of_a_backup_with_a_mistake_one_is_made_a_night_and_none_counts(
    tmp_path: Path,
) -> None:
    told, runs = list[str](), list[datetime]()

    async def run() -> Ended:
        runs.append(moment)
        return WRONG

    schedule = BackupSchedule(tmp_path, clock_time(2), ZONE, run, told.append)
    for minute in range(60 * 48):
        moment = EVENING + timedelta(minutes=minute)
        await schedule.once(moment, is_known=minute < 60 * 24)
    assert [f"{one:%d %H:%M}" for one in runs] == ["07 20:00", "08 02:00", "09 02:00"]
    assert len(told) == 1
    assert told[0].startswith("Bot đã sao lưu nhưng thấy có chỗ hỏng: pages: tasks: wrong # of")


async def test_anchors_tell_an_office_from_another_and_from_its_own_past(
    db: Database, tmp_path: Path
) -> None:
    anchors = Anchors(db, tmp_path, "one")
    await anchors.note()
    assert office_anchors.read(tmp_path) is None
    async with db.transaction() as tx:
        for _ in range(3):
            await audit.append(tx, EVENING, "people.enrolled")
    await anchors.note()
    known = office_anchors.read(tmp_path)
    assert known is not None
    assert (known.first.number, known.last.number) == (1, 3)
    assert await office_anchors.compare(db, known) is None
    async with db.transaction() as tx:
        await audit.append(tx, EVENING, "people.enrolled")
    assert await office_anchors.compare(db, known) is None  # it has gone on since
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM events WHERE id > 2")
    assert await office_anchors.compare(db, known) is Against.BEHIND
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM events")
    assert await office_anchors.compare(db, known) is Against.ANOTHER


@pytest.mark.parametrize("said", ["", "1:ab", "x:y z", "1:a 2:b 3:c", "\x00\xff"])
def test_anchors_that_cannot_be_read_are_as_none(tmp_path: Path, said: str) -> None:
    (tmp_path / office_anchors.NAME).write_text(said, "latin-1")
    assert office_anchors.read(tmp_path) is None
