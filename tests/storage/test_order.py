"""Who writes many rows of a queue takes them in one order: nobody waits for somebody who waits for them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.database import Database, Transaction
from storage.engine.opening import open_database
from storage.messaging import cards, inbox, outbox, outbox_leases, outbox_redirect, outbox_results
from storage.organisation import reachability
from storage.records import Priority, Reach, UpdateKey

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)
IDS = range(1, 61)
_WAITING = (
    "SELECT COUNT(DISTINCT pid) AS number FROM pg_locks"
    " JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
)

Write = Callable[[Database, Sequence[int]], Awaitable[None]]


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    """Updates and messages, leased until a moment ago; SQLite has one writer, who waits for nobody."""
    opened = await open_database(postgres_url)
    async with opened.transaction() as tx:
        await inbox.store(tx, 1, [inbox.Received(one, 101, "{}") for one in IDS[::-1]], NOW)
        await tx.execute(
            "INSERT INTO people (name, folded, reach, created_at) VALUES ('A', 'a', 'reachable', $1)",
            NOW,
        )
        said = outbox.ToSay("notice", 1, None, {}, Priority.NOTICE, NOW, NOW)
        await outbox.put(tx, [said] * len(IDS))
        await _cards(tx)
        for queue in ("inbox", "outbox", "cards"):
            await tx.execute(f"UPDATE {queue} SET lease_owner = 'one', lease_until = $1", NOW)
            await _turned_round(tx, queue)
    yield opened
    await opened.close()


async def _cards(tx: Transaction) -> None:
    """Let many groups follow one task, whose cards there are out of date."""
    await tx.execute(
        "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
        " VALUES ('A', 'normal', 'assigned', 1, 1, $1)",
        NOW,
    )
    await tx.execute_many(
        "INSERT INTO group_chats (chat_id, title, added_at) VALUES ($1, 'A', $2)",
        [(-one, NOW) for one in IDS],
    )
    await tx.execute_many(
        "INSERT INTO cards (task_id, chat_id, changes, sent_at) VALUES (1, $1, 1, $2)",
        [(-one, NOW) for one in IDS],
    )


async def _turned_round(tx: Transaction, table: str) -> None:
    """Let the rows of a table lie the other way round than they are numbered: so one finds them as they lie."""
    number = "update_id" if table == "inbox" else "id"
    for one in reversed(IDS):
        await tx.execute(f"UPDATE {table} SET lease_owner = 'one' WHERE {number} = $1", one)
    await tx.execute(f"ANALYZE {table}")


async def _updates_renewed(db: Database, ids: Sequence[int]) -> None:
    await inbox.renew(db, 1, "one", ids, NOW)


async def _updates_ended(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await inbox.settle(tx, [inbox.Ended(UpdateKey(1, one), NOW) for one in ids])


async def _updates_taken_over(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await inbox.claim(tx, 1, "two", LATER, LATER, len(ids))


async def _updates_given_back(db: Database, ids: Sequence[int]) -> None:
    await inbox.give_back(db, 1, "one")


async def _messages_renewed(db: Database, ids: Sequence[int]) -> None:
    await outbox_leases.renew(db, "one", ids, NOW)


async def _messages_ended(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await outbox_results.settle(tx, [outbox_results.Ended(one, "sent", NOW) for one in ids])


async def _messages_put_off(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await outbox_results.postpone(tx, ids, NOW, "away")


async def _messages_rested(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await outbox_results.rest(tx, ids[:1], ids[1:], NOW, "away")


async def _messages_taken_over(db: Database, ids: Sequence[int]) -> None:
    await outbox_leases.claim(db, "two", LATER, LATER, LATER, len(ids))


async def _messages_given_back(db: Database, ids: Sequence[int]) -> None:
    await outbox_leases.give_back(db, "one")


async def _person_out_of_reach(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await reachability.mark_unreachable(tx, 1, Reach.BLOCKED)


async def _person_gone(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await outbox_redirect.drop_all(tx, 1, NOW)


async def _cards_renewed(db: Database, ids: Sequence[int]) -> None:
    await cards.renew(db, "one", ids, NOW)


async def _cards_taken_over(db: Database, ids: Sequence[int]) -> None:
    await cards.claim(db, "two", LATER, LATER, len(ids))


async def _cards_given_back(db: Database, ids: Sequence[int]) -> None:
    await cards.give_back(db, "one")


async def _task_changed(db: Database, ids: Sequence[int]) -> None:
    async with db.transaction() as tx:
        await cards.outdate(tx, [1])


@pytest.mark.parametrize(
    ("table", "one", "other"),
    [
        ("inbox WHERE update_id", _updates_renewed, _updates_ended),
        ("inbox WHERE update_id", _updates_renewed, _updates_taken_over),
        ("inbox WHERE update_id", _updates_taken_over, _updates_ended),
        ("inbox WHERE update_id", _updates_given_back, _updates_taken_over),
        ("outbox WHERE id", _messages_renewed, _messages_ended),
        ("outbox WHERE id", _messages_renewed, _messages_put_off),
        ("outbox WHERE id", _messages_renewed, _messages_rested),
        ("outbox WHERE id", _messages_renewed, _messages_taken_over),
        ("outbox WHERE id", _messages_taken_over, _messages_ended),
        ("outbox WHERE id", _messages_renewed, _messages_given_back),
        ("outbox WHERE id", _messages_renewed, _person_out_of_reach),
        ("outbox WHERE id", _messages_renewed, _person_gone),
        ("cards WHERE id", _cards_renewed, _cards_taken_over),
        ("cards WHERE id", _cards_renewed, _cards_given_back),
        ("cards WHERE id", _cards_renewed, _task_changed),
    ],
)
@pytest.mark.parametrize("ids", [IDS, IDS[::-1]])
async def test_rows_are_taken_in_one_order(
    db: Database, table: str, one: Write, other: Write, ids: Sequence[int]
) -> None:
    async with db.transaction() as tx:
        await tx.fetch(f"SELECT 1 FROM {table} = 30 FOR UPDATE")
        both = [asyncio.ensure_future(one(db, ids)), asyncio.ensure_future(other(db, ids[::-1]))]
        async with asyncio.timeout(10):
            while await _waiting(db) < sum(not write.done() for write in both):  # noqa: ASYNC110 - a lock tells nobody
                await asyncio.sleep(0.01)
    await asyncio.gather(*both)


async def _waiting(db: Database) -> int:
    [found] = await db.fetch(_WAITING)
    return int(found["number"])


async def test_updates_sent_again_to_another_are_kept_in_one_order(db: Database) -> None:
    new = [inbox.Received(one, 101, "{}") for one in range(1001, 6001)]

    async def kept(rows: Sequence[inbox.Received]) -> None:
        async with db.transaction() as tx:
            await inbox.store(tx, 1, rows, NOW)

    await asyncio.gather(kept(new), kept(new[::-1]))
