"""Who wants which report sent by itself, and for which day they had it last; days are ISO dates."""

from storage.engine.database import Reader, Transaction


async def of_person(db: Reader, person_id: int) -> set[str]:
    """Return the kinds of period of which somebody wants a report."""
    rows = await db.fetch("SELECT kind FROM report_plans WHERE person_id = $1", person_id)
    return {row["kind"] for row in rows}


async def switch(tx: Transaction, person_id: int, kind: str, wanted: bool, today: str) -> None:
    """Let reports of a kind come, the first after today, or come no more."""
    if wanted:
        await tx.execute(
            "INSERT INTO report_plans (person_id, kind, told_on) VALUES ($1, $2, $3)"
            " ON CONFLICT DO NOTHING",
            person_id,
            kind,
            today,
        )
    else:
        await tx.execute(
            "DELETE FROM report_plans WHERE person_id = $1 AND kind = $2", person_id, kind
        )


async def is_any_due(db: Reader, kind: str, day: str) -> bool:
    """Tell whether anybody had no report of a kind for a day yet."""
    row = await db.fetch_one(
        "SELECT 1 AS due FROM report_plans WHERE kind = $1 AND told_on < $2 LIMIT 1", kind, day
    )
    return row is not None


async def take_due(tx: Transaction, kind: str, day: str) -> list[int]:
    """Record that all who want a report of a kind have it for a day, and return who had not."""
    rows = await tx.fetch(
        "UPDATE report_plans SET told_on = $2 WHERE kind = $1 AND told_on < $2 RETURNING person_id",
        kind,
        day,
    )
    return sorted(int(row["person_id"]) for row in rows)
