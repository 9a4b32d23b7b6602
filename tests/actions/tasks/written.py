"""Tasks in any state, written straight into the tables."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from bot.actions.find import task as find_task
from bot.refusals import Refusal
from bot.rules.rights import Standpoint
from storage.engine.database import Database, Value
from storage.records import Part, Status, TaskView, Urgency
from storage.tasks import tasks
from tests.actions.office import PEOPLE, Staffed, staffed
from tests.rules.task import office

NOW = office(14)
OVER = {Status.DONE, Status.CANCELLED}
near = st.integers(-3, 3).map(lambda hours: NOW + timedelta(hours=hours))
past = st.integers(0, 24 * 100).map(lambda hours: NOW - timedelta(hours=hours))
rows = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "unit": st.sampled_from(["th", "qt", "data", None]),
        "lead": st.sampled_from(sorted(PEOPLE)),
        "assigner": st.sampled_from(sorted(PEOPLE)),
        "late_from": st.none() | near | past,
        "submitted_at": st.none() | near,
    },
    optional={
        "urgency": st.sampled_from(Urgency),
        "document": st.sampled_from([1, 2]),
        "body": st.sampled_from(["th", "qt"]),
        "in_correction": st.booleans(),
        "moments": st.tuples(past, past).map(sorted),
    },
)


async def written(db: Database, files: Path, given_rows: Iterable[dict[str, object]]) -> Staffed:
    """Return the office with the tasks of these rows and no others."""
    await clear(db)
    at_work = await staffed(db, files)
    await documents(at_work)
    for row in given_rows:
        await put(at_work, row)
    return at_work


async def put(at_work: Staffed, row: dict[str, object]) -> None:
    """Write a task, and close it afterwards where it is over: tallies are kept as it closes."""
    handed_in = row["status"] in {Status.SUBMITTED, Status.DONE}
    moments: list[datetime] = row.get("moments", [office(1), NOW])  # type: ignore[assignment]
    columns = {
        "title": "Việc",
        "urgency": row.get("urgency", Urgency.NORMAL),
        "status": Status.ASSIGNED,
        "assigner_id": at_work.ids[str(row["assigner"])],
        "entered_by_id": at_work.ids[str(row["assigner"])],
        "unit_id": at_work.units.get(str(row["unit"])),
        "body_id": at_work.units.get(str(row.get("body"))),
        "document_id": row.get("document"),
        "due_at": row["late_from"],
        "late_from": row["late_from"],
        "created_at": moments[0],
    }
    after: dict[str, Value] = {
        "status": Status(str(row["status"])),
        "submitted_at": (row["submitted_at"] or NOW) if handed_in else None,  # type: ignore[dict-item]
        "in_correction": bool(row.get("in_correction", False)),
        "closed_at": moments[1] if row["status"] in OVER else None,
    }
    async with at_work.db.transaction() as tx:
        task = await tasks.insert(tx, columns)  # type: ignore[arg-type]
        await tasks.add_people(tx, task.id, [(at_work.ids[str(row["lead"])], Part.LEAD)], NOW)
        await tasks.change(tx, task.id, task.version, after)


async def seen(at_work: Staffed, who: Standpoint) -> list[TaskView]:
    """Return the tasks a person may open one by one."""
    found = []
    for row in await at_work.db.fetch("SELECT id FROM tasks ORDER BY id"):
        with suppress(Refusal):
            found.append(await find_task(at_work.office, who, row["id"]))
    return found


async def documents(at_work: Staffed) -> None:
    """Enter the documents 1 and 2."""
    async with at_work.db.transaction() as tx:
        for number in (1, 2):
            await tx.execute(
                "INSERT INTO documents (id, symbol, folded, entered_by_id, created_at)"
                " VALUES ($1, $2, $2, $3, $4)",
                number,
                f"{number}-KH/TU",
                at_work.ids["leader"],
                NOW,
            )


async def clear(db: Database) -> None:
    """Leave an empty office; its tallies go with its tasks."""
    kept = ("tallies", "person_tallies", "document_tallies")
    rows_of = ("task_people", "tasks", "documents", "events", "roles", "charges", "people", "units")
    async with db.transaction() as tx:
        for table in (*kept, *rows_of):
            if table == "units":
                await tx.execute("UPDATE units SET parent_id = NULL, ended_at = $1", NOW)
            await tx.execute(f"DELETE FROM {table}")
        await tx.execute("UPDATE chain SET length = 0, hash = ''")
