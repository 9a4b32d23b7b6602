"""History is appended only, and whatever was tampered with is found and named."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from storage.engine.database import Database, Transaction
from storage.history import audit
from storage.history.audit import NewEvent
from storage.history.chain import Fault, Wrong, verify
from storage.tasks.texts import keep_text, text_sha256

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
EVENTS = 1203


@pytest.fixture
async def office(db: Database) -> Database:
    """A person, a task, and a history longer than one batch, with a text at events 5 and 1100."""
    async with db.transaction() as tx:
        await tx.execute(
            "INSERT INTO people (name, folded, created_at) VALUES ('An', 'an', $1)", NOW
        )
        await tx.execute(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('Báo cáo', 'normal', 'assigned', 1, 1, $1)",
            NOW,
        )
        body = await keep_text(tx, "Trình trước thứ Sáu", NOW)
        texts = {5: body, 1100: await keep_text(tx, "Đã rõ", NOW)}
        await audit.append_many(
            tx,
            NOW,
            [
                NewEvent("task.progress", 1, 1, 1, texts.get(number), {"percent": number % 100})
                for number in range(1, EVENTS + 1)
            ],
        )
    return db


async def test_events_are_numbered_in_their_order(db: Database) -> None:
    async with db.transaction() as tx:
        assert await audit.append(tx, NOW, "office.opened") == 1
        assert await audit.append_many(tx, NOW, [NewEvent("a"), NewEvent("b")]) == [2, 3]
        assert await audit.append(tx, NOW, "c", facts={"ngày": 3, "a": [1]}) == 4
    rows = await db.fetch("SELECT kind, facts FROM events ORDER BY id")
    assert [row["kind"] for row in rows] == ["office.opened", "a", "b", "c"]
    assert rows[-1]["facts"] == '{"a":[1],"ngày":3}'
    assert await verify(db) is None


async def test_what_was_undone_leaves_no_gap(db: Database) -> None:
    async def append_and_fail() -> None:
        async with db.transaction() as tx:
            await audit.append(tx, NOW, "undone")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await append_and_fail()
    async with db.transaction() as tx:
        assert await audit.append(tx, NOW, "done") == 1
    assert await verify(db) is None


async def test_fifty_transactions_at_once_keep_the_chain_whole(db: Database) -> None:
    async def write(number: int) -> None:
        async with db.transaction() as tx:
            text = await keep_text(tx, f"Ý kiến {number}", NOW)
            moment = NOW + timedelta(microseconds=number)
            await audit.append(tx, moment, "said", text_id=text, facts={"number": number})

    await asyncio.gather(*(write(number) for number in range(50)))
    rows = await db.fetch("SELECT id FROM events ORDER BY id")
    assert [row["id"] for row in rows] == list(range(1, 51))
    assert await verify(db) is None


async def test_the_hash_is_the_same_on_every_engine(db: Database) -> None:
    hanoi = datetime.fromisoformat("2026-12-07T09:00:00.000123+07:00")
    async with db.transaction() as tx:
        text = await keep_text(tx, "Đôn đốc", NOW)
        await audit.append(tx, hanoi, "said", text_id=text, facts={"hạn": "2026"})
    (row,) = await db.fetch("SELECT hash FROM events")
    assert row["hash"] == "5e9424902571146aca746dd2bc34f04778900aa9a6ea4385357b5328246bef00"


async def test_a_whole_history_has_no_fault_while_it_grows(office: Database) -> None:
    async def grow() -> None:
        for _ in range(20):
            async with office.transaction() as tx:
                await audit.append(tx, NOW, "more")

    growing = asyncio.create_task(grow())
    while not growing.done():
        assert await verify(office) is None
    await growing
    assert await verify(office) is None


Tampering = Callable[[Transaction], Awaitable[object]]


def sql(*statements: str) -> Tampering:
    async def run(tx: Transaction) -> None:
        for statement in statements:
            await tx.execute(statement)

    return run


COPY = (
    "INSERT INTO events (id, at, kind, facts, hash) SELECT {id}, at, kind, facts, hash"
    " FROM events WHERE id = 7"
)


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        (sql("UPDATE events SET kind = 'task.accept' WHERE id = 1"), Fault(1, Wrong.CHANGED)),
        (sql("UPDATE events SET facts = '{}' WHERE id = 1150"), Fault(1150, Wrong.CHANGED)),
        (sql("UPDATE events SET actor_id = NULL WHERE id = 3"), Fault(3, Wrong.CHANGED)),
        (sql("UPDATE events SET hash = 'x' WHERE id = 1203"), Fault(1203, Wrong.CHANGED)),
        (sql("UPDATE events SET text_id = 2 WHERE id = 5"), Fault(5, Wrong.CHANGED)),
        (sql("DELETE FROM events WHERE id = 1"), Fault(1, Wrong.MISSING)),
        (sql("DELETE FROM events WHERE id = 600"), Fault(600, Wrong.MISSING)),
        (sql("DELETE FROM events WHERE id > 1200"), Fault(1201, Wrong.MISSING)),
        (sql("DELETE FROM events"), Fault(1, Wrong.MISSING)),
        (
            sql(
                "UPDATE events SET id = -1 WHERE id = 8",
                "UPDATE events SET id = 8 WHERE id = 9",
                "UPDATE events SET id = 9 WHERE id = -1",
            ),
            Fault(8, Wrong.CHANGED),
        ),
        (sql(COPY.format(id=1204)), Fault(1204, Wrong.ADDED)),
        (sql(COPY.format(id=1300)), Fault(1300, Wrong.ADDED)),
        (sql(COPY.format(id=0)), Fault(0, Wrong.ADDED)),
        (sql("UPDATE texts SET body = 'Khác' WHERE id = 2"), Fault(1100, Wrong.TEXT_CHANGED)),
        (
            sql(f"UPDATE texts SET body = 'Khác', sha256 = '{text_sha256('Khác')}' WHERE id = 1"),
            Fault(5, Wrong.CHANGED),
        ),
        (sql("UPDATE chain SET hash = 'x'"), Fault(EVENTS, Wrong.HEAD)),
        (sql("UPDATE chain SET length = length + 1"), Fault(EVENTS + 1, Wrong.MISSING)),
        (
            sql("UPDATE chain SET length = 1200, hash = (SELECT hash FROM events WHERE id = 1200)"),
            Fault(1201, Wrong.ADDED),
        ),
    ],
)
async def test_tampering_is_found_and_named(
    office: Database, tampering: Tampering, fault: Fault
) -> None:
    async with office.transaction() as tx:
        await tampering(tx)
    assert await verify(office) == fault


async def test_history_of_a_task_has_names_and_texts(office: Database) -> None:
    past = await audit.history(office, 1)
    assert [event.id for event in past] == list(range(1, EVENTS + 1))
    assert (past[4].text, past[4].actor_name, past[4].facts) == (
        "Trình trước thứ Sáu", "An", {"percent": 5}
    )  # fmt: skip
    assert past[0].text is None
    assert past[0].at == NOW
    assert await audit.history(office, 2) == []


async def test_the_office_has_a_new_version_when_it_changes_not_when_a_task_does(
    office: Database,
) -> None:
    assert await audit.office_version(office) == 0
    async with office.transaction() as tx:
        changed = await audit.append(tx, NOW, "person.changed", person_id=1)
        await audit.append(tx, NOW, "task.progress", task_id=1)
    assert await audit.office_version(office) == changed
