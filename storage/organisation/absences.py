"""Who is away from when until when, and who stands in for them; days are the office's."""

from datetime import date, datetime

from storage.engine.database import Reader, Row, Transaction
from storage.records import Absence


async def insert(
    tx: Transaction,
    *,
    person_id: int,
    deputy_id: int | None,
    from_day: date,
    until_day: date,
    entered_by_id: int,
    at: datetime,
) -> Absence:
    """Note that somebody is away."""
    row = await tx.fetch_one(
        "INSERT INTO absences (person_id, deputy_id, from_day, until_day, entered_by_id, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6) RETURNING *",
        person_id,
        deputy_id,
        from_day.isoformat(),
        until_day.isoformat(),
        entered_by_id,
        at,
    )
    return Absence.model_validate(row)


async def get(db: Reader, absence_id: int) -> Absence | None:
    row = await db.fetch_one("SELECT * FROM absences WHERE id = $1", absence_id)
    return Absence.model_validate(row) if row else None


async def entered(db: Reader, person_id: int, at: datetime) -> Absence | None:
    """Return the absence of somebody that was entered at a moment."""
    row = await db.fetch_one(
        "SELECT * FROM absences WHERE person_id = $1 AND created_at = $2", person_id, at
    )
    return Absence.model_validate(row) if row else None


async def not_over(db: Reader, day: date) -> list[Absence]:
    """Return those that last on a day or begin after it, the sooner first; people who left have none.

    A deputy who left counts as nobody.
    """
    rows = await db.fetch(
        "SELECT a.id, a.person_id, d.id AS deputy_id, a.from_day, a.until_day, a.entered_by_id,"
        " a.created_at, a.begun_at, a.told_id, a.over_at, a.ended_at FROM absences a"
        " JOIN people p ON p.id = a.person_id AND p.ended_at IS NULL"
        " LEFT JOIN people d ON d.id = a.deputy_id AND d.ended_at IS NULL"
        " WHERE a.ended_at IS NULL AND a.until_day >= $1 ORDER BY a.from_day, a.id",
        day.isoformat(),
    )
    return _absences(rows)


async def meeting(
    db: Reader, person_id: int, from_day: date, until_day: date, but: int = 0
) -> Absence | None:
    """Return an absence of somebody, `but` that one, that shares a day with these days, if any does."""
    row = await db.fetch_one(
        "SELECT * FROM absences WHERE person_id = $1 AND ended_at IS NULL AND id <> $4"
        " AND from_day <= $3 AND until_day >= $2 ORDER BY id LIMIT 1",
        person_id,
        from_day.isoformat(),
        until_day.isoformat(),
        but,
    )
    return Absence.model_validate(row) if row else None


async def beginning(db: Reader, day: date) -> list[Absence]:
    """Return those that last on a day and of which nobody was told yet that they begin."""
    rows = await db.fetch(
        "SELECT * FROM absences WHERE over_at IS NULL AND ended_at IS NULL AND begun_at IS NULL"
        " AND from_day <= $1 AND until_day >= $1 ORDER BY id",
        day.isoformat(),
    )
    return _absences(rows)


async def past(db: Reader, day: date) -> list[Absence]:
    """Return those that are over before a day, or were ended, and who is back was not told yet."""
    rows = await db.fetch(
        "SELECT * FROM absences WHERE over_at IS NULL AND from_day <= $1"
        " AND (until_day < $1 OR ended_at IS NOT NULL) ORDER BY id",
        day.isoformat(),
    )
    return _absences(rows)


async def begin(tx: Transaction, absence_id: int, told_id: int | None, at: datetime) -> bool:
    """Record that it was told that one begins, and whom; False when another process was faster."""
    changed = await tx.execute(
        "UPDATE absences SET begun_at = $2, told_id = $3 WHERE id = $1 AND begun_at IS NULL"
        " AND ended_at IS NULL",
        absence_id,
        at,
        told_id,
    )
    return changed == 1


async def settle(tx: Transaction, absence_id: int, at: datetime) -> bool:
    """Record that who is back was told; False when another process was faster."""
    changed = await tx.execute(
        "UPDATE absences SET over_at = $2 WHERE id = $1 AND over_at IS NULL", absence_id, at
    )
    return changed == 1


async def change(
    tx: Transaction,
    before: Absence,
    *,
    from_day: date,
    until_day: date,
    deputy_id: int | None,
) -> bool:
    """Set days and deputy; False when it is no more as it was, or has ended.

    A new deputy is told of it when it begins, or at once.
    """
    changed = await tx.execute(
        "UPDATE absences SET from_day = $5, until_day = $6, deputy_id = $7,"
        " begun_at = CASE WHEN COALESCE(deputy_id, 0) = $8 THEN begun_at END,"
        " told_id = CASE WHEN COALESCE(deputy_id, 0) = $8 THEN told_id END"
        " WHERE id = $1 AND from_day = $2 AND until_day = $3 AND COALESCE(deputy_id, 0) = $4"
        " AND ended_at IS NULL",
        before.id,
        before.from_day.isoformat(),
        before.until_day.isoformat(),
        before.deputy_id or 0,
        from_day.isoformat(),
        until_day.isoformat(),
        deputy_id,
        deputy_id or 0,
    )
    return changed == 1


async def end(tx: Transaction, absence_id: int, at: datetime) -> bool:
    """End one before its last day; False when it had ended."""
    ended = await tx.execute(
        "UPDATE absences SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", absence_id, at
    )
    return ended == 1


async def of_deputy(db: Reader, deputy_id: int, day: date) -> list[Absence]:
    """Return those that last on a day or begin after it in which somebody was named to stand in."""
    rows = await db.fetch(
        "SELECT * FROM absences WHERE deputy_id = $1 AND ended_at IS NULL AND until_day >= $2"
        " ORDER BY id",
        deputy_id,
        day.isoformat(),
    )
    return _absences(rows)


async def end_all(tx: Transaction, person_id: int, at: datetime) -> None:
    """End every absence of somebody who leaves; nobody is told of it."""
    await tx.execute(
        "UPDATE absences SET ended_at = COALESCE(ended_at, $2), over_at = COALESCE(over_at, $2)"
        " WHERE person_id = $1 AND (ended_at IS NULL OR over_at IS NULL)",
        person_id,
        at,
    )


def _absences(rows: list[Row]) -> list[Absence]:
    return [Absence.model_validate(row) for row in rows]
