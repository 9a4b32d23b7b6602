"""An update in hand when the process ends is a suspect; one that ended it twice is put aside."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from bot.delivery.inbox import inbox as inbox_module
from bot.delivery.inbox.handling_record import HandlingRecord
from bot.delivery.inbox.inbox import Inbox, PutAside
from bot.delivery.telegram.http_client import TelegramBot
from storage.engine.database import Database
from storage.records import UpdateKey
from tests.delivery.conftest import OwnedClock, until
from tests.delivery.hearing import Chat, an_inbox, kill, message, rows


class Office:
    """An office whose program is killed over and over, with one record of what it has in hand."""

    def __init__(self, db: Database, bot: TelegramBot, folder: Path) -> None:
        self.db, self.bot, self.path = db, bot, folder / "one.handling"
        self.chat = Chat()
        self.deadly = {"chết"}
        self.begun: list[str] = []
        self.at_once = self.most_suspects = 0

    async def handle(self, update: Update, key: UpdateKey, mark: str | None) -> None:
        text = str(update.effective_message.text if update.effective_message else "")
        self.begun.append(text)
        if text in self.deadly:
            await asyncio.Event().wait()
        await self.chat.handle(update, key, mark)

    async def live(self, *updates: Any, until_begun: str | None = None) -> Inbox:
        """Start the program and send it updates; it is killed once one of them has begun."""
        self.begun.clear()
        inbox = an_inbox(self.db, self.bot, self.chat, handle=self.handle, record=self.path)
        await inbox.start()
        await inbox.receive(updates)
        if until_begun is not None:
            await until(lambda: until_begun in self.begun)
            kill(inbox)
            await self.as_if_killed(until_begun)
        return inbox

    async def as_if_killed(self, text: str) -> None:
        """Write what the record of a killed process holds: a task that is cancelled tidies up."""
        await asyncio.sleep(0.05)
        numbers = {"chết": 1, "vô can": 2}
        record = HandlingRecord(self.path, self.chat.troubles.append)
        for one in [text] if text != "cả hai" else numbers:
            record.begin(UpdateKey(1, numbers[one]))
        record.close()


@pytest.fixture
def office(db: Database, bot: TelegramBot, tmp_path: Path) -> Office:
    return Office(db, bot, tmp_path)


async def test_what_ended_the_process_twice_is_put_aside_and_the_rest_goes_on(
    office: Office,
) -> None:
    await office.live(message(1, 101, "chết"), until_begun="chết")
    await office.live(until_begun="chết")
    inbox = await office.live(message(2, 102, "vô can"), message(3, 101, "sau"))
    await until(lambda: office.chat.of(101) == ["sau"] and office.chat.of(102) == ["vô can"])
    await inbox.stop()
    assert "chết" not in office.begun
    [(error, row)] = office.chat.bugs
    assert isinstance(error, PutAside)
    assert row.update_id == 1
    states = [(one["state"], bool(one["body"])) for one in await rows(office.db)]
    assert states == [("failed", True), ("handled", False), ("handled", False)]


@pytest.mark.parametrize(("deaths", "put_aside"), [(4, False), (5, True)])
async def test_one_that_waits_for_its_answer_alone_has_more_patience(
    office: Office, deaths: int, put_aside: bool
) -> None:
    await (await office.live(message(1, 101, "chết"))).stop(patience=0.05)
    async with office.db.transaction() as tx:
        await tx.execute(
            "UPDATE inbox SET suspect = TRUE, deaths = $1, applied_at = received_at", deaths
        )
    office.deadly.clear()
    inbox = await office.live()
    await until(lambda: office.chat.bugs or office.chat.heard)
    await inbox.stop()
    assert bool(office.chat.bugs) is put_aside


async def test_who_was_in_hand_beside_it_is_innocent(office: Office) -> None:
    both = [message(1, 101, "chết"), message(2, 102, "vô can")]
    office.deadly.add("vô can")
    await office.live(*both, until_begun="chết")
    await office.as_if_killed("cả hai")
    await office.live()
    assert [(one["suspect"], one["deaths"]) for one in await rows(office.db)] == [(1, 0), (1, 0)]


async def test_suspects_are_handled_one_at_a_time(office: Office) -> None:
    office.deadly.clear()
    office.chat.pause = 0.05
    record = HandlingRecord(office.path, office.chat.troubles.append)
    for number in (1, 2, 3):
        record.begin(UpdateKey(1, number))
    record.close()
    updates = [message(number, 100 + number, f"tin {number}") for number in (1, 2, 3)]
    quiet = an_inbox(office.db, office.bot, Chat(), record=office.path.with_suffix(".other"))
    await quiet.receive(updates)
    await quiet.stop()
    inbox = await office.live()
    await until(lambda: len(office.chat.heard) == 3)
    await inbox.stop()
    assert office.chat.most_busy == 1


async def test_what_runs_out_of_its_time_twice_is_put_aside(
    office: Office, clock: OwnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "_HANDLE_SECONDS", 0.05)
    inbox = an_inbox(office.db, office.bot, office.chat, handle=office.handle, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "chết"), message(2, 101, "sau")])
    async with asyncio.timeout(10):
        while not (await rows(office.db))[0]["attempts"]:  # noqa: ASYNC110 - put off by then
            await asyncio.sleep(0.01)
    clock.now += timedelta(seconds=10)
    await until(lambda: office.chat.of(101) == ["sau"])
    await inbox.stop()
    assert [type(error) for error, _ in office.chat.bugs] == [PutAside]
    assert office.begun.count("chết") == 2


async def test_a_stop_leaves_no_suspect(office: Office) -> None:
    inbox = await office.live(message(1, 101, "chết"))
    await until(lambda: office.begun)
    await inbox.stop(patience=0.05)
    assert HandlingRecord(office.path, print).left() == []
    await (await office.live()).stop(patience=0.05)
    assert [(one["suspect"], one["deaths"]) for one in await rows(office.db)] == [(0, 0)]


def test_the_record_is_that_of_all_in_hand(tmp_path: Path) -> None:
    record = HandlingRecord(tmp_path / "folder" / "one.handling", print)
    assert record.left() == []
    first, second, third = (UpdateKey(7, number) for number in (0, -5, 2**40))
    for one in (first, second, third):
        record.begin(one)
    record.end(second)
    record.begin(UpdateKey(7, 9))
    record.end(first)
    assert record.left() == [UpdateKey(7, 9), third]
    record.close()
    record.clear()
    assert record.left() == []
