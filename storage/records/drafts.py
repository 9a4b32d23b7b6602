"""Dialogs that are not finished."""

from datetime import datetime
from typing import Any

from pydantic import Json

from storage.records.record import Record


class Draft(Record):
    """A dialog that is not finished; `waits_for` names what the next message answers, if anything.

    A draft of a task was read from the message `message_id`, and `card_id` is the one that shows it.
    """

    id: int
    person_id: int
    chat_id: int
    topic_id: int | None
    message_id: int | None
    card_id: int | None
    kind: str
    task_id: int | None
    waits_for: str | None
    fields: Json[dict[str, Any]]
    version: int
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None
