"""The short life of a task: every step by its person at its time, told and written down once."""

from datetime import time

import pytest

from bot.actions import find
from bot.actions.assigning import assign
from bot.actions.chat_places import Card, Place
from bot.actions.files.file_store import Paper, keep
from bot.actions.tasks import answer, review
from bot.rules.organisation.standing import Bucket, bucket
from storage.files import files
from storage.messaging import cards
from storage.records import Part, Status, Task
from storage.reminders import reminders
from storage.tasks import tasks, texts
from tests.actions.office import FRIDAY, Staffed
from tests.rules.task import WORKDAYS, office

SENTENCE = "Giao đồng chí Mạc Thiên Ân soạn báo cáo quý, trình lãnh đạo trước 16h thứ Sáu"


async def test_from_sentence_to_acceptance(at_work: Staffed) -> None:
    leader, staff = at_work.who["leader"], at_work.who["staff"]
    here = at_work.office

    reading = await assign.read(here, leader, SENTENCE, office(7))
    [draft] = await assign.begin(here, leader, Place(101), [reading], office(7), at_work.update())
    assert draft.waits_for is None
    card = Card(101, None, 55)
    task: Task = await assign.confirm(
        here, leader, draft.id, draft.version, card, office(7, 9, 1), at_work.update()
    )
    assert (task.id, task.status, task.version) == (1, Status.ASSIGNED, 1)
    assert (task.due_at, task.late_from) == WORKDAYS.due(FRIDAY, time(16))
    assert task.unit_id == at_work.units["th"]
    assert task.has_clock
    assert await texts.body(here.db, task.text_id or 0) == SENTENCE
    placed = await cards.latest(here.db, 1, leader.person_id)
    assert placed is not None
    assert placed.message_id == 55

    task = await answer.receive(here, staff, 1, 1, office(7, 10), at_work.update())
    assert (task.status, task.received_at) == (Status.IN_PROGRESS, office(7, 10))
    task = await answer.progress(here, staff, 1, "60% đã xong dự thảo", office(9), at_work.update())
    assert (task.percent, task.reported_at) == (60, office(9))
    task = await answer.submit(
        here, staff, 1, "Đã trình Báo cáo 88-BC/VPTU", None, office(10), at_work.update()
    )
    assert (task.status, task.submitted_at, task.closed_at) == (Status.SUBMITTED, office(10), None)
    task = await review.return_result(
        here, leader, 1, "Thiếu phụ lục", office(10, 11), at_work.update()
    )
    assert (task.status, task.submitted_at) == (Status.RETURNED, None)
    paper = Paper(await keep(here, b"phu luc"), "phu-luc.txt", 7, "text/plain", "file-1")
    task = await answer.submit(here, staff, 1, "", paper, office(11, 15, 59), at_work.update())
    task = await review.accept(here, leader, 1, task.version, office(14), at_work.update())
    assert (task.status, task.closed_at) == (Status.DONE, office(14))
    assert bucket(task, office(21)) is Bucket.DONE_ON_TIME

    assert await at_work.history(1) == [
        ("task.assign", "leader"),
        ("task.receive", "staff"),
        ("task.progress", "staff"),
        ("task.submit", "staff"),
        ("task.return", "leader"),
        ("task.submit", "staff"),
        ("task.accept", "leader"),
    ]
    assert await at_work.outbox() == [
        ("task.assigned", "staff"),
        ("card.refresh", "leader"),
        ("card.refresh", "leader"),
        ("task.submitted", "leader"),
        ("task.returned", "staff"),
        ("task.submitted", "leader"),
        ("task.accepted", "staff"),
    ]
    path, kept = await find.file(here, leader, (await files.of_task(here.db, 1))[0].id)
    assert path.read_bytes() == b"phu luc"
    assert kept.name == "phu-luc.txt"
    assert all(row.settled_at for row in await reminders.of_task(here.db, 1))


