"""What a statement takes and gives is the same on both engines: counts, values, moments, foreign keys."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.engine.database import Database
from storage.engine.sqlite_work import utc_text

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)


async def test_execute_counts_rows_and_execute_many_runs_for_each(counter: Database) -> None:
    async with counter.transaction() as tx:
        rows = [(number, number) for number in range(2, 12)]
        await tx.execute_many("INSERT INTO counter (id, value) VALUES ($1, $2)", rows)
        assert await tx.execute("UPDATE counter SET value = 7 WHERE id > $1", 6) == 5
        assert await tx.execute("DELETE FROM counter WHERE id > $1", 100) == 0
    assert await counter.fetch_one("SELECT id FROM counter WHERE id = $1", 100) is None


async def test_a_statement_takes_many_values(db: Database) -> None:
    slots = ", ".join(f"CAST(${number} AS BIGINT)" for number in range(1, 1001))
    row = await db.fetch_one(f"SELECT 1 AS found WHERE 1000 IN ({slots})", *range(1, 1001))
    assert row == {"found": 1}


async def test_moments_keep_their_order_and_microseconds(db: Database) -> None:
    hanoi = timezone(timedelta(hours=7))
    moments = [NOW, NOW + timedelta(microseconds=1), NOW.astimezone(hanoi) + timedelta(seconds=1)]
    async with db.transaction() as tx:
        for moment in reversed(moments):
            await tx.execute(
                "INSERT INTO texts (body, sha256, created_at) VALUES ('', '', $1)", moment
            )
    rows = await db.fetch("SELECT created_at AS at FROM texts ORDER BY created_at")
    read = [row["at"] for row in rows]
    assert [datetime.fromisoformat(at) if isinstance(at, str) else at for at in read] == moments
    assert len(await db.fetch("SELECT id FROM texts WHERE created_at <= $1", moments[1])) == 2


async def test_a_moment_without_a_zone_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match=r"zone|naive"):
        await db.fetch("SELECT id FROM texts WHERE created_at = $1", NOW.replace(tzinfo=None))


def test_text_of_moments_has_one_width() -> None:
    texts = [utc_text(NOW), utc_text(NOW + timedelta(microseconds=10))]
    assert texts[0] == "2026-12-07T02:00:00.000000+00:00"
    assert len({len(text) for text in texts}) == 1


async def test_foreign_keys_hold(db: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with db.transaction() as tx:
            await tx.execute(
                "INSERT INTO roles (person_id, role, from_at) VALUES ($1, 'staff', $2)", 404, NOW
            )
