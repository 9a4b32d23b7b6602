"""Tasks and who has a part in them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.engine.database import Engine, Reader, Row, Transaction, Value
from storage.records import Part, Pressure, Task, TaskLine, TaskPerson, TaskView
from storage.tasks.task_conditions import Condition

SOONEST = "t.late_from NULLS LAST, t.id"
LONGEST_WAITING = "COALESCE(t.submitted_at, t.reported_at, t.created_at), t.id"
NEWEST = "t.id DESC"
OLDEST = "t.id"
LAST_CLOSED = "t.closed_at DESC, t.id DESC"
RECENT = 100
"""Of so many tasks assigned last, at most, somebody's usual leads are found."""
_VIEW = """
SELECT t.*, lead.id AS lead_id, lead.name AS lead_name, lead.position AS lead_position,
       lead.reach AS lead_reach, assigner.name AS assigner_name, u.name AS unit_name,
       body.name AS body_name,
       note.body AS note, state_text.body AS state_text, blocker.body AS blocker,
       r.id AS request_id, r.due_at AS request_due_at,
       r.has_clock AS request_has_clock, r.state AS request_state, reason.body AS request_reason,
       g.name AS group_name, entered.name AS entered_by_name, decider.name AS decider_name,
       d.symbol AS document_symbol, m.id AS remark_id, remark.body AS remark,
       author.name AS remark_author, m.due_at AS remark_due_at, fix.id AS correction_id,
       fix.asked_by AS correction_by, fix.facts AS correction_facts, why.body AS correction_reason,
       parent.title AS parent_title, s.rule AS series_rule,
       (SELECT COUNT(*) FROM tasks k WHERE k.parent_id = t.id AND k.status <> 'cancelled') AS sub_tasks,
       (SELECT COUNT(*) FROM tasks k WHERE k.parent_id = t.id AND k.status = 'done') AS sub_tasks_done,
       (SELECT COUNT(*) FROM check_items c WHERE c.task_id = t.id AND c.ended_at IS NULL) AS checks,
       (SELECT COUNT(*) FROM check_items c
        WHERE c.task_id = t.id AND c.ended_at IS NULL AND c.done_at IS NOT NULL) AS checks_done,
       kept.archive_id, kept.disposed_at,
       back.id AS decline_id, back.text_id AS decline_text_id, told.body AS decline_reason,
       proposed.id AS proposed_id, proposed.name AS proposed_name,
       {others} AS others,
       {notes} AS notes,
       (SELECT COUNT(*) FROM files f WHERE f.task_id = t.id) AS files
FROM tasks t
JOIN people assigner ON assigner.id = t.assigner_id
LEFT JOIN task_people tp ON tp.task_id = t.id AND tp.part = 'lead' AND tp.until_at IS NULL
LEFT JOIN people lead ON lead.id = tp.person_id
LEFT JOIN units u ON u.id = t.unit_id
LEFT JOIN units body ON body.id = t.body_id
LEFT JOIN texts note ON note.id = t.note_id
LEFT JOIN texts blocker ON blocker.id = t.blocker_id
LEFT JOIN texts state_text ON state_text.id = t.state_text_id
LEFT JOIN requests r ON r.task_id = t.id AND r.state IN ('open', 'offered') AND r.kind = 'extension'
LEFT JOIN texts reason ON reason.id = r.text_id
LEFT JOIN leader_groups g ON g.id = t.group_id
LEFT JOIN people entered ON entered.id = t.entered_by_id
LEFT JOIN people decider ON decider.id = t.decider_id
LEFT JOIN documents d ON d.id = t.document_id
LEFT JOIN remarks m ON m.id = (
  SELECT MIN(id) FROM remarks WHERE task_id = t.id AND answered_at IS NULL)
LEFT JOIN texts remark ON remark.id = m.text_id
LEFT JOIN people author ON author.id = m.author_id
LEFT JOIN requests fix ON fix.task_id = t.id AND fix.state = 'open' AND fix.kind = 'correction'
LEFT JOIN texts why ON why.id = fix.text_id
LEFT JOIN tasks parent ON parent.id = t.parent_id
LEFT JOIN series s ON s.id = t.series_id AND s.ended_at IS NULL
LEFT JOIN archived_tasks kept ON kept.task_id = t.id
LEFT JOIN requests back ON back.task_id = t.id AND back.state = 'open' AND back.kind = 'decline'
LEFT JOIN texts told ON told.id = back.text_id
LEFT JOIN people proposed ON proposed.id = back.person_id
"""
_OTHERS = """
(SELECT {array} FROM (
  SELECT o.person_id, o.unit_id, COALESCE(p.name, ou.name) AS name, o.part, o.state,
         CASE WHEN o.person_id IS NULL AND ou.outside THEN 1 ELSE 0 END AS outside
  FROM task_people o LEFT JOIN people p ON p.id = o.person_id LEFT JOIN units ou ON ou.id = o.unit_id
  WHERE o.task_id = t.id AND o.part <> 'lead' AND o.until_at IS NULL ORDER BY o.id
) named)
"""
_NOTES = """
(SELECT {array} FROM (
  SELECT a.name AS author, x.body AS text
  FROM events e JOIN people a ON a.id = e.actor_id JOIN texts x ON x.id = e.text_id
  WHERE e.task_id = t.id AND e.kind = 'task.note' AND x.body IS NOT NULL ORDER BY e.id DESC LIMIT 2
) latest)
"""
_PAIRS = (
    "'person_id', person_id, 'unit_id', unit_id, 'name', name, 'part', part, 'state', state,"
    " 'outside', outside"
)
_ARRAYS: dict[Engine, str] = {
    "sqlite": "json_group_array(json_object({pairs}))",
    "postgres": "COALESCE(json_agg(json_build_object({pairs})), '[]')",
}
_VIEWS = {
    engine: _VIEW.format(
        others=_OTHERS.format(array=array.format(pairs=_PAIRS)),
        notes=_NOTES.format(array=array.format(pairs="'author', author, 'text', text")),
    )
    for engine, array in _ARRAYS.items()
}
_REQUEST = (
    " LEFT JOIN requests r ON r.task_id = t.id AND r.state IN ('open', 'offered')"
    " AND r.kind = 'extension'"
)
_PAGE = f"""
SELECT found.total, t.id, t.title, t.product, t.status, t.due_at, t.late_from,
       t.submitted_at, t.closed_at, t.in_correction, t.urgency, t.created_at, t.reported_at,
       COALESCE(lead.name, body.name) AS lead_name,
       assigner.name AS assigner_name, blocker.body AS blocker, r.id AS request_id,
       kept.archive_id, kept.disposed_at
FROM found
JOIN tasks t ON t.id = found.id
JOIN people assigner ON assigner.id = t.assigner_id
LEFT JOIN task_people tp ON tp.task_id = t.id AND tp.part = 'lead' AND tp.until_at IS NULL
LEFT JOIN people lead ON lead.id = tp.person_id
LEFT JOIN units body ON body.id = t.body_id
LEFT JOIN texts blocker ON blocker.id = t.blocker_id
LEFT JOIN archived_tasks kept ON kept.task_id = t.id
{_REQUEST}
"""  # noqa: S608 - written here


