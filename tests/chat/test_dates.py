"""Deadlines in words: hour, weekday, date, and what is left of them."""

from datetime import UTC, date, datetime, time

import pytest

from bot.chat import choice_buttons, dates
from storage.records import Draft, Status
from tests.rules.task import WORKDAYS, due_on, office, task

FRIDAY = date(2026, 12, 11)


def test_a_moment_is_shown_in_the_offices_zone() -> None:
    moment = datetime(2026, 12, 10, 17, 30, tzinfo=UTC)
    assert dates.deadline(moment, WORKDAYS) == "00:30 thứ Sáu, 11/12/2026"
    assert dates.day(moment, WORKDAYS) == "thứ Sáu, 11/12/2026"
    assert dates.short(moment, WORKDAYS) == "00:30 11/12"
    assert dates.day(office(13), WORKDAYS) == "Chủ nhật, 13/12/2026"


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (office(11, 8), "hôm nay"),
        (office(11, 16, 59), "hôm nay"),
        (office(10, 23), "ngày mai"),
        (office(9), "còn 2 ngày làm việc"),
        (office(4), "còn 5 ngày làm việc"),
        (office(12), "hôm qua"),
        (office(14), "3 ngày trước"),
    ],
)
def test_what_is_left(now: datetime, left: str) -> None:
    due_at = WORKDAYS.at(FRIDAY, time(17))
    assert dates.left(due_at, now, WORKDAYS) == left


def test_a_deadline_on_the_weekend() -> None:
    assert dates.left(office(13, 17), office(11), WORKDAYS) == "trong ngày nghỉ"
    assert dates.left(office(13, 17), office(12), WORKDAYS) == "ngày mai"


@pytest.mark.parametrize("day", range(1, 32))
def test_nothing_is_ever_left_in_the_negative(day: int) -> None:
    past = task(**due_on(FRIDAY) | {"late_from": office(31, 23)})
    assert "-" not in dates.left(office(11, 17), office(day), WORKDAYS)
    assert "-" not in dates.standing(past, office(day), WORKDAYS)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (office(8), "16:00 thứ Sáu, 11/12/2026 (còn 3 ngày làm việc)"),
        (office(11, 16), "16:00 thứ Sáu, 11/12/2026 (hôm nay)"),
        (office(11, 16, 1), "16:00 thứ Sáu, 11/12/2026 (vừa quá hạn)"),
        (office(14), "16:00 thứ Sáu, 11/12/2026 (quá hạn 1 ngày làm việc)"),
        (office(16), "16:00 thứ Sáu, 11/12/2026 (quá hạn 3 ngày làm việc)"),
    ],
)
def test_where_an_open_task_stands(now: datetime, words: str) -> None:
    assert dates.standing(task(**due_on(FRIDAY, time(16))), now, WORKDAYS) == words


def test_a_task_without_a_deadline() -> None:
    assert (
        dates.standing(task(due_at=None, late_from=None), office(9), WORKDAYS) == "không thời hạn"
    )


def test_handed_in_in_time_has_nothing_left_and_nothing_late() -> None:
    waiting = task(status=Status.SUBMITTED, submitted_at=office(10), **due_on(FRIDAY))
    for now in (office(10), office(18)):
        assert dates.standing(waiting, now, WORKDAYS) == "17:00 thứ Sáu, 11/12/2026"


def test_handed_in_late_and_waiting_stays_as_late_as_it_was() -> None:
    waiting = task(status=Status.SUBMITTED, submitted_at=office(15), **due_on(FRIDAY))
    assert dates.standing(waiting, office(30), WORKDAYS).endswith("(quá hạn 2 ngày làm việc)")


DRAFT = Draft.model_validate(
    {
        "id": 10**12, "person_id": 1, "chat_id": 1, "topic_id": None, "message_id": None,
        "card_id": None, "kind": "assign",
        "task_id": None, "waits_for": "deadline", "fields": "{}", "version": 10**6,
        "created_at": office(7), "updated_at": office(7), "ended_at": None,
    }
)  # fmt: skip


@pytest.mark.parametrize("day", range(1, 32))
@pytest.mark.parametrize("hour", [8, 16])
def test_the_usual_days_are_ahead_and_worked(day: int, hour: int) -> None:
    now = office(day, hour)
    offered = choice_buttons.usual_days(now, WORKDAYS)
    today = WORKDAYS.local(now).date()
    assert offered == sorted(set(offered))
    assert 1 <= len(offered) <= 5
    assert all(WORKDAYS.is_working(one) for one in offered)
    assert all(one > today or (one == today and hour == 8) for one in offered)


@pytest.mark.parametrize("day", range(1, 32))
def test_a_deadline_pressed_is_the_deadline_shown(day: int) -> None:
    buttons = choice_buttons.deadline_buttons(DRAFT, [], office(day, 8), WORKDAYS)
    for one, offered in zip(
        buttons, choice_buttons.usual_days(office(day, 8), WORKDAYS), strict=False
    ):
        value = one.data.split(":")[3]
        assert choice_buttons.chosen_deadline(value, WORKDAYS) == (*WORKDAYS.due(offered), False)
        assert f"{offered:%d/%m}" in one.label
    assert buttons[-1].label == "Không thời hạn"
    assert all(len(one.label) <= 20 for one in buttons)
    assert all(len(one.data.encode()) <= 64 for one in buttons)


def test_doubtful_deadlines_are_offered_with_their_clock() -> None:
    sunday = (office(13, 17, 30), office(13, 17, 30), True)
    friday = (*WORKDAYS.due(FRIDAY), False)
    buttons = choice_buttons.deadline_buttons(DRAFT, [sunday, friday], office(7), WORKDAYS)
    assert [one.label for one in buttons] == [
        "Chủ nhật 13/12 17:30",
        "Thứ Sáu 11/12",
        "Không thời hạn",
    ]
    values = [one.data.split(":")[3] for one in buttons[:2]]
    assert [choice_buttons.chosen_deadline(one, WORKDAYS) for one in values] == [sunday, friday]


@pytest.mark.parametrize(
    "value", ["", "1", "20261301", "2026121", "x" * 12, "202612112561", "99999999"]
)
def test_a_deadline_that_nobody_offered(value: str) -> None:
    with pytest.raises(ValueError, match=r"does not match|remains|out of range|must be in"):
        choice_buttons.chosen_deadline(value, WORKDAYS)
