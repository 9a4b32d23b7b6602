"""Updates as Telegram sent them."""

from datetime import datetime
from typing import NamedTuple

from storage.records.record import Record


class Incoming(Record):
    """A raw update as Telegram sent it; with a `mark`, the secrecy rule that stripped its body.

    A `suspect` was in hand when the process ended; `deaths` counts the ends that it alone stands for.
    """

    bot_id: int
    update_id: int
    lane: int
    body: str | None
    mark: str | None
    state: str
    received_at: datetime
    attempts: int
    applied_at: datetime | None
    suspect: bool = False
    deaths: int = 0


class UpdateKey(NamedTuple):
    """Names one update for ever; an action that writes marks it, so that a repeat does nothing twice."""

    bot_id: int
    update_id: int