async def insert(tx: Transaction, columns: Mapping[str, Value]) -> Task:
    """Add a task with these column values and return it with its number."""
    names = ", ".join(columns)
    slots = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    sql = f"INSERT INTO tasks ({names}) VALUES ({slots}) RETURNING *"  # noqa: S608 - column names
    return Task.model_validate((await tx.fetch(sql, *columns.values()))[0])


async def change(
    tx: Transaction, task_id: int, version: int, columns: Mapping[str, Value]
) -> Task | None:
    """Set columns and raise the version, if the task still has this version; else return None."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, 3))
    sql = (
        f"UPDATE tasks SET {sets}, version = version + 1 "  # noqa: S608 - column names
        "WHERE id = $1 AND version = $2 RETURNING *"
    )
    row = await tx.fetch_one(sql, task_id, version, *columns.values())
    return Task.model_validate(row) if row else None


async def hold(tx: Transaction, task_id: int) -> None:
    """Let nobody else change a task until the transaction is over; SQLite has one writer anyway."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT id FROM tasks WHERE id = $1 FOR NO KEY UPDATE", task_id)


async def add_people(
    tx: Transaction, task_id: int, parts: Sequence[tuple[int, Part]], at: datetime
) -> None:
    """Give people (id, part) a part in a task from a moment on."""
    await tx.execute_many(
        "INSERT INTO task_people (task_id, person_id, part, from_at) VALUES ($1, $2, $3, $4)",
        [(task_id, person_id, part, at) for person_id, part in parts],
    )


