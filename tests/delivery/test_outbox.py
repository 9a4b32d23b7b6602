"""Messages from the outbox to the emulator, on a real database."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from bot.chat.messages import Delivery, Message
from bot.clock import Clock, stopwatch, system_clock
from bot.delivery import seat
from bot.delivery.ended import Ended
from bot.delivery.folding import CARD_REFRESH, fold
from bot.delivery.inheritance import inherit
from bot.delivery.journal import Journal
from bot.delivery.limiter import Limiter
from bot.delivery.outbox import Outbox
from bot.delivery.telegram import Sender
from bot.delivery.telegram_http import TelegramBot, build_bot
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.server import serve
from storage import cards, outbox, outcomes, reach, saying
from storage.database import Database, Row
from storage.outbox import ToSay
from storage.outcomes import Ended as StorageEnded
from storage.records import Outgoing, Priority
from tests.delivery.conftest import OwnedClock, add_person, said, until


@dataclass
class Words:
    """Words a row as its fact `text`; several are joined. `trouble` names texts that cannot be."""

    trouble: set[str] = field(default_factory=set)
    unneeded: set[str] = field(default_factory=set)
    bugs: list[int] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)

    async def word(self, db: Database, rows: Sequence[Outgoing], now: datetime) -> Delivery | None:
        texts = [row.facts["text"] for row in rows]
        if self.trouble & set(texts):
            raise KeyError("nobody by that number")
        if self.unneeded & set(texts):
            return None
        person = await db.fetch_one(
            "SELECT telegram_id FROM people WHERE id = $1", rows[0].person_id
        )
        assert person is not None
        message = Message("\n".join(texts), task_id=rows[0].task_id)
        card = None
        if rows[0].kind == CARD_REFRESH and rows[0].task_id is not None:
            card = await cards.latest(db, rows[0].task_id, rows[0].person_id)
        return Delivery(person["telegram_id"], message, edits=card.message_id if card else None)

    async def on_bug(self, error: Exception, row: Outgoing) -> None:
        self.bugs.append(row.id)


def an_outbox(
    db: Database,
    sender: Sender,
    words: Words,
    *,
    owner: str = "one",
    office_clock: Clock = system_clock,
    real_clock: Clock = system_clock,
    gather: timedelta = timedelta(0),
    quiet: Callable[[datetime], bool] = lambda _: False,
    journal: Path = Path(os.devnull),
) -> Outbox:
    return Outbox(
        db,
        sender,
        words.word,
        owner=owner,
        journal=Journal(journal, words.troubles.append),
        office_clock=office_clock,
        real_clock=real_clock,
        folded={"reminder"},
        on_bug=words.on_bug,
        on_trouble=words.troubles.append,
        gather=gather,
        quiet=quiet,
    )


@asynccontextmanager
async def running(outbox: Outbox) -> AsyncIterator[Outbox]:
    await outbox.start()
    try:
        yield outbox
    finally:
        await outbox.stop()


def to_say(person_id: int, text: str, **changes: Any) -> ToSay:
    now = system_clock() - timedelta(minutes=1)
    row = ToSay("notice", person_id, None, {"text": text}, Priority.NOTICE, now, now)
    return row._replace(**changes)


async def put(db: Database, *rows: ToSay) -> None:
    async with db.transaction() as tx:
        await outbox.put(tx, rows)


async def rows(db: Database) -> list[Row]:
    return await db.fetch("SELECT * FROM outbox ORDER BY id")


async def states(db: Database) -> list[str]:
    return [row["state"] for row in await rows(db)]


async def until_states(db: Database, *expected: str) -> None:
    async with asyncio.timeout(10):
        while await states(db) != list(expected):  # noqa: ASYNC110 - it is in the database
            await asyncio.sleep(0.01)


async def until_owners(db: Database, *expected: str | None) -> None:
    async with asyncio.timeout(10):
        while [row["lease_owner"] for row in await rows(db)] != list(expected):  # noqa: ASYNC110 - a lease is taken in the store
            await asyncio.sleep(0.01)


async def add_task(db: Database, person_id: int, urgency: str = "normal") -> int:
    async with db.transaction() as tx:
        row = await tx.fetch_one(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('việc', $3, 'assigned', $1, $1, $2) RETURNING id",
            person_id,
            system_clock(),
            urgency,
        )
    assert row is not None
    return int(row["id"])


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


async def test_a_card_is_registered_and_its_refreshes_are_one_edit(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    task = await add_task(db, person)
    async with running(an_outbox(db, sender, Words())) as box:
        await put(db, to_say(person, "thẻ", task_id=task))
        box.wake()
        await until_states(db, "sent")
        refresh = {"kind": CARD_REFRESH, "task_id": task}
        await put(db, *(to_say(person, f"mới {n}", **refresh) for n in range(3)))
        box.wake()
        await until_states(db, "sent", "sent", "folded", "folded")
    card = await cards.latest(db, task, person)
    assert card is not None
    assert card.message_id is not None
    shown = emulator.messages.find(101, card.message_id)
    assert shown is not None
    assert shown.data["text"] == "mới 0\nmới 1\nmới 2"
    assert len(shown.history) == 1
    assert len(await cards.of_task(db, task)) == 1


async def test_a_card_that_cannot_be_edited_is_sent_anew(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    task = await add_task(db, person)
    async with db.transaction() as tx:
        await cards.put(tx, [cards.Placed(task, person, 101, None, 999_999, system_clock())])
    await put(db, to_say(person, "thẻ", kind=CARD_REFRESH, task_id=task))
    async with running(an_outbox(db, sender, Words())):
        await until_states(db, "sent")
    card = await cards.latest(db, task, person)
    assert card is not None
    assert card.message_id != 999_999
    assert said(emulator, 101) == ["thẻ"]


async def test_a_poisoned_row_is_put_off_given_up_and_stops_nothing(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person, other = await add_person(db, 101), await add_person(db, 102)
    words = Words(trouble={"độc"})
    await put(db, to_say(person, "độc"), to_say(person, "sau"), to_say(other, "kia"))
    async with running(an_outbox(db, sender, words, office_clock=clock)) as box:
        await until_states(db, "waiting", "sent", "sent")
        for _ in range(40):
            clock.now += timedelta(hours=1)
            box.wake()
            await asyncio.sleep(0.05)
            if (await states(db))[0] == "failed":
                break
        await until_states(db, "failed", "sent", "sent")
    assert words.bugs == [1]
    assert said(emulator, 101) == ["sau"]


async def test_who_blocked_the_bot_gets_what_waited_on_coming_back(
    db: Database, sender: Sender, emulator: Emulator, gestures: Gestures
) -> None:
    person = await add_person(db, 101)
    gestures.block(101)
    async with running(an_outbox(db, sender, Words())) as box:
        await put(db, to_say(person, "một"), to_say(person, "hai"))
        box.wake()
        await until_states(db, "unreachable", "unreachable")
        assert (await db.fetch("SELECT reach FROM people"))[0]["reach"] == "blocked"
        await put(db, to_say(person, "ba"))
        assert await states(db) == ["unreachable"] * 3
        refused = [call.outcome for call in emulator.calls if call.method == "sendMessage"]
        assert len(refused) == 1
        assert "blocked" in refused[0]
        gestures.unblock(101)
        async with db.transaction() as tx:
            assert await reach.release(tx, person) == 3
        box.wake()
        await until_states(db, "sent", "folded", "folded")
    assert said(emulator, 101) == ["một\nhai\nba"]


async def test_who_never_started_is_told_apart(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    emulator.people[101].started = False
    person, unknown = await add_person(db, 101), await add_person(db, 999)
    await put(db, to_say(person, "một"), to_say(unknown, "hai"))
    async with running(an_outbox(db, sender, Words())):
        await until_states(db, "unreachable", "unreachable")
    reach = [row["reach"] for row in await db.fetch("SELECT reach FROM people ORDER BY id")]
    assert reach == ["never_started", "never_started"]


async def test_a_silence_telegram_asks_for_is_kept_and_order_with_it(
    db: Database, bot: TelegramBot, emulator: Emulator, clock: OwnedClock
) -> None:
    """The bot's own limits are off, the emulator's on: only `retry_after` can hold it back."""
    emulator.faults.limits = True
    person, other = await add_person(db, 101), await add_person(db, 102)
    box = an_outbox(db, Sender(bot, Limiter(0, stopwatch)), Words(), real_clock=clock)
    await put(db, *(to_say(person, f"tin {n}") for n in range(8)), to_say(other, "kia"))
    async with running(box):
        await until_states(db, *["sent"] * 9)
    assert said(emulator, 101) == [f"tin {n}" for n in range(8)]
    assert said(emulator, 102) == ["kia"]
    refusals = [c for c in emulator.calls if "Too Many" in c.outcome]
    later = [c.at for c in emulator.calls if c.chat_id == 101 and c.at > refusals[0].at]
    assert later
    assert min(later) - refusals[0].at >= 1.0


async def test_a_long_silence_rests_the_person_not_the_others(
    db: Database, bot: TelegramBot, emulator: Emulator, clock: OwnedClock
) -> None:
    person, other = await add_person(db, 101), await add_person(db, 102)
    limiter = Limiter(0, stopwatch)
    await limiter.bar(101, 300)
    async with running(an_outbox(db, Sender(bot, limiter), Words(), real_clock=clock)) as box:
        await put(db, to_say(person, "một"), to_say(person, "hai"), to_say(other, "kia"))
        box.wake()
        await until_states(db, "waiting", "waiting", "sent")
        await until_owners(db, "resting", "resting", None)
        await put(db, to_say(person, "ba"))
        box.wake()
        await put(db, to_say(other, "nữa"))
        await until_states(db, "waiting", "waiting", "sent", "waiting", "sent")
    assert said(emulator, 101) == []


async def test_a_clock_set_back_holds_up_nobody(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    ahead = clock.now + timedelta(days=3)
    await put(db, to_say(person, "một"), to_say(person, "hai"))
    (leased,) = await saying.claim(db, "gone", clock.now, ahead, ahead + timedelta(minutes=1), 10)
    async with db.transaction() as tx:
        await outcomes.rest(
            tx, [leased[0].id], [leased[1].id], ahead + timedelta(minutes=1), "away"
        )
    async with running(an_outbox(db, sender, Words(), real_clock=clock)):
        await until_states(db, "sent", "sent")
    assert said(emulator, 101) == ["một", "hai"]


async def test_server_errors_are_tried_again_in_order(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    emulator.faults.broken = 2
    await put(db, to_say(person, "một"), to_say(person, "hai"))
    async with running(an_outbox(db, sender, Words(), real_clock=clock)) as box:
        await until(lambda: emulator.faults.broken == 1)
        await put(db, to_say(person, "ba"))
        for _ in range(100):
            clock.now += timedelta(seconds=1)
            box.wake()
            await asyncio.sleep(0.05)
            if await states(db) == ["sent"] * 3:
                break
    assert said(emulator, 101) == ["một", "hai", "ba"]
    assert [row["attempts"] for row in await rows(db)] == [2, 0, 0]


async def test_a_connection_cut_after_the_message_went_repeats_it_and_loses_none(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    emulator.faults.drop = 1
    await put(db, to_say(person, "một"), to_say(person, "hai"))
    async with running(an_outbox(db, sender, Words(), real_clock=clock)) as box:
        for _ in range(100):
            clock.now += timedelta(seconds=1)
            box.wake()
            await asyncio.sleep(0.05)
            if await states(db) == ["sent"] * 2:
                break
    assert said(emulator, 101) == ["một", "một", "hai"]


async def test_what_telegram_refuses_for_good_is_given_up_once(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    words = Words()
    await put(db, to_say(person, "<b>hở"), to_say(person, "lành"))
    async with running(an_outbox(db, sender, words)):
        await until_states(db, "failed", "sent")
    assert words.bugs == [1]
    assert "parse entities" in (await rows(db))[0]["error"]


async def how_it_ended(db: Database, sender: Sender, attempts: int) -> tuple[str, str]:
    """Let one message that was tried so often fail once more; return what the ledger and its row say."""
    await put(db, to_say(await add_person(db, 101), "một"))
    async with db.transaction() as tx:
        await tx.execute("UPDATE outbox SET attempts = $1", attempts)
    async with running(an_outbox(db, sender, Words())):
        async with asyncio.timeout(10):
            while not (noted := await db.fetch("SELECT outcome FROM attempts")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    return noted[0]["outcome"], (await states(db))[0]


@pytest.mark.parametrize(
    ("attempts", "ends"), [(38, ("put_off", "waiting")), (39, ("failed", "failed"))]
)
async def test_a_server_that_fails_each_time_has_forty_tries(
    db: Database, sender: Sender, emulator: Emulator, attempts: int, ends: tuple[str, str]
) -> None:
    emulator.faults.broken = 100
    assert await how_it_ended(db, sender, attempts) == ends


async def test_nothing_is_given_up_for_a_network_that_is_gone_however_long(
    db: Database, emulator: Emulator
) -> None:
    async with serve(emulator) as address:
        bot = build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot")
        await bot.initialize()
    ends = await how_it_ended(db, Sender(bot, Limiter(0, stopwatch)), 39)
    await bot.shutdown()
    assert ends == ("put_off", "waiting")
    assert [row["attempts"] for row in await rows(db)] == [39]


async def test_a_restart_takes_up_its_own_leases_at_once(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "một"))
    until_later = clock.now + timedelta(seconds=60)
    assert await saying.claim(db, "one", clock.now, clock.now, until_later, 10)
    async with running(an_outbox(db, sender, Words(), real_clock=clock)):
        await until_states(db, "sent")
    assert said(emulator, 101) == ["một"]


async def test_another_instance_waits_for_the_end_of_a_lease(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    await put(db, to_say(person, "một"))
    later = clock.now + timedelta(seconds=60)
    assert await saying.claim(db, "one", clock.now, clock.now, later, 10)
    await put(db, to_say(person, "hai", not_before=clock.now))
    assert await saying.claim(db, "two", clock.now, clock.now, later, 10) == []
    clock.now = later + timedelta(seconds=1)
    (taken,) = await saying.claim(
        db, "two", clock.now, clock.now, clock.now + timedelta(seconds=60), 10
    )
    assert [row.facts["text"] for row in taken] == ["một", "hai"]


async def test_who_stood_still_does_not_say_what_another_said(
    db: Database, bot: TelegramBot, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    """All were past their wording and waited for the limiter when the machine froze."""
    people = [await add_person(db, number) for number in range(101, 111)]
    slow = Limiter(60, stopwatch)
    for number in range(101, 111):
        await slow.bar(number, 2)
    still = an_outbox(db, Sender(bot, slow), Words(), owner="one", real_clock=clock)
    await put(db, *(to_say(person, "tin") for person in people))
    async with running(still):
        await until_owners(db, *["one"] * 10)
        clock.now += timedelta(seconds=61)
        async with running(an_outbox(db, sender, Words(), owner="two", real_clock=clock)):
            await until_states(db, *["sent"] * 10)
            await until(lambda: not still._rounds._in_hand)
    assert [said(emulator, number) for number in range(101, 111)] == [["tin"]] * 10


async def test_two_instances_send_each_message_once(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    people = [await add_person(db, number) for number in range(101, 141)]
    await put(db, *(to_say(person, f"tin {n}") for n in range(5) for person in people))
    async with (
        running(an_outbox(db, sender, Words(), owner="one")),
        running(an_outbox(db, sender, Words(), owner="two")),
    ):
        await until_states(db, *["sent"] * 200)
    assert all(
        said(emulator, number) == [f"tin {n}" for n in range(5)] for number in range(101, 141)
    )


async def kill(box: Outbox) -> None:
    """End everything an outbox does where it stands, as SIGKILL would."""
    for task in [*box._rounds._loops, *box._rounds._in_hand, box._settling._gathering._writing]:
        if task is not None:
            task.cancel()
    await asyncio.sleep(0)


async def test_killed_while_sending_repeats_at_most_loses_none(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    people = [await add_person(db, number) for number in range(101, 161)]
    emulator.faults.delay_ms = 100
    await put(db, *(to_say(person, "tin") for person in people))
    first = an_outbox(db, sender, Words())
    await first.start()
    await until(lambda: any(said(emulator, number) for number in range(101, 161)))
    await kill(first)
    async with running(an_outbox(db, sender, Words())):
        await until_states(db, *["sent"] * 60)
    assert all(1 <= len(said(emulator, number)) <= 2 for number in range(101, 161))


async def test_what_the_database_had_no_time_for_is_not_said_again(
    db: Database,
    sender: Sender,
    emulator: Emulator,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed between Telegram's answer and the commit, and once in the middle of a line."""
    person, task = await add_person(db, 101), None
    task = await add_task(db, person)
    await put(db, to_say(person, "một", task_id=task), to_say(await add_person(db, 102), "hai"))
    first = an_outbox(db, sender, Words(), journal=tmp_path / "journal")
    with monkeypatch.context() as held:
        held.setattr("bot.delivery.settling.outcomes.settle", lambda *_: asyncio.sleep(3600))
        await first.start()
        await until(lambda: said(emulator, 101) and said(emulator, 102))
        await until(lambda: (tmp_path / "journal").read_bytes().count(b"\n") == 2)
        await kill(first)
    with (tmp_path / "journal").open("ab") as left:
        left.write(b'[[[7,"sen')
    async with running(an_outbox(db, sender, Words(), journal=tmp_path / "journal")):
        await until_states(db, "sent", "sent")
    assert [said(emulator, number) for number in (101, 102)] == [["một"], ["hai"]]
    assert await cards.latest(db, task, person) is not None
    assert (tmp_path / "journal").read_bytes() == b""


