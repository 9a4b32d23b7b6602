"""The demo office at any hour: what is said to have happened, happened in working hours."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.actions.list_import.import_people import enrol
from bot.actions.office import Office
from bot.playground.office import DEMO_OFFICE
from bot.readers import sheets
from bot.rules.organisation.standing import Bucket, bucket
from bot.seeding import seed
from storage.engine.opening import open_database
from storage.tasks import tasks
from tests.rules.task import WORKDAYS, office

MOMENTS = {
    "early on a Monday": office(7, 7, 13),
    "on a working afternoon": office(9, 16, 50),
    "at night on a Sunday": office(13, 23, 50),
    "in the new year's holidays": office(10, 9, month=2).replace(year=2027),
}


@pytest.mark.parametrize("now", MOMENTS.values(), ids=MOMENTS)
async def test_everything_was_done_in_office_hours(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    db = await open_database(sqlite_url)
    try:
        assert not (
            await enrol(db, sheets.read(DEMO_OFFICE.read_bytes()), now - timedelta(days=60))
        ).problems
        count = await seed.demo(Office(db=db, name="Văn phòng", files=tmp_path), now)
        events = await db.fetch(
            "SELECT at, task_id FROM events WHERE task_id IS NOT NULL ORDER BY id"
        )
        views = await tasks.views(db, range(1, count + 1))
    finally:
        await db.close()
    moments = [(row["task_id"], datetime.fromisoformat(row["at"])) for row in events]
    assert all(_at_work(at) and at <= now for _, at in moments)
    assert moments == sorted(moments)
    assert all(task.submitted_at is None or _at_work(task.submitted_at) for task in views)
    assert {bucket(task, now) for task in views} == set(Bucket) - {Bucket.NO_DEADLINE}


def _at_work(moment: datetime) -> bool:
    local = WORKDAYS.local(moment)
    hours = (WORKDAYS.morning, WORKDAYS.afternoon)
    return WORKDAYS.is_working(local.date()) and any(a <= local.time() <= b for a, b in hours)
