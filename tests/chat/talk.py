"""People talk to the handlers in this process: updates and answers go through the emulator.

Each update is handled at once and whatever the outbox has for anybody is sent, at a time that the
test owns. An error that the program would report to its admin fails the test.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from telegram import Update

from bot.actions import message_context
from bot.chat.handlers import Handlers
from bot.chat.messages import Delivery
from bot.chat.messaging import group_card
from bot.chat.reminders import brief_mode, notices, outrun_reminder
from bot.clock import stopwatch, system_clock
from bot.delivery.inbox.group_talk import is_overheard
from bot.delivery.outbox.group_cards import GroupCards
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.outbox.outbox import Outbox
from bot.delivery.outbox.reminder_cleanup import Clearing
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.people import Person
from bot.playground.server import serve
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.messaging import cards
from storage.records import Outgoing, UpdateKey
from tests.actions.office import PEOPLE, Staffed, staffed
from tests.rules.task import office

ACCOUNTS = {name: number for number, name in enumerate(PEOPLE, 101)}


class Heard(NamedTuple):
    """A message of the bot as it stands now."""

    id: int
    text: str
    buttons: dict[str, str]


class Talk:
    """`now` is the office's time; `press` returns the toast, "" for a silent answer."""

    def __init__(
        self, at_work: Staffed, emulator: Emulator, bot: TelegramBot, sender: Sender
    ) -> None:
        self.now: datetime = office(7)
        self.at_work = at_work
        self.emulator = emulator
        self.gestures = Gestures(emulator)
        self.handlers = Handlers(at_work.office, sender, lambda: self.now, ())
        self.bugs: list[Exception] = []
        self.briefs: list[Delivery] | None = None
        """A list to which each message is added as it would be in brief; None where nobody looks."""
        self._bot = bot
        self._outbox = Outbox(
            at_work.db,
            sender,
            self._word,
            owner="test",
            journal=Journal(at_work.office.files / "journal", self.bugs.append),
            office_clock=lambda: self.now,
            real_clock=system_clock,
            folded=notices.FOLDED,
            on_bug=self._bug,
            on_trouble=self.bugs.append,
        )
        self._group_cards = GroupCards(
            at_work.db,
            sender,
            lambda card, moment: group_card.refreshed(at_work.office, card, moment),
            owner="test",
            office_clock=lambda: self.now,
            real_clock=system_clock,
            on_trouble=self.bugs.append,
        )

        self._clearing = Clearing(
            at_work.db,
            sender,
            outrun_reminder.word,
            owner="test",
            office_clock=lambda: self.now,
            real_clock=system_clock,
            on_trouble=self.bugs.append,
        )

    async def say(self, name: str, text: str, reply_to: int | None = None) -> Heard:
        """Type a message and return the newest one in the chat after it."""
        self.gestures.say(ACCOUNTS[name], text, reply_to=reply_to)
        await self.handle()
        return self.heard(name)[-1]

    async def send_file(
        self, name: str, file_name: str, data: bytes, caption: str = "", kind: str = "document"
    ) -> Heard:
        """Send a document, a photo or a voice note and return the newest message after it."""
        account = ACCOUNTS[name]
        self.gestures.upload(account, kind, file_name, "text/plain", data, caption)
        await self.handle()
        return self.heard(name)[-1]

    async def press(self, name: str, label: str, on: Heard | None = None) -> str:
        """Press a button of a message as it was seen, or of the newest that has it."""
        if on is None:
            on = next(one for one in reversed(self.heard(name)) if label in one.buttons)
        return await self.press_data(name, on.buttons[label], on)

    async def press_data(self, name: str, data: str, on: Heard) -> str:
        """Press a button with any data at all; fails when nobody answers."""
        query = self.gestures.press(ACCOUNTS[name], on.id, data)
        seen = self.emulator.feed.last
        await self.handle()
        toasts = [
            event
            for event in self.emulator.feed.since(seen)
            if event["kind"] == "toast" and event["query_id"] == query
        ]
        assert len(toasts) == 1, f"{len(toasts)} answers to the press on {data}"
        return str(toasts[0]["text"])

    def heard(self, name: str) -> list[Heard]:
        """Return what the bot said to a person, oldest first."""
        return [
            Heard(message.id, message.data.get("text") or message.data.get("caption", ""), {
                button["text"]: button["callback_data"]
                for line in message.data.get("reply_markup", {}).get("inline_keyboard", [])
                for button in line
            })
            for message in self.emulator.messages.of_chat(ACCOUNTS[name])
            if message.by_bot
        ]  # fmt: skip

    def said(self, name: str) -> list[int]:
        """Return the numbers of what a person wrote or sent, oldest first."""
        chat = self.emulator.messages.of_chat(ACCOUNTS[name])
        return [message.id for message in chat if not message.by_bot]

    async def deliver(self) -> None:
        """Send all that is due to anybody."""
        await self._group_cards.start()
        try:
            async with asyncio.timeout(10):
                while await self._waits():
                    await self._outbox.drain()  # what is passed on waits until all of it is
                    self._group_cards.wake()
                    await asyncio.sleep(0.01)
        finally:
            await self._outbox.stop()
            await self._group_cards.stop()
        await self._clearing.drain()
        assert not self.bugs

    async def handle(self, secret: str | None = None) -> None:
        """Handle the update that a gesture made, and send what it has for anybody.

        `secret` is the mark that the inbox found in it.
        """
        raw = self.emulator.updates.take()
        assert raw is not None
        bot = self.emulator.bot
        if is_overheard(raw, bot["id"], bot["username"]):
            return
        update = Update.de_json(raw, self._bot)
        self._newest = update, UpdateKey(1, 10**6 + raw["update_id"])
        await self.handlers.handle(*self._newest, secret)
        await self.deliver()

    async def handle_again(self, secret: str | None = None) -> None:
        """Handle the newest update once more, as after a kill before it was marked as handled."""
        await self.handlers.handle(*self._newest, secret)
        await self.deliver()

    async def _waits(self) -> bool:
        rows = await self.at_work.db.fetch(
            "SELECT id FROM outbox WHERE state = 'waiting' AND not_before <= $1", self.now
        )
        return bool(rows) or bool(await cards.outdated(self.at_work.db, 1))

    async def _word(
        self, _: Database, rows: Sequence[Outgoing], moment: datetime
    ) -> Delivery | None:
        here = self.at_work.office
        full = await notices.word(here, rows, moment)
        reader = await message_context.receiver(here, rows[0].person_id, moment)
        answers = {row.kind for row in rows} <= brief_mode.ANSWERS
        if full and reader and self.briefs is not None and not answers:
            self.briefs.append(await brief_mode.shortened(here, reader, rows, full, moment))
        return full

    async def _bug(self, error: Exception, _: Outgoing) -> None:
        self.bugs.append(error)


@asynccontextmanager
async def talking(
    database_url: str, files: Path, made: Callable[[Database, Path], Awaitable[Staffed]] = staffed
) -> AsyncIterator[Talk]:
    """An office made in an empty database, at its telephones."""
    db = await open_database(database_url)
    try:
        async with at_telephones(await made(db, files)) as talk:
            yield talk
    finally:
        await db.close()


@asynccontextmanager
async def at_telephones(at_work: Staffed) -> AsyncIterator[Talk]:
    """Everybody has pressed Start; Monday morning, nine o'clock."""
    emulator = Emulator([Person(ACCOUNTS[name], PEOPLE[name][0], started=True) for name in PEOPLE])
    emulator.faults.limits = False
    async with (
        serve(emulator) as address,
        build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot") as bot,
    ):
        yield Talk(at_work, emulator, bot, Sender(bot, Limiter(0, stopwatch)))
