"""The clock chases: whom each rung reaches, once, after any stop; and one digest a morning."""

import asyncio
from datetime import date, datetime, time, timedelta

import pytest

from bot.actions.files.file_store import Paper
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import answer, edit_task, extend, note, review
from bot.rules.reminders.reminders import LADDERS, Ladder, Rung
from storage.office_days import calendar
from storage.records import CalendarDay, Priority, Urgency
from storage.reminders import reminders
from tests.actions.office import FRIDAY, MORNING, Staffed
from tests.rules.task import office


async def said_at(at_work: Staffed, moment: datetime) -> list[tuple[str, str]]:
    """Return who is told which rung of a deadline when the clock looks at a moment."""
    since = await at_work.last_said()
    await fire_reminders.look(at_work.office, moment)
    rows = await at_work.db.fetch(
        "SELECT * FROM outbox WHERE id > $1 AND kind = 'reminder' ORDER BY id", since
    )
    names = {person_id: name for name, person_id in at_work.ids.items()}
    assert all(row["priority"] == Priority.REMINDER for row in rows)
    told = [(row["facts"].split('"')[3], names[row["person_id"]]) for row in rows]
    return [one for one in told if one[0] not in {Rung.STALE, Rung.RECEIVE}]


async def test_every_rung_at_its_moment_to_whom_it_concerns(at_work: Staffed) -> None:
    await at_work.assign(clock=time(16))
    told = [
        (moment, await said_at(at_work, moment))
        for moment in [
            office(8, 7, 29), office(8, 7, 30), office(8, 7, 30), office(10, 7, 30), office(11, 14),
            office(11, 15, 59), office(11, 16), office(11, 16, 1), office(14), office(16, 7, 29),
            office(16, 7, 30), office(17), office(21, 7, 30), office(31),
        ]
    ]  # fmt: skip
    assert [(moment, who) for moment, who in told if who] == [
        (office(8, 7, 30), [("yellow", "staff")]),
        (office(10, 7, 30), [("before", "staff")]),
        (office(11, 14), [("before", "staff")]),
        (office(11, 16), [("due", "staff")]),
        (office(11, 16, 1), [("red", "staff"), ("red", "head")]),
        (office(16, 7, 30), [("red_special", "staff"), ("red_special", "leader")]),
    ]


async def test_the_levels_above_are_told_one_after_the_other(at_work: Staffed) -> None:
    """Head with ĐỎ, assigner with ĐỎ ĐẶC BIỆT, then who is in charge, then the leader of all."""
    at_work.office.ladders = {**LADDERS, Urgency.NORMAL: Ladder(climb_every=2)}
    task = await at_work.assign(by="head", to="clerk")
    days = [(day, await said_at(at_work, office(day, 7, 30))) for day in range(14, 32)]
    assert [(day, told) for day, told in days if told] == [
        (14, [("red", "clerk"), ("red", "head")]),
        (16, [("red_special", "clerk"), ("red_special", "head")]),
        (18, [("higher", "deputy")]),
        (22, [("higher", "leader")]),
    ]
    levels = [row for row in await reminders.of_task(at_work.db, task.id) if row.rung == "higher"]
    assert [(row.step, row.outcome) for row in levels] == [(1, "sent"), (2, "sent")]


async def test_nobody_below_who_assigned_is_told_after_them(at_work: Staffed) -> None:
    await at_work.assign(by="deputy")
    await said_at(at_work, office(16, 7, 30))
    assert await said_at(at_work, office(21, 7, 30)) == [("higher", "leader")]
    assert await said_at(at_work, office(31)) == []


async def test_what_one_assigned_to_oneself_climbs_no_further_than_the_head(
    at_work: Staffed,
) -> None:
    await at_work.assign(by="staff", to="staff")
    assert await said_at(at_work, office(14, 7, 30)) == [("red", "staff"), ("red", "head")]
    assert await said_at(at_work, office(16, 7, 30)) == [("red_special", "staff")]
    assert await said_at(at_work, office(31)) == []


