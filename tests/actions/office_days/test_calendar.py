"""The office decides its days: the plans of reminders move with them at once, in every process."""

import asyncio
from datetime import date, datetime

import pytest

from bot.actions.chat_places import Place
from bot.actions.office import Office
from bot.actions.office_days import calendar, calendar_file
from bot.actions.reminders import fire_reminders
from bot.readers import sheets
from bot.refusals import No, Refusal
from bot.rules.reminders.reminders import Rung
from storage.assigning import drafts
from storage.history import audit
from storage.records import CalendarDay
from storage.reminders import reminders
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 10)
THURSDAY, SATURDAY = date(2026, 12, 10), date(2026, 12, 12)


def day(on: date, works: bool = False, note: str = "") -> CalendarDay:
    return CalendarDay(day=on, works=works, note=note)


async def ahead(at_work: Staffed, task_id: int) -> dict[str, datetime]:
    rows = await reminders.of_task(at_work.db, task_id)
    return {row.rung: row.at for row in rows if row.settled_at is None}


async def test_the_plan_of_a_task_moves_there_and_back(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, admin = at_work.office, at_work.who["admin"]
    before = await ahead(at_work, task.id)
    assert (before["before"], before["red"]) == (office(10, 7, 30), office(14, 7, 30))
    days = [day(THURSDAY, note="Nghỉ bù"), day(SATURDAY, works=True)]
    moved = await calendar.decide(here, admin, days, NOW, at_work.update())
    after = await ahead(at_work, task.id)
    assert moved == sum(after[rung] != at for rung, at in before.items()) > 0
    assert (after["yellow"], after["before"]) == (office(7, 7, 30), office(9, 7, 30))
    assert (after["red"], after["red_special"]) == (office(12, 7, 30), office(15, 7, 30))
    back = await calendar.take_back(here, admin, [THURSDAY, SATURDAY], NOW, at_work.update())
    assert back == moved
    assert await ahead(at_work, task.id) == before
    fresh = await at_work.assign()
    assert await ahead(at_work, fresh.id) == before


async def test_what_is_planned_afterwards_goes_by_it(at_work: Staffed) -> None:
    here, admin = at_work.office, at_work.who["admin"]
    moved = await at_work.assign()
    await calendar.decide(here, admin, [day(THURSDAY)], NOW, at_work.update())
    planned = await at_work.assign()
    gone = {"yellow"}  # its day is past where it is planned now
    expected = {r: at for r, at in (await ahead(at_work, moved.id)).items() if r not in gone}
    assert await ahead(at_work, planned.id) == expected


async def stands(at_work: Staffed, task_id: int) -> bool:
    """Tell whether every rung ahead of a task is due when the calendar as it stands says."""
    task = await tasks.view(at_work.db, task_id)
    assert task is not None
    plan, rows = (
        fire_reminders.plan_of(at_work.office, task),
        await reminders.of_task(at_work.db, task_id),
    )
    return all(row.at == plan.at(Rung(row.rung), row.since, row.step) for row in rows)


async def test_two_who_decide_at_once_move_the_plans_by_both(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, admin, keys = at_work.office, at_work.who["admin"], [at_work.update() for _ in range(2)]
    days = THURSDAY, date(2026, 12, 14)
    both = zip(days, keys, strict=True)
    await asyncio.gather(*(calendar.decide(here, admin, [day(one)], NOW, key) for one, key in both))
    assert {one.day for one in await calendar.decided(here, NOW)} == set(days)
    assert await stands(at_work, task.id)


async def test_a_reminder_that_cannot_be_planned_keeps_no_day_as_it_was(at_work: Staffed) -> None:
    task = await at_work.assign()
    async with at_work.db.transaction() as tx:
        await reminders.plan(tx, task.id, [("no.such.rung", office(10), 0, office(10))])
    sound = await at_work.assign()
    here, admin = at_work.office, at_work.who["admin"]
    assert await calendar.decide(here, admin, [day(THURSDAY)], NOW, at_work.update()) > 0
    assert await stands(at_work, sound.id)


async def test_what_was_being_planned_while_days_changed_moves_too(at_work: Staffed) -> None:
    """Another process had begun to make a task: it knows the days as they were."""
    here, admin = at_work.office, at_work.who["admin"]
    await fire_reminders.look(here, NOW)
    slow = Office(db=at_work.db, name=here.name, files=here.files)
    await slow.refresh()
    await calendar.decide(here, admin, [day(THURSDAY)], NOW, at_work.update())
    slow._version = await audit.office_version(at_work.db)
    at_work.office = slow
    task = await at_work.assign(at=office(7, 11))
    at_work.office = here
    assert not await stands(at_work, task.id)
    await fire_reminders.look(here, office(7, 12))
    assert await stands(at_work, task.id)


async def test_what_was_said_is_not_said_again(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, admin = at_work.office, at_work.who["admin"]
    await fire_reminders.look(here, office(10, 7, 30))
    since = await at_work.last_said()
    await calendar.decide(here, admin, [day(THURSDAY)], office(10, 8), at_work.update())
    for moment in (office(10, 8, 1), office(9, 7, 30), office(11, 7, 0)):
        await fire_reminders.look(here, moment)
    assert await at_work.outbox(since) == []
    rows = await reminders.of_task(at_work.db, task.id)
    assert len({(row.rung, row.since, row.step) for row in rows}) == len(rows)


async def test_another_process_goes_by_it_without_a_restart(at_work: Staffed) -> None:
    other = Office(db=at_work.db, name="Văn phòng", files=at_work.office.files)
    await other.refresh()
    assert other.workdays.is_awake(office(10, 9))
    admin = at_work.who["admin"]
    await calendar.decide(at_work.office, admin, [day(THURSDAY)], NOW, at_work.update())
    await other.known(101, NOW)
    assert not other.workdays.is_awake(office(10, 9))
    await calendar.take_back(at_work.office, admin, [THURSDAY], NOW, at_work.update())
    await fire_reminders.look(other, NOW)
    assert other.workdays.is_awake(office(10, 9))


async def test_what_was_decided_is_listed_from_today_on(at_work: Staffed) -> None:
    here, admin = at_work.office, at_work.who["admin"]
    days = [day(date(2026, 12, 4)), day(SATURDAY, True, "x" * 99), day(THURSDAY, note="Bù")]
    await calendar.decide(here, admin, days, NOW, at_work.update())
    found = await calendar.decided(here, NOW)
    assert [(one.day, one.works) for one in found] == [(THURSDAY, False), (SATURDAY, True)]
    assert len(found[1].note) == calendar.MAX_NOTE
    await calendar.decide(here, admin, [day(THURSDAY, True)], NOW, at_work.update())
    assert (await calendar.decided(here, NOW))[0].works


@pytest.mark.parametrize("name", ["leader", "deputy", "head", "staff"])
async def test_only_an_admin_decides(at_work: Staffed, name: str) -> None:
    here, who, key = at_work.office, at_work.who[name], at_work.update()
    await refused(No.NOT_ALLOWED, at_work, calendar.decide(here, who, [day(THURSDAY)], NOW, key))
    back = calendar.take_back(here, who, [THURSDAY], NOW, key)
    await refused(No.NOT_ALLOWED, at_work, back)
    offered = calendar_file.offer(here, who, Place(101), [day(THURSDAY)], NOW, key)
    await refused(No.NOT_ALLOWED, at_work, offered)


async def test_nothing_is_taken_back_twice(at_work: Staffed) -> None:
    here, admin = at_work.office, at_work.who["admin"]
    await calendar.decide(here, admin, [day(THURSDAY)], NOW, at_work.update())
    key = at_work.update()
    await calendar.take_back(here, admin, [THURSDAY], NOW, key)
    await refused(No.ALREADY_DONE, at_work, calendar.take_back(here, admin, [THURSDAY], NOW, key))
    again = calendar.take_back(here, admin, [THURSDAY], NOW, at_work.update())
    await refused(No.SAME, at_work, again)


async def test_a_file_is_laid_aside_until_it_is_confirmed(at_work: Staffed) -> None:
    here, admin, place = at_work.office, at_work.who["admin"], Place(101)
    content = "Ngày,Làm việc,Ghi chú\n10/12/2026,nghỉ,Nghỉ bù\n2026-12-12,làm bù,\n".encode()
    assert calendar_file.fits(sheets.read(content))
    found = calendar_file.read(sheets.read(content), NOW.date())
    draft = await calendar_file.offer(here, admin, place, found.days, NOW, at_work.update())
    assert await calendar.decided(here, NOW) == []
    days = calendar_file.days_of(draft)
    assert days == [day(THURSDAY, note="Nghỉ bù"), day(SATURDAY, works=True)]
    await calendar.decide(here, admin, days, NOW, at_work.update(), draft)
    assert await calendar.decided(here, NOW) == days
    ended = await drafts.get(at_work.db, draft.id)
    assert ended is not None
    assert ended.ended_at is not None


@pytest.mark.parametrize(
    ("content", "fits"),
    [
        ("day,works,note\n2026-01-02,0,x", True),
        ("ngày;làm việc\n02/01;nghỉ", True),
        ("telegram_id,username,name\n1,a,An", False),
        ("ngày,nội dung\n02/01,x", False),
        ("", False),
        ("day", False),
    ],
)
def test_which_file_is_a_list_of_days(content: str, fits: bool) -> None:
    assert calendar_file.fits(sheets.read(content.encode())) is fits


def test_every_line_that_is_wrong_is_named() -> None:
    content = "day,works\n31/02/2026,0\n02/01/2026,có lẽ\n03/01/2026,1\n3/1/2026,0\n"
    found = calendar_file.read(sheets.read(content.encode()), date(2025, 12, 1))
    assert [(one.line, one.kind.value, one.said) for one in found.problems] == [
        (2, "day", "31/02/2026"),
        (3, "works", "có lẽ"),
        (5, "twice", "3/1/2026"),
    ]


def test_a_line_that_may_carry_a_mark_is_named_without_its_words() -> None:
    content = "day,works,note\n1/1/2026,0,tim ho so mat\n02/01/2026,0,nghỉ bù\n"
    found = calendar_file.read(sheets.read(content.encode()), date(2025, 12, 1))
    assert found.days == ()
    assert [tuple(one) for one in found.problems] == [(2, "doubtful", "")]


@pytest.mark.parametrize(
    ("content", "why"),
    [("day,works\n", No.EMPTY_FILE), ("day,works,note\n1/1,0,TUYỆT MẬT\n", No.SECRET)],
)
def test_a_file_that_is_refused(content: str, why: No) -> None:
    with pytest.raises(Refusal) as caught:
        calendar_file.read(sheets.read(content.encode()), date(2026, 12, 1))
    assert caught.value.kind is why