async def end_part(tx: Transaction, task_id: int, person_id: int, at: datetime) -> bool:
    """End what a person has to do with a task besides leading it; False where there is nothing."""
    ended = await tx.execute(
        "UPDATE task_people SET until_at = $3 WHERE task_id = $1 AND person_id = $2"
        " AND part <> 'lead' AND until_at IS NULL",
        task_id,
        person_id,
        at,
    )
    return ended > 0


async def change_lead(tx: Transaction, task_id: int, person_id: int, at: datetime) -> None:
    """Let a person lead a task in place of who does; another part they had in it ends."""
    await tx.execute(
        "UPDATE task_people SET until_at = $3 WHERE task_id = $1 AND until_at IS NULL"
        " AND (part = 'lead' OR person_id = $2)",
        task_id,
        person_id,
        at,
    )
    await add_people(tx, task_id, [(person_id, Part.LEAD)], at)


async def view(db: Reader, task_id: int) -> TaskView | None:
    """Return a task with the names its card shows."""
    row = await db.fetch_one(_VIEWS[db.engine] + "WHERE t.id = $1", task_id)
    return TaskView.model_validate(row) if row else None


async def pressure(db: Reader, task_id: int) -> Pressure | None:
    """Return how a task presses, None where there is none of that number."""
    row = await db.fetch_one("SELECT urgency, due_at FROM tasks WHERE id = $1", task_id)
    return Pressure.model_validate(row) if row else None


async def views(db: Reader, task_ids: Sequence[int]) -> list[TaskView]:
    """Return several tasks with their names, by number."""
    if not task_ids:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    rows = await db.fetch(_VIEWS[db.engine] + f"WHERE t.id IN ({slots}) ORDER BY t.id", *task_ids)
    return [TaskView.model_validate(row) for row in rows]


async def parts(db: Reader, task_id: int) -> list[TaskPerson]:
    """Return who has a part in a task now."""
    rows = await db.fetch(
        "SELECT task_id, person_id, unit_id, part, state, from_at FROM task_people "
        "WHERE task_id = $1 AND until_at IS NULL ORDER BY id",
        task_id,
    )
    return [TaskPerson.model_validate(row) for row in rows]


