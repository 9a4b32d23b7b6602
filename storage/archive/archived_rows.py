"""The rows of tasks in the form that an archive keeps: the same text for both engines.

Moments are UTC text, and yes or no is a boolean. Each event carries the hash of the event before it. So a
package can be checked without the database it came from.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Value
from storage.engine.sqlite_work import utc_text

Plain = dict[str, Any]
PARTS = {
    "people": "task_people",
    "requests": "requests",
    "check_items": "check_items",
    "remarks": "remarks",
    "files": "files",
}
"""The tables whose rows belong to a task (each has a `task_id`), by the name that a package gives them."""
REGISTERS = {
    "people": "id, name, folded, position, created_at, ended_at",
    "units": "id, parent_id, name, folded, short_names, former_names, headcount, outside, created_at,"
    " ended_at",
    "leader_groups": "*",
    "documents": "*",
    "series": "*",
}
"""The columns of the tables that tasks point to. Of people only what a reader needs: no account, no nickname."""
POINTS_TO = {
    "people": {
        *("assigner_id", "entered_by_id", "decider_id", "accepted_by_id", "person_id", "actor_id"),
        *("asked_by", "decided_by", "done_by", "author_id", "answered_by", "for_person_id"),
    },
    "units": {"unit_id", "body_id"},
    "leader_groups": {"group_id", "for_group_id"},
    "documents": {"document_id"},
    "series": {"series_id"},
    "texts": {"text_id", "note_id", "blocker_id", "state_text_id", "answer_id"},
}
_FLAGS = {"brief", "has_clock", "closes_itself", "in_correction", "outside", "from_receipt"}
_MOMENTS = {"at", "late_from", "first_late_from"}
_IN_FACTS = {"people": ("decider_id", "lead_id"), "texts": ("title", "receiver")}
_MOST = 10_000
EVENTS = (
    "SELECT e.*, COALESCE((SELECT b.hash FROM events b WHERE b.id = e.id - 1), '') AS previous"
    " FROM events e WHERE e.{column} IN ({slots})"
    " UNION ALL SELECT * FROM kept_events k WHERE k.{column} IN ({slots}) ORDER BY id"
)


@dataclass(frozen=True)
class Bundle:
    """A task with all that belongs to it."""

    task: Plain
    parts: Mapping[str, Sequence[Plain]]
    texts: Sequence[Plain]
    events: Sequence[Plain]

    @property
    def line(self) -> str:
        """The task and all that belongs to it as one JSON text, without a line end."""
        whole = {"task": self.task, **self.parts, "texts": self.texts, "events": self.events}
        return canonical(whole)

    @property
    def rows(self) -> Iterator[Plain]:
        """All rows of the bundle except its texts."""
        yield self.task
        for rows in self.parts.values():
            yield from rows
        yield from self.events


def canonical(value: Any) -> str:
    """Return a value as the one JSON text that is kept and hashed, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def plain(row: Mapping[str, Any]) -> Plain:
    """Return a row in the same form, whichever engine it comes from."""
    return {name: _plain(name, value) for name, value in row.items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    return bool(value) if name in _FLAGS and value is not None else value


def stored(name: str, value: Any) -> Value:
    """Return a value of a package in the form that its column takes on both engines."""
    is_moment = name.endswith("_at") or name in _MOMENTS
    return datetime.fromisoformat(value) if is_moment and value is not None else value


async def bundles(db: Reader, task_ids: Sequence[int]) -> list[Bundle]:
    """Return tasks with all that belongs to them, sorted by number."""
    tasks = [plain(row) for row in await _of(db, "tasks", "id", task_ids)]
    parts = {
        name: _by_task(await _of(db, table, "task_id", task_ids)) for name, table in PARTS.items()
    }
    events = _by_task(await events_of(db, "task_id", task_ids))
    made = []
    for task in tasks:
        number = task["id"]
        own = {name: rows.get(number, []) for name, rows in parts.items()}
        made.append(Bundle(task, own, (), events.get(number, [])))
    wanted = [pointed("texts", one.rows) for one in made]
    texts = {one["id"]: one for one in await register(db, "texts", set().union(*wanted))}
    return [
        Bundle(one.task, one.parts, [texts[n] for n in sorted(ids) if n in texts], one.events)
        for one, ids in zip(made, wanted, strict=True)
    ]


async def events_of(db: Reader, column: str, ids: Collection[int]) -> list[Plain]:
    """Return the events of tasks (`task_id`) or documents (`document_id`), in their order."""
    if not ids:
        return []
    sql = EVENTS.format(column=column, slots=_slots(ids))
    return [plain(row) for row in await db.fetch(sql, *ids)]


async def register(db: Reader, table: str, ids: Collection[int]) -> list[Plain]:
    """Return rows of a table that tasks point to, sorted by number, with the columns that an archive may hold."""
    found: list[Plain] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), _MOST):
        some = wanted[start : start + _MOST]
        found += map(plain, await _of(db, table, "id", some, REGISTERS.get(table, "*")))
    return found


async def _of(
    db: Reader, table: str, column: str, ids: Collection[int], columns: str = "*"
) -> Sequence[Mapping[str, Any]]:
    if not ids:
        return []
    sql = f"SELECT {columns} FROM {table} WHERE {column} IN ({_slots(ids)}) ORDER BY id"  # noqa: S608 - names
    return await db.fetch(sql, *ids)


def _slots(ids: Collection[int]) -> str:
    return ", ".join(f"${n}" for n in range(1, len(ids) + 1))


def _by_task(rows: Sequence[Mapping[str, Any]]) -> dict[int, list[Plain]]:
    found: dict[int, list[Plain]] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(plain(row))
    return found


def pointed(table: str, rows: Iterator[Plain] | Sequence[Plain]) -> set[int]:
    """Return the numbers of the rows of a table that these rows point to."""
    names, found = POINTS_TO[table], set()
    for row in rows:
        found |= {row[name] for name in names & row.keys() if row[name] is not None}
        if row.get("facts") and table in _IN_FACTS:
            found |= _in_facts(table, json.loads(row["facts"]))
    return found


def _in_facts(table: str, facts: Plain) -> set[int]:
    """Return the people, or the texts of changed fields, that the facts of an event point to."""
    changed = facts.get("changes", {})
    found = [one for name in _IN_FACTS[table] for one in changed.get(name, ())]
    if table == "people":
        found += [facts.get(name) for name in ("from", "to", "for")]
        found += [one for name in ("added", "removed") for one in facts.get(name, ())]
    return {one for one in found if isinstance(one, int)}
