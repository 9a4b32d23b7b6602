"""Extensions: asked once, granted or refused, with the first deadline kept for ever."""

from datetime import date, time

from bot.actions import find
from bot.actions.assigning.draft import Deadline
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import answer, extend, review, withdraw
from bot.refusals import No
from storage.records import RequestState, Status
from storage.reminders import reminders
from storage.tasks import requests
from tests.actions.office import FRIDAY, Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(9)
WORDS = "đến 16h 25/12 vì chờ số liệu của các ban"
LATER = WORKDAYS.at(date(2026, 12, 25), time(16))


async def asked(at_work: Staffed, by: str = "leader") -> tuple[int, int]:
    task = await at_work.assign(by=by, clock=time(16))
    here, staff = at_work.office, at_work.who["staff"]
    task = await extend.request(here, staff, task.id, WORDS, NOW, at_work.update())
    return task.id, task.version


async def test_asking_moves_nothing_and_tells_the_assigner(at_work: Staffed) -> None:
    number, _ = await asked(at_work)
    view = await find.task(at_work.office, at_work.who["leader"], number)
    assert view.due_at == WORKDAYS.at(FRIDAY, time(16))
    assert (view.request_due_at, view.request_has_clock) == (LATER, True)
    assert view.request_reason == WORDS
    assert view.extensions == 0
    assert ("extension.requested", "leader") in await at_work.outbox()


async def test_one_request_at_a_time(at_work: Staffed) -> None:
    number, _ = await asked(at_work)
    again = extend.request(
        at_work.office, at_work.who["staff"], number, "đến 31/12 vì bận", NOW, at_work.update()
    )
    await refused(No.REQUEST_OPEN, at_work, again)


async def test_granted(at_work: Staffed) -> None:
    number, version = await asked(at_work)
    said = await at_work.last_said()
    task = await extend.grant(
        at_work.office, at_work.who["leader"], number, version, office(10), at_work.update()
    )
    assert (task.due_at, task.late_from, task.has_clock) == (LATER, LATER, True)
    first = WORKDAYS.at(FRIDAY, time(16))
    assert (task.first_due_at, task.first_late_from) == (first, first)
    assert task.extensions == 1
    assert task.status is Status.ASSIGNED
    assert await at_work.outbox(said) == [("extension.granted", "staff")]
    assert (await at_work.history(number))[-1] == ("task.grant_extension", "leader")
    rows = await reminders.of_task(at_work.db, number)
    ahead = [(row.rung, row.at) for row in rows if row.settled_at is None and row.since == LATER]
    assert ahead == [
        ("yellow", WORKDAYS.at(date(2026, 12, 22), time(7, 30))),
        ("before", WORKDAYS.at(date(2026, 12, 24), time(7, 30))),
        ("before", WORKDAYS.at(date(2026, 12, 25), time(14))),
        ("due", LATER),
        ("red", WORKDAYS.at(date(2026, 12, 25), time(16, 1))),
        ("red_special", WORKDAYS.at(date(2026, 12, 30), time(7, 30))),
        ("higher", WORKDAYS.at(date(2027, 1, 5), time(7, 30))),
    ]
    lasting = [row.rung for row in rows if row.settled_at is None and row.since != LATER]
    assert lasting == ["receive", "stale"]
    assert {row.outcome for row in rows if row.settled_at} == {"moved"}


async def test_a_leader_above_grants_and_the_assigner_hears_of_it(at_work: Staffed) -> None:
    number, version = await asked(at_work, by="head")
    said = await at_work.last_said()
    await extend.grant(at_work.office, at_work.who["deputy"], number, version, office(10), None)
    assert await at_work.outbox(said) == [
        ("extension.granted", "staff"),
        ("extension.granted", "head"),
    ]


async def test_what_is_granted_after_its_own_day_is_refused(at_work: Staffed) -> None:
    """It would be late at once and chase its lead for a deadline nobody could keep."""
    number, version = await asked(at_work)
    here, leader = at_work.office, at_work.who["leader"]
    late = extend.grant(here, leader, number, version, LATER, at_work.update())
    await refused(No.DEADLINE_PAST, at_work, late)
    await extend.refuse(here, leader, number, version, LATER, at_work.update())
    assert await requests.open_extension(at_work.db, number) is None


