"""What is asked of somebody about a task."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Json

from storage.records.record import Record


class RequestState(StrEnum):
    OPEN = "open"
    OFFERED = "offered"
    """The decider answered with another date, which the lead may take."""
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Taken back by who asked."""
    LAPSED = "lapsed"
    """The task was over before anyone decided."""


class Request(Record):
    """Something asked for that somebody decides: `kind` says what, `text_id` why.

    An extension has the deadline wanted, a hand-back the person proposed.
    """

    id: int
    task_id: int
    kind: str
    state: RequestState
    asked_by: int
    asked_at: datetime
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool | None
    person_id: int | None
    facts: Json[dict[str, Any]]
    text_id: int | None
    decided_by: int | None
    decided_at: datetime | None
    chased_at: datetime | None = None


class Extension(Request):
    """A later deadline asked for."""

    due_at: datetime
    late_from: datetime
    has_clock: bool


class Remark(Record):
    """A leader's instruction on a task (ý kiến chỉ đạo), answered once."""

    id: int
    task_id: int
    author_id: int
    text_id: int
    asked_at: datetime
    due_at: datetime | None
    chased_at: datetime | None
    answered_by: int | None
    answer_id: int | None
    answered_at: datetime | None
