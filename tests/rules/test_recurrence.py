"""Work that comes back: on which days, when each is due and made, and the rule in words."""

from datetime import date
from itertools import islice

import pytest

from bot.rules.recurrence import (
    DayOff,
    Occurrence,
    Repeats,
    as_often,
    coming,
    complete,
    days,
    due_day,
    first_day,
    in_words,
)
from bot.rules.workdays import Workdays
from tests.rules.task import WORKDAYS, office

DEFAULT = Repeats()
MONTHLY, WEEKLY, YEARLY = "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=YEARLY"
ON_25 = f"{MONTHLY};BYMONTHDAY=25"
LAST_DAY = f"{MONTHLY};BYMONTHDAY=-1"
LAST_WORKDAY = f"{MONTHLY};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
EACH_WORKDAY = f"{WEEKLY};BYDAY=MO,TU,WE,TH,FR"


def first(rule: str, start: date, count: int = 3, after: date | None = None) -> list[Occurrence]:
    return list(islice(coming(rule, start, after, WORKDAYS, DEFAULT), count))


def test_a_monthly_task_is_made_ten_working_days_before_it_is_due() -> None:
    one, two, three = first(ON_25, date(2026, 12, 25))
    assert (one.day, one.due_on, one.make_at) == (
        date(2026, 12, 25), date(2026, 12, 25), office(11, 7, 30),
    )  # fmt: skip
    assert two.make_at == WORKDAYS.at(date(2027, 1, 11), WORKDAYS.morning[0])
    assert three.day == date(2027, 2, 25)
    assert first(ON_25, date(2026, 12, 25), 1, after=two.day) == [three]


def test_one_is_never_made_before_the_one_before_it_is_over() -> None:
    _, friday, _ = first(f"{WEEKLY};BYDAY=FR", date(2026, 12, 11))
    assert (friday.due_on, friday.make_at) == (date(2026, 12, 18), office(14, 7, 30))
    _, friday, monday = first("FREQ=DAILY", date(2026, 12, 10))
    assert (friday.due_on, friday.make_at) == (date(2026, 12, 11), office(11, 7, 30))
    assert (monday.due_on, monday.make_at) == (date(2026, 12, 14), office(14, 7, 30))


@pytest.mark.parametrize("rule", ["FREQ=DAILY", EACH_WORKDAY])
def test_what_comes_every_day_comes_on_no_day_off(rule: str) -> None:
    found = list(islice(days(rule, date(2026, 12, 30), WORKDAYS), 3))
    assert found == [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("rule", "day", "due"),
    [
        (ON_25, date(2026, 12, 25), {"before": 25, "after": 25, "keep": 25}),
        (ON_25, date(2027, 4, 25), {"before": 23, "after": 26, "keep": 25}),
        (LAST_DAY, date(2027, 1, 31), {"before": 29, "after": 29, "keep": 29}),
        (LAST_WORKDAY, date(2026, 12, 31), {"before": 31, "after": 31, "keep": 31}),
        (f"{WEEKLY};BYDAY=SU", date(2026, 12, 13), {"before": 11, "after": 14, "keep": 13}),
        (
            f"{YEARLY};BYMONTH=3,6,9,12;BYMONTHDAY=-1",
            date(2028, 9, 30),
            {"before": 29, "after": 29, "keep": 29},
        ),
    ],
)
def test_a_day_off_moves_what_is_due(rule: str, day: date, due: dict[DayOff, int]) -> None:
    for day_off, expected in due.items():
        found = due_day(rule, day, WORKDAYS, Repeats(day_off=day_off))
        assert found.day == expected


def test_a_swapped_day_is_a_working_day() -> None:
    swapped = Workdays(overrides={date(2027, 4, 24): True})
    assert due_day(ON_25, date(2027, 4, 25), swapped, DEFAULT) == date(2027, 4, 24)


def test_a_short_month_has_it_on_its_last_day() -> None:
    rule = complete(MONTHLY, date(2026, 12, 30))
    assert list(islice(days(rule, date(2026, 12, 30), WORKDAYS), 3)) == [
        date(2026, 12, 30), date(2027, 1, 30), date(2027, 2, 28),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "completed"),
    [
        (WEEKLY, f"{WEEKLY};BYDAY=WE"),
        (f"{WEEKLY};INTERVAL=2", f"{WEEKLY};INTERVAL=2;BYDAY=WE"),
        (MONTHLY, f"{MONTHLY};BYMONTHDAY=9"),
        (
            f"{MONTHLY};INTERVAL=3;UNTIL=20271231T165959Z",
            f"{MONTHLY};INTERVAL=3;BYMONTHDAY=9;UNTIL=20271231T165959Z",
        ),
        (YEARLY, f"{YEARLY};BYMONTH=12;BYMONTHDAY=9"),
        ("FREQ=DAILY", "FREQ=DAILY"),
        (ON_25, ON_25),
    ],
)
def test_how_often_alone_takes_the_day_of_the_first_one(rule: str, completed: str) -> None:
    assert complete(rule, date(2026, 12, 9)) == completed


