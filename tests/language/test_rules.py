"""The rules of deadlines that a corpus row does not show: lateness, settings, warnings, choices."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.deadline.deadlines import read_deadline
from bot.language.readings import DeadlineReading, ReadingSettings, Warn, Why
from bot.rules.workdays import Workdays
from tests.language.office import WORKDAYS

ZONE = WORKDAYS.timezone
MONDAY = datetime(2026, 12, 7, 9, tzinfo=ZONE)


def deadline(text: str, settings: ReadingSettings | None = None) -> DeadlineReading:
    found = read_deadline(text, MONDAY, WORKDAYS, settings or ReadingSettings()).deadline
    assert found is not None
    return found


def local(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%d/%m/%Y %H:%M")


def test_r1_without_a_clock_late_only_after_midnight() -> None:
    found = deadline("trước ngày 25/12")
    assert (local(found.due_at), local(found.late_from)) == ("25/12/2026 17:00", "26/12/2026 00:00")
    assert (found.has_clock, found.before) == (False, True)
    assert found.due_at.tzinfo is UTC


def test_r4_a_clock_is_that_minute() -> None:
    found = deadline("chậm nhất 16h thứ Sáu")
    assert local(found.late_from) == local(found.due_at) == "11/12/2026 16:00"
    assert (found.has_clock, found.before) == (True, False)


def test_a_part_of_the_day_is_no_clock() -> None:
    found = deadline("sáng mai")
    assert (local(found.due_at), local(found.late_from)) == ("08/12/2026 11:30", "09/12/2026 00:00")


def test_r2_as_the_office_sets_it() -> None:
    exclusive = ReadingSettings(before_day="exclusive")
    assert local(deadline("trước ngày 25/12", exclusive).due_at) == "24/12/2026 17:00"
    assert local(deadline("trước 16h ngày 25/12", exclusive).due_at) == "25/12/2026 16:00"
    assert local(deadline("chậm nhất ngày 25/12", exclusive).due_at) == "25/12/2026 17:00"
    assert local(deadline("trước ngày 1/1/2027").due_at) == "31/12/2026 17:00"


def test_the_weekend_as_the_office_sets_it() -> None:
    saturday = ReadingSettings(weekend_weekday=5)
    assert local(deadline("cuối tuần").due_at) == "11/12/2026 17:00"
    worked = Workdays(overrides={date(2026, 12, 12): True})
    found = read_deadline("cuối tuần", MONDAY, worked, saturday).deadline
    assert found
    assert local(found.due_at) == "12/12/2026 17:00"


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("trước ngày 20/12", Warn.DAY_OFF),
        ("tối nay", Warn.OUTSIDE_HOURS),
        ("trước ngày 20/7/2020", Warn.PAST),
        ("trước ngày 18/12", None),
    ],
)
def test_warnings(text: str, warning: Warn | None) -> None:
    assert deadline(text).warning == warning


def test_r5_with_the_offices_own_calendar() -> None:
    bridged = Workdays(overrides={date(2026, 12, 14): False, date(2026, 12, 31): False})
    counted = read_deadline("trong 7 ngày", MONDAY, bridged).deadline
    period = read_deadline("cuối tháng", MONDAY, bridged).deadline
    assert counted
    assert period
    assert (local(counted.due_at), local(period.due_at)) == ("15/12/2026 17:00", "30/12/2026 17:00")


@pytest.mark.parametrize(
    ("text", "why", "choices"),
    [
        ("thứ Hai", Why.SAME_WEEKDAY, ["07/12/2026 17:00", "14/12/2026 17:00"]),
        ("trước ngày mai", Why.BEFORE_TOMORROW, ["07/12/2026 17:00", "08/12/2026 17:00"]),
        ("thứ Năm 18/12", Why.DISAGREE, ["18/12/2026 17:00", "10/12/2026 17:00"]),
        ("mùng 5", Why.LUNAR, ["13/12/2026 17:00", "05/01/2027 17:00"]),
        ("gấp", Why.VAGUE, ["07/12/2026 17:00", "08/12/2026 17:00", "11/12/2026 17:00"]),
        ("trước 8h", Why.PAST, ["08/12/2026 08:00", "14/12/2026 08:00"]),
        ("31/11", Why.IMPOSSIBLE, []),
        ("trước 15/9", Why.FAR, ["15/09/2027 17:00"]),
    ],
)
def test_what_is_asked_and_offered(text: str, why: Why, choices: list[str]) -> None:
    found = read_deadline(text, MONDAY, WORKDAYS)
    assert found.unsure
    assert found.unsure.why == why
    offered = [one for one in found.unsure.choices if isinstance(one, DeadlineReading)]
    assert [local(one.due_at) for one in offered] == choices


def test_the_offices_zone_decides_the_day() -> None:
    late = datetime(2026, 12, 7, 20, tzinfo=UTC)
    found = read_deadline("hôm nay", late, Workdays(timezone=ZoneInfo("Asia/Ho_Chi_Minh"))).deadline
    assert found
    assert local(found.due_at) == "08/12/2026 17:00"
