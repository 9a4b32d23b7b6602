"""Groups of leaders who decide together ("Thường trực"): any member may decide for all."""

from collections.abc import Collection
from datetime import datetime

from storage.engine.database import Reader, Row, Transaction
from storage.records import LeaderGroup

_GROUP = (
    "SELECT g.id, g.name, g.folded, m.person_id FROM leader_groups g"
    " LEFT JOIN leader_group_members m ON m.group_id = g.id AND m.until_at IS NULL"
    " WHERE g.ended_at IS NULL"
)
_ORDER = " ORDER BY g.id, m.id"


async def living(db: Reader) -> list[LeaderGroup]:
    """Return every group with its members, in the order they were made."""
    return _groups(await db.fetch(_GROUP + _ORDER))


async def get(db: Reader, group_id: int) -> LeaderGroup | None:
    """Return a group that has not ended."""
    found = _groups(await db.fetch(_GROUP + " AND g.id = $1" + _ORDER, group_id))
    return found[0] if found else None


async def of_person(db: Reader, person_id: int) -> list[int]:
    """Return the groups somebody is a member of."""
    rows = await db.fetch(
        "SELECT m.group_id FROM leader_group_members m JOIN leader_groups g ON g.id = m.group_id"
        " WHERE m.person_id = $1 AND m.until_at IS NULL AND g.ended_at IS NULL ORDER BY g.id",
        person_id,
    )
    return [int(row["group_id"]) for row in rows]


async def who_decide(db: Reader, task_id: int, assigner_ids: Collection[int]) -> list[int]:
    """Return the members of the group a task was assigned for, if one of these people assigned it.

    Its lead is left out, who never decides on what is their own.
    """
    if not assigner_ids:
        return []
    slots = ", ".join(f"${n}" for n in range(2, len(assigner_ids) + 2))
    rows = await db.fetch(
        "SELECT m.person_id FROM tasks t"  # noqa: S608 - slots
        " JOIN leader_group_members m ON m.group_id = t.group_id AND m.until_at IS NULL"
        " LEFT JOIN task_people tp ON tp.task_id = t.id AND tp.part = 'lead' AND tp.until_at IS NULL"
        f" WHERE t.id = $1 AND t.assigner_id IN ({slots})"
        " AND m.person_id <> COALESCE(tp.person_id, 0) ORDER BY m.id",
        task_id,
        *assigner_ids,
    )
    return [int(row["person_id"]) for row in rows]


async def insert(tx: Transaction, name: str, folded: str, at: datetime) -> int:
    """Make a group without members and return its id."""
    row = await tx.fetch(
        "INSERT INTO leader_groups (name, folded, created_at) VALUES ($1, $2, $3) RETURNING id",
        name,
        folded,
        at,
    )
    return int(row[0]["id"])


async def set_members(
    tx: Transaction, group_id: int, person_ids: Collection[int], at: datetime
) -> None:
    """Put these members, the first one first, in place of those a group has."""
    await tx.execute(
        "UPDATE leader_group_members SET until_at = $2 WHERE group_id = $1 AND until_at IS NULL",
        group_id,
        at,
    )
    await tx.execute_many(
        "INSERT INTO leader_group_members (group_id, person_id, from_at) VALUES ($1, $2, $3)",
        [(group_id, person_id, at) for person_id in dict.fromkeys(person_ids)],
    )


def _groups(rows: list[Row]) -> list[LeaderGroup]:
    members: dict[int, list[int]] = {}
    names: dict[int, Row] = {}
    for row in rows:
        names[row["id"]] = row
        members.setdefault(row["id"], [])
        if row["person_id"] is not None:
            members[row["id"]].append(row["person_id"])
    return [
        LeaderGroup(id=id_, name=row["name"], folded=row["folded"], members=tuple(members[id_]))
        for id_, row in names.items()
    ]
