"""Where a task stands against its deadline: the official buckets and the days late."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.rules.organisation.standing import Bucket, bucket, days_late, is_late
from bot.rules.workdays import Workdays
from storage.records import Status
from tests.rules.task import WORKDAYS, due_on, office, task

FRIDAY = date(2026, 12, 11)
SECOND = timedelta(seconds=1)
UNDATED = {"due_at": None, "late_from": None}
STILL_OPEN = [status for status in Status if status not in {Status.DONE, Status.CANCELLED}]


@pytest.mark.parametrize("status", STILL_OPEN)
def test_a_day_without_a_clock_is_late_after_midnight(status: Status) -> None:
    """R1: due at 17:00, "quá hạn" only after 24:00."""
    one = task(status=status, **due_on(FRIDAY))
    assert one.due_at == office(11, 17)
    assert bucket(one, office(11, 17, 30)) is Bucket.ON_TRACK
    assert bucket(one, office(11, 23, 59, 59)) is Bucket.ON_TRACK
    assert bucket(one, office(12, 0)) is Bucket.ON_TRACK
    assert bucket(one, office(12, 0) + SECOND) is Bucket.OVERDUE


@pytest.mark.parametrize("status", STILL_OPEN)
def test_a_clock_is_hard(status: Status) -> None:
    """R4: "trước 16h" is that minute."""
    one = task(status=status, **due_on(FRIDAY, time(16)))
    assert bucket(one, office(11, 15, 59, 59)) is Bucket.ON_TRACK
    assert bucket(one, office(11, 16)) is Bucket.ON_TRACK
    assert bucket(one, office(11, 16, 0, 1)) is Bucket.OVERDUE


def test_handed_in_on_time_and_accepted_late_is_on_time() -> None:
    handed_in = {"submitted_at": office(11, 18), **due_on(FRIDAY)}
    waiting = task(status=Status.SUBMITTED, **handed_in)
    accepted = task(status=Status.DONE, closed_at=office(21), **handed_in)
    assert bucket(waiting, office(20)) is Bucket.ON_TRACK
    assert bucket(accepted, office(21)) is Bucket.DONE_ON_TIME
    assert days_late(accepted, office(21), WORKDAYS) == 0


def test_handed_in_late_and_accepted_is_late_for_ever() -> None:
    late = task(status=Status.DONE, submitted_at=office(12, 8), closed_at=office(12, 9))
    assert bucket(late, office(12, 9)) is Bucket.DONE_LATE
    assert bucket(late, office(31)) is Bucket.DONE_LATE
    assert days_late(late, office(31), WORKDAYS) == 1


def test_handed_in_late_and_waiting_is_overdue() -> None:
    late = task(status=Status.SUBMITTED, submitted_at=office(14))
    assert bucket(late, office(15)) is Bucket.OVERDUE


@pytest.mark.parametrize("deadline", [UNDATED, due_on(FRIDAY)])
def test_a_cancelled_task_stands_outside(deadline: dict[str, object]) -> None:
    one = task(status=Status.CANCELLED, **deadline)
    assert bucket(one, office(10)) is None
    assert bucket(one, office(20)) is None


def test_without_a_deadline_nothing_is_late() -> None:
    assert bucket(task(**UNDATED), office(31)) is Bucket.NO_DEADLINE
    done = task(status=Status.DONE, submitted_at=office(31), **UNDATED)
    assert bucket(done, office(31)) is Bucket.DONE_ON_TIME
    assert not is_late(task(**UNDATED), office(31))
    assert days_late(task(**UNDATED), office(31), WORKDAYS) == 0


def test_receipt_does_not_stop_the_clock() -> None:
    received = task(status=Status.IN_PROGRESS, received_at=office(8))
    assert bucket(received, office(14)) is Bucket.OVERDUE


def test_a_returned_result_is_not_handed_in() -> None:
    returned = task(status=Status.RETURNED, submitted_at=None)
    assert bucket(returned, office(14)) is Bucket.OVERDUE


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (office(11, 23), 0),
        (office(12, 8), 1),  # Saturday: late, though no working day has passed
        (office(13, 8), 1),
        (office(14, 8), 1),
        (office(15, 0, 1), 2),
        (office(18, 9), 5),
        (office(21, 9), 6),
    ],
)
def test_days_late_are_working_days(now: datetime, late: int) -> None:
    assert days_late(task(**due_on(FRIDAY)), now, WORKDAYS) == late


def test_an_hour_late_is_a_day_late() -> None:
    assert days_late(task(**due_on(FRIDAY, time(9))), office(11, 10), WORKDAYS) == 1


def test_days_off_of_the_office_do_not_count() -> None:
    closed = Workdays(overrides={date(2026, 12, 14): False, date(2026, 12, 15): False})
    assert days_late(task(**due_on(FRIDAY)), office(16), closed) == 1
    assert days_late(task(**due_on(FRIDAY)), office(17), closed) == 2
