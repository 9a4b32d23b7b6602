"""Who carries how much up to a day, and who could take a task best."""

from datetime import date
from typing import Any

import pytest

from bot.rules.tasks.workload import Ahead, Load, hours_left, kind_of, loads, offers
from storage.records import Absence, Carried, Part, Urgency
from tests.rules.task import WORKDAYS, office

MONDAY, FRIDAY, NEXT_FRIDAY = date(2026, 12, 7), date(2026, 12, 11), date(2026, 12, 18)
AN, TRAM, NINH = 1, 2, 3
NOW = office(7)


def task(person: int = AN, number: int = 1, due: int | None = 11, **said: Any) -> Carried:
    due_at = None if due is None else office(due, 17, 0)
    return Carried(
        **{
            "person_id": person,
            "task_id": number,
            "part": Part.LEAD,
            "urgency": Urgency.NORMAL,
            "due_at": due_at,
            **said,
        }
    )


def away(person: int, first: int, last: int, deputy: int | None = None) -> Absence:
    return Absence(
        id=1, person_id=person, deputy_id=deputy, from_day=date(2026, 12, first),
        until_day=date(2026, 12, last), entered_by_id=person, created_at=NOW, begun_at=None,
        over_at=None, ended_at=None,
    )  # fmt: skip


def ahead(*leaves: Absence) -> Ahead:
    return Ahead.of(NOW, WORKDAYS, leaves)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ({}, 8),
        ({"effort": 16}, 16),
        ({"effort": 16, "percent": 75}, 4),
        ({"effort": 16, "part": Part.SUPPORT}, 4),
        ({"part": Part.FOLLOW}, 0),
        ({"urgency": Urgency.FLASH}, 12),
    ],
)
def test_what_is_left_of_a_part(said: dict[str, Any], hours: float) -> None:
    assert hours_left(task(**said)) == hours


@pytest.mark.parametrize(
    ("due", "until", "hours"),
    [
        (11, FRIDAY, 40),
        (18, FRIDAY, 20),
        (18, NEXT_FRIDAY, 40),
        (7, MONDAY, 40),
        (1, MONDAY, 40),
        (None, NEXT_FRIDAY, 20),
    ],
    ids=["this week", "half of two weeks", "both", "today", "overdue", "no deadline"],
)
def test_work_is_spread_to_its_deadline(due: int | None, until: date, hours: float) -> None:
    [load] = loads([AN], [task(due=due, effort=40)], ahead(), until).values()
    assert load == Load(hours, 8 * (5 if until == FRIDAY else 10 if until > FRIDAY else 1))


def test_hours_of_the_evening_are_those_of_the_next_working_day() -> None:
    assert Ahead.of(office(11, 17, 30), WORKDAYS).first == date(2026, 12, 14)
    assert Ahead.of(office(11, 16, 30), WORKDAYS).first == FRIDAY


def test_who_is_away_has_fewer_hours_and_the_work_goes_to_the_deputy() -> None:
    """Of five days two are away: two fifths of the work are the deputy's."""
    work = [task(effort=20)]
    found = loads([AN, TRAM], work, ahead(away(AN, 10, 13, TRAM)), FRIDAY)
    assert found == {AN: Load(12, 24), TRAM: Load(8, 40)}


def test_with_no_deputy_the_work_waits_for_who_is_away() -> None:
    [load] = loads([AN], [task(effort=20)], ahead(away(AN, 7, 11)), FRIDAY).values()
    assert (load, load.percent, load.is_over) == (Load(20, 0), None, True)


def test_who_has_least_to_do_up_to_the_deadline_comes_first() -> None:
    carried = [task(AN, 1), task(AN, 2), task(TRAM, 3, due=31, effort=16)]
    found = offers(task(0, 9), [AN, TRAM, NINH], carried, ahead(), {})
    assert [one.person_id for one in found] == [NINH, TRAM, AN]


def test_who_has_done_its_kind_goes_before_who_is_new_to_it() -> None:
    found = offers(task(0, 9), [AN, TRAM], [], ahead(), {TRAM: 4})
    assert [(one.person_id, one.past) for one in found] == [(TRAM, 4), (AN, 0)]
    assert found[0].load.hours == pytest.approx(8.8)


def test_nobody_who_is_away_up_to_the_deadline_is_proposed() -> None:
    found = offers(task(0, 9), [AN, TRAM], [], ahead(away(AN, 7, 11)), {AN: 9})
    assert [one.person_id for one in found] == [TRAM]


def test_what_they_lead_already_is_not_counted_twice() -> None:
    mine = task(AN, 9, effort=40)
    [alone] = offers(mine, [AN], [], ahead(), {AN: 1})
    [held] = offers(mine, [AN], [mine], ahead(), {AN: 1})
    assert held == alone


@pytest.mark.parametrize(
    ("title", "product", "kind"),
    [
        ("Soạn báo cáo quý IV", "Báo cáo", "bao cao"),
        ("Rà soát hồ sơ cán bộ", None, "ra soat"),
        ("Họp", None, "hop"),
    ],
)
def test_the_kind_of_a_task(title: str, product: str | None, kind: str) -> None:
    assert kind_of(title, product) == kind
