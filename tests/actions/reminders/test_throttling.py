"""Who was told much of late hears what can wait a few times a day, in one message."""

from datetime import date, datetime, time, timedelta

import pytest

from bot.actions import moves
from bot.actions.organisation import absence, redirect_to_deputy
from bot.actions.organisation.absence import Wanted
from bot.actions.reminders import overdue_answers
from bot.actions.reminders.morning import morning
from bot.actions.tasks import answer, review
from bot.rules.reminders import throttling
from storage.messaging import outbox_leases
from storage.records import Urgency
from tests.actions.office import FRIDAY, Staffed
from tests.rules.task import office

NOW = office(8, 9, 10)


async def told(at_work: Staffed, name: str, count: int, at: datetime) -> None:
    """Let somebody have been sent so many messages at a moment."""
    async with at_work.db.transaction() as tx:
        for _ in range(count):
            await moves.tell(tx, "task.assigned", None, [at_work.ids[name]], at)
        await tx.execute(
            "UPDATE outbox SET state = 'sent', settled_at = $1 WHERE state = 'waiting'", at
        )


async def waits(at_work: Staffed, kind: str) -> dict[str, datetime]:
    """Return from when each person may be told of something, by the outbox."""
    claimed = await outbox_leases.claim(
        at_work.db, "one", office(9), office(9), office(9) + timedelta(minutes=1), 30
    )
    names = {person_id: name for name, person_id in at_work.ids.items()}
    rows = [row for mine in claimed for row in mine if row.kind == kind]
    return {names[row.person_id]: row.not_before for row in rows}


@pytest.mark.parametrize(
    ("count", "at"),
    [(throttling.MUCH - 1, NOW), (throttling.MUCH, office(8, 10)), (9, office(8, 11))],
)
async def test_a_result_waits_for_a_busy_assigner(
    at_work: Staffed, count: int, at: datetime
) -> None:
    task = await at_work.assign()
    await told(at_work, "leader", count, office(8, 8))
    staff = at_work.who["staff"]
    await answer.submit(at_work.office, staff, task.id, "Xong", None, NOW, None)
    assert await waits(at_work, "task.submitted") == {"leader": at}


async def test_what_was_told_yesterday_does_not_count(at_work: Staffed) -> None:
    task = await at_work.assign()
    await told(at_work, "leader", 9, office(7, 17))
    staff = at_work.who["staff"]
    await answer.submit(at_work.office, staff, task.id, "Xong", None, NOW, None)
    assert await waits(at_work, "task.submitted") == {"leader": NOW}


async def test_an_urgent_result_and_a_returned_one_do_not_wait(at_work: Staffed) -> None:
    task = await at_work.assign()
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE tasks SET urgency = $1", Urgency.URGENT.value)
    )
    for name in ("leader", "staff"):
        await told(at_work, name, 9, office(8, 8))
    here, who = at_work.office, at_work.who
    await answer.submit(here, who["staff"], task.id, "Xong", None, NOW, None)
    await review.return_result(here, who["leader"], task.id, "Thiếu phụ lục", NOW, None)
    assert await waits(at_work, "task.returned") == {"staff": NOW}


async def test_what_is_passed_on_waits_for_a_busy_stand_in(at_work: Staffed) -> None:
    task = await at_work.assign(by="head")
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await absence.enter(
        here, who["head"], Wanted(ids["head"], FRIDAY, FRIDAY, ids["deputy"]), NOW, None
    )
    await told(at_work, "deputy", throttling.MUCH, office(11, 8))
    now = office(11, 9, 10)
    await answer.submit(here, who["staff"], task.id, "Xong", None, now, None)
    await redirect_to_deputy.look(here, now)
    [row] = await at_work.db.fetch(
        "SELECT * FROM outbox WHERE kind = 'task.submitted' AND state = 'waiting'"
    )
    assert row["person_id"] == ids["deputy"]
    later = await outbox_leases.claim(at_work.db, "one", now, now, now, 30)
    assert [one.kind for mine in later for one in mine if one.kind == "task.submitted"] == []
    at = office(11, 10)
    [[*_, said]] = await outbox_leases.claim(at_work.db, "one", at, at, at, 30)
    assert (said.kind, said.not_before) == ("task.submitted", at)


async def test_a_task_that_is_due_soon_does_not_wait(at_work: Staffed) -> None:
    await told(at_work, "staff", throttling.VERY_MUCH, office(8, 8))
    await at_work.assign(due=date(2026, 12, 8), clock=time(9, 40), at=NOW)
    assert await waits(at_work, "task.assigned") == {"staff": NOW}


@pytest.mark.parametrize("count", [throttling.MUCH, throttling.VERY_MUCH])
async def test_who_heard_very_much_is_asked_to_accept_by_the_digest_alone(
    at_work: Staffed, count: int
) -> None:
    task = await at_work.assign()
    staff = at_work.who["staff"]
    await answer.submit(at_work.office, staff, task.id, "Xong", None, office(7, 9), None)
    await told(at_work, "leader", count, office(8, 8))
    await overdue_answers.look(at_work.office, NOW)
    told_apart = {} if count == throttling.VERY_MUCH else {"leader": office(8, 10)}
    assert await waits(at_work, "acceptance.waiting") == told_apart
    found = await morning(at_work.office, at_work.who["leader"], office(9, 7, 30))
    assert [one.id for one in found.decisions] == [task.id]


async def test_what_waits_longest_for_a_decision_stands_first(at_work: Staffed) -> None:
    later = await at_work.assign(due=date(2026, 12, 30))
    sooner = await at_work.assign(due=date(2026, 12, 15))
    staff = at_work.who["staff"]
    for task, hour in ((later, 9), (sooner, 10)):
        await answer.submit(at_work.office, staff, task.id, "Xong", None, office(8, hour), None)
    found = await morning(at_work.office, at_work.who["leader"], office(9, 7, 30))
    assert [one.id for one in found.decisions] == [later.id, sooner.id]


async def test_a_stand_in_who_heard_very_much_has_it_in_the_digest_alone(at_work: Staffed) -> None:
    task = await at_work.assign(by="head")
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await answer.submit(here, who["staff"], task.id, "Xong", None, office(10, 9), None)
    wanted = Wanted(ids["head"], FRIDAY, FRIDAY, ids["deputy"])
    await absence.enter(here, who["head"], wanted, office(10, 10), None)
    await told(at_work, "deputy", throttling.VERY_MUCH, office(11, 8))
    now = office(11, 9, 10)
    await overdue_answers.look(here, now)
    await redirect_to_deputy.look(here, now)
    asked = await at_work.db.fetch("SELECT state FROM outbox WHERE kind = 'acceptance.waiting'")
    assert {row["state"] for row in asked} == {"never"}
    deputy = await here.person(ids["deputy"], now)
    assert deputy is not None
    found = await morning(here, deputy.who, now)
    assert [one.id for one in found.decisions] == [task.id]