async def test_what_one_said_that_died_is_written_down_by_another_but_not_while_it_lives(
    db: Database, sender: Sender, emulator: Emulator, tmp_path: Path
) -> None:
    now = system_clock()
    await put(db, to_say(await add_person(db, 101), "một"))
    ((row,),) = await saying.claim(db, "dead", now, now, now + timedelta(seconds=60), 10)
    Journal(tmp_path / "dead.journal", print).write(
        TypeAdapter(Ended).dump_json(Ended((StorageEnded(row.id, "sent", now),)))
    )
    living = seat.take(tmp_path, "dead")
    await inherit(db, tmp_path, print)
    assert await states(db) == ["waiting"]
    living.close()
    await inherit(db, tmp_path, print)
    assert await states(db) == ["sent"]
    assert (tmp_path / "dead.journal").read_bytes() == b""


async def test_a_journal_of_another_database_says_nothing(
    db: Database, sender: Sender, emulator: Emulator, tmp_path: Path
) -> None:
    ended = Ended((StorageEnded(1, "sent", system_clock()),))
    journal = Journal(tmp_path / "journal", print)
    journal.write(TypeAdapter(Ended).dump_json(ended))
    await put(db, to_say(await add_person(db, 101), "một"))
    async with running(an_outbox(db, sender, Words(), journal=tmp_path / "journal")):
        await until_states(db, "sent")
    assert said(emulator, 101) == ["một"]


async def test_the_urgent_goes_first(db: Database, clock: OwnedClock) -> None:
    people = [await add_person(db, number) for number in (101, 102, 103)]
    await put(
        db,
        to_say(people[0], "bản tin", priority=Priority.DIGEST),
        to_say(people[1], "nhắc", priority=Priority.REMINDER),
        to_say(people[2], "đáp", priority=Priority.ANSWER),
    )
    now = system_clock()
    claimed = await saying.claim(db, "one", now, now, now + timedelta(seconds=60), 2)
    assert [taken[0].person_id for taken in claimed] == [people[2], people[1]]


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
        claimed = await saying.claim(db, "one", now, now, until, 5, quiet=quiet)
        async with db.transaction() as tx:
            ended = [outcomes.Ended(row.id, "sent", now) for rows in claimed for row in rows]
            await outcomes.settle(tx, ended)
        return [[row.facts["text"] for row in rows] for rows in claimed]

    assert await taken(quiet=True) == [["đáp", "thẻ", "hỏa tốc"]]
    assert await taken(quiet=True) == []
    assert await taken(quiet=False) == [["việc thường", "bản tin"]]