async def test_each_event_keeps_its_words_and_its_moment(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await answer.progress(here, staff, task.id, "40% đang lấy ý kiến", office(8), None)
    await answer.block(here, staff, task.id, "Chưa có số liệu", office(9), None)
    past = await find.history(here, staff, task.id)
    assert [(event.kind, event.text, event.at) for event in past] == [
        ("task.assign", "Soạn báo cáo quý", office(7)),
        ("task.progress", "đang lấy ý kiến", office(8)),
        ("task.block", "Chưa có số liệu", office(9)),
    ]
    assert past[1].facts == {"percent": 40}
    assert all("Chưa có" not in str(event.facts) for event in past)


async def test_progress_without_a_figure_keeps_the_last_one(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await answer.progress(here, staff, task.id, "60%", office(8), None)
    told = await answer.progress(here, staff, task.id, "đang lấy ý kiến các ban", office(9), None)
    assert told.percent == 60
    assert told.status is Status.IN_PROGRESS
    assert told.received_at == office(8)


async def test_a_returned_result_is_as_far_as_it_was_before(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await answer.progress(here, staff, task.id, "60%", office(8), None)
    await answer.submit(here, staff, task.id, "Xong", None, office(9), None)
    back = await review.return_result(here, leader, task.id, "Thiếu", office(10), None)
    assert back.percent == 60
    done = await answer.submit(here, staff, task.id, "Xong", None, office(10), None)
    done = await review.accept(here, leader, task.id, done.version, office(11), None)
    assert done.percent == 100


async def test_a_blocker_stays_until_its_writer_clears_it(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    blocked = await answer.block(here, staff, task.id, "Chưa có số liệu", office(8), None)
    view = await find.task(here, at_work.who["leader"], task.id)
    assert view.blocker == "Chưa có số liệu"
    assert ("task.blocked", "leader") in await at_work.outbox()
    await answer.unblock(here, staff, task.id, blocked.version, office(9), None)
    assert (await find.task(here, at_work.who["leader"], task.id)).blocker is None


@pytest.mark.parametrize("name", ["leader", "head", "staff"])
async def test_what_one_assigned_to_oneself_is_done_when_handed_in(
    at_work: Staffed, name: str
) -> None:
    task = await at_work.assign(by=name, to=name)
    said = await at_work.last_said()
    done = await answer.submit(
        at_work.office, at_work.who[name], task.id, "Xong", None, office(9), at_work.update()
    )
    assert (done.status, done.closed_at, done.submitted_at) == (Status.DONE, office(9), office(9))
    assert await at_work.outbox(said) == []
    assert all(row.settled_at for row in await reminders.of_task(at_work.db, task.id))


async def test_the_result_comes_with_its_words(at_work: Staffed) -> None:
    task = await at_work.assign()
    await answer.submit(
        at_work.office, at_work.who["staff"], task.id, "Tờ trình 12-TTr", None, office(9), None
    )
    row = await at_work.db.fetch_one("SELECT facts FROM outbox WHERE kind = 'task.submitted'")
    event = await at_work.db.fetch_one("SELECT text_id FROM events WHERE kind = 'task.submit'")
    assert row is not None
    assert event is not None
    assert f'"text": {event["text_id"]}' in row["facts"]


async def test_a_leader_above_decides_and_the_assigner_hears_of_it(at_work: Staffed) -> None:
    task = await at_work.assign(by="head")
    here = at_work.office
    done = await answer.submit(here, at_work.who["staff"], task.id, "Xong", None, office(9), None)
    said = await at_work.last_said()
    await review.accept(here, at_work.who["deputy"], task.id, done.version, office(10), None)
    assert sorted(await at_work.outbox(said)) == [
        ("task.accepted", "head"),
        ("task.accepted", "staff"),
    ]
    assert (await at_work.history(task.id))[-1] == ("task.accept", "deputy")


async def test_a_leader_above_returns_or_calls_off_and_the_assigner_hears_of_it(
    at_work: Staffed,
) -> None:
    task = await at_work.assign(by="head")
    here, deputy = at_work.office, at_work.who["deputy"]
    await answer.submit(here, at_work.who["staff"], task.id, "Xong", None, office(9), None)
    said = await at_work.last_said()
    await review.return_result(here, deputy, task.id, "Thiếu", office(10), None)
    await review.cancel(here, deputy, task.id, "Thôi", office(10), None)
    assert await at_work.outbox(said) == [
        (kind, name) for kind in ("task.returned", "task.cancelled") for name in ("staff", "head")
    ]


async def test_who_supports_or_follows_is_on_the_task_and_hears_how_it_ends(
    at_work: Staffed,
) -> None:
    task = await at_work.assign()
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    parts = [(at_work.ids["other"], Part.SUPPORT), (at_work.ids["mate"], Part.FOLLOW)]
    assert (await find.task(here, leader, task.id)).others == ()
    async with at_work.db.transaction() as tx:
        await tasks.add_people(tx, task.id, parts, office(7))
    seen = await find.task(here, leader, task.id)
    assert [(one.person_id, one.part) for one in seen.others] == parts
    assert [one.name for one in seen.others] == ["Đàm Tú Quyên", "Ông Thị Ngọc Trầm"]
    done = await answer.submit(here, staff, task.id, "Xong", None, office(9), None)
    said = await at_work.last_said()
    await review.accept(here, leader, task.id, done.version, office(10), None)
    told = ("staff", "other", "mate")
    assert await at_work.outbox(said) == [("task.accepted", name) for name in told]


async def test_a_task_called_off_is_kept_outside_every_total(at_work: Staffed) -> None:
    task = await at_work.assign()
    off = await review.cancel(
        at_work.office, at_work.who["leader"], task.id, "Đã có công văn khác", office(9), None
    )
    assert (off.status, off.closed_at) == (Status.CANCELLED, office(9))
    assert bucket(off, office(21)) is None
    assert ("task.cancelled", "staff") in await at_work.outbox()
    assert {row.outcome for row in await reminders.of_task(at_work.db, task.id)} == {"cancelled"}
    assert (await find.task(at_work.office, at_work.who["staff"], task.id)).closed_at == office(9)


async def test_the_unit_of_somebody_who_is_also_an_admin(at_work: Staffed) -> None:
    """Admin is held in no unit; the task belongs to the unit they work in."""
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "INSERT INTO roles (person_id, unit_id, role, from_at) VALUES ($1, $2, 'staff', $3)",
            at_work.ids["admin"],
            at_work.units["qt"],
            office(1),
        )
    task = await at_work.assign(to="admin")
    assert task.unit_id == at_work.units["qt"]
    shown = (await at_work.office.roster()).by_key[at_work.ids["admin"]]
    assert shown.unit == "Phòng Quản trị"


async def test_numbers_are_never_used_again(at_work: Staffed) -> None:
    numbers: list[Task] = [await at_work.assign() for _ in range(3)]
    assert [task.id for task in numbers] == [1, 2, 3]
    assert await tasks.view(at_work.db, 4) is None
