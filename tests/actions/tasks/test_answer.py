"""What a report of progress leaves behind for whoever opens the task."""

from bot.actions import find
from bot.actions.tasks import answer
from tests.actions.office import Staffed
from tests.rules.task import office


async def test_the_latest_note_stays_until_there_is_another(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    shown = []
    for day, words in enumerate(["25%", "60% đã xong dự thảo", "75%", "chờ ký", "xong"], 8):
        await answer.progress(here, staff, task.id, words, office(day), None)
        seen = await find.task(here, at_work.who["leader"], task.id)
        shown.append((seen.percent, seen.note))
    assert shown == [
        (25, None),
        (60, "đã xong dự thảo"),
        (75, "đã xong dự thảo"),
        (75, "chờ ký"),
        (100, "xong"),
    ]


async def test_a_blocker_is_no_note_of_progress(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await answer.progress(here, staff, task.id, "60% đã xong dự thảo", office(8), None)
    await answer.block(here, staff, task.id, "Chưa có số liệu", office(9), None)
    seen = await find.task(here, at_work.who["leader"], task.id)
    assert (seen.note, seen.blocker) == ("đã xong dự thảo", "Chưa có số liệu")
