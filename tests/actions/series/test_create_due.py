"""Work that comes back: the first task, the next ones once each, and what a stop or a leaving does."""

import asyncio
import json
from datetime import date, datetime, timedelta

import pytest

from bot.actions.assigning import edit_draft, edited_message
from bot.actions.assigning.assign import begin, confirm, read_all
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.actions.history import undo
from bot.actions.series import create_due
from bot.refusals import No
from storage.history import audit
from storage.organisation import people
from storage.records import Part, Role, Status
from storage.series import series
from tests.actions.office import FRIDAY, MORNING, Staffed
from tests.actions.series import series_office as lives
from tests.actions.series.series_office import MONTHLY, WEEKLY, begun, due, look

JANUARY, FEBRUARY = date(2027, 1, 11), date(2027, 2, 11)
"""The mornings ten working days before 25 January and 25 February."""


async def test_a_sentence_begins_a_series_with_its_first_task(at_work: Staffed) -> None:
    first = await begun(at_work)
    assert (first.series_id, first.occurs_on) == (1, date(2026, 12, 25))
    assert (first.series_rule, due(first)) == ("FREQ=MONTHLY;BYMONTHDAY=25", "17:00 25/12/2026")
    begun_now = await lives.now(at_work)
    assert begun_now.next_on == date(2027, 1, 25)
    assert begun_now.make_at == lives.morning(JANUARY)
    assert (begun_now.assigner_id, begun_now.entered_by_id) == (at_work.ids["leader"],) * 2


async def test_the_next_is_made_on_its_morning_and_not_before(at_work: Staffed) -> None:
    await begun(at_work)
    assert await look(at_work, date(2027, 1, 8)) == []
    said = await at_work.last_said()
    [second] = await look(at_work, JANUARY)
    assert (second.occurs_on, due(second)) == (date(2027, 1, 25), "17:00 25/01/2027")
    assert (second.status, second.lead_id) == (Status.ASSIGNED, at_work.ids["staff"])
    assert second.assigner_id == at_work.ids["leader"]
    assert await at_work.outbox(said) == [("task.assigned", "staff")]
    [event] = await audit.history(at_work.db, second.id)
    assert (event.kind, event.actor_id) == ("task.assign", None)
    assert (event.facts["series"], event.facts["did"]) == (1, "series")
    rungs = await at_work.db.fetch("SELECT id FROM reminders WHERE task_id = $1", second.id)
    assert len(rungs) >= 3
    [third] = await look(at_work, FEBRUARY)
    assert due(third) == "17:00 25/02/2027"


async def test_the_hour_stays_and_a_week_waits_for_the_one_before(at_work: Staffed) -> None:
    first = await begun(at_work, WEEKLY)
    assert due(first) == "10:00 11/12/2026"
    assert await look(at_work, FRIDAY) == []
    [second] = await look(at_work, date(2026, 12, 14))
    assert (due(second), second.has_clock) == ("10:00 18/12/2026", True)
    assert second.late_from == second.due_at


async def test_who_assigned_it_to_themselves_is_told_by_the_clock(at_work: Staffed) -> None:
    await begun(at_work, "tôi soạn lịch công tác thứ Sáu hằng tuần", "staff")
    said = await at_work.last_said()
    assert len(await look(at_work, date(2026, 12, 14))) == 1
    assert await at_work.outbox(said) == [("task.assigned", "staff")]


async def test_many_that_look_at_once_make_one(at_work: Staffed) -> None:
    await begun(at_work)
    at = lives.morning(JANUARY)
    await asyncio.gather(*(create_due.look(at_work.office, at) for _ in range(5)))
    rows = await at_work.db.fetch("SELECT occurs_on FROM tasks ORDER BY id")
    assert [row["occurs_on"] for row in rows] == ["2026-12-25", "2027-01-25"]


