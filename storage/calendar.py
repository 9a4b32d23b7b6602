"""The office's own days off and days worked, on top of the public calendar."""

from datetime import date

from storage.database import Reader, Transaction


async def overrides(db: Reader) -> dict[date, bool]:
    """Return, for each day the office decided itself, whether it is worked."""
    rows = await db.fetch("SELECT day, works FROM calendar_days")
    return {date.fromisoformat(row["day"]): bool(row["works"]) for row in rows}


async def override(tx: Transaction, day: date, works: bool, note: str) -> None:
    """Decide that a day is worked, or off."""
    await tx.execute(
        "INSERT INTO calendar_days (day, works, note) VALUES ($1, $2, $3)"
        " ON CONFLICT (day) DO UPDATE SET works = excluded.works, note = excluded.note",
        day.isoformat(),
        works,
        note,
    )
