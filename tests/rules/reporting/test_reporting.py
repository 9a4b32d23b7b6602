"""A report: which tasks it has, in which bucket each was then, and what is counted from them."""

from datetime import date, time, timedelta

import pytest

from bot.rules.organisation.standing import Bucket, bucket
from bot.rules.reporting.periods import Kind, Period, containing
from bot.rules.reporting.reporting import COMMENDED_FROM, Report
from storage.records import Quality, ReportLine, Status
from tests.rules.report import done, line, report
from tests.rules.task import WORKDAYS, due_on, office

NOVEMBER = Period(Kind.MONTH, date(2026, 11, 1), date(2026, 11, 30))
BEFORE = office(20, month=11)


def only(one: ReportLine, of: Report | None = None) -> Bucket | None:
    (row,) = (of or report([one])).rows
    return row.bucket


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (line(1), Bucket.OVERDUE),
        (line(1, due_at=office(18, 17), late_from=office(19, 0)), Bucket.ON_TRACK),
        (line(1, due_at=None, late_from=None), Bucket.NO_DEADLINE),
        (line(1, status=Status.SUBMITTED, submitted_at=office(10)), Bucket.ON_TRACK),
        (line(1, status=Status.SUBMITTED, submitted_at=office(13)), Bucket.OVERDUE),
        (done(1, office(10)), Bucket.DONE_ON_TIME),
        (done(1, office(13)), Bucket.DONE_LATE),
        (line(1, in_correction=True), None),
    ],
)
def test_while_a_period_runs_a_task_stands_where_the_rule_says(
    one: ReportLine, expected: Bucket | None
) -> None:
    assert only(one) is expected
    assert bucket(one, office(14)) is expected


def test_what_happened_after_a_period_is_not_in_its_report() -> None:
    """Handed in on 10 December, a task of November was still open at its end."""
    lines = [done(1, office(10), created_at=BEFORE), line(2, created_at=office(2))]
    found = report(lines, period=NOVEMBER)
    assert [row.task.id for row in found.rows] == [1]
    assert found.counts.on_track == 1
    assert report(lines).counts.done_on_time == 1


def test_what_was_late_at_the_end_of_a_period_stays_late_in_its_report() -> None:
    due = {"due_at": office(25, 17, month=11), "late_from": office(26, 0, month=11)}
    found = report([done(1, office(10), created_at=BEFORE, **due)], period=NOVEMBER)
    assert found.counts.overdue == 1
    assert found.days_late(found.rows[0]) == 3  # 26, 27 and 30 November


EVENING = time(20)
DAY, TERM_FROM = date(2026, 12, 9), date(2025, 7, 1)
PERIODS = [
    *(one for kind in Kind if (one := containing(kind, DAY, TERM_FROM))),
    Period(Kind.DAYS, date(2026, 12, 1), date(2026, 12, 15)),
]


@pytest.mark.parametrize("period", PERIODS, ids=lambda one: one.kind)
@pytest.mark.parametrize("clock", [None, time(17), EVENING])
def test_what_was_due_on_the_last_day_is_overdue_at_the_end(
    period: Period, clock: time | None
) -> None:
    """A deadline without a clock is late from midnight on: the very moment at which the period is over."""
    due = {**due_on(period.last, clock), "created_at": BEFORE}
    until = period.moments(WORKDAYS)[1]
    handed_in_after = done(2, until + timedelta(hours=9), **due)
    waits = line(3, status=Status.SUBMITTED, submitted_at=until - timedelta(hours=8), **due)
    lines = [line(1, **due), handed_in_after, waits, done(4, until - timedelta(hours=8), **due)]
    found = report(lines, period=period, now=until + timedelta(days=20))
    assert [row.task.id for row in found.overdue] == [1, 2]
    assert [found.days_late(row) for row in found.rows] == [1, 1, 0, 0]
    assert (found.counts.overdue, found.counts.on_track, found.counts.done_on_time) == (2, 1, 1)
    assert (found.counts.total, found.counts.done_late, found.due_soon) == (4, 0, [])
    assert [one.counts.overdue for one in found.units] == [2]
    assert found.trend[-1].counts == found.counts
    assert all(row.was_late_first for row in found.overdue)
    at_once = report(lines, period=period, now=until)
    assert at_once.counts == found.counts


def test_while_the_last_day_runs_what_is_due_on_it_is_on_track() -> None:
    due = {**due_on(NOVEMBER.last), "created_at": BEFORE}
    evening = office(30, 23, 59, month=11)
    assert (
        only(line(1, **due), report([line(1, **due)], period=NOVEMBER, now=evening))
        is Bucket.ON_TRACK
    )
    clock = {**due_on(NOVEMBER.last, time(17)), "created_at": BEFORE}
    at_five, after = office(30, 17, month=11), office(30, 17, 1, month=11)
    assert (
        only(line(1), report([line(1, **clock)], period=NOVEMBER, now=at_five)) is Bucket.ON_TRACK
    )
    assert only(line(1), report([line(1, **clock)], period=NOVEMBER, now=after)) is Bucket.OVERDUE


