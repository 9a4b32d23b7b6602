"""A lease that runs out while its holder is at work: what the holder writes at that moment counts."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from storage.engine.database import Database, Transaction
from storage.engine.opening import open_database
from storage.messaging import cards, inbox, outbox, outbox_leases
from storage.records import Incoming, Outgoing, Priority, Reminding, UpdateKey
from storage.reminders import reminder_messages

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
LATER, MUCH_LATER = NOW + timedelta(seconds=30), NOW + timedelta(seconds=60)
KEY = UpdateKey(1, 7)
_WAITING = (
    "SELECT COUNT(DISTINCT pid) AS number FROM pg_locks"
    " JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
)

_PERSON = "INSERT INTO people (name, folded, reach, created_at) VALUES ('A', 'a', 'reachable', $1)"
_CARD = (
    "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
    " VALUES ('A', 'normal', 'assigned', 1, 1, $1)",
    "INSERT INTO group_chats (chat_id, title, added_at) VALUES (-1, 'A', $1)",
    "INSERT INTO cards (task_id, chat_id, changes, sent_at) VALUES (1, -1, 1, $1)",
)
_REMINDED = (
    "INSERT INTO reminded (task_id, person_id, chat_id, message_id, sent_at, over, clear_at)"
    " VALUES (1, 1, 1, 1, $1, 'replaced', $1)"
)
Taken = TypeVar("Taken")
Write = Callable[[Transaction], Awaitable[None]]


async def claimed(db: Database, owner: str, now: datetime, until: datetime) -> list[Incoming]:
    async with db.transaction() as tx:
        return await inbox.claim(tx, 1, owner, now, until, 10)


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    """An update that is leased until now; SQLite has one writer, and no two of which one is late."""
    opened = await open_database(postgres_url)
    async with opened.transaction() as tx:
        await inbox.store(tx, 1, [inbox.Received(KEY.update_id, 101, "{}")], NOW)
    assert len(await claimed(opened, "one", NOW, NOW)) == 1
    yield opened
    await opened.close()


async def _ended(tx: Transaction) -> None:
    await inbox.settle(tx, [inbox.Ended(KEY, NOW)])


async def _renewed(tx: Transaction) -> None:
    await tx.execute("UPDATE inbox SET lease_until = $1", MUCH_LATER)


@pytest.mark.parametrize("write", [_ended, _renewed])
async def test_who_takes_over_sees_what_is_written_meanwhile(db: Database, write: Write) -> None:
    assert await _meanwhile(db, write, lambda: claimed(db, "two", LATER, MUCH_LATER)) == []


async def _meanwhile(db: Database, write: Write, take: Callable[[], Awaitable[Taken]]) -> Taken:
    """Return what somebody takes who has looked before what is written is committed: they wait for it, or do not."""
    async with db.transaction() as tx:
        await write(tx)
        taking = asyncio.ensure_future(take())
        async with asyncio.timeout(10):
            while not taking.done() and await db.fetch_one(_WAITING) != {"number": 1}:  # noqa: ASYNC110 - a lock tells nobody
                await asyncio.sleep(0.01)
    return await taking


async def test_a_message_that_is_renewed_meanwhile_is_not_taken_over(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute(_PERSON, NOW)
        await outbox.put(tx, [outbox.ToSay("notice", 1, None, {}, Priority.NOTICE, NOW, NOW)])
    assert await outbox_leases.claim(db, "one", NOW, NOW, NOW, 10)

    async def renewed(tx: Transaction) -> None:
        await tx.execute("UPDATE outbox SET lease_until = $1", MUCH_LATER)

    def takes() -> Awaitable[list[list[Outgoing]]]:
        return outbox_leases.claim(db, "two", LATER, LATER, MUCH_LATER, 10)

    assert await _meanwhile(db, renewed, takes) == []


async def test_a_card_that_is_renewed_meanwhile_is_not_taken_over(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute(_PERSON, NOW)
        for statement in _CARD:
            await tx.execute(statement, NOW)
    assert await cards.claim(db, "one", NOW, NOW, 10)

    async def renewed(tx: Transaction) -> None:
        await tx.execute("UPDATE cards SET lease_until = $1", MUCH_LATER)

    taken = await _meanwhile(db, renewed, lambda: cards.claim(db, "two", LATER, MUCH_LATER, 10))
    assert taken == []


async def test_a_long_action_keeps_nobody_from_renewing_or_taking_the_rest(db: Database) -> None:
    """What it does is not committed yet; what is behind it in its lane waits for it, lease or none."""
    behind, beside = inbox.Received(8, 101, "{}"), inbox.Received(9, 102, "{}")
    async with db.transaction() as tx:
        await inbox.store(tx, 1, [behind, beside], NOW)
    assert len(await claimed(db, "one", NOW, NOW)) == 2
    async with db.transaction() as acting, asyncio.timeout(5):
        assert await inbox.mark_applied(acting, KEY, NOW)
        assert await inbox.renew(db, 1, "one", [7, 8, 9], NOW) == {8, 9}
        taken = await claimed(db, "two", LATER, MUCH_LATER)
    assert [row.update_id for row in taken] == [9]
    taken = await claimed(db, "two", LATER, MUCH_LATER)
    assert [row.update_id for row in taken] == [7, 8]


async def test_what_has_ended_is_not_ended_otherwise_by_who_was_late(db: Database) -> None:
    assert len(await claimed(db, "two", LATER, MUCH_LATER)) == 1
    async with db.transaction() as tx:
        await _ended(tx)
    async with db.transaction() as tx:
        await inbox.put_off(tx, "one", KEY, MUCH_LATER, "away", [])
        await inbox.settle(tx, [inbox.Ended(KEY, LATER, "away")])
    row = await db.fetch_one("SELECT state, error, attempts, handled_at FROM inbox")
    assert row == {"state": "handled", "error": None, "attempts": 0, "handled_at": NOW}


async def test_who_was_late_gives_nothing_back_that_another_has_taken(db: Database) -> None:
    assert len(await claimed(db, "two", LATER, MUCH_LATER)) == 1
    async with db.transaction() as tx:
        await inbox.put_off(tx, "one", KEY, MUCH_LATER, "away", [KEY])
    row = await db.fetch_one("SELECT lease_owner, attempts, error FROM inbox")
    assert row == {"lease_owner": "two", "attempts": 0, "error": None}
    async with db.transaction() as tx:
        await inbox.put_off(tx, "two", KEY, MUCH_LATER, "away", [])
    row = await db.fetch_one("SELECT lease_owner, attempts, error FROM inbox")
    assert row == {"lease_owner": None, "attempts": 1, "error": "away"}


async def test_a_reminder_that_is_renewed_meanwhile_is_not_taken_over(db: Database) -> None:
    async with db.transaction() as tx:
        for statement in (_PERSON, _CARD[0], _REMINDED):
            await tx.execute(statement, NOW)
    soon = NOW + timedelta(seconds=1)
    assert await reminder_messages.claim(db, "one", NOW, NOW, soon, 10)

    async def renewed(tx: Transaction) -> None:
        await tx.execute("UPDATE reminded SET lease_until = $1", MUCH_LATER)

    def takes() -> Awaitable[list[Reminding]]:
        return reminder_messages.claim(db, "two", LATER, LATER, MUCH_LATER, 10)

    assert await _meanwhile(db, renewed, takes) == []
