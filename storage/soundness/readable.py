"""Whether the rows of a database can be read: each by the model that the program reads it with."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

from storage import records
from storage.engine.database import Reader, Row
from storage.history.chain import Told

_BATCH = 2000
_READ_WITH: Mapping[str, type[BaseModel]] = {
    "units": records.Unit,
    "people": records.Person,
    "documents": records.Document,
    "series": records.Series,
    "tasks": records.Task,
    "task_people": records.TaskPerson,
    "requests": records.Request,
    "remarks": records.Remark,
    "files": records.File,
    "drafts": records.Draft,
    "cards": records.Card,
    "reminders": records.Reminder,
    "outbox": records.Outgoing,
    "events": records.Event,
    "kept_events": records.Event,
    "mergers": records.Merger,
    "absences": records.Absence,
    "entry_rights": records.EntryRight,
    "invitations": records.Invitation,
    "calendar_links": records.CalendarLink,
    "archives": records.Archive,
    "disposals": records.Disposal,
}
"""By table, each of which has numbered rows."""


async def unreadable(db: Reader, told: Told) -> str | None:
    """Return the first row that the program could not read, and why; None where all can be."""
    done = 0
    for table, model in _READ_WITH.items():
        last = -(2**63)
        while rows := await db.fetch(
            f"SELECT * FROM {table} WHERE id > $1 ORDER BY id LIMIT {_BATCH}",  # noqa: S608 - our tables
            last,
        ):
            for row in rows:
                if why := _why(model, row):
                    return f"{table} {row['id']}: {why}"
            last, done = rows[-1]["id"], done + len(rows)
            told(done, done)
    return None


def _why(model: type[BaseModel], row: Row) -> str | None:
    try:
        model.model_validate(row)
    except ValidationError as why:
        one = why.errors(include_url=False, include_input=False, include_context=False)[0]
        return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
    return None
