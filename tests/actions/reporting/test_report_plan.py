"""Reports that come by themselves: once each, on working days, after a stop too."""

from datetime import date

import pytest

from bot.actions.reporting import report_plan
from bot.refusals import No, Refusal
from bot.rules.reporting.periods import Kind
from tests.actions.office import Staffed
from tests.rules.task import WORKDAYS, office

TOLD = ("report.due", "leader")


async def told(at_work: Staffed, day: int, hour: int, minute: int = 0) -> list[tuple[str, str]]:
    """Look at that moment of December 2026, and return what is said anew."""
    since = await at_work.last_said()
    await report_plan.look(at_work.office, office(day, hour, minute))
    return await at_work.outbox(since)


async def want(at_work: Staffed, kind: Kind, on: bool = True, who: str = "leader") -> None:
    now = office(9)
    await report_plan.switch(at_work.office, at_work.who[who], kind, on, now, at_work.update())


async def test_a_week_is_reported_on_monday_morning_once(at_work: Staffed) -> None:
    await want(at_work, Kind.WEEK)
    assert await told(at_work, 10, 9) == []
    assert await told(at_work, 14, 7, 20) == []
    assert await told(at_work, 14, 7, 30) == [TOLD]
    assert await told(at_work, 14, 7, 31) == []
    assert await told(at_work, 21, 8) == [TOLD]
    row = await at_work.db.fetch_one("SELECT facts FROM outbox ORDER BY id DESC LIMIT 1")
    assert row is not None
    assert "2026-12-14" in row["facts"]
    assert "2026-12-20" in row["facts"]


async def test_a_month_is_reported_in_the_afternoon_of_its_last_working_day(
    at_work: Staffed,
) -> None:
    await want(at_work, Kind.MONTH)
    assert await told(at_work, 31, 15, 59) == []
    assert await told(at_work, 31, 16) == [TOLD]
    assert await told(at_work, 31, 17) == []


async def test_a_stop_is_caught_up_with_once(at_work: Staffed) -> None:
    await want(at_work, Kind.WEEK)
    assert await told(at_work, 22, 10) == [TOLD]
    assert await told(at_work, 23, 10) == []


async def test_what_is_switched_off_comes_no_more(at_work: Staffed) -> None:
    await want(at_work, Kind.WEEK)
    await want(at_work, Kind.MONTH)
    await want(at_work, Kind.WEEK, on=False)
    assert await report_plan.wanted(at_work.office, at_work.who["leader"]) == {Kind.MONTH}
    assert await told(at_work, 14, 9) == []


async def test_only_who_leads_others_has_reports(at_work: Staffed) -> None:
    with pytest.raises(Refusal) as caught:
        await want(at_work, Kind.WEEK, who="staff")
    assert caught.value.kind is No.NOT_ALLOWED


@pytest.mark.parametrize(
    ("kind", "today", "day", "first"),
    [
        (Kind.WEEK, date(2026, 12, 13), date(2026, 12, 7), date(2026, 11, 30)),
        (Kind.WEEK, date(2026, 12, 14), date(2026, 12, 14), date(2026, 12, 7)),
        (Kind.MONTH, date(2026, 12, 30), date(2026, 11, 30), date(2026, 11, 1)),
        (Kind.MONTH, date(2027, 1, 29), date(2027, 1, 29), date(2027, 1, 1)),
        (Kind.MONTH, date(2027, 1, 28), date(2026, 12, 31), date(2026, 12, 1)),
    ],
)
def test_the_last_turn(kind: Kind, today: date, day: date, first: date) -> None:
    sent, period = report_plan.last_turn(kind, today, WORKDAYS)
    assert (sent, period.first) == (day, first)
