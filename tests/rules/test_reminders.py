"""The ladder: which rungs a deadline has, when each is due, and when none is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.parts import still_needed
from bot.rules.reminders import (
    EXACT_BELOW,
    RECEIVERS,
    Ladder,
    Planned,
    Receiver,
    Rung,
    plan,
)
from bot.rules.workdays import Workdays
from storage.records import Status
from tests.rules.task import WORKDAYS, due_on, office, task

LADDER = Ladder()
FRIDAY = date(2026, 12, 11)


def rungs(now: datetime, ladder: Ladder = LADDER, **known: object) -> list[tuple[Rung, datetime]]:
    return [(rung.rung, rung.at) for rung in plan(task(**known), now, ladder, WORKDAYS)]


def test_a_week_ahead_every_rung_is_climbed() -> None:
    assert rungs(office(1), **due_on(FRIDAY, time(16))) == [
        (Rung.BEFORE, office(8, 16)),
        (Rung.BEFORE, office(10, 16)),
        (Rung.BEFORE, office(11, 14)),
        (Rung.DUE, office(11, 16)),
        (Rung.RED, office(11, 16, 1)),
        (Rung.RED_SPECIAL, office(16, 7, 15)),
    ]


def test_a_day_without_a_clock_is_red_on_the_next_working_morning() -> None:
    climbed = rungs(office(1), **due_on(FRIDAY))
    assert (Rung.DUE, office(11, 17)) in climbed
    assert (Rung.RED, office(14, 7, 15)) in climbed


def test_a_deadline_tomorrow_has_no_rung_for_three_days() -> None:
    assert [at for rung, at in rungs(office(10, 9), **due_on(FRIDAY)) if rung is Rung.BEFORE] == [
        office(10, 17),
        office(11, 15),
    ]


def test_a_deadline_within_the_hour_is_said_when_it_is_due() -> None:
    now = office(11, 15, 30)
    assert [rung for rung, _ in rungs(now, **due_on(FRIDAY, time(16)))] == [
        Rung.DUE,
        Rung.RED,
        Rung.RED_SPECIAL,
    ]


def test_a_weekend_moves_a_rung_to_the_friday_before() -> None:
    monday = due_on(date(2026, 12, 14), time(16))
    before = [at for rung, at in rungs(office(7), **monday) if rung is Rung.BEFORE]
    assert before == [office(11, 16), office(11, 17, 30), office(14, 14)]


def test_on_the_weekend_itself_it_moves_to_monday_morning() -> None:
    monday = due_on(date(2026, 12, 14), time(16))
    before = [at for rung, at in rungs(office(12, 12), **monday) if rung is Rung.BEFORE]
    assert before == [office(14, 7, 15), office(14, 14)]


def test_a_rung_that_the_weekend_moves_past_the_deadline_falls_away() -> None:
    early = due_on(date(2026, 12, 14), time(7))
    assert Rung.BEFORE not in [rung for rung, _ in rungs(office(12, 12), **early)]


def test_a_holiday_is_like_a_weekend() -> None:
    day_after = due_on(date(2026, 11, 25), time(10))
    now = office(20, month=11)
    before = [at for rung, at in rungs(now, **day_after) if rung is Rung.BEFORE]
    assert before == [
        office(20, 17, 30, month=11),
        office(23, 17, 30, month=11),
        office(25, 8, month=11),
    ]


def test_a_deadline_at_night_is_asked_for_before_the_night() -> None:
    late = due_on(FRIDAY, time(20))
    climbed = rungs(office(9), **late)
    assert (Rung.BEFORE, office(11, 17, 30)) in climbed
    assert (Rung.DUE, office(11, 20)) in climbed
    assert (Rung.RED, office(14, 7, 15)) in climbed


@pytest.mark.parametrize("seconds", [1, 30, 90, 3599])
def test_a_short_pause_keeps_its_second_whatever_the_hour(seconds: int) -> None:
    pause = timedelta(seconds=seconds)
    at_night = due_on(FRIDAY, time(23))
    climbed = rungs(office(9), Ladder(before=(pause,)), **at_night)
    assert climbed[0] == (Rung.BEFORE, office(11, 23) - pause)


def test_an_office_without_reminders_before_still_says_when_it_is_due() -> None:
    assert [rung for rung, _ in rungs(office(1), Ladder(before=()), **due_on(FRIDAY))] == [
        Rung.DUE,
        Rung.RED,
        Rung.RED_SPECIAL,
    ]


@pytest.mark.parametrize(
    ("days", "at"), [(1, office(14, 7, 15)), (3, office(16, 7, 15)), (5, office(18, 7, 15))]
)
def test_the_assigner_hears_after_so_many_working_days(days: int, at: datetime) -> None:
    climbed = rungs(office(1), Ladder(red_special_after=days), **due_on(FRIDAY))
    assert climbed[-1] == (Rung.RED_SPECIAL, at)


def test_the_office_decides_its_days_off() -> None:
    closed = Workdays(overrides={date(2026, 12, 14): False})
    climbed = plan(task(**due_on(FRIDAY)), office(1), LADDER, closed)
    assert Planned(Rung.RED, office(15, 7, 15)) in climbed
    assert climbed[-1].at == office(17, 7, 15)


def test_no_deadline_no_rung() -> None:
    assert plan(task(due_at=None, late_from=None), office(1), LADDER, WORKDAYS) == []


def test_whom_each_rung_writes_to() -> None:
    owing = (Receiver.LEAD, Receiver.PARTS)
    assert RECEIVERS[Rung.BEFORE] == RECEIVERS[Rung.DUE] == owing
    assert set(RECEIVERS[Rung.RED]) == {*owing, Receiver.HEAD}
    assert set(RECEIVERS[Rung.RED_SPECIAL]) == {
        Receiver.LEAD,
        Receiver.ASSIGNER,
        Receiver.DECIDER,
    }


@pytest.mark.parametrize("status", Status)
def test_nobody_is_chased_who_owes_nothing(status: Status) -> None:
    owes = {Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED}
    assert still_needed(task(status=status)) is (status in owes)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
pauses = st.lists(
    st.one_of(
        st.integers(1, 7200).map(lambda n: timedelta(seconds=n)),
        st.integers(1, 60).map(lambda n: timedelta(hours=n)),
        st.integers(1, 30).map(lambda n: timedelta(days=n)),
    ),
    max_size=6,
    unique=True,
)
clocks = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(moments, st.dates(date(2026, 1, 1), date(2027, 12, 31)), clocks, pauses, st.integers(1, 10))
def test_any_ladder(
    now: datetime, day: date, clock: time | None, before: list[timedelta], special: int
) -> None:
    deadline = due_on(day, clock)
    due, late_from = deadline["due_at"], deadline["late_from"]
    climbed = rungs(now, Ladder(before, special), **deadline)
    assert [at for _, at in climbed] == sorted(at for _, at in climbed)
    early = [at for rung, at in climbed if rung in {Rung.BEFORE, Rung.DUE}]
    assert all(now < at <= due for at in early)
    assert len(early) == len(set(early)) <= len(before) + 1
    names = [rung for rung, _ in climbed]
    assert names[-2:] == [Rung.RED, Rung.RED_SPECIAL]
    assert names.count(Rung.DUE) == (1 if now < due else 0)
    assert names.count(Rung.RED) == names.count(Rung.RED_SPECIAL) == 1
    red, red_special = climbed[-2][1], climbed[-1][1]
    assert due < red <= red_special
    assert red >= late_from
    assert WORKDAYS.is_awake(red)
    assert WORKDAYS.is_awake(red_special)
    exact = {due - pause for pause in before if pause < EXACT_BELOW} | {due}
    assert all(WORKDAYS.is_awake(at) for at in early if at not in exact)
