"""An outbox that words its rows plainly, and what is put into it and waited for."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chat.messages import Delivery, Message
from bot.clock import Clock, system_clock
from bot.delivery.outbox.bundling import CARD_REFRESH
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.outbox import Outbox
from bot.delivery.telegram.sender import Sender
from storage.engine.database import Database, Row
from storage.messaging import cards, outbox
from storage.messaging.outbox import ToSay
from storage.records import Outgoing, Priority


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
