"""A task that comes back."""

from datetime import date, datetime
from typing import Any

from pydantic import Json

from storage.records.record import Record


class Series(Record):
    """A task that comes back: its rule (RFC 5545) from a first day on, and what each one is like.

    `next_on` is the rule's next day, `make_at` when its task is made; both None when none is left.
    `held` says why that one could not be made yet: a kind of refusal.
    """

    id: int
    rule: str
    starts_on: date
    next_on: date | None
    make_at: datetime | None
    fields: Json[dict[str, Any]]
    assigner_id: int
    entered_by_id: int
    held: str | None
    version: int
    created_at: datetime
    ended_at: datetime | None