def test_the_last_one() -> None:
    rule = f"{WEEKLY};BYDAY=FR;UNTIL=20261225T165959Z"
    assert [one.day.day for one in first(rule, date(2026, 12, 11), 9)] == [11, 18, 25]
    assert first(rule, date(2026, 12, 11), 9, after=date(2026, 12, 25)) == []


@pytest.mark.parametrize(
    ("rule", "due_on", "day"),
    [
        (ON_25, date(2026, 12, 25), date(2026, 12, 25)),
        (ON_25, date(2026, 12, 20), date(2026, 12, 25)),
        (ON_25, date(2026, 12, 28), date(2026, 12, 25)),
        (ON_25, date(2027, 4, 23), date(2027, 4, 25)),
        (LAST_DAY, date(2027, 1, 29), date(2027, 1, 31)),
        (f"{WEEKLY};BYDAY=FR", date(2026, 12, 14), date(2026, 12, 11)),
        (f"{WEEKLY};INTERVAL=2;BYDAY=WE", date(2026, 12, 16), date(2026, 12, 16)),
        (f"{MONTHLY};INTERVAL=3;BYMONTHDAY=15", date(2026, 12, 15), date(2026, 12, 15)),
        (f"{YEARLY};BYMONTH=11;BYMONTHDAY=15", date(2027, 11, 12), date(2027, 11, 15)),
        (EACH_WORKDAY, date(2026, 12, 9), date(2026, 12, 9)),
    ],
)
def test_the_day_of_the_rule_that_a_first_deadline_stands_for(
    rule: str, due_on: date, day: date
) -> None:
    assert first_day(rule, due_on, WORKDAYS, DEFAULT) == day


@pytest.mark.parametrize(
    ("rule", "days_of", "moved"),
    [
        (ON_25, f"{MONTHLY};BYMONTHDAY=9", f"{MONTHLY};BYMONTHDAY=9"),
        (
            f"{MONTHLY};INTERVAL=3;BYMONTHDAY=25;UNTIL=20271231T165959Z",
            LAST_DAY,
            f"{MONTHLY};INTERVAL=3;BYMONTHDAY=-1;UNTIL=20271231T165959Z",
        ),
        (f"{WEEKLY};INTERVAL=2;BYDAY=FR", f"{WEEKLY};BYDAY=WE", f"{WEEKLY};INTERVAL=2;BYDAY=WE"),
        (
            f"{YEARLY};BYMONTH=11;BYMONTHDAY=15",
            f"{YEARLY};BYMONTH=12;BYMONTHDAY=9",
            f"{YEARLY};BYMONTH=12;BYMONTHDAY=9",
        ),
    ],
)
def test_other_days_as_often_as_before(rule: str, days_of: str, moved: str) -> None:
    assert as_often(rule, days_of) == moved


def test_the_first_by_a_new_rule_waits_for_the_last_by_the_old() -> None:
    friday = f"{WEEKLY};BYDAY=FR"
    start, before = date(2026, 12, 18), date(2026, 12, 14)
    (found,) = islice(coming(friday, start, None, WORKDAYS, DEFAULT, before), 1)
    assert found.make_at == office(15, 7, 30)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ON_25, "ngày 25 hằng tháng"),
        (f"{MONTHLY};BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1", "ngày 15, 30 hằng tháng"),
        (f"{MONTHLY};BYMONTHDAY=28,29,30;BYSETPOS=-1", "ngày 30 hằng tháng"),
        (LAST_DAY, "ngày cuối mỗi tháng"),
        (LAST_WORKDAY, "ngày làm việc cuối mỗi tháng"),
        (f"{MONTHLY};BYDAY=-1FR", "thứ Sáu cuối cùng hằng tháng"),
        (f"{MONTHLY};BYDAY=1MO", "thứ Hai đầu tiên hằng tháng"),
        (f"{MONTHLY};INTERVAL=6;BYMONTHDAY=15", "ngày 15, 6 tháng một lần"),
        (f"{WEEKLY};BYDAY=MO,WE", "thứ Hai, thứ Tư hằng tuần"),
        (f"{WEEKLY};INTERVAL=2;BYDAY=WE", "thứ Tư, 2 tuần một lần"),
        (EACH_WORKDAY, "mỗi ngày làm việc"),
        ("FREQ=DAILY", "hằng ngày, trừ ngày nghỉ"),
        (f"{YEARLY};BYMONTH=11;BYMONTHDAY=15", "ngày 15/11 hằng năm"),
        (f"{YEARLY};BYMONTH=3,6,9,12;BYMONTHDAY=-1", "ngày cuối quý"),
        (f"{MONTHLY};BYMONTH=3,6,9,12;BYMONTHDAY=15", "ngày 15 tháng cuối quý"),
        (f"{YEARLY};BYMONTH=1,4,7,10;BYMONTHDAY=5", "ngày 5 tháng 1, 4, 7, 10 hằng năm"),
        (f"{ON_25};UNTIL=20271231T165959Z", "ngày 25 hằng tháng, đến hết 31/12/2027"),
    ],
)  # fmt: skip
def test_a_rule_in_words(rule: str, words: str) -> None:
    assert in_words(rule) == words


@pytest.mark.parametrize("rule", ["FREQ=NEVER", "nonsense"])
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        list(days(rule, date(2026, 12, 25), WORKDAYS))
