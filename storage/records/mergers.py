"""What was merged, split or dissolved."""

from datetime import datetime
from typing import Any, NamedTuple

from pydantic import Json

from storage.records.record import Record


class Merger(Record):
    """One act of putting units together, apart, or people elsewhere; `into_id` took over.

    `facts` hold what undoing needs and what the sheet of handing over shows: ids and figures.
    """

    id: int
    kind: str
    into_id: int
    actor_id: int
    made_at: datetime
    facts: Json[dict[str, Any]]
    undone_at: datetime | None
    undone_by_id: int | None


class MovedTask(NamedTuple):
    """An open task that a merger is about: whose unit and lead it had, and has from then on.

    There may be ten thousand, and a model takes ten times as long to make.
    """

    task_id: int
    unit_id: int
    to_unit_id: int
    lead_id: int | None
    to_lead_id: int | None
    decider_id: int | None = None
    """Who decided on it and does not any more, since they lead it."""


class OpenTask(NamedTuple):
    """An open task as a merger sees it."""

    id: int
    unit_id: int
    lead_id: int | None
    assigner_id: int
    decider_id: int | None


class HeldPost(Record):
    """A post with the number of its row."""

    id: int
    person_id: int
    unit_id: int
    role: str
