"""The lines of history."""

from datetime import datetime
from typing import Any

from pydantic import Json

from storage.records.record import Record


class Event(Record):
    """One line of history; facts hold ids and hashes, never a message's text."""

    id: int
    at: datetime
    kind: str
    actor_id: int | None
    task_id: int | None
    person_id: int | None
    text_id: int | None
    document_id: int | None
    facts: Json[dict[str, Any]]
    hash: str