async def test_after_a_stop_only_the_present_one_is_made(at_work: Staffed) -> None:
    await begun(at_work)
    said = await at_work.last_said()
    made = await look(at_work, date(2027, 4, 15))
    assert [due(one) for one in made] == ["17:00 23/04/2027"]
    missed = [date(2027, 1, 25), date(2027, 2, 25), date(2027, 3, 25)]
    assert await series.skipped(at_work.db, 1) == missed
    assert sorted(await at_work.outbox(said)) == [
        ("series.missed", "leader"), ("task.assigned", "staff"),
    ]  # fmt: skip
    [_, event] = await audit.history(at_work.db, 1)
    assert event.facts["days"] == [day.isoformat() for day in missed]


async def test_what_is_past_and_what_is_not_yet_due_to_be_made(at_work: Staffed) -> None:
    await begun(at_work)
    assert await look(at_work, date(2027, 1, 26)) == []
    assert await series.skipped(at_work.db, 1) == [date(2027, 1, 25)]
    assert (await lives.now(at_work)).next_on == date(2027, 2, 25)


async def test_nothing_is_made_while_people_sleep(at_work: Staffed) -> None:
    await begun(at_work, WEEKLY)
    night = lives.morning(date(2026, 12, 14)) + timedelta(hours=12)
    assert await create_due.look(at_work.office, night) == 0
    assert len(await look(at_work, date(2026, 12, 15))) == 1


async def test_a_last_day(at_work: Staffed) -> None:
    await begun(at_work, f"{MONTHLY} đến hết tháng 1/2027")
    assert len(await look(at_work, JANUARY)) == 1
    over = await lives.now(at_work)
    assert (over.next_on, over.make_at) == (None, None)
    assert await series.living(at_work.db) == []
    assert await look(at_work, date(2027, 6, 1)) == []


