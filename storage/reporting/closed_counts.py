"""How many closed tasks there are of each kind, kept as they close: what is over is not counted again.

The triggers of `0003_tallies` keep them in the transaction that closes a task, opens it again or
corrects it; on PostgreSQL at its commit, when the locked head of the history lets no other writer in
between. Months are those of UTC: what lies between one and an office's day is counted from the rows.
"""

from collections.abc import Sequence

from storage.engine.database import Reader, Transaction
from storage.records import Task

_COUNTED = {
    "tallies": "SELECT span, month, unit_id, body_id, urgency, bucket, COUNT(*) AS tasks"
    " FROM tally_entries GROUP BY span, month, unit_id, body_id, urgency, bucket",
    "person_tallies": "SELECT person_id, unit_id, body_id, bucket, COUNT(*) AS tasks"
    " FROM closed_tasks GROUP BY person_id, unit_id, body_id, bucket",
    "document_tallies": "SELECT document_id, unit_id, body_id, bucket, COUNT(*) AS tasks"
    " FROM closed_tasks GROUP BY document_id, unit_id, body_id, bucket",
}


async def wrong(db: Reader) -> int:
    """Count every closed task anew, and return how many tallies are not what they should be.

    It reads all tasks there are: seconds for a million.
    """
    found = 0
    for table, counted in _COUNTED.items():
        kept = f"SELECT * FROM {table} WHERE tasks <> 0"  # noqa: S608 - tables
        rows = await db.fetch(
            f"SELECT COUNT(*) AS wrong FROM (SELECT * FROM ({counted} EXCEPT {kept}) AS fewer"  # noqa: S608 - tables
            f" UNION ALL SELECT * FROM ({kept} EXCEPT {counted}) AS more) AS differing"
        )
        found += int(rows[0]["wrong"])
    return found


async def hand_on(tx: Transaction, tasks: Sequence[Task], from_id: int, to_id: int) -> None:
    """Count closed tasks, which are under correction, for another who leads them since.

    `tasks` are as they were before; the triggers have counted what else changed of them for the new lead.
    """
    await tx.execute_many(
        "INSERT INTO person_tallies (person_id, unit_id, body_id, bucket, tasks)"
        " VALUES ($1, $2, $3, 'correcting', $4) ON CONFLICT (person_id, unit_id, body_id, bucket)"
        " DO UPDATE SET tasks = person_tallies.tasks + EXCLUDED.tasks",
        [
            (person_id, one.unit_id or 0, one.body_id or 0, count)
            for one in tasks
            for person_id, count in ((from_id, -1), (to_id, 1))
        ],
    )


async def recount(tx: Transaction) -> None:
    """Write all tallies anew from the tasks: after tasks were written closed, or a tally was wrong."""
    for table, counted in _COUNTED.items():
        await tx.execute(f"DELETE FROM {table}")  # noqa: S608 - tables
        await tx.execute(f"INSERT INTO {table} {counted}")
