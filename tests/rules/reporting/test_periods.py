"""Periods follow each other without a gap, and one under way is compared with as many days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.reporting.periods import Kind, Period, containing
from tests.rules.task import WORKDAYS, office

FRIDAY = date(2026, 11, 27)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
kinds = st.sampled_from([Kind.WEEK, Kind.MONTH, Kind.QUARTER, Kind.YEAR])


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (Kind.WEEK, date(2026, 11, 23), date(2026, 11, 29)),
        (Kind.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Kind.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(kind: Kind, first: date, last: date) -> None:
    assert containing(kind, FRIDAY) == Period(kind, first, last)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.WEEK, "tuần từ 23/11/2026 đến 29/11/2026"),
        (Kind.MONTH, "tháng 11 năm 2026"),
        (Kind.QUARTER, "quý IV năm 2026"),
        (Kind.YEAR, "năm 2026"),
        (Kind.TERM, "nhiệm kỳ từ 01/07/2025 đến 27/11/2026"),
    ],
)
def test_a_period_has_a_name(kind: Kind, name: str) -> None:
    period = containing(kind, FRIDAY, date(2025, 7, 1))
    assert period is not None
    assert period.name == name


def test_other_days_are_named_by_their_dates() -> None:
    period = Period(Kind.DAYS, FRIDAY, FRIDAY)
    assert period.name == "từ 27/11/2026 đến 27/11/2026"


def test_a_period_begins_and_ends_at_midnight_in_the_office() -> None:
    period = Period(Kind.DAYS, date(2026, 12, 7), date(2026, 12, 13))
    assert period.moments(WORKDAYS) == (office(7, 0), office(14, 0))


def test_a_term_is_as_long_as_it_lasts_so_far() -> None:
    term = containing(Kind.TERM, FRIDAY, date(2025, 7, 1))
    assert term == Period(Kind.TERM, date(2025, 7, 1), FRIDAY)
    assert (term.before, term.next, term.compared(FRIDAY)) == (None, None, None)
    assert containing(Kind.TERM, FRIDAY) is None


@given(kinds, days)
def test_they_follow_each_other_without_a_gap(kind: Kind, day: date) -> None:
    period = containing(kind, day)
    assert period is not None
    assert period.before is not None
    assert period.next is not None
    assert period.first <= day <= period.last
    assert period.before.last + timedelta(days=1) == period.first
    assert period.next.first - timedelta(days=1) == period.last
    assert period.before.next == period


@given(days, st.integers(0, 500))
def test_any_days_are_followed_by_as_many(first: date, more: int) -> None:
    period = Period(Kind.DAYS, first, first + timedelta(days=more))
    assert period.before is not None
    assert period.before.length == period.length == more + 1
    assert period.before.last + timedelta(days=1) == period.first


def test_one_under_way_is_compared_with_as_many_days_of_the_one_before() -> None:
    november = containing(Kind.MONTH, FRIDAY)
    assert november is not None
    assert november.compared(FRIDAY) == Period(Kind.MONTH, date(2026, 10, 1), date(2026, 10, 27))
    assert november.compared(date(2026, 12, 5)) == november.before
    march = containing(Kind.MONTH, date(2026, 3, 30))
    assert march is not None
    assert march.compared(date(2026, 3, 30)) == march.before
