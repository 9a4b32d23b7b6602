"""Corrections: asked with a reason, decided by somebody else, counted apart meanwhile."""

from datetime import date, time

import pytest

from bot.actions import find
from bot.actions.organisation import on_behalf
from bot.actions.reminders import morning
from bot.actions.reporting import summarise
from bot.actions.tasks import answer, figure_correction, review
from bot.refusals import No
from bot.rules.organisation.standing import Bucket, bucket
from storage.records import Status, Task
from tests.actions.office import Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(14, 9)
WORDS = "ngày nộp 10/12 vì đã gửi bản giấy"


async def submitted(at_work: Staffed, by: str = "leader") -> Task:
    """Hand a result in on Monday that was due on Friday."""
    task = await at_work.assign(by=by)
    here, staff = at_work.office, at_work.who["staff"]
    return await answer.submit(here, staff, task.id, "Xong", None, office(14, 8), None)


async def asked(at_work: Staffed, by: str = "staff", words: str = WORDS) -> Task:
    task = await submitted(at_work)
    return await figure_correction.request(
        at_work.office, at_work.who[by], task.id, words, NOW, None
    )


async def test_meanwhile_the_task_stands_outside_the_buckets(at_work: Staffed) -> None:
    task = await asked(at_work)
    assert (task.in_correction, bucket(task, NOW)) == (True, None)
    state = await summarise.summarise(at_work.office, at_work.who["leader"], NOW)
    assert (state.total, state.count("correcting")) == (0, 1)
    assert (await at_work.outbox())[-1] == ("correction.requested", "leader")


async def test_granted_the_lateness_follows_from_the_new_day(at_work: Staffed) -> None:
    task = await asked(at_work)
    here, leader = at_work.office, at_work.who["leader"]
    task = await figure_correction.grant(here, leader, task.id, task.version, NOW, at_work.update())
    assert task.submitted_at == WORKDAYS.at(date(2026, 12, 10), time(17))
    assert (task.status, bucket(task, NOW)) == (Status.SUBMITTED, Bucket.ON_TRACK)
    assert (await at_work.outbox())[-1] == ("correction.granted", "staff")
    assert (await at_work.history(task.id))[-2:] == [
        ("task.request_correction", "staff"),
        ("task.grant_correction", "leader"),
    ]


async def test_refused_the_figure_stays(at_work: Staffed) -> None:
    task = await asked(at_work)
    here, deputy = at_work.office, at_work.who["deputy"]
    task = await figure_correction.refuse(here, deputy, task.id, task.version, NOW, None)
    assert (task.submitted_at, task.in_correction) == (office(14, 8), False)
    assert bucket(task, NOW) is Bucket.OVERDUE
    assert {name for kind, name in await at_work.outbox() if kind == "correction.refused"} == {
        "staff",
        "leader",
    }


async def test_nobody_decides_on_what_they_asked(at_work: Staffed) -> None:
    """What the assigner asks, the lead or a leader above decides."""
    here = at_work.office
    task = await asked(at_work, by="leader")
    assert (await at_work.outbox())[-1] == ("correction.requested", "staff")
    own = figure_correction.grant(here, at_work.who["leader"], task.id, task.version, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, own)
    await figure_correction.grant(here, at_work.who["staff"], task.id, task.version, NOW, None)
    task = await asked(at_work, by="staff")
    own = figure_correction.grant(here, at_work.who["staff"], task.id, task.version, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, own)


async def test_the_lead_does_not_decide_for_a_leader_above_who_asked(at_work: Staffed) -> None:
    task = await asked(at_work, by="deputy")
    here = at_work.office
    lead = figure_correction.grant(here, at_work.who["staff"], task.id, task.version, NOW, None)
    await refused(No.NOT_ALLOWED, at_work, lead)
    await figure_correction.grant(here, at_work.who["leader"], task.id, task.version, NOW, None)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("sai rồi vì bận", No.NO_FIGURE_READ),
        ("ngày nộp 10/12", No.NO_REASON),
        ("ngày nộp 20/12/2026 vì nhầm", No.NO_FIGURE_READ),
        ("ngày nộp 31/02 vì nhầm", No.NO_FIGURE_READ),
        ("chất lượng tốt vì nhầm", No.NOTHING_TO_CORRECT),
        ("tiến độ 0% vì nhầm", No.NOTHING_TO_CORRECT),
        ("ngày nộp 8h 14/12 vì nhầm", No.NOTHING_TO_CORRECT),
    ],
)
async def test_what_cannot_be_corrected(at_work: Staffed, words: str, kind: No) -> None:
    task = await submitted(at_work)
    here, staff = at_work.office, at_work.who["staff"]
    await refused(kind, at_work, figure_correction.request(here, staff, task.id, words, NOW, None))


