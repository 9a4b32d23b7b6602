"""The office calendar: weekends, public holidays, swaps, the office's own table, waking hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.workdays import Workdays
from tests.rules.task import office

DAYS = Workdays()
NEW_YEAR_BRIDGE = Workdays(overrides={date(2026, 1, 2): False, date(2026, 1, 10): True})
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
dates = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 7), True),  # Monday
        (date(2026, 12, 12), False),  # Saturday
        (date(2026, 12, 13), False),  # Sunday
        (date(2026, 8, 31), False),  # a Monday swapped ...
        (date(2026, 8, 22), True),  # ... for this Saturday
        (date(2026, 8, 29), False),
        (date(2026, 9, 1), False),
        (date(2026, 9, 2), False),
        (date(2026, 11, 24), False),
        (date(2026, 4, 27), False),  # Hùng Kings on a Sunday, taken on Monday
    ],
)
def test_days_of_2026(day: date, works: bool) -> None:
    assert DAYS.is_working(day) is works


def test_tet_2027_is_off_for_a_week() -> None:
    tet = [date(2027, 2, 5) + timedelta(days=n) for n in range(5)]
    assert date(2027, 2, 6) in tet
    assert not any(DAYS.is_working(day) for day in tet)
    assert DAYS.is_working(date(2027, 2, 3))
    assert DAYS.is_working(date(2027, 2, 11))


def test_the_office_knows_better_than_the_public_calendar() -> None:
    assert DAYS.is_working(date(2026, 1, 2))
    assert not DAYS.is_working(date(2026, 1, 10))
    assert not NEW_YEAR_BRIDGE.is_working(date(2026, 1, 2))
    assert NEW_YEAR_BRIDGE.is_working(date(2026, 1, 10))
    undone = Workdays(overrides={date(2026, 9, 2): True, date(2026, 8, 22): False})
    assert undone.is_working(date(2026, 9, 2))
    assert not undone.is_working(date(2026, 8, 22))


def test_counting_skips_what_the_office_does_not_work() -> None:
    assert DAYS.add(date(2026, 12, 11), 1) == date(2026, 12, 14)
    assert DAYS.add(date(2026, 12, 14), -1) == date(2026, 12, 11)
    assert DAYS.add(date(2026, 12, 11), 0) == date(2026, 12, 11)
    assert NEW_YEAR_BRIDGE.add(date(2025, 12, 31), 1) == date(2026, 1, 5)
    assert NEW_YEAR_BRIDGE.add(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert DAYS.count(date(2026, 8, 21), date(2026, 9, 3)) == 7
    assert DAYS.count(date(2026, 12, 7), date(2026, 12, 7)) == 0
    assert DAYS.count(date(2026, 12, 11), date(2026, 12, 7)) == -4


def test_the_nearest_working_day() -> None:
    saturday = date(2026, 12, 12)
    assert DAYS.on_or_after(saturday) == date(2026, 12, 14)
    assert DAYS.on_or_before(saturday) == date(2026, 12, 11)
    assert DAYS.on_or_after(date(2026, 12, 9)) == DAYS.on_or_before(date(2026, 12, 9))


@given(dates, st.integers(1, 60))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    later = DAYS.add(day, count)
    assert DAYS.is_working(later)
    assert DAYS.count(day, later) == count
    earlier = DAYS.add(day, -count)
    assert DAYS.is_working(earlier)
    assert earlier < day < later


def test_a_deadline_with_and_without_a_clock() -> None:
    friday = date(2026, 12, 11)
    assert DAYS.due(friday) == (office(11, 17), office(12, 0))
    assert DAYS.due(friday, time(16, 30)) == (office(11, 16, 30), office(11, 16, 30))
    assert all(moment.tzinfo is UTC for moment in DAYS.due(friday))


def test_an_office_in_another_zone() -> None:
    tokyo = Workdays(timezone=ZoneInfo("Asia/Tokyo"))
    assert tokyo.due(date(2026, 12, 11))[0] == datetime(2026, 12, 11, 8, tzinfo=UTC)
    assert tokyo.local(datetime(2026, 12, 10, 15, tzinfo=UTC)).date() == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("moment", "following", "previous"),
    [
        (office(11, 9), office(11, 9), office(11, 9)),
        (office(11, 7, 15), office(11, 7, 15), office(11, 7, 15)),
        (office(11, 17, 30), office(11, 17, 30), office(11, 17, 30)),
        (office(11, 17, 30, 59), office(11, 17, 30, 59), office(11, 17, 30, 59)),
        (office(11, 7, 14, 59), office(11, 7, 15), office(10, 17, 30)),
        (office(11, 17, 31), office(14, 7, 15), office(11, 17, 30)),
        (office(12, 10), office(14, 7, 15), office(11, 17, 30)),
        (office(13, 23), office(14, 7, 15), office(11, 17, 30)),
        (office(14, 3), office(14, 7, 15), office(11, 17, 30)),
        (office(24, 12, month=11), office(25, 7, 15, month=11), office(23, 17, 30, month=11)),
    ],
)
def test_waking_hours(moment: datetime, following: datetime, previous: datetime) -> None:
    assert DAYS.next_awake(moment) == following
    assert DAYS.last_awake(moment) == previous
    assert DAYS.is_awake(moment) is (following == moment)


@given(moments)
def test_the_next_and_the_last_waking_moment(moment: datetime) -> None:
    following, previous = DAYS.next_awake(moment), DAYS.last_awake(moment)
    assert previous <= moment <= following
    assert DAYS.is_awake(following)
    assert DAYS.is_awake(previous)
    if not DAYS.is_awake(moment):
        halfway = previous + (following - previous) / 2
        assert not DAYS.is_awake(halfway)
