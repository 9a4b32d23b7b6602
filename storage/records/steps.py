"""The small steps of a task: those to be ticked, and the last one that can be taken back."""

from datetime import datetime
from typing import Any

from pydantic import Json

from storage.records.record import Record


class Undo(Record):
    """The last step of a task that can be taken back: whose, and what it changed."""

    id: int
    task_id: int
    person_id: int
    kind: str
    version: int
    """The task's, once the step was made."""
    before: Json[dict[str, Any]]
    made_at: datetime
    drew_others: bool
    """Whether it moved the tasks above or below as well, or units were merged since."""


class CheckItem(Record):
    """A small step of a task, ticked when it is done."""

    id: int
    task_id: int
    text_id: int
    words: str
    done_by: int | None
    done_at: datetime | None