@pytest.mark.parametrize(
    ("words", "column", "value"),
    [
        ("tiến độ 80% vì nhầm", "percent", 80),
        ("sản phẩm là tờ trình vì đổi hình thức", "product", "Tờ trình"),
        ("nộp lúc 16h30 ngày 11/12 do máy hỏng", "submitted_at", office(11, 16, 30)),
        ("ngày nộp hôm qua lý do: gửi qua thư", "submitted_at", office(13, 17)),
    ],
)
async def test_every_figure(at_work: Staffed, words: str, column: str, value: object) -> None:
    task = await asked(at_work, words=words)
    here, leader = at_work.office, at_work.who["leader"]
    task = await figure_correction.grant(here, leader, task.id, task.version, NOW, None)
    assert getattr(task, column) == value


async def test_one_at_a_time_and_only_for_those_it_concerns(at_work: Staffed) -> None:
    task = await asked(at_work)
    here = at_work.office
    again = figure_correction.request(here, at_work.who["leader"], task.id, WORDS, NOW, None)
    await refused(No.CORRECTION_OPEN, at_work, again)
    for name in ("mate", "head", "other_head", "admin"):
        words = figure_correction.request(here, at_work.who[name], task.id, WORDS, NOW, None)
        await refused(No.NOT_ALLOWED, at_work, words)
        press = figure_correction.grant(here, at_work.who[name], task.id, task.version, NOW, None)
        await refused(No.NOT_ALLOWED, at_work, press)


async def test_pressed_on_an_old_card_or_twice(at_work: Staffed) -> None:
    task = await asked(at_work)
    here, leader = at_work.office, at_work.who["leader"]
    old = figure_correction.grant(here, leader, task.id, task.version - 1, NOW, None)
    await refused(No.STALE, at_work, old)
    update = at_work.update()
    done = await figure_correction.grant(here, leader, task.id, task.version, NOW, update)
    again = figure_correction.grant(here, leader, task.id, done.version, NOW, update)
    await refused(No.ALREADY_DONE, at_work, again)
    late = figure_correction.refuse(here, leader, task.id, done.version, NOW, None)
    await refused(No.STALE, at_work, late)


async def test_accepted_meanwhile_it_is_still_decided_cancelled_it_is_over(
    at_work: Staffed,
) -> None:
    here, leader = at_work.office, at_work.who["leader"]
    task = await asked(at_work)
    task = await review.accept(here, leader, task.id, task.version, NOW, None)
    assert (task.status, bucket(task, NOW)) == (Status.DONE, None)
    task = await figure_correction.grant(here, leader, task.id, task.version, NOW, None)
    assert bucket(task, NOW) is Bucket.DONE_ON_TIME
    task = await asked(at_work)
    await review.cancel(here, leader, task.id, "Thôi", NOW, None)
    view = await find.task(here, leader, task.id)
    assert (view.correction_id, view.in_correction) == (None, False)


async def in_morning(at_work: Staffed, name: str) -> list[int]:
    """Return the tasks that wait for somebody's decision; who has any is told of their morning."""
    here = at_work.office
    found = await morning.morning(here, at_work.who[name], office(15))
    async with at_work.db.transaction() as tx:
        told = await morning.concerned(tx, here, office(15))
    assert (at_work.ids[name] in told) is not found.is_empty
    return [one.id for one in found.decisions]


@pytest.mark.parametrize("is_over", [False, True])
async def test_the_lead_is_asked_again_in_the_morning(at_work: Staffed, is_over: bool) -> None:
    here, leader = at_work.office, at_work.who["leader"]
    task = await submitted(at_work)
    if is_over:
        await review.accept(here, leader, task.id, task.version, NOW, None)
    await figure_correction.request(here, leader, task.id, WORDS, NOW, None)
    assert await in_morning(at_work, "staff") == [task.id]
    assert await in_morning(at_work, "deputy") == []
    assert await in_morning(at_work, "leader") == ([] if is_over else [task.id])


async def test_every_member_of_a_group_is_asked_again_in_the_morning(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    members = [ids["leader"], ids["deputy"]]
    group = await on_behalf.set_group(here, who["admin"], "Thường trực", members, NOW, None)
    task = await submitted(at_work)
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE tasks SET group_id = $1 WHERE id = $2", group.id, task.id)
    )
    await review.accept(here, who["leader"], task.id, task.version, NOW, None)
    await figure_correction.request(here, who["staff"], task.id, WORDS, NOW, None)
    for name in ("leader", "deputy"):
        known = await here.person(ids[name], office(15))
        assert known is not None
        who[name] = known.who
        assert await in_morning(at_work, name) == [task.id]
