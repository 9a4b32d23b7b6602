"""A series in the small office, begun by the steps a person takes, and its clock turned on."""

from datetime import date, datetime

from bot.actions.assigning import assign
from bot.actions.chat_places import Card, Place
from bot.actions.series import create_due
from storage.records import Series, TaskView
from storage.series import series
from storage.tasks import tasks
from tests.actions.office import MORNING, Staffed
from tests.rules.task import WORKDAYS

MONTHLY = "Giao đồng chí Mạc Thiên Ân nộp báo cáo tháng ngày 25 hằng tháng"
WEEKLY = "Giao đồng chí Mạc Thiên Ân gửi lịch thứ Sáu hằng tuần trước 10h"


async def begun(
    at_work: Staffed,
    words: str = MONTHLY,
    by: str = "leader",
    at: datetime = MORNING,
    card: Card | None = None,
) -> TaskView:
    """Assign what words say; return the first task of the series."""
    here, who = at_work.office, at_work.who[by]
    readings = await assign.read_all(here, who, words, at)
    place = Place(at_work.ids[by])
    [draft] = await assign.begin(here, who, place, readings, at, at_work.update(), message_id=7)
    card = card or Card(place.chat_id, None, 9)
    return await assign.confirm(here, who, draft.id, draft.version, card, at, at_work.update())


def morning(day: date) -> datetime:
    return WORKDAYS.at(day, WORKDAYS.morning[0])


async def look(at_work: Staffed, day: date) -> list[TaskView]:
    """Let the clock look on the morning of a day; return the tasks that were made by it."""
    before = len(await at_work.db.fetch("SELECT id FROM tasks"))
    while await create_due.look(at_work.office, morning(day)):
        pass
    rows = await at_work.db.fetch("SELECT id FROM tasks ORDER BY id")
    return await tasks.views(at_work.db, [row["id"] for row in rows[before:]])


async def now(at_work: Staffed, series_id: int = 1) -> Series:
    found = await series.get(at_work.db, series_id)
    assert found is not None
    return found


def due(view: TaskView) -> str:
    assert view.due_at is not None
    return f"{WORKDAYS.local(view.due_at):%H:%M %d/%m/%Y}"
