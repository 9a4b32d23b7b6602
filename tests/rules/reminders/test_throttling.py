"""How soon somebody hears what can wait."""

from datetime import datetime

import pytest

from bot.chat.reminders.notices import FOLDED
from bot.rules.reminders import throttling
from bot.rules.reminders.reminders import Rung
from storage.records import Urgency
from tests.rules.task import office

NORMAL, URGENT = Urgency.NORMAL, Urgency.URGENT
TEN, ELEVEN, NOW, LATER = office(7, 10), office(7, 11), office(7, 9, 10), office(11, 17)


@pytest.mark.parametrize(
    ("kind", "told", "urgency", "at"),
    [
        ("task.submitted", 0, NORMAL, NOW),
        ("task.submitted", throttling.MUCH - 1, NORMAL, NOW),
        ("task.submitted", throttling.MUCH, NORMAL, TEN),
        ("task.submitted", throttling.VERY_MUCH - 1, NORMAL, TEN),
        ("task.submitted", throttling.VERY_MUCH, NORMAL, ELEVEN),
        ("task.submitted", throttling.VERY_MUCH, URGENT, NOW),
        ("task.accepted", throttling.MUCH - 1, URGENT, NOW),
        ("task.accepted", throttling.MUCH, URGENT, TEN),
        ("task.accepted", throttling.VERY_MUCH - 1, NORMAL, TEN),
        ("task.accepted", throttling.VERY_MUCH, NORMAL, office(7, 19)),
        ("acceptance.waiting", throttling.MUCH - 1, NORMAL, NOW),
        ("acceptance.waiting", throttling.MUCH, NORMAL, TEN),
        ("acceptance.waiting", throttling.VERY_MUCH, NORMAL, None),
        ("acceptance.waiting", throttling.VERY_MUCH, URGENT, NOW),
        ("task.assigned", throttling.VERY_MUCH - 1, NORMAL, NOW),
        ("task.assigned", throttling.VERY_MUCH, NORMAL, TEN),
        ("task.assigned", throttling.VERY_MUCH, URGENT, NOW),
        ("task.returned", 99, NORMAL, NOW),
        ("task.cancelled", 99, NORMAL, NOW),
    ],
)
def test_the_more_somebody_was_told_the_rarer(
    kind: str, told: int, urgency: Urgency, at: datetime | None
) -> None:
    assert throttling.turn(NOW, kind, {}, told, urgency, LATER) == at


@pytest.mark.parametrize(
    ("kind", "due_at", "at"),
    [
        ("task.assigned", office(7, 9, 40), NOW),
        ("task.assigned", office(7, 11, 59), NOW),
        ("task.assigned", office(7, 12), TEN),
        ("task.assigned", office(7, 9), TEN),
        ("task.assigned", None, TEN),
        ("extension.requested", office(7, 9, 40), NOW),
        ("extension.granted", office(7, 9, 40), NOW),
        ("task.blocked", office(7, 9, 40), NOW),
        ("extension.waiting", office(7, 12, 59), NOW),
        ("extension.waiting", office(7, 13), ELEVEN),
        ("reminder", office(7, 12, 59), NOW),
        ("reminder", office(7, 13), ELEVEN),
        ("task.submitted", office(7, 9, 40), ELEVEN),
        ("task.accepted", office(7, 9, 40), office(7, 19)),
    ],
)
def test_what_presses_waits_no_longer_than_leaves_time_to_act(
    kind: str, due_at: datetime | None, at: datetime
) -> None:
    facts = {"rung": Rung.RECEIVE} if kind == "reminder" else {}
    assert throttling.turn(NOW, kind, facts, throttling.VERY_MUCH, NORMAL, due_at) == at


def test_all_that_waits_for_one_moment_comes_together() -> None:
    moments = (office(7, 9, 0, 1), office(7, 9, 30), office(7, 10))
    turns = {
        throttling.turn(at, "task.submitted", {}, throttling.MUCH, NORMAL, LATER) for at in moments
    }
    assert turns == {TEN}


@pytest.mark.parametrize("rung", Rung)
def test_of_reminders_only_that_of_receiving_has_no_hour_of_its_own(rung: Rung) -> None:
    facts, waits = {"rung": rung}, rung is Rung.RECEIVE
    assert throttling.can_wait("reminder", facts) is waits
    turn = throttling.turn(NOW, "reminder", facts, 99, NORMAL, LATER)
    assert turn == (ELEVEN if waits else NOW)
    assert throttling.turn(NOW, "reminder", facts, 99, Urgency.FLASH, LATER) == NOW


def test_what_waits_can_be_said_with_other_things() -> None:
    assert throttling.KINDS <= FOLDED
    assert not throttling.can_wait("digest", {})
