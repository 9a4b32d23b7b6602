"""What was finished week by week, and what was overdue at each end: counted in one read.

The rules are those of `bot/rules/reporting/reporting.py`, and a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.engine.database import Reader
from storage.engine.sqlite_work import moment_of
from storage.records import Counts
from storage.reporting.count_queries import union
from storage.tasks.task_conditions import Condition, alive_between

_FINISHED = "t.status = 'done' AND t.closed_at >= $1 AND t.closed_at < $2"
_WAS_OPEN = "(t.closed_at IS NULL OR t.closed_at >= $2) AND t.created_at < $2"
_FINISHED_LATE = (
    "COALESCE(CASE WHEN t.submitted_at < $2 THEN t.submitted_at END, t.closed_at) > t.late_from"
)
_OVERDUE = (
    "CASE WHEN t.submitted_at < $2 THEN t.submitted_at > t.late_from"
    " WHEN $3 < $2 THEN t.late_from < $3 ELSE t.due_at < $2 END"
)
"""At the end of what is over, what was due in it and not handed in: `bot.rules.reporting.reporting.Row`."""


@dataclass(frozen=True)
class Part:
    """From when on and before when it is, and at which moment its end is told: not after now."""

    since: datetime
    until: datetime
    moment: datetime

    @property
    def values(self) -> tuple[datetime, ...]:
        return self.since, self.until, self.moment


async def trend(db: Reader, seen: Condition, parts: Sequence[Part]) -> list[Counts]:
    """Return of tasks that meet a condition on `t` what was finished in each part, on time and late.

    And what was overdue at its end; the other buckets are not counted.
    """
    whole = alive_between(parts[0].since, parts[-1].until) & seen
    counted = union([_counted(number, part) for number, part in enumerate(parts)])
    found = Condition(
        "WITH alive AS MATERIALIZED (SELECT t.status, t.created_at, t.submitted_at, t.closed_at,"  # noqa: S608 - conditions
        f" t.due_at, t.late_from FROM tasks t WHERE t.status <> 'cancelled' AND NOT t.in_correction AND {whole.sql})",
        whole.values,
    ).then(" ", counted)
    rows = await db.fetch(f"SELECT * FROM ({found.sql}) AS parts ORDER BY part", *found.values)  # noqa: S608 - as above
    names = ("done_on_time", "done_late", "overdue")
    return [Counts(**{name: int(row[name]) for name in names}) for row in rows]


async def next_late(db: Reader, open_ones: Condition, now: datetime) -> datetime | None:
    """Return the first deadline that is not over yet of some open tasks; None if there is none."""
    row = await db.fetch_one(
        f"SELECT t.late_from FROM tasks t WHERE {open_ones.sql} AND t.late_from >= ${len(open_ones.values) + 1}"  # noqa: S608 - conditions
        " ORDER BY t.late_from LIMIT 1",
        *open_ones.values,
        now,
    )
    return moment_of(row["late_from"]) if row else None


def _counted(number: int, part: Part) -> Condition:
    return Condition(
        f"SELECT {number} AS part,"  # noqa: S608 - written here
        f" COUNT(*) FILTER (WHERE {_FINISHED} AND ({_FINISHED_LATE}) IS NOT TRUE) AS done_on_time,"
        f" COUNT(*) FILTER (WHERE {_FINISHED} AND {_FINISHED_LATE}) AS done_late,"
        f" COUNT(*) FILTER (WHERE {_WAS_OPEN} AND {_OVERDUE}) AS overdue FROM alive t",
        part.values,
    )
