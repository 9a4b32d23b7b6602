"""What of a reminder is no more so when it is told is not told: the task moved on while it waited."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

import pytest

from bot.actions.files.file_store import Paper
from bot.actions.reminders import fire_reminders, overdue_answers, snooze
from bot.actions.tasks import answer, edit_task, note, review, support
from bot.chat.reminders.notice_headings import RUNGS
from bot.rules.reminders.reminders import Rung
from storage.records import Part
from storage.tasks import tasks
from tests.actions.office import FRIDAY
from tests.chat.talk import Talk
from tests.rules.task import WORKDAYS, office

LATER = date(2026, 12, 25)
Happens = Callable[[Talk], Awaitable[None]]


async def due_later(talk: Talk) -> None:
    deadline = (*WORKDAYS.due(LATER), False)
    leader, moved = talk.at_work.who["leader"], edit_task.due(deadline)
    await edit_task.fields(talk.at_work.office, leader, 1, None, moved, talk.now, None)


async def received(talk: Talk) -> None:
    await answer.receive(talk.at_work.office, talk.at_work.who["staff"], 1, 1, talk.now, None)


async def reported(talk: Talk) -> None:
    await answer.progress(talk.at_work.office, talk.at_work.who["staff"], 1, "40%", talk.now, None)


async def shown(talk: Talk) -> None:
    paper = Paper("a" * 64, "du-thao.pdf", 10, "application/pdf", "f")
    await note.write(talk.at_work.office, talk.at_work.who["staff"], 1, "", [paper], talk.now, None)


@pytest.mark.parametrize(
    ("rung", "moment", "happens", "due"),
    [
        (Rung.YELLOW, office(8, 7, 30), due_later, FRIDAY),
        (Rung.YELLOW, office(8, 7, 30), shown, FRIDAY),
        (Rung.BEFORE, office(10, 7, 30), due_later, FRIDAY),
        (Rung.DUE, office(11, 7, 30), due_later, FRIDAY),
        (Rung.RED, office(14, 7, 30), due_later, FRIDAY),
        (Rung.RED_SPECIAL, office(16, 7, 30), due_later, FRIDAY),
        (Rung.RECEIVE, office(8, 9), received, LATER),
        (Rung.STALE, office(14, 7, 30), reported, LATER),
    ],
)
async def test_what_a_reminder_says_is_said_only_while_it_is_so(
    talk: Talk, rung: Rung, moment: datetime, happens: Happens, due: date
) -> None:
    await talk.at_work.assign(due=due)
    if rung is not Rung.RECEIVE:
        await received(talk)
    await talk.deliver()
    talk.now = moment
    await fire_reminders.look(talk.at_work.office, talk.now)
    waits = await talk.at_work.db.fetch("SELECT facts FROM outbox WHERE state = 'waiting'")
    assert any(json.loads(row["facts"]).get("rung") == rung for row in waits)
    talk.now += timedelta(seconds=20)
    await happens(talk)
    await talk.deliver()
    for name in ("staff", "head", "leader"):
        assert RUNGS[rung] not in "\n".join(one.text for one in talk.heard(name))


async def test_what_somebody_asked_for_is_said_whatever_moved(talk: Talk) -> None:
    await talk.at_work.assign()
    await received(talk)
    talk.now = office(10, 9)
    await fire_reminders.look(talk.at_work.office, talk.now)
    staff = talk.at_work.who["staff"]
    await snooze.snooze(talk.at_work.office, staff, 1, "afternoon", talk.now, None)
    await talk.deliver()
    talk.now = office(10, 14)
    await fire_reminders.look(talk.at_work.office, talk.now)
    await due_later(talk)
    await talk.deliver()
    assert RUNGS[Rung.SNOOZE] in talk.heard("staff")[-1].text


async def cancelled(talk: Talk) -> None:
    leader = talk.at_work.who["leader"]
    await review.cancel(talk.at_work.office, leader, 1, "Thôi", talk.now, None)


async def part_reported(talk: Talk) -> None:
    mate = talk.at_work.who["mate"]
    await support.report(talk.at_work.office, mate, 1, "Đã gửi số liệu", talk.now, None)


@pytest.mark.parametrize(("happens", "still"), [(cancelled, False), (part_reported, True)])
async def test_who_owes_nothing_any_more_is_not_reminded(
    talk: Talk, happens: Happens, still: bool
) -> None:
    """The task was called off while the reminder waited, or one's own part of it was done."""
    task = await talk.at_work.assign()
    async with talk.at_work.db.transaction() as tx:
        supports = [(talk.at_work.ids["mate"], Part.SUPPORT)]
        await tasks.add_people(tx, task.id, supports, talk.now)
    talk.now = office(10, 7, 30)
    await fire_reminders.look(talk.at_work.office, talk.now)
    await happens(talk)
    await talk.deliver()
    told = {
        name: "\n".join(one.text for one in talk.heard(name)).count(RUNGS[Rung.BEFORE])
        for name in ("staff", "mate")
    }
    assert told == {"staff": int(still), "mate": 0}


async def test_a_result_handed_in_again_has_not_waited_a_day(talk: Talk) -> None:
    here, who = talk.at_work.office, talk.at_work.who
    await talk.at_work.assign()
    await answer.submit(here, who["staff"], 1, "Xong", None, office(7, 15), None)
    await talk.deliver()
    talk.now = office(8, 15, 1)
    await overdue_answers.look(here, talk.now)
    await review.return_result(here, who["leader"], 1, "Thiếu phụ lục", talk.now, None)
    talk.now += timedelta(seconds=20)
    await answer.submit(here, who["staff"], 1, "Đã bổ sung", None, talk.now, None)
    await talk.deliver()
    said = "\n".join(one.text for one in talk.heard("leader"))
    assert "mời đồng chí nghiệm thu" in said
    assert "Chờ nghiệm thu đã một ngày" not in said