async def test_every_level_missed_in_a_stop_is_told_and_once(at_work: Staffed) -> None:
    await at_work.assign(by="head", to="clerk")
    told = [await said_at(at_work, office(31, 9, minute)) for minute in range(4)]
    assert told == [
        [("higher", "clerk"), ("higher", "head"), ("higher", "deputy")],
        [("higher", "leader")],
        [],
        [],
    ]


async def test_a_head_who_is_late_is_told_with_the_level_above(at_work: Staffed) -> None:
    await at_work.assign(by="head", to="head", clock=time(16))
    assert await said_at(at_work, office(11, 16, 1)) == [("red", "head"), ("red", "deputy")]
    assert await said_at(at_work, office(17)) == [("red_special", "head")]


async def test_a_unit_without_a_head_reddens_for_the_head_above(at_work: Staffed) -> None:
    await at_work.assign(to="clerk", clock=time(16))
    await said_at(at_work, office(11, 16))
    assert await said_at(at_work, office(11, 16, 1)) == [("red", "clerk"), ("red", "head")]


async def test_yellow_is_for_who_has_nothing_to_show_yet(at_work: Staffed) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    shown, briefed = [(await at_work.assign()).id for _ in range(2)]
    paper = Paper("a" * 64, "du-thao.pdf", 10, "application/pdf", "f")
    await note.write(here, staff, shown, "", [paper], MORNING, at_work.update())
    await note.write(here, leader, briefed, "", [paper], MORNING, at_work.update())
    assert await said_at(at_work, office(8, 7, 30)) == [("yellow", "staff")]
    outcomes = {
        number: next(
            row.outcome
            for row in await reminders.of_task(at_work.db, number)
            if row.rung == Rung.YELLOW
        )
        for number in (shown, briefed)
    }
    assert outcomes == {shown: "not_needed", briefed: "sent"}


async def test_after_a_long_stop_each_task_speaks_once(at_work: Staffed) -> None:
    numbers = [(await at_work.assign(clock=time(16))).id for _ in range(3)]
    await at_work.assign(to="mate", due=date(2026, 12, 25))
    assert sorted(await said_at(at_work, office(17))) == sorted(
        [("red_special", name) for name in ("staff", "head", "leader")] * 3
    )
    assert await said_at(at_work, office(17, 9, 1)) == []
    for number in numbers:
        rows = await reminders.of_task(at_work.db, number)
        settled = [(row.rung, row.outcome) for row in rows if row.outcome and row.rung != "stale"]
        assert settled == [
            *[
                (rung, "superseded")
                for rung in ("yellow", "receive", "before", "before", "due", "red")
            ],
            ("red_special", "sent"),
        ]


async def test_who_was_told_before_a_stop_is_not_told_again(at_work: Staffed) -> None:
    await at_work.assign(clock=time(16))
    assert ("red", "head") in await said_at(at_work, office(11, 16, 1))
    assert await said_at(at_work, office(17)) == [
        ("red_special", "staff"),
        ("red_special", "leader"),
    ]


async def test_a_stop_short_of_the_red_tells_the_lead_alone(at_work: Staffed) -> None:
    await at_work.assign(clock=time(16))
    assert await said_at(at_work, office(11, 16)) == [("due", "staff")]


async def test_more_than_one_batch_still_speaks_once_a_task(
    at_work: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fire_reminders, "BATCH", 4)
    for _ in range(3):
        await at_work.assign(clock=time(16))
    told = []
    while settled := await said_at(at_work, office(17)):
        told += settled
    everyone = [("red_special", name) for name in ("staff", "head", "leader")]
    assert sorted(told) == sorted(everyone * 3)
    assert await reminders.due(at_work.db, office(17), 100) == []


async def test_what_was_missed_waits_for_the_morning(at_work: Staffed) -> None:
    await at_work.assign(clock=time(16))
    assert await said_at(at_work, office(12, 3)) == []
    assert await said_at(at_work, office(14, 7, 14)) == []
    assert await said_at(at_work, office(14, 7, 15)) == [("red", "staff"), ("red", "head")]


