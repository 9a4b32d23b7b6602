"""An inbox with a chat that notes what it hears, and updates for it."""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from telegram import Update

from bot.clock import Clock, system_clock
from bot.delivery.inbox.group_talk import is_overheard
from bot.delivery.inbox.handling_record import SUFFIX, HandlingRecord
from bot.delivery.inbox.inbox import Inbox
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.poll import Poll
from bot.delivery.telegram.raw_update import Handle, Raw, read
from bot.rules.secrecy import UNSURE
from storage.engine.database import Database, Row
from storage.records import Incoming, UpdateKey

_folders = TemporaryDirectory()


@dataclass
class Chat:
    """Handles updates by noting them; `trouble` says what handling a text raises, while it lasts."""

    heard: list[tuple[int, str]] = field(default_factory=list)
    marks: list[str | None] = field(default_factory=list)
    trouble: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    bugs: list[tuple[Exception, Incoming]] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)
    busy: int = 0
    most_busy: int = 0
    pause: float = 0.0

    async def handle(self, update: Update, key: UpdateKey, mark: str | None) -> None:
        text = (update.effective_message.text if update.effective_message else None) or ""
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        try:
            await asyncio.sleep(self.pause)
        finally:
            self.busy -= 1
        if self.trouble[text]:
            raise self.trouble[text].pop(0)
        assert update.effective_chat is not None
        self.heard.append((update.effective_chat.id, text))
        self.marks.append(mark)

    async def on_bug(self, error: Exception, row: Incoming) -> None:
        self.bugs.append((error, row))

    def of(self, chat_id: int) -> list[str]:
        return [text for heard_in, text in self.heard if heard_in == chat_id]


def secret(text: str) -> str | None:
    if re.search(r"\bTối mật\b", text):
        return "mat"
    return UNSURE if "ho so mat" in text else None


def an_inbox(
    db: Database,
    bot: TelegramBot,
    chat: Chat,
    *,
    owner: str = "one",
    clock: Clock = system_clock,
    handle: Handle | None = None,
    record: Path | None = None,
) -> Inbox:
    folder = Path(_folders.name) / uuid4().hex
    return Inbox(
        db,
        1,
        owner=owner,
        record=HandlingRecord(record or folder / f"{owner}{SUFFIX}", chat.troubles.append),
        clock=clock,
        gate=secret,
        overhears=partial(is_overheard, bot_id=1, username="dondoc_demo_bot"),
        read=partial(read, bot=bot),
        handle=handle or chat.handle,
        on_bug=chat.on_bug,
        on_trouble=chat.troubles.append,
    )


@asynccontextmanager
async def running(inbox: Inbox, bot: TelegramBot) -> AsyncIterator[Inbox]:
    await inbox.start()
    poll = asyncio.create_task(
        Poll(bot, inbox.receive, inbox.has_room, Away(system_clock, print)).run()
    )
    try:
        yield inbox
    finally:
        poll.cancel()
        await asyncio.gather(poll, return_exceptions=True)
        await inbox.stop()


def message(update_id: int, chat_id: int, text: str) -> Raw:
    person = {"id": chat_id, "first_name": "An", "is_bot": False}
    chat = {"id": chat_id, "type": "private"}
    inner = {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": inner}


async def rows(db: Database) -> list[Row]:
    return await db.fetch("SELECT * FROM inbox ORDER BY update_id")


def kill(victim: Inbox, *tasks: "asyncio.Task[Any]") -> None:
    loops = [*victim._loops, victim._settling._writing, *victim._lanes._workers, *tasks]
    for task in loops:
        if task is not None:
            task.cancel()
