"""The morning's digest comes when each person wants it, once a day whatever they choose."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.actions.reminders import digest_hour
from bot.refusals import No, Refusal
from tests.actions.office import Staffed
from tests.actions.reminders.test_fire_reminders import digests
from tests.rules.task import office


async def choose(at_work: Staffed, name: str, hour: time | None) -> None:
    here, who = at_work.office, at_work.who[name]
    await digest_hour.choose(here, who, hour, office(8), at_work.update())


async def test_each_at_their_hour_and_all_others_at_the_office_s(at_work: Staffed) -> None:
    for name in ("staff", "mate", "clerk"):
        await at_work.assign(to=name, due=date(2026, 12, 9))
    await choose(at_work, "staff", time(9))
    await choose(at_work, "mate", time(7, 15))
    told = {
        at: await digests(at_work, office(9, *at)) for at in ((7, 15), (7, 30), (8, 59), (9, 0))
    }
    assert told == {(7, 15): ["mate"], (7, 30): ["clerk"], (8, 59): [], (9, 0): ["staff"]}
    assert await digests(at_work, office(9, 16)) == []
    late = ["clerk", "head", "mate", "staff"]
    assert await digests(at_work, office(10, 9)) == late, "with those above them, once it is late"


async def test_a_later_hour_brings_no_second_digest(at_work: Staffed) -> None:
    await at_work.assign(due=date(2026, 12, 8))
    assert await digests(at_work, office(9, 7, 30)) == ["head", "staff"]
    await choose(at_work, "staff", time(10))
    assert await digests(at_work, office(9, 10)) == []
    await choose(at_work, "staff", None)
    assert await digests(at_work, office(9, 11)) == []
    assert await digests(at_work, office(10, 7, 30)) == ["head", "staff"]


async def test_an_earlier_hour_that_is_past_brings_today_s_digest_at_once(at_work: Staffed) -> None:
    """Of all the others nobody is told: their hour was in the morning."""
    for name in ("staff", "clerk"):
        await at_work.assign(to=name, due=date(2026, 12, 9))
    await choose(at_work, "staff", time(10))
    assert await digests(at_work, office(9, 7, 30)) == ["clerk"]
    await at_work.assign(to="mate", due=date(2026, 12, 9), at=office(9, 8))
    since, here, staff = await at_work.last_said(), at_work.office, at_work.who["staff"]
    for hour in (None, time(10), time(7, 30)):
        await digest_hour.choose(here, staff, hour, office(9, 8), at_work.update())
    assert await at_work.outbox(since) == [("digest", "staff")]
    assert await digests(at_work, office(9, 10)) == []


async def test_the_last_minute_of_the_day_is_an_hour_too(at_work: Staffed) -> None:
    await at_work.assign(due=date(2026, 12, 9))
    await choose(at_work, "staff", time(17, 30))
    assert await digests(at_work, office(9, 17, 29)) == []
    assert await digests(at_work, office(9, 17, 30) + timedelta(seconds=0.8)) == ["staff"]


async def test_an_hour_of_the_night_chosen_before_the_hours_changed_is_as_none(
    at_work: Staffed,
) -> None:
    await at_work.assign(due=date(2026, 12, 9))
    await choose(at_work, "staff", time(17, 15))
    here = at_work.office
    here.workdays = replace(here.workdays, waking=(time(7, 15), time(17)))
    assert await digests(at_work, office(9, 7, 30)) == ["staff"]


async def test_what_was_chosen_is_known(at_work: Staffed) -> None:
    staff = at_work.who["staff"]
    assert await digest_hour.chosen(at_work.office, staff) is None
    await choose(at_work, "staff", time(8, 15))
    assert await digest_hour.chosen(at_work.office, staff) == time(8, 15)


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("8h15", time(8, 15)),
        ("08:15", time(8, 15)),
        ("8 giờ", time(8)),
        ("9g30", time(9, 30)),
        ("13", time(13)),
        ("9h sáng", time(9)),
        ("2h chiều", time(14)),
        ("8 giờ rưỡi", time(8, 30)),
    ],
)
def test_an_hour_as_people_write_it(at_work: Staffed, said: str, hour: time) -> None:
    assert digest_hour.read(at_work.office, said) == hour


@pytest.mark.parametrize(
    "said", ["", "sáng", "25h", "8h75", "7h14", "17h31", "21:00", "5h", "05:00"]
)
def test_an_hour_that_is_none_or_of_the_night(at_work: Staffed, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        digest_hour.read(at_work.office, said)
    assert caught.value.kind is No.NO_HOUR