async def test_a_deadline_at_night_is_said_before_the_night(at_work: Staffed) -> None:
    await at_work.assign(clock=time(22))
    await said_at(at_work, office(10, 17, 30))
    a_moment_later = office(11, 17, 30) + timedelta(seconds=0.8)
    assert await said_at(at_work, a_moment_later) == [("due", "staff")]
    assert await said_at(at_work, office(11, 22, 1)) == []
    assert await said_at(at_work, office(14, 7, 30)) == [("red", "staff"), ("red", "head")]


async def test_hoa_toc_is_said_at_night(at_work: Staffed) -> None:
    task = await at_work.assign(clock=time(22), due=date(2026, 12, 12))
    here, who, flash = at_work.office, at_work.who["leader"], {"urgency": Urgency.FLASH}
    await edit_task.fields(here, who, task.id, None, flash, office(11), at_work.update())
    await said_at(at_work, office(12, 18))
    assert await said_at(at_work, office(12, 21)) == [("before", "staff")]
    assert await said_at(at_work, office(12, 22, 1)) == [("red", "staff"), ("red", "head")]


async def test_nobody_is_chased_for_what_is_handed_in_or_closed(at_work: Staffed) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    handed_in, accepted, off = [(await at_work.assign()).id for _ in range(3)]
    own = await at_work.assign(by="staff", to="staff")
    await answer.submit(here, staff, handed_in, "Xong", None, office(8), None)
    done = await answer.submit(here, staff, accepted, "Xong", None, office(8), None)
    await review.accept(here, leader, accepted, done.version, office(8), None)
    await review.cancel(here, leader, off, "Thôi", office(8), None)
    await answer.submit(here, staff, own.id, "Xong", None, office(8), None)
    for day in range(8, 31):
        assert await said_at(at_work, office(day, 17)) == []


async def test_a_task_without_a_deadline_has_no_rung_of_one(at_work: Staffed) -> None:
    task = await at_work.assign(due=None)
    rows = await reminders.of_task(at_work.db, task.id)
    assert {row.rung for row in rows} == {Rung.STALE, Rung.RECEIVE}
    assert await said_at(at_work, office(31)) == []


async def test_two_clocks_that_look_at_once_say_it_once(at_work: Staffed) -> None:
    for _ in range(5):
        await at_work.assign(clock=time(16))
    since = await at_work.last_said()
    await asyncio.gather(*(fire_reminders.look(at_work.office, office(11, 16)) for _ in range(4)))
    assert len(await at_work.outbox(since)) == 5


async def returned(at_work: Staffed, number: int, handed_in: datetime, back: datetime) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await answer.submit(here, staff, number, "Xong", None, handed_in, None)
    await review.return_result(here, leader, number, "Thiếu phụ lục", back, None)


async def test_a_return_brings_back_what_is_still_ahead(at_work: Staffed) -> None:
    task = await at_work.assign(clock=time(16))
    assert await said_at(at_work, office(8, 16)) == [("yellow", "staff")]
    await returned(at_work, task.id, office(9), office(9, 10))
    assert await said_at(at_work, office(9, 11)) == []
    assert await said_at(at_work, office(10, 16)) == [("before", "staff")]
    assert await said_at(at_work, office(11, 14)) == [("before", "staff")]
    assert await said_at(at_work, office(11, 16)) == [("due", "staff")]


async def test_a_return_after_the_deadline_reddens_once(at_work: Staffed) -> None:
    """While the result waited for acceptance nobody was chased; now its lead is late again."""
    task = await at_work.assign(clock=time(16))
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await answer.submit(here, staff, task.id, "Xong", None, office(11, 15), None)
    assert await said_at(at_work, office(11, 16, 1)) == []
    await review.return_result(here, leader, task.id, "Thiếu", office(14, 10), None)
    assert await said_at(at_work, office(14, 10, 1)) == [("red", "staff"), ("red", "head")]
    assert await said_at(at_work, office(15)) == []
    assert await said_at(at_work, office(16, 7, 30)) != []


@pytest.mark.parametrize(
    "steps", [(office(11, 16), office(11, 16, 1), office(16, 8)), (office(16, 8),)]
)
async def test_a_return_repeats_no_rung_that_was_climbed(
    at_work: Staffed, steps: tuple[datetime, ...]
) -> None:
    task = await at_work.assign(clock=time(16))
    for moment in steps:
        await said_at(at_work, moment)
    await returned(at_work, task.id, office(17), office(18))
    for day in (18, 21, 31):
        assert await said_at(at_work, office(day, 10)) == []


