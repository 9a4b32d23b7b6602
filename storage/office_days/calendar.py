"""The office's own days off and days worked, on top of the public calendar."""

from collections.abc import Sequence
from datetime import date

from storage.engine.database import Reader, Transaction
from storage.records import CalendarDay


async def decided(db: Reader, since: date | None = None) -> list[CalendarDay]:
    """Return the days the office decided itself, from a day on, in their order."""
    rows = await db.fetch(
        "SELECT day, works, note FROM calendar_days WHERE day >= $1 ORDER BY day",
        since.isoformat() if since else "",
    )
    return [CalendarDay.model_validate(row) for row in rows]


async def decide(tx: Transaction, days: Sequence[CalendarDay]) -> None:
    """Decide that days are worked, or off."""
    await tx.execute_many(
        "INSERT INTO calendar_days (day, works, note) VALUES ($1, $2, $3)"
        " ON CONFLICT (day) DO UPDATE SET works = excluded.works, note = excluded.note",
        [(one.day.isoformat(), one.works, one.note) for one in days],
    )


async def take_back(tx: Transaction, days: Sequence[date]) -> None:
    """Let the public calendar hold again for days."""
    await tx.execute_many(
        "DELETE FROM calendar_days WHERE day = $1", [(day.isoformat(),) for day in days]
    )
