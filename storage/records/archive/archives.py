"""Packages of what is over, and the tasks in them."""

from datetime import datetime

from storage.records.record import Record


class Archive(Record):
    """A package of a year or of a unit that ended; without `made_at` it is still to be written.

    `fingerprint` is the SHA-256 of its list of lists (tagmanifest-sha256.txt); nobody made it where it
    was made at the terminal.
    """

    id: int
    name: str
    kind: str
    year: int | None
    unit_id: int | None
    tasks: int
    made_by_id: int | None
    begun_at: datetime
    made_at: datetime | None
    fingerprint: str | None
    restored: bool = False
    """It came back from a package that another database made."""


class Disposal(Record):
    """A list of what is to be disposed of: "open" until a second person decides, "done" or "refused"."""

    id: int
    state: str
    proposed_by_id: int
    proposed_at: datetime
    decided_by_id: int | None
    decided_at: datetime | None


class Archived(Record):
    """In which package a task lies, and the hash of its line there; what was disposed of says when."""

    task_id: int
    archive_id: int
    name: str
    sha256: str | None
    disposal_id: int | None
    disposed_at: datetime | None
