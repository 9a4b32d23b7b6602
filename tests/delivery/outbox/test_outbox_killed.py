"""A killed outbox loses nothing, and by its journal says little twice."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bot.clock import system_clock
from bot.delivery import instance_name
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.journal_recovery import inherit
from bot.delivery.outbox.message_result import Ended
from bot.delivery.outbox.outbox import Outbox
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database import Database
from storage.messaging import cards, outbox_leases
from storage.messaging.outbox_results import Ended as StorageEnded
from tests.delivery.conftest import add_person, add_task, said, until
from tests.delivery.wording import Words, an_outbox, put, running, states, to_say, until_states


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
        held.setattr(
            "bot.delivery.outbox.result_writer.outbox_results.settle",
            lambda *_: asyncio.sleep(3600),
        )
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
    ((row,),) = await outbox_leases.claim(db, "dead", now, now, now + timedelta(seconds=60), 10)
    Journal(tmp_path / "dead.journal", print).write(
        TypeAdapter(Ended).dump_json(Ended((StorageEnded(row.id, "sent", now),)))
    )
    living = instance_name.take(tmp_path, "dead")
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


async def test_a_journal_that_cannot_be_written_or_emptied_keeps_nobody_silent(
    db: Database, sender: Sender, emulator: Emulator, tmp_path: Path
) -> None:
    words, person = Words(), await add_person(db, 101)
    async with running(an_outbox(db, sender, words, journal=tmp_path / "journal")) as box:
        (tmp_path / "journal").mkdir()
        await put(db, to_say(person, "một"))
        box.wake()
        await until_states(db, "sent")
        await put(db, to_say(person, "hai"))
        box.wake()
        await until_states(db, "sent", "sent")
    assert said(emulator, 101) == ["một", "hai"]
    assert {type(one) for one in words.troubles} == {IsADirectoryError}
