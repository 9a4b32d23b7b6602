"""What waits for one person together is one message, in the place of the first."""

from datetime import timedelta
from typing import Any

from bot.clock import system_clock
from bot.delivery.outbox.bundling import CARD_REFRESH, fold
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database import Database
from storage.records import Outgoing, Priority
from tests.delivery.conftest import OwnedClock, add_person, add_task, said
from tests.delivery.wording import Words, an_outbox, put, rows, running, to_say, until_states


async def test_reminders_that_wait_together_become_one_message(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    await put(
        db,
        to_say(person, "nhắc 1", kind="reminder"),
        to_say(person, "tin"),
        to_say(person, "nhắc 2", kind="reminder"),
        to_say(person, "nhắc 3", kind="reminder"),
    )
    async with running(an_outbox(db, sender, Words())):
        await until_states(db, "sent", "sent", "folded", "folded")
    assert said(emulator, 101) == ["nhắc 1\nnhắc 2\nnhắc 3", "tin"]
    assert [row["into_id"] for row in await rows(db)] == [None, None, 1, 1]


async def test_what_comes_within_a_minute_is_one_message(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    """The first comes at once, and so do answers, what is hỏa tốc, and what others wait for."""
    person, other = await add_person(db, 101), await add_person(db, 102)
    flash, minute = await add_task(db, person, "flash"), timedelta(minutes=1)
    news = {"kind": "reminder", "not_before": clock.now}
    box = an_outbox(db, sender, Words(), office_clock=clock, gather=minute)
    async with running(box):
        await put(db, to_say(person, "một", **news))
        box.wake()
        await until_states(db, "sent")
        clock.now += timedelta(seconds=20)
        answer = {"priority": Priority.ANSWER, "not_before": news["not_before"]}
        await put(
            db,
            *(to_say(person, "hai", **news), to_say(person, "ba", **news)),
            *(to_say(person, "đáp", **answer), to_say(person, "gấp", task_id=flash, **news)),
            to_say(other, "kia", **news),
        )
        box.wake()
        await until_states(db, "sent", "waiting", "waiting", "sent", "sent", "sent")
        clock.now += minute
        box.wake()
        await until_states(db, "sent", "sent", "folded", "sent", "sent", "sent")
    assert said(emulator, 101) == ["một", "đáp", "gấp", "hai\nba"]
    assert said(emulator, 102) == ["kia"]


async def test_nothing_is_gathered_that_would_wait_until_the_morning(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person, minute = await add_person(db, 101), timedelta(minutes=1)
    evening = clock.now + minute
    box = an_outbox(
        *(db, sender, Words()),
        office_clock=clock,
        gather=minute,
        quiet=lambda moment: moment > evening,
    )
    async with running(box):
        for n, state in enumerate(("sent", "sent", "waiting")):
            await put(db, to_say(person, f"{n}", kind="reminder", not_before=clock.now))
            box.wake()
            await until_states(db, *["sent"] * n, state)
            clock.now += timedelta(seconds=31)
    assert said(emulator, 101) == ["0", "1"]


async def test_of_what_is_one_message_a_wrong_one_takes_none_with_it(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    await put(db, *(to_say(person, text, kind="reminder") for text in ("một", "độc", "ba")))
    async with running(an_outbox(db, sender, Words(trouble={"độc"}))):
        await until_states(db, "sent", "waiting", "sent")
    assert said(emulator, 101) == ["một", "ba"]


def test_folding_keeps_the_place_of_the_first() -> None:
    now = system_clock()

    def row(id: int, kind: str, task_id: int | None = None) -> Outgoing:
        facts: Any = "{}"
        return Outgoing(
            id=id,
            kind=kind,
            person_id=1,
            task_id=task_id,
            facts=facts,
            priority=1,
            state="waiting",
            not_before=now,
            attempts=0,
            created_at=now,
        )

    several = [
        row(1, "reminder"),
        row(2, CARD_REFRESH, 7),
        row(3, "notice"),
        row(4, CARD_REFRESH, 8),
        row(5, CARD_REFRESH, 7),
        row(6, "reminder"),
    ]
    pieces = fold(several, {"reminder"})
    assert [[row.id for row in piece] for piece in pieces] == [[1, 6], [2, 5], [3], [4]]
