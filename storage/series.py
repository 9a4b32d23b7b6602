"""Tasks that come back: the rule, what each one is like, and when the next one is made."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from storage.database import Reader, Transaction, Value
from storage.records import Series


async def insert(
    tx: Transaction,
    *,
    rule: str,
    starts_on: date,
    next_on: date | None,
    make_at: datetime | None,
    fields: Mapping[str, Any],
    assigner_id: int,
    at: datetime,
) -> Series:
    """Begin a series; `next_on` is the day after the one whose task is made at once."""
    row = await tx.fetch_one(
        "INSERT INTO series (rule, starts_on, next_on, make_at, fields, assigner_id, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *",
        rule,
        starts_on.isoformat(),
        next_on.isoformat() if next_on else None,
        make_at,
        json.dumps(fields, ensure_ascii=False),
        assigner_id,
        at,
    )
    return Series.model_validate(row)


async def get(db: Reader, series_id: int) -> Series | None:
    row = await db.fetch_one("SELECT * FROM series WHERE id = $1", series_id)
    return Series.model_validate(row) if row else None


async def due(db: Reader, now: datetime, limit: int) -> list[Series]:
    """Return the living series whose next task is to be made by now."""
    rows = await db.fetch(
        "SELECT * FROM series WHERE ended_at IS NULL AND make_at <= $1 ORDER BY make_at, id"
        " LIMIT $2",
        now,
        limit,
    )
    return [Series.model_validate(row) for row in rows]


async def advance(
    tx: Transaction, series: Series, next_on: date | None, make_at: datetime | None
) -> bool:
    """Claim what is due by moving on to the next day; False when another process was faster."""
    day = next_on.isoformat() if next_on else None
    return await _set(tx, series, {"next_on": day, "make_at": make_at})


async def change(
    tx: Transaction,
    series: Series,
    *,
    rule: str,
    starts_on: date,
    next_on: date | None,
    make_at: datetime | None,
    fields: Mapping[str, Any],
) -> bool:
    """Set what comes from here on; False when somebody else changed it meanwhile."""
    columns: dict[str, Value] = {
        "rule": rule,
        "starts_on": starts_on.isoformat(),
        "next_on": next_on.isoformat() if next_on else None,
        "make_at": make_at,
        "fields": json.dumps(fields, ensure_ascii=False),
    }
    return await _set(tx, series, columns)


async def end(tx: Transaction, series: Series, at: datetime) -> bool:
    """Let no more come; False when somebody else changed it meanwhile."""
    return await _set(tx, series, {"ended_at": at})


async def skip(tx: Transaction, series_id: int, day: date) -> None:
    """Write down that no task was made for a day of the rule."""
    await tx.execute(
        "INSERT INTO series_skips (series_id, day) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        series_id,
        day.isoformat(),
    )


async def skipped(db: Reader, series_id: int) -> list[date]:
    """Return the days for which no task was made, in order."""
    rows = await db.fetch(
        "SELECT day FROM series_skips WHERE series_id = $1 ORDER BY day", series_id
    )
    return [date.fromisoformat(row["day"]) for row in rows]


async def _set(tx: Transaction, series: Series, columns: Mapping[str, Value]) -> bool:
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, 3))
    changed = await tx.execute(
        f"UPDATE series SET {sets}, version = version + 1"  # noqa: S608 - column names
        " WHERE id = $1 AND version = $2 AND ended_at IS NULL",
        series.id,
        series.version,
        *columns.values(),
    )
    return changed == 1