async def test_refused_keeps_the_deadline_and_its_reminders(at_work: Staffed) -> None:
    number, version = await asked(at_work)
    before = await reminders.of_task(at_work.db, number)
    said = await at_work.last_said()
    task = await extend.refuse(
        at_work.office, at_work.who["deputy"], number, version, office(10), at_work.update()
    )
    assert task.due_at == WORKDAYS.at(FRIDAY, time(16))
    assert task.extensions == 0
    assert await reminders.of_task(at_work.db, number) == before
    assert await at_work.outbox(said) == [
        ("extension.refused", "staff"),
        ("extension.refused", "leader"),
    ]
    assert await requests.open_extension(at_work.db, number) is None
    row = await at_work.db.fetch_one("SELECT * FROM requests")
    assert row is not None
    assert (row["state"], row["decided_by"]) == (RequestState.REFUSED, at_work.ids["deputy"])


async def test_a_second_extension_keeps_the_first_deadline(at_work: Staffed) -> None:
    number, version = await asked(at_work)
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await extend.grant(here, leader, number, version, office(10), None)
    task = await extend.request(here, staff, number, "đến 31/12 vì bận", office(11), None)
    task = await extend.grant(here, leader, number, task.version, office(14), None)
    assert task.extensions == 2
    assert (task.due_at, task.late_from) == WORKDAYS.due(date(2026, 12, 31))
    assert not task.has_clock
    assert task.first_due_at == WORKDAYS.at(FRIDAY, time(16))


async def test_granted_to_somebody_already_late_sends_the_rungs_of_the_new_deadline(
    at_work: Staffed,
) -> None:
    task = await at_work.assign(clock=time(16))
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    for day in (8, 10, 11, 14, 16):
        await fire_reminders.look(here, office(day, 16, 30))
    task = await extend.request(here, staff, task.id, WORDS, office(17), None)
    await extend.grant(here, leader, task.id, task.version, office(18), None)
    said = await at_work.last_said()
    for day in (22, 24, 25, 28, 30):
        await fire_reminders.look(here, office(day, 16, 30))
    assert await at_work.outbox(said) == [
        ("reminder", "staff"),
        ("reminder", "staff"),
        ("reminder", "staff"),
        ("reminder", "head"),
        ("reminder", "staff"),
        ("reminder", "leader"),
    ]


async def test_a_request_is_over_when_the_task_is(at_work: Staffed) -> None:
    """A card that is closed shows no request, and nobody is asked to decide on one."""
    number, _ = await asked(at_work)
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    task = await answer.submit(here, staff, number, "Xong", None, office(10), None)
    await review.accept(here, leader, number, task.version, office(11), None)
    cancelled, _ = await asked(at_work)
    await review.cancel(here, leader, cancelled, "Thôi", office(11), None)
    own = await at_work.assign(by="staff", to="staff")
    await extend.request(here, staff, own.id, WORDS, NOW, None)
    await answer.submit(here, staff, own.id, "Xong", None, office(10), None)
    for closed in (number, cancelled, own.id):
        assert (await find.task(here, staff, closed)).request_id is None
        assert await requests.open_extension(at_work.db, closed) is None


def moment(day: int, clock: time | None = None) -> Deadline:
    return (*WORKDAYS.due(date(2026, 12, day), clock), clock is not None)


