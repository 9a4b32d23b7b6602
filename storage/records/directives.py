"""Assigning documents, and who may enter their tasks for others."""

from datetime import date, datetime

from storage.records.record import Record


class EntryRight(Record):
    """`person_id` may enter tasks on behalf of a person or of a group of leaders."""

    id: int
    person_id: int
    for_person_id: int | None
    for_group_id: int | None
    given_by_id: int
    from_at: datetime
    until_at: datetime | None


class Document(Record):
    """An assigning document; `planned` is how many tasks are to be entered from it.

    `kind` names its type ("Thông báo kết luận"), `title` says what it is about, `folded` is what the spellings of its symbol have in common. Spans counted in days start at the
    day it was received where `from_receipt`, else when the task is entered. It is entered for a
    person or a group where one of `for_person_id`, `for_group_id` is set.
    """

    id: int
    symbol: str
    folded: str
    kind: str
    title: str
    issuer: str
    issued_on: date | None
    received_on: date | None
    planned: int | None
    from_receipt: bool
    for_person_id: int | None
    for_group_id: int | None
    entered_by_id: int
    version: int
    created_at: datetime


class DocumentView(Document):
    """A document with the names its page shows, and how many of its tasks were not cancelled."""

    entered_by_name: str
    for_name: str | None
    entered: int

    @property
    def lacking(self) -> int:
        """How many planned tasks are not entered yet."""
        return max(0, (self.planned or 0) - self.entered)
