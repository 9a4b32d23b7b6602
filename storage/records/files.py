"""Files of a task, and those whose place is not known yet."""

from datetime import datetime

from storage.records.record import Record


class File(Record):
    id: int
    sha256: str
    name: str
    size: int
    mime: str
    telegram_file_id: str | None
    album: str | None = None
    task_id: int
    person_id: int
    created_at: datetime


class AlbumPart(Record):
    """A file of several sent at once, whose place is not known yet."""

    album: str
    person_id: int
    telegram_file_id: str
    name: str
    mime: str
    size: int
    received_at: datetime
