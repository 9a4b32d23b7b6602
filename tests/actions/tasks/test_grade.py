"""Quality on acceptance: Đạt by itself, another by the acceptor alone, for a day."""

from datetime import datetime, timedelta

import pytest

from bot.actions.tasks import answer, review
from bot.refusals import No
from storage.records import Quality, Task
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)


async def accepted(at_work: Staffed, by: str = "leader") -> Task:
    task = await at_work.assign()
    done = await answer.submit(
        at_work.office, at_work.who["staff"], task.id, "Xong", None, office(8), at_work.update()
    )
    return await review.accept(
        at_work.office, at_work.who[by], task.id, done.version, NOW, at_work.update()
    )


async def grade(
    at_work: Staffed, name: str, task: Task, quality: Quality, at: datetime = NOW
) -> Task:
    return await review.grade(
        at_work.office, at_work.who[name], task.id, task.version, quality, at, at_work.update()
    )


async def test_to_accept_is_at_least_passed(at_work: Staffed) -> None:
    task = await accepted(at_work)
    assert (task.quality, task.accepted_by_id) == (Quality.PASSED, at_work.ids["leader"])


@pytest.mark.parametrize("quality", [Quality.GOOD, Quality.EXCELLENT])
async def test_the_acceptor_grades(at_work: Staffed, quality: Quality) -> None:
    task = await accepted(at_work)
    last = await at_work.last_said()
    graded = await grade(at_work, "leader", task, quality)
    assert (graded.quality, graded.status) == (quality, task.status)
    assert await at_work.outbox(last) == [("card.refresh", "staff")]
    assert (await at_work.history(task.id))[-1] == ("task.grade", "leader")


async def test_it_can_be_changed_within_a_day(at_work: Staffed) -> None:
    task = await grade(at_work, "leader", await accepted(at_work), Quality.GOOD)
    day = timedelta(days=1)
    task = await grade(at_work, "leader", task, Quality.PASSED, NOW + day)
    assert task.quality is Quality.PASSED
    late = grade(at_work, "leader", task, Quality.GOOD, NOW + day + timedelta(seconds=1))
    await refused(No.GRADED_LATE, at_work, late)


async def test_nobody_but_the_acceptor(at_work: Staffed) -> None:
    task = await accepted(at_work, by="deputy")
    for name in ("leader", "staff", "head", "other"):
        await refused(No.NOT_ALLOWED, at_work, grade(at_work, name, task, Quality.GOOD))
    assert (await grade(at_work, "deputy", task, Quality.GOOD)).quality is Quality.GOOD


async def test_a_stale_card_and_an_open_task(at_work: Staffed) -> None:
    task = await accepted(at_work)
    await grade(at_work, "leader", task, Quality.GOOD)
    await refused(No.STALE, at_work, grade(at_work, "leader", task, Quality.EXCELLENT))
    other = await at_work.assign()
    await refused(No.WRONG_STATE, at_work, grade(at_work, "leader", other, Quality.GOOD))


async def test_what_one_assigned_to_oneself_is_graded_by_nobody(at_work: Staffed) -> None:
    task = await at_work.assign("staff", "staff")
    done = await answer.submit(
        at_work.office, at_work.who["staff"], task.id, "Xong", None, office(8), at_work.update()
    )
    assert done.quality is None
    await refused(No.NOT_ALLOWED, at_work, grade(at_work, "staff", done, Quality.EXCELLENT))