async def test_a_deadline_put_right_by_hand_moves_the_first_alone(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    readings = await read_all(here, who, MONTHLY, MORNING)
    [draft] = await begin(here, who, Place(101), readings, MORNING, None)
    [later] = [(*here.workdays.due(date(2026, 12, 28)), False)]
    draft = await edit_draft.choose_deadline(here, draft, later, MORNING, None)
    first = await confirm(here, who, draft.id, draft.version, None, MORNING, None)
    assert (first.occurs_on, due(first)) == (date(2026, 12, 25), "17:00 28/12/2026")
    assert (await lives.now(at_work)).next_on == date(2027, 1, 25)


async def test_how_often_alone_takes_the_day_that_is_chosen(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    words = "Giao đồng chí Mạc Thiên Ân hằng tháng nộp báo cáo"
    [draft] = await begin(
        here, who, Place(101), await read_all(here, who, words, MORNING), MORNING, None
    )
    assert draft.waits_for == "deadline"
    draft = await edit_draft.answer(here, who, draft, "30/12", MORNING, None)
    await confirm(here, who, draft.id, draft.version, None, MORNING, None)
    assert (await lives.now(at_work)).rule == "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"


async def test_a_first_day_off_moves_as_all_later_ones_do(at_work: Staffed) -> None:
    first = await begun(at_work, MONTHLY.replace("25", "26"))
    assert (first.occurs_on, due(first)) == (date(2026, 12, 26), "17:00 25/12/2026")


async def test_once_only_and_after_all(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    readings = await read_all(here, who, MONTHLY, MORNING)
    [draft] = await begin(here, who, Place(101), readings, MORNING, None, message_id=7)
    once = await edit_draft.repeat_or_not(here, draft, MORNING, None)
    again = await read_all(here, who, MONTHLY.replace("25", "20"), MORNING)
    done = await edited_message.reread(here, who, Place(101), 7, again, MORNING, None)
    fields = Fields.model_validate(done.changed[0].fields)
    assert (fields.once, fields.recurrence) == (True, "FREQ=MONTHLY;BYMONTHDAY=20")
    back = await edit_draft.repeat_or_not(here, done.changed[0], MORNING, None)
    once = await edit_draft.repeat_or_not(here, back, MORNING, None)
    task = await confirm(here, who, once.id, once.version, None, MORNING, None)
    assert (task.series_id, task.series_rule) == (None, None)
    assert await at_work.db.fetch("SELECT id FROM series") == []


async def test_an_answer_about_the_deadline_may_say_how_often(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    words = "Giao đồng chí Mạc Thiên Ân soạn lịch"
    [draft] = await begin(
        here, who, Place(101), await read_all(here, who, words, MORNING), MORNING, None
    )
    draft = await edit_draft.answer(here, who, draft, "thứ Sáu hằng tuần", MORNING, None)
    task = await confirm(here, who, draft.id, draft.version, None, MORNING, None)
    assert task.series_rule == "FREQ=WEEKLY;BYDAY=FR"


async def test_taking_the_assignment_back_ends_the_series(at_work: Staffed) -> None:
    first = await begun(at_work)
    here, who = at_work.office, at_work.who["leader"]
    soon = MORNING + timedelta(seconds=9)
    undone = await undo.undo(here, who, first.id, first.version, soon, at_work.update())
    assert (await lives.now(at_work)).ended_at == soon
    assert await look(at_work, JANUARY) == []
    assert undone.draft is not None
    again = await confirm(here, who, undone.draft.id, undone.draft.version, None, soon, None)
    assert again.series_id == 2
    assert len(await look(at_work, JANUARY)) == 1


async def leave(at_work: Staffed, name: str, at: datetime) -> None:
    async with at_work.db.transaction() as tx:
        await people.change(tx, at_work.ids[name], {"ended_at": at})
        await audit.append(tx, at, "person.ended", person_id=at_work.ids[name])


async def test_a_lead_who_left_holds_it_and_is_told_once(at_work: Staffed) -> None:
    await begun(at_work, by="head")
    await leave(at_work, "staff", MORNING)
    said = await at_work.last_said()
    assert await look(at_work, JANUARY) == []
    held = await lives.now(at_work)
    assert (held.held, held.next_on) == (No.PERSON_LEFT, date(2027, 1, 25))
    assert held.make_at == lives.morning(date(2027, 1, 12))
    assert await look(at_work, date(2027, 1, 12)) == []
    assert await at_work.outbox(said) == [("series.held", "head")]


async def test_one_that_cannot_be_made_stops_no_other(at_work: Staffed) -> None:
    await begun(at_work)
    await begun(at_work, MONTHLY.replace("Mạc Thiên Ân", "Ông Thị Ngọc Trầm"))
    await leave(at_work, "staff", MORNING)
    [made] = await look(at_work, JANUARY)
    assert made.lead_id == at_work.ids["mate"]


async def test_a_right_that_is_gone_holds_it(at_work: Staffed) -> None:
    await begun(at_work, by="head")
    async with at_work.db.transaction() as tx:
        member = await people.member(tx, at_work.ids["staff"])
        assert member is not None
        await people.end_role(tx, member.id, at_work.units["th"], Role.STAFF, MORNING)
        await people.give_role(tx, member.id, at_work.units["qt"], Role.STAFF, MORNING)
        await audit.append(tx, MORNING, "person.changed", person_id=member.id)
    assert await look(at_work, JANUARY) == []
    assert (await lives.now(at_work)).held == No.NOT_ALLOWED


async def test_helpers_who_left_are_left_out(at_work: Staffed) -> None:
    await begun(at_work, f"{MONTHLY}, phối hợp Ông Thị Ngọc Trầm")
    await leave(at_work, "mate", MORNING)
    [made] = await look(at_work, JANUARY)
    assert made.people_in(Part.SUPPORT) == []


async def test_a_decider_who_left_is_left_out(at_work: Staffed) -> None:
    await begun(at_work)
    one = await lives.now(at_work)
    decided = one.fields | {"decider_id": at_work.ids["deputy"]}
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE series SET fields = $1 WHERE id = 1", json.dumps(decided))
    )
    await leave(at_work, "deputy", MORNING)
    [made] = await look(at_work, JANUARY)
    assert made.decider_id is None


async def test_a_bug_puts_one_off_for_an_hour(
    at_work: Staffed, caplog: pytest.LogCaptureFixture
) -> None:
    await begun(at_work)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE series SET rule = 'FREQ=NEVER'")
    assert await look(at_work, JANUARY) == []
    assert (await lives.now(at_work)).make_at == lives.morning(JANUARY) + timedelta(hours=1)
    assert "series 1" in caplog.text