def test_what_is_due_after_a_period_is_not_overdue_at_its_end() -> None:
    """The minute at which the next period begins is no more of this one."""
    first = NOVEMBER.last + timedelta(days=1)
    for clock in (None, time(0), time(8)):
        one = line(1, **due_on(first, clock), created_at=BEFORE)
        assert only(one, report([one], period=NOVEMBER)) is Bucket.ON_TRACK


def test_the_figures_of_the_period_before_are_those_at_its_end() -> None:
    found = report([line(1, **due_on(NOVEMBER.last), created_at=BEFORE)], now=office(2))
    assert (found.before.overdue, found.before.on_track) == (1, 0)
    weeks = report([line(1, **due_on(date(2026, 12, 6)), created_at=BEFORE)], now=office(8)).trend
    assert [week.counts.overdue for week in weeks] == [1, 1]


def test_what_ended_before_a_period_is_only_in_the_one_before() -> None:
    over = done(1, office(25, month=11), created_at=BEFORE)
    found = report([over])
    assert not found.rows
    assert found.before.done_on_time == 1


def test_tasks_came_over_or_were_assigned() -> None:
    found = report([line(1, created_at=BEFORE), line(2), done(3, office(9), created_at=BEFORE)])
    assert (found.counts.total, found.carried, found.assigned) == (3, 2, 1)


def test_units_and_people_add_up() -> None:
    other = {"owner_id": 4, "owner": "Phòng Quản trị", "lead_id": 8, "lead": "Đàm Tú Quyên"}
    nobody = {"owner_id": None, "owner": None, "lead_id": None, "lead": None}
    found = report([line(1), line(2, **other), done(3, office(9), **other), line(4, **nobody)])
    assert [(one.name, one.counts.total) for one in found.units] == [
        ("Phòng Quản trị", 2),
        ("Phòng Tổng hợp", 1),
        ("Chưa rõ đơn vị", 1),
    ]
    assert [(one.name, one.counts.total) for one in found.people] == [
        ("Đàm Tú Quyên", 2),
        ("Mạc Thiên Ân", 1),
    ]


def test_the_first_deadline_is_told_apart_from_the_current_one() -> None:
    moved = {"first_due_at": office(4, 17), "first_late_from": office(5, 0), "extensions": 1}
    (unit,) = report([done(1, office(10), **moved), done(2, office(10))]).units
    assert unit.counts.done_on_time == 2
    assert (unit.on_time_first, unit.extensions) == (1, 1)


def test_the_longest_overdue_and_the_soonest_due_come_first() -> None:
    dated = [(1, 11), (2, 9), (3, 16), (4, 15), (5, 28)]
    lines = [line(n, due_at=office(day, 17), late_from=office(day + 1, 0)) for n, day in dated]
    found = report(lines)
    assert [row.task.id for row in found.overdue] == [2, 1]
    assert [row.task.id for row in found.due_soon] == [4, 3]
    assert found.days_late(found.overdue[0]) == 3


def test_a_candidate_has_all_on_time_and_nothing_overdue() -> None:
    on_time = [done(n, office(9), quality=Quality.GOOD) for n in range(COMMENDED_FROM)]
    late = done(8, office(13))
    assert [one.well_done for one in report(on_time).candidates] == [COMMENDED_FROM]
    assert not report(on_time[1:]).candidates
    assert not report([*on_time, late]).candidates
    assert not report([*on_time, line(9)]).candidates


def test_the_trend_of_a_year_has_its_months_up_to_now() -> None:
    lines = [done(1, office(10), created_at=BEFORE), line(2)]
    trend = report(lines, period=Period(Kind.YEAR, date(2026, 1, 1), date(2026, 12, 31))).trend
    assert len(trend) == 12
    november, december = trend[-2:]
    assert (november.assigned, november.counts.on_track) == (1, 1)
    assert (december.assigned, december.counts.done_on_time, december.counts.overdue) == (1, 1, 1)


def test_the_trend_of_a_month_has_its_weeks_up_to_now() -> None:
    trend = report([line(1)]).trend
    assert [one.period.first.day for one in trend] == [1, 7, 14]
    assert sum(one.assigned for one in trend) == 1


def test_a_report_of_nothing_is_empty() -> None:
    found = report([])
    assert (found.counts.total, found.units, found.people, found.overdue) == (0, [], [], [])
    assert found.moment == office(14)
    assert report([], period=NOVEMBER).moment == office(1, 0) - timedelta(0)
