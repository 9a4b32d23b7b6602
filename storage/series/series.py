"""Tasks that come back: the rule, what each one is like, and when the next one is made."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from storage.engine.database import Reader, Transaction, Value
from storage.history.audit import PastEvent
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
    entered_by_id: int,
    at: datetime,
) -> Series:
    """Begin a series; `next_on` is the day after the one whose task is made at once."""
    row = await tx.fetch_one(
        "INSERT INTO series (rule, starts_on, next_on, make_at, fields, assigner_id, entered_by_id,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *",
        rule,
        starts_on.isoformat(),
        next_on.isoformat() if next_on else None,
        make_at,
        json.dumps(fields, ensure_ascii=False),
        assigner_id,
        entered_by_id,
        at,
    )
    return Series.model_validate(row)


async def get(db: Reader, series_id: int) -> Series | None:
    row = await db.fetch_one("SELECT * FROM series WHERE id = $1", series_id)
    return Series.model_validate(row) if row else None


async def living(db: Reader) -> list[Series]:
    """Return the series of which more will come, in the order they began."""
    rows = await db.fetch(
        "SELECT * FROM series WHERE ended_at IS NULL AND next_on IS NOT NULL ORDER BY id"
    )
    return [Series.model_validate(row) for row in rows]


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
    return await _set(tx, series, {"next_on": _text(next_on), "make_at": make_at, "held": None})


async def hold(tx: Transaction, series: Series, why: str, until: datetime) -> bool:
    """Try again later to make the next task, which could not be made; False as `advance`."""
    return await _set(tx, series, {"held": why, "make_at": until})


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
        "next_on": _text(next_on),
        "make_at": make_at,
        "fields": json.dumps(fields, ensure_ascii=False),
        "held": None,
    }
    return await _set(tx, series, columns)


async def hand_on(
    tx: Transaction,
    series: Series,
    assigner_id: int,
    entered_by_id: int,
    fields: Mapping[str, Any],
) -> bool:
    """Let other people have a series from here on; False when somebody else changed it meanwhile."""
    columns: dict[str, Value] = {
        "assigner_id": assigner_id,
        "entered_by_id": entered_by_id,
        "fields": json.dumps(fields, ensure_ascii=False),
    }
    return await _set(tx, series, columns)


async def enclose(tx: Transaction, series: Series, fields: Mapping[str, Any]) -> None:
    """Let those to come bring one more file; one that is over, or was changed meanwhile, stays."""
    await _set(tx, series, {"fields": json.dumps(fields, ensure_ascii=False)})


async def end(tx: Transaction, series: Series, at: datetime) -> bool:
    """Let no more come; False when somebody else changed it meanwhile."""
    return await _set(tx, series, {"ended_at": at})


async def end_now(tx: Transaction, series_id: int, at: datetime) -> None:
    """Let no more come of a series, whatever was changed of it."""
    await tx.execute(
        "UPDATE series SET ended_at = $2, version = version + 1 WHERE id = $1 AND ended_at IS NULL",
        series_id,
        at,
    )


async def skip(tx: Transaction, series_id: int, day: date) -> None:
    """Write down that no task is made for a day of the rule."""
    await tx.execute(
        "INSERT INTO series_skips (series_id, day) VALUES ($1, $2)"
        " ON CONFLICT (series_id, day) DO UPDATE SET ended_at = NULL",
        series_id,
        day.isoformat(),
    )


async def unskip(tx: Transaction, series_id: int, day: date, at: datetime) -> bool:
    """Let the task of a day be made after all; False when it was not to be skipped."""
    ended = await tx.execute(
        "UPDATE series_skips SET ended_at = $3"
        " WHERE series_id = $1 AND day = $2 AND ended_at IS NULL",
        series_id,
        day.isoformat(),
        at,
    )
    return ended == 1


async def skipped(db: Reader, series_id: int) -> list[date]:
    """Return the days for which no task was or will be made, in order."""
    rows = await db.fetch(
        "SELECT day FROM series_skips WHERE series_id = $1 AND ended_at IS NULL ORDER BY day",
        series_id,
    )
    return [date.fromisoformat(row["day"]) for row in rows]


async def last_task(db: Reader, series_id: int) -> tuple[int, date]:
    """Return the number of a series' newest task and the day of the rule it was made for.

    There always is one: a series begins with it.
    """
    row = await db.fetch_one(
        "SELECT id, occurs_on FROM tasks WHERE series_id = $1 ORDER BY occurs_on DESC LIMIT 1",
        series_id,
    )
    assert row is not None
    return row["id"], date.fromisoformat(row["occurs_on"])


async def history(db: Reader, series_id: int) -> list[PastEvent]:
    """Return what happened to a series, the oldest first: its tasks, skips and changes."""
    rows = await db.fetch(
        "SELECT e.*, p.name AS actor_name, x.body AS text FROM tasks t"
        " JOIN events e ON e.task_id = t.id AND (e.kind = 'task.assign' OR e.kind LIKE 'series.%')"
        " LEFT JOIN people p ON p.id = e.actor_id LEFT JOIN texts x ON x.id = e.text_id"
        " WHERE t.series_id = $1 ORDER BY e.id",
        series_id,
    )
    return [PastEvent.model_validate(row) for row in rows]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


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
