"""What leaves the outbox, and in which order: to each person in turn, the urgent first, at its hour."""

from datetime import timedelta

import pytest

from bot.clock import system_clock
from bot.delivery.outbox.bundling import CARD_REFRESH
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database import Database
from storage.messaging import outbox_leases, outbox_results
from storage.records import Priority
from tests.delivery.conftest import OwnedClock, add_person, add_task, said
from tests.delivery.wording import Words, an_outbox, put, running, states, to_say, until_states


async def test_each_person_in_order_and_people_side_by_side(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    people = {number: await add_person(db, number) for number in range(101, 131)}
    async with running(an_outbox(db, sender, Words())) as box:
        await put(db, *(to_say(person, f"tin {n}") for n in range(5) for person in people.values()))
        box.wake()
        await until_states(db, *["sent"] * 150)
    assert all(said(emulator, number) == [f"tin {n}" for n in range(5)] for number in people)


async def test_not_before_goes_by_the_office_clock(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "mai", not_before=clock.now + timedelta(days=1)))
    await put(db, to_say(person, "nay", not_before=clock.now))
    async with running(an_outbox(db, sender, Words(), office_clock=clock)) as box:
        await until_states(db, "waiting", "sent")
        clock.now += timedelta(days=1)
        box.wake()
        await until_states(db, "sent", "sent")
    assert said(emulator, 101) == ["nay", "mai"]


async def test_what_is_not_needed_any_more_is_never_sent(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "thừa"), to_say(person, "cần"))
    async with running(an_outbox(db, sender, Words(unneeded={"thừa"}))):
        await until_states(db, "never", "sent")
    assert said(emulator, 101) == ["cần"]


async def test_the_urgent_goes_first(db: Database, clock: OwnedClock) -> None:
    people = [await add_person(db, number) for number in (101, 102, 103)]
    await put(
        db,
        to_say(people[0], "bản tin", priority=Priority.DIGEST),
        to_say(people[1], "nhắc", priority=Priority.REMINDER),
        to_say(people[2], "đáp", priority=Priority.ANSWER),
    )
    now = system_clock()
    claimed = await outbox_leases.claim(db, "one", now, now, now + timedelta(seconds=60), 2)
    assert [taken[0].person_id for taken in claimed] == [people[2], people[1]]


@pytest.mark.parametrize("priority", [Priority.ANSWER, Priority.DIGEST])
async def test_put_for_nobody_is_no_row(db: Database, priority: int) -> None:
    await put(db, to_say(4711, "ai đó", priority=priority))
    assert await states(db) == []


async def test_at_night_only_answers_and_the_most_urgent(db: Database) -> None:
    """What waits for the morning is not even leased, and comes with it in its order."""
    person = await add_person(db, 101)
    usual, flash = [await add_task(db, person, urgency) for urgency in ("urgent", "flash")]
    now = system_clock()
    await put(
        db,
        to_say(person, "đáp", priority=Priority.ANSWER),
        to_say(person, "việc thường", task_id=usual),
        to_say(person, "thẻ", kind=CARD_REFRESH, task_id=usual),
        to_say(person, "hỏa tốc", task_id=flash),
        to_say(person, "bản tin", priority=Priority.DIGEST),
    )
    until = now + timedelta(seconds=60)

    async def taken(quiet: bool) -> list[list[str]]:
        claimed = await outbox_leases.claim(db, "one", now, now, until, 5, quiet=quiet)
        async with db.transaction() as tx:
            ended = [outbox_results.Ended(row.id, "sent", now) for rows in claimed for row in rows]
            await outbox_results.settle(tx, ended)
        return [[row.facts["text"] for row in rows] for rows in claimed]

    assert await taken(quiet=True) == [["đáp", "thẻ", "hỏa tốc"]]
    assert await taken(quiet=True) == []
    assert await taken(quiet=False) == [["việc thường", "bản tin"]]