async def test_without_a_reason(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await extend.ask_for(here, staff, task.id, moment(18), "", NOW, at_work.update())
    view = await find.task(here, staff, task.id)
    assert (view.request_reason, view.request_state) == (None, RequestState.OPEN)


async def test_a_date_in_doubt_gives_dates_to_choose(at_work: Staffed) -> None:
    found = extend.read(at_work.office, "đến sau Tết vì chờ số liệu", NOW)
    assert (found.deadline, found.is_doubtful) == (None, True)
    assert len(found.choices) > 1
    assert extend.read(at_work.office, "vì bận", NOW) == extend.Asked(None)
    assert extend.read(at_work.office, "đến 16h 25/12", NOW).deadline == (LATER, LATER, True)


async def test_another_date_is_offered_and_taken(at_work: Staffed) -> None:
    number, version = await asked(at_work, by="head")
    here, who = at_work.office, at_work.who
    early = extend.take_offer(here, who["staff"], number, version, NOW, at_work.update())
    await refused(No.STALE, at_work, early)
    said = await at_work.last_said()
    offered = await extend.offer(
        here, who["deputy"], number, moment(18), "kịp họp", NOW, at_work.update()
    )
    assert offered.due_at == WORKDAYS.at(FRIDAY, time(16))
    assert await at_work.outbox(said) == [("extension.offered", "staff"), ("card.refresh", "head")]
    view = await find.task(here, who["staff"], number)
    assert (view.request_state, view.request_due_at) == (RequestState.OFFERED, moment(18)[0])
    grant = extend.grant(here, who["head"], number, offered.version, NOW, at_work.update())
    await refused(No.STALE, at_work, grant)
    taken = await extend.take_offer(
        here, who["staff"], number, offered.version, NOW, at_work.update()
    )
    assert (taken.due_at, taken.extensions, taken.has_clock) == (moment(18)[0], 1, False)
    assert taken.first_due_at == WORKDAYS.at(FRIDAY, time(16))
    row = await at_work.db.fetch_one("SELECT * FROM requests")
    assert row is not None
    assert (row["state"], row["decided_by"]) == (RequestState.GRANTED, at_work.ids["deputy"])
    assert LATER.isoformat() in row["facts"]
    assert (await at_work.history(number))[-2:] == [
        ("task.offer_deadline", "deputy"),
        ("task.take_offer", "staff"),
    ]


async def test_an_offer_not_taken_may_be_refused_or_asked_anew(at_work: Staffed) -> None:
    number, _ = await asked(at_work)
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await extend.offer(here, leader, number, moment(15), "", NOW, None)
    again = await extend.request(here, staff, number, "đến 22/12 vì bận", NOW, at_work.update())
    states = await at_work.db.fetch("SELECT state FROM requests ORDER BY id")
    assert [row["state"] for row in states] == ["withdrawn", "open"]
    assert again.due_at == WORKDAYS.at(FRIDAY, time(16))
    offered = await extend.offer(here, leader, number, moment(16), "", NOW, None)
    await extend.refuse(here, leader, number, offered.version, NOW, at_work.update())
    assert await requests.open_extension(at_work.db, number) is None


async def test_who_may_offer_and_what(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, who, n, key = at_work.office, at_work.who, task.id, at_work.update()
    nothing = extend.offer(here, who["leader"], n, moment(18), "", NOW, key)
    await refused(No.STALE, at_work, nothing)
    asked_for = await extend.request(here, who["staff"], n, WORDS, NOW, None)
    for name in ("staff", "mate", "head", "admin"):
        offer = extend.offer(here, who[name], n, moment(18), "", NOW, key)
        await refused(No.NOT_ALLOWED, at_work, offer)
    for late in (moment(11), moment(4)):
        offer = extend.offer(here, who["leader"], n, late, "", NOW, key)
        await refused(No.DEADLINE_PAST, at_work, offer)
    await extend.offer(here, who["leader"], n, moment(18), "", NOW, key)
    for name in ("leader", "mate", "head", "admin"):
        take = extend.take_offer(here, who[name], n, asked_for.version + 1, NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, take)
    stale = extend.take_offer(here, who["staff"], n, asked_for.version, NOW, at_work.update())
    await refused(No.STALE, at_work, stale)
    repeat = extend.offer(here, who["leader"], n, moment(21), "", NOW, key)
    await refused(No.ALREADY_DONE, at_work, repeat)


async def test_taken_back(at_work: Staffed) -> None:
    number, version = await asked(at_work)
    here, who = at_work.office, at_work.who
    for name in ("leader", "mate", "head"):
        other = withdraw.withdraw(here, who[name], number, version, NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, other)
    task = await withdraw.withdraw(here, who["staff"], number, version, NOW, at_work.update())
    assert await requests.open_extension(at_work.db, number) is None
    assert (await at_work.history(number))[-1] == ("task.withdraw", "staff")
    again = withdraw.withdraw(here, who["staff"], number, task.version, NOW, at_work.update())
    await refused(No.STALE, at_work, again)
    await extend.request(here, who["staff"], number, WORDS, NOW, None)
