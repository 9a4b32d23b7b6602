"""Series move on by compare-and-set: whoever is second does nothing."""

from datetime import UTC, date, datetime, timedelta

from storage.assigning import drafts
from storage.engine.database import Database
from storage.organisation import people
from storage.records import Series
from storage.series import series

NOW = datetime(2026, 12, 7, 2, tzinfo=UTC)
DAY = date(2026, 12, 25)


async def begun(db: Database, make_at: datetime | None = NOW) -> Series:
    async with db.transaction() as tx:
        person_id = await people.insert(
            tx,
            name="Trịnh Quang Lĩnh",
            folded="trinh quang linh",
            position="",
            username=None,
            telegram_id=None,
            aliases=(),
            at=NOW,
        )
        return await series.insert(
            tx,
            rule="FREQ=MONTHLY;BYMONTHDAY=25",
            starts_on=DAY,
            next_on=DAY,
            make_at=make_at,
            fields={"title": "Nộp báo cáo"},
            assigner_id=person_id,
            entered_by_id=person_id,
            at=NOW,
        )


async def test_what_is_due_is_claimed_once(db: Database) -> None:
    found = await begun(db)
    assert await series.due(db, NOW - timedelta(seconds=1), 10) == []
    assert await series.due(db, NOW, 10) == [found]
    later = NOW + timedelta(days=30)
    async with db.transaction() as tx:
        assert await series.advance(tx, found, date(2027, 1, 25), later)
        assert not await series.advance(tx, found, date(2027, 2, 25), later)
    assert await series.due(db, NOW, 10) == []
    moved = await series.get(db, found.id)
    assert moved is not None
    assert (moved.next_on, moved.make_at, moved.version) == (date(2027, 1, 25), later, 2)


async def test_one_that_has_ended_is_never_due_nor_changed(db: Database) -> None:
    found = await begun(db)
    async with db.transaction() as tx:
        assert await series.end(tx, found, NOW)
    assert await series.due(db, NOW, 10) == []
    ended = await series.get(db, found.id)
    assert ended is not None
    async with db.transaction() as tx:
        assert not await series.change(
            tx, ended, rule="FREQ=DAILY", starts_on=DAY, next_on=DAY, make_at=NOW, fields={}
        )
        assert not await series.end(tx, ended, NOW)


async def test_skipped_days_are_kept_once(db: Database) -> None:
    found = await begun(db, None)
    async with db.transaction() as tx:
        await series.skip(tx, found.id, DAY)
        await series.skip(tx, found.id, date(2026, 11, 25))
        await series.skip(tx, found.id, DAY)
    assert await series.skipped(db, found.id) == [date(2026, 11, 25), DAY]
    assert await series.get(db, found.id + 1) is None


async def test_what_is_laid_aside_does_not_interrupt(db: Database) -> None:
    person_id = (await begun(db)).assigner_id
    async with db.transaction() as tx:
        asked = await drafts.start(
            tx,
            person_id=person_id,
            chat_id=5,
            topic_id=None,
            kind="submit",
            task_id=None,
            waits_for="words",
            fields={},
            at=NOW,
        )
        aside = await drafts.lay_aside(
            tx, person_id=person_id, chat_id=5, kind="assign", fields={"title": "a"}, at=NOW
        )
    assert await drafts.waiting(db, person_id, 5, None, NOW) == asked
    assert await drafts.waiting(db, person_id, 5, 8, NOW) is None
    assert aside.waits_for is None
