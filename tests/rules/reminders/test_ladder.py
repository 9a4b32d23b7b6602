"""The ladder: which rungs a task has, when each is due by the calendar, and when none is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.reminders.ladder import Plan, stale_from
from bot.rules.reminders.reminders import GRAVITY, LADDERS, RECEIVERS, Ladder, Receiver, Rung
from bot.rules.tasks.parts import still_needed
from bot.rules.workdays import Workdays
from storage.records import Status, Urgency
from tests.rules.task import WORKDAYS, due_on, office, task

LADDER = Ladder()
FLASH = LADDERS[Urgency.FLASH]
FRIDAY, MONDAY = date(2026, 12, 11), date(2026, 12, 14)
LATE = (Rung.RED, Rung.RED_SPECIAL, Rung.HIGHER)


def rungs(
    now: datetime, ladder: Ladder = LADDER, workdays: Workdays = WORKDAYS, **known: Any
) -> list[tuple[Rung, datetime]]:
    return [(one.rung, one.at) for one in Plan(task(**known), ladder, workdays).ahead(now)]


def early(now: datetime, ladder: Ladder = LADDER, **known: Any) -> list[tuple[Rung, datetime]]:
    return [(rung, at) for rung, at in rungs(now, ladder, **known) if rung not in LATE]


def test_a_week_ahead_every_rung_is_climbed() -> None:
    assert rungs(office(1), **due_on(FRIDAY)) == [
        (Rung.YELLOW, office(8, 7, 30)),
        (Rung.BEFORE, office(10, 7, 30)),
        (Rung.DUE, office(11, 7, 30)),
        (Rung.RED, office(14, 7, 30)),
        (Rung.RED_SPECIAL, office(16, 7, 30)),
        (Rung.HIGHER, office(21, 7, 30)),
    ]


def test_with_a_clock_the_day_itself_is_its_hours() -> None:
    assert rungs(office(1), **due_on(FRIDAY, time(16)))[:4] == [
        (Rung.YELLOW, office(8, 7, 30)),
        (Rung.BEFORE, office(10, 7, 30)),
        (Rung.BEFORE, office(11, 14)),
        (Rung.DUE, office(11, 16)),
    ]


def test_past_the_minute_it_is_red() -> None:
    assert (Rung.RED, office(11, 16, 1)) in rungs(office(1), **due_on(FRIDAY, time(16)))


def test_working_days_are_counted_over_the_weekend() -> None:
    assert early(office(1), **due_on(date(2026, 12, 15))) == [
        (Rung.YELLOW, office(10, 7, 30)),
        (Rung.BEFORE, office(14, 7, 30)),
        (Rung.DUE, office(15, 7, 30)),
    ]


def test_a_holiday_is_no_working_day() -> None:
    wednesday = due_on(date(2026, 11, 25))
    assert early(office(16, month=11), **wednesday) == [
        (Rung.YELLOW, office(19, 7, 30, month=11)),
        (Rung.BEFORE, office(23, 7, 30, month=11)),
        (Rung.DUE, office(25, 7, 30, month=11)),
    ]


def test_a_deadline_on_a_day_off_is_asked_for_on_the_working_day_before() -> None:
    sunday = due_on(date(2026, 12, 13))
    assert early(office(1), **sunday) == [
        (Rung.YELLOW, office(9, 7, 30)),
        (Rung.DUE, office(11, 7, 30)),
    ]


def test_what_is_due_today_is_asked_for_in_time() -> None:
    assert early(office(11, 9), **due_on(FRIDAY)) == [(Rung.BEFORE, office(11, 15))]
    assert early(office(11, 16), **due_on(FRIDAY)) == []


def test_a_deadline_within_the_hour_is_said_when_it_is_due() -> None:
    assert early(office(11, 15, 30), **due_on(FRIDAY, time(16))) == [(Rung.DUE, office(11, 16))]


def test_a_deadline_at_night_is_asked_for_before_the_night() -> None:
    late = due_on(FRIDAY, time(22))
    assert early(office(9), **late) == [
        (Rung.BEFORE, office(10, 7, 30)),
        (Rung.DUE, office(11, 17, 30)),
    ]
    assert (Rung.RED, office(14, 7, 30)) in rungs(office(9), **late)


def test_hoa_toc_keeps_its_minute_at_night_and_on_days_off() -> None:
    saturday = due_on(date(2026, 12, 12), time(22))
    assert rungs(office(12, 17), FLASH, **saturday) == [
        (Rung.BEFORE, office(12, 18)),
        (Rung.BEFORE, office(12, 21)),
        (Rung.BEFORE, office(12, 21, 45)),
        (Rung.DUE, office(12, 22)),
        (Rung.RED, office(12, 22, 1)),
        (Rung.RED_SPECIAL, office(14, 7, 30)),
        (Rung.HIGHER, office(15, 7, 30)),
    ]


def test_an_office_without_reminders_before_still_says_when_it_is_due() -> None:
    bare = Ladder(yellow_before=0, before=())
    assert [rung for rung, _ in rungs(office(1), bare, **due_on(FRIDAY))] == [Rung.DUE, *LATE]


@pytest.mark.parametrize(
    ("after", "every", "special", "higher"),
    [(1, 1, 14, 15), (3, 3, 16, 21), (3, 1, 16, 17), (5, 2, 18, 22)],
)
def test_the_levels_are_told_at_the_office_s_pace(
    after: int, every: int, special: int, higher: int
) -> None:
    ladder = Ladder(red_special_after=after, climb_every=every)
    climbed = rungs(office(1), ladder, **due_on(FRIDAY))
    assert climbed[-2:] == [
        (Rung.RED_SPECIAL, office(special, 7, 30)),
        (Rung.HIGHER, office(higher, 7, 30)),
    ]
    second = Plan(task(**due_on(FRIDAY)), ladder, WORKDAYS).higher(2)
    assert WORKDAYS.count(FRIDAY, WORKDAYS.local(second.at).date()) == after + 2 * every


def test_the_office_decides_its_days_off() -> None:
    closed = Workdays(overrides={MONDAY: False, date(2026, 12, 12): True})
    climbed = rungs(office(1), workdays=closed, **due_on(FRIDAY))
    assert climbed[-3:] == [
        (Rung.RED, office(12, 7, 30)),
        (Rung.RED_SPECIAL, office(16, 7, 30)),
        (Rung.HIGHER, office(21, 7, 30)),
    ]


def test_no_deadline_no_rung_of_a_deadline() -> None:
    assert rungs(office(1), due_at=None, late_from=None) == []


@pytest.mark.parametrize(
    ("since", "urgency", "at"),
    [
        (office(7, 10), Urgency.NORMAL, office(8, 10)),
        (office(11, 10), Urgency.NORMAL, office(14, 10)),
        (office(12, 10), Urgency.NORMAL, office(15, 7, 15)),
        (office(7, 21), Urgency.NORMAL, office(9, 7, 15)),
        (office(7, 10), Urgency.URGENT, office(7, 14)),
        (office(7, 16), Urgency.URGENT, office(8, 7, 15)),
        (office(7, 10), Urgency.VERY_URGENT, office(7, 12)),
        (office(12, 23), Urgency.FLASH, office(12, 23, 30)),
    ],
)
def test_when_a_lead_is_asked_whether_they_have_it(
    since: datetime, urgency: Urgency, at: datetime
) -> None:
    plan = Plan(task(**due_on(date(2026, 12, 31))), LADDERS[urgency], WORKDAYS)
    assert plan.receive(since, 2).at == at


@pytest.mark.parametrize(
    ("since", "at"),
    [(office(7, 9), office(14, 7, 30)), (office(12, 9), office(18, 7, 30))],
)
def test_when_a_task_is_stale(since: datetime, at: datetime) -> None:
    assert Plan(task(due_at=None, late_from=None), LADDER, WORKDAYS).stale(since).at == at


@pytest.mark.parametrize("status", Status)
def test_only_what_somebody_works_on_is_stale(status: Status) -> None:
    since = stale_from(task(status=status, reported_at=office(8)), LADDERS, WORKDAYS)
    works = {Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED}
    assert since == (office(15, 7, 30) if status in works else None)


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        (office(10, 14), office(10, 14)),
        (office(12, 7, 30), office(11, 17, 30)),
        (office(14, 7, 30), office(11, 17, 30)),
    ],
)
def test_a_reminder_put_off_stays_before_the_deadline(asked: datetime, at: datetime) -> None:
    """Friday evening is the last working moment before a deadline on Saturday."""
    plan = Plan(task(**due_on(date(2026, 12, 12))), LADDER, WORKDAYS)
    assert plan.at(Rung.SNOOZE, asked, 2) == at


def test_a_reminder_put_off_without_a_deadline_waits_for_a_working_day() -> None:
    plan = Plan(task(due_at=None, late_from=None), LADDER, WORKDAYS)
    assert plan.at(Rung.SNOOZE, office(12, 7, 30), 2) == office(14, 7, 15)


def test_whom_each_rung_writes_to() -> None:
    assert set(RECEIVERS) == set(Rung)
    owing = {Receiver.LEAD, Receiver.PARTS}
    assert set(RECEIVERS[Rung.YELLOW]) == {Receiver.LEAD}
    assert set(RECEIVERS[Rung.BEFORE]) == set(RECEIVERS[Rung.DUE]) == owing
    assert set(RECEIVERS[Rung.RED]) == {*owing, Receiver.HEAD}
    assert set(RECEIVERS[Rung.RED_SPECIAL]) == {
        Receiver.LEAD,
        Receiver.ASSIGNER,
        Receiver.DECIDER,
    }
    assert set(RECEIVERS[Rung.HIGHER]) == {Receiver.HIGHER}


@pytest.mark.parametrize("status", Status)
def test_nobody_is_chased_who_owes_nothing(status: Status) -> None:
    owes = {Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED}
    assert still_needed(task(status=status)) is (status in owes)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
pauses = st.lists(
    st.one_of(
        st.integers(1, 7200).map(lambda n: timedelta(seconds=n)),
        st.integers(1, 23).map(lambda n: timedelta(hours=n)),
        st.integers(1, 30).map(lambda n: timedelta(days=n)),
    ),
    max_size=6,
    unique=True,
)
clocks = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
numbers = st.integers(1, 10)
ladders = st.builds(
    Ladder,
    yellow_before=st.integers(0, 10),
    before=pauses,
    red_special_after=numbers,
    climb_every=numbers,
    stale_after=numbers,
    receive_within=st.sampled_from([timedelta(hours=3), timedelta(days=1), timedelta(days=2)]),
    at=st.sampled_from([time(7, 15), time(7, 30), time(9), time(17, 30)]),
)
calendars = st.dictionaries(days, st.booleans(), max_size=40).map(
    lambda overrides: Workdays(overrides=overrides)
)


@given(moments, days, clocks, ladders, calendars)
def test_any_ladder(
    now: datetime, day: date, clock: time | None, ladder: Ladder, workdays: Workdays
) -> None:
    """Monotone, each rung once, none on a day off or at night, none too late to be of use."""
    deadline = due_on(day, clock)
    due, late_from = deadline["due_at"], deadline["late_from"]
    plan = Plan(task(**deadline), ladder, workdays).ahead(now)
    moments_of = [one.at for one in plan]
    assert moments_of == sorted(moments_of)
    assert len({(one.rung, one.since, one.step) for one in plan}) == len(plan)
    assert all(workdays.is_awake(at) for at in moments_of)
    before, late = plan[:-3], plan[-3:]
    assert [one.rung for one in late] == list(LATE)
    assert all(now < one.at <= due for one in before)
    assert len({one.at for one in before}) == len(before) <= len(ladder.before) + 2
    red, special, higher = (one.at for one in late)
    assert due < red
    assert red >= late_from
    gone = workdays.count(day, workdays.local(special).date())
    assert gone >= ladder.red_special_after
    assert workdays.count(day, workdays.local(higher).date()) >= gone + (red < special)


@given(moments, days, clocks, ladders, calendars, calendars)
def test_a_plan_moves_with_the_calendar(
    now: datetime, day: date, clock: time | None, ladder: Ladder, old: Workdays, new: Workdays
) -> None:
    """A rung planned by one calendar is, by another, when that would have planned it."""
    known = task(**due_on(day, clock))
    fresh = Plan(known, ladder, new)
    by_name = {(one.rung, one.since, one.step): one.at for one in fresh.ahead(now)}
    for one in Plan(known, ladder, old).ahead(now):
        moved = fresh.at(one.rung, one.since, one.step)
        assert new.is_awake(moved)
        assert by_name.get((one.rung, one.since, one.step), moved) == moved


@given(moments, st.one_of(st.none(), days), clocks, ladders, calendars)
def test_what_is_counted_from_a_moment_on(
    since: datetime, day: date | None, clock: time | None, ladder: Ladder, workdays: Workdays
) -> None:
    deadline = due_on(day, clock) if day else {"due_at": None, "late_from": None}
    known = task(**deadline)
    plan = Plan(known, ladder, workdays)
    stale, asked = plan.stale(since).at, plan.receive(since, 2).at
    begun = workdays.local(since).date()
    assert workdays.count(begun, workdays.local(stale).date()) == ladder.stale_after
    assert asked > since
    snoozed = plan.at(Rung.SNOOZE, since, 2)
    assert all(workdays.is_awake(at) for at in (stale, asked, snoozed))
    if known.due_at is not None and since <= known.due_at:
        assert snoozed <= known.due_at
    hurried = Plan(known, replace(ladder, any_hour=True), workdays)
    assert hurried.receive(since, 2).at == since + ladder.receive_within


def test_the_graver_rung_stands_later() -> None:
    grave = sorted(GRAVITY, key=lambda rung: GRAVITY[rung])
    assert grave[-3:] == list(LATE)
    assert grave[0] is Rung.STALE
