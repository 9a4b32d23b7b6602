"""What waits to be handled, said or reminded of: how much, and since when the oldest."""

from datetime import datetime

from storage.engine.database import Reader
from storage.messaging.outbox_leases import AT_ANY_HOUR
from storage.records import Queues
from storage.reminders.reminders import IS_FLASH


async def queues(db: Reader, now_office: datetime, *, quiet: bool) -> Queues:
    """Count what waits by the office's clock; the oldest is of what may be said at this hour.

    Of updates the oldest goes by the real clock, as they came.
    """
    said_now = f" AND {AT_ANY_HOUR}" if quiet else ""
    reminded_now = f" AND {IS_FLASH}" if quiet else ""
    row = await db.fetch_one(
        "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'waiting') AS updates,"  # noqa: S608 - fixed texts
        " (SELECT MIN(received_at) FROM inbox WHERE state = 'waiting') AS oldest_update,"
        " (SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND not_before <= $1) AS messages,"
        " (SELECT MIN(o.not_before) FROM outbox AS o"
        f"  WHERE o.state = 'waiting' AND o.not_before <= $1{said_now}) AS oldest_message,"
        " (SELECT COUNT(*) FROM outbox WHERE state = 'unreachable') AS unreachable,"
        " (SELECT COUNT(*) FROM reminders WHERE settled_at IS NULL) AS reminders,"
        f" (SELECT MIN(at) FROM reminders WHERE settled_at IS NULL AND at <= $1{reminded_now})"
        "  AS oldest_reminder",
        now_office,
    )
    assert row is not None
    return Queues.model_validate(row)