async def test_a_return_repeats_no_rung_that_was_put_off_to_the_morning(at_work: Staffed) -> None:
    task = await at_work.assign(clock=time(16))
    assert await said_at(at_work, office(12, 3)) == []
    assert await said_at(at_work, office(14, 7, 15)) == [("red", "staff"), ("red", "head")]
    await returned(at_work, task.id, office(14, 9), office(14, 10))
    assert await said_at(at_work, office(14, 11)) == []


async def digests(at_work: Staffed, moment: datetime) -> list[str]:
    since = await at_work.last_said()
    await fire_reminders.digest(at_work.office, moment)
    rows = await at_work.outbox(since)
    assert all(kind == "digest" for kind, _ in rows)
    return sorted(who for _, who in rows)


async def test_one_digest_a_working_day_to_whom_it_concerns(at_work: Staffed) -> None:
    here, staff = at_work.office, at_work.who["staff"]
    await at_work.assign()
    waiting = await at_work.assign(by="head", to="mate")
    await answer.submit(here, at_work.who["mate"], waiting.id, "Xong", None, office(8), None)
    await at_work.assign(to="clerk", due=date(2026, 12, 25))
    assert await digests(at_work, office(9, 7, 29)) == []
    assert await digests(at_work, office(9, 7, 30)) == ["head"]
    assert await digests(at_work, office(9, 7, 31)) == []
    assert await digests(at_work, office(9, 16)) == []
    assert await digests(at_work, office(11, 8)) == ["head", "staff"]
    await extend.request(here, staff, 1, "đến 25/12 vì bận", office(11, 9), None)
    assert await digests(at_work, office(12, 8)) == []
    assert await digests(at_work, office(13, 8)) == []
    assert await digests(at_work, office(14, 8)) == ["head", "leader", "staff"]


async def test_no_digest_on_a_day_off_of_the_office(at_work: Staffed) -> None:
    await at_work.assign(due=date(2026, 12, 9))
    async with at_work.db.transaction() as tx:
        off = CalendarDay(day=date(2026, 12, 10), works=False, note="Nghỉ bù")
        worked = CalendarDay(day=date(2026, 12, 12), works=True, note="Làm bù")
        await calendar.decide(tx, [off, worked])
    here = at_work.office
    here._version = -1
    await here.refresh()
    assert await digests(at_work, office(10, 8)) == []
    assert await digests(at_work, office(12, 8)) == ["head", "staff"]


async def test_no_digest_at_night_after_a_stop(at_work: Staffed) -> None:
    await at_work.assign(due=date(2026, 12, 8))
    assert await digests(at_work, office(9, 23)) == []
    assert await digests(at_work, office(10, 8)) == ["head", "staff"]


async def test_who_cannot_be_reached_has_no_digest(at_work: Staffed) -> None:
    await at_work.assign()
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE people SET reach = 'blocked' WHERE id = $1", at_work.ids["staff"])
    assert await digests(at_work, office(11, 8)) == []


async def test_two_clocks_in_the_morning_bring_one_digest(at_work: Staffed) -> None:
    await at_work.assign()
    since = await at_work.last_said()
    await asyncio.gather(*(fire_reminders.digest(at_work.office, office(11, 8)) for _ in range(4)))
    assert await at_work.outbox(since) == [("digest", "staff")]


async def test_the_office_sets_its_own_ladder(at_work: Staffed) -> None:
    mine = Ladder(yellow_before=0, before=(timedelta(seconds=30),))
    at_work.office.ladders = {**LADDERS, Urgency.NORMAL: mine}
    task = await at_work.assign(clock=time(16))
    rows = [row for row in await reminders.of_task(at_work.db, task.id) if row.since == task.due_at]
    assert rows[0].at == at_work.office.workdays.at(FRIDAY, time(15, 59, 30))
    assert [row.rung for row in rows] == ["before", "due", "red", "red_special", "higher"]