async def stakes_of(
    db: Reader, task_ids: Sequence[int], people: Sequence[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return which of these people have a part in which of these tasks, and which assigned which."""
    if not task_ids or not people:
        return {}, {}
    tasks = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    those = ", ".join(f"${n + len(task_ids)}" for n in range(1, len(people) + 1))
    rows = await db.fetch(
        "SELECT task_id, person_id, 1 AS has_part FROM task_people WHERE until_at IS NULL"  # noqa: S608 - slots
        f" AND task_id IN ({tasks}) AND person_id IN ({those})"
        " UNION ALL SELECT id, assigner_id, 0 FROM tasks"
        f" WHERE id IN ({tasks}) AND assigner_id IN ({those})",
        *task_ids,
        *people,
    )
    found: tuple[dict[int, list[int]], dict[int, list[int]]] = {}, {}
    for row in rows:
        of_kind = found[0] if row["has_part"] else found[1]
        of_kind.setdefault(row["task_id"], []).append(row["person_id"])
    return found


async def open_parts(db: Reader, task_id: int) -> list[Task]:
    """Return the tasks that a task was split into and that are not over, in their order."""
    rows = await db.fetch(
        "SELECT * FROM tasks WHERE parent_id = $1 AND closed_at IS NULL ORDER BY id", task_id
    )
    return [Task.model_validate(row) for row in rows]


async def recent_leads(db: Reader, assigner_id: int, limit: int) -> list[int]:
    """Return the leads of the tasks a person assigned of late, the latest first, each once."""
    rows = await db.fetch(
        "SELECT tp.person_id FROM (SELECT id FROM tasks WHERE assigner_id = $1 ORDER BY id DESC"  # noqa: S608 - a number
        f" LIMIT {RECENT}) AS t JOIN task_people tp ON tp.task_id = t.id"
        " AND tp.part = 'lead' AND tp.until_at IS NULL"
        " GROUP BY tp.person_id ORDER BY MAX(t.id) DESC LIMIT $2",
        assigner_id,
        limit,
    )
    return [int(row["person_id"]) for row in rows]


async def heard_of(tx: Transaction, task_id: int, at: datetime) -> None:
    """Note that who works on a task said something; its version stays, so no card grows old by it."""
    await tx.execute("UPDATE tasks SET reported_at = $2 WHERE id = $1", task_id, at)


async def unaccepted(db: Reader, until: datetime) -> list[Task]:
    """Return the results handed in up to a moment whose acceptor was not reminded since."""
    rows = await db.fetch(
        "SELECT * FROM tasks WHERE status = 'submitted' AND submitted_at <= $1"
        " AND (accept_chased_at IS NULL OR accept_chased_at < submitted_at) ORDER BY id",
        until,
    )
    return [Task.model_validate(row) for row in rows]


async def accept_chased(tx: Transaction, task_id: int, at: datetime) -> bool:
    """Record that the acceptor was reminded; False when another process was faster."""
    changed = await tx.execute(
        "UPDATE tasks SET accept_chased_at = $2 WHERE id = $1 AND status = 'submitted'"
        " AND (accept_chased_at IS NULL OR accept_chased_at < submitted_at)",
        task_id,
        at,
    )
    return changed == 1


async def numbers(db: Reader, condition: Condition) -> list[int]:
    """Return the numbers of the tasks that meet a condition on `t` alone."""
    rows = await db.fetch(f"SELECT t.id FROM tasks t WHERE {condition.sql}", *condition.values)  # noqa: S608 - conditions
    return [int(row["id"]) for row in rows]


async def page(
    db: Reader,
    condition: Condition,
    order: str,
    limit: int,
    offset: int = 0,
    total: int | None = None,
) -> tuple[list[TaskLine], int]:
    """Return one page of the tasks that meet a condition, and how many do.

    They are found first, and their names looked up for those of the page alone. Where the total is
    known, no more are found than these. `order` is SOONEST (the deadline), LONGEST_WAITING (for somebody's
    decision), NEWEST, OLDEST or LAST_CLOSED.
    """
    n = len(condition.values)
    request = _REQUEST if re.search(r"\br\.", condition.sql) else ""
    counted = "COUNT(*) OVER ()" if total is None else f"CAST(${n + 3} AS BIGINT)"
    found = (
        f"SELECT t.id, {counted} AS total FROM tasks t{request}"  # noqa: S608 - conditions
        f" WHERE {condition.sql} ORDER BY {order} LIMIT ${n + 1} OFFSET ${n + 2}"
    )
    known = () if total is None else (total,)
    rows = await db.fetch(
        f"WITH found AS ({found}){_PAGE}ORDER BY {order}", *condition.values, limit, offset, *known
    )
    return [TaskLine.model_validate(row) for row in rows], _total(rows)


def _total(rows: Sequence[Row]) -> int:
    return int(rows[0]["total"]) if rows else 0
