"""One frozen model per row, and the enums that are column values, a file for each noun.

Moments are aware and in UTC.
"""

from storage.records.absences import Absence, Holdings
from storage.records.archive.archives import Archive, Archived, Disposal
from storage.records.cards import Card
from storage.records.counts import Counts, Group
from storage.records.directives import Document, DocumentView, EntryRight
from storage.records.drafts import Draft
from storage.records.files import AlbumPart, File
from storage.records.history import Event
from storage.records.incoming import Incoming, UpdateKey
from storage.records.mergers import HeldPost, Merger, MovedTask, OpenTask
from storage.records.outgoing import Failure, Health, Outgoing, Priority, Queues, Unreached
from storage.records.people import (
    CalendarLink,
    Invitation,
    LeaderGroup,
    Member,
    Person,
    Post,
    Reach,
    Role,
    Unit,
)
from storage.records.record import Record
from storage.records.reminders import CalendarDay, Reminder, Reminding, Scheduled
from storage.records.reports import ReportLine
from storage.records.requests import Extension, Remark, Request, RequestState
from storage.records.series import Series
from storage.records.steps import CheckItem, Undo
from storage.records.strangers import Tried
from storage.records.tasks import (
    DoneWhen,
    Evidence,
    Part,
    PartState,
    Pressure,
    Quality,
    Status,
    Task,
    TaskPerson,
    Urgency,
)
from storage.records.views import DatedTask, Note, OtherPart, TaskLine, TaskView
from storage.records.workload import Carried, Finished

__all__ = [
    "Absence",
    "AlbumPart",
    "Archive",
    "Archived",
    "CalendarDay",
    "CalendarLink",
    "Card",
    "Carried",
    "CheckItem",
    "Counts",
    "DatedTask",
    "Disposal",
    "Document",
    "DocumentView",
    "DoneWhen",
    "Draft",
    "EntryRight",
    "Event",
    "Evidence",
    "Extension",
    "Failure",
    "File",
    "Finished",
    "Group",
    "Health",
    "HeldPost",
    "Holdings",
    "Incoming",
    "Invitation",
    "LeaderGroup",
    "Member",
    "Merger",
    "MovedTask",
    "Note",
    "OpenTask",
    "OtherPart",
    "Outgoing",
    "Part",
    "PartState",
    "Person",
    "Post",
    "Pressure",
    "Priority",
    "Quality",
    "Queues",
    "Reach",
    "Record",
    "Remark",
    "Reminder",
    "Reminding",
    "ReportLine",
    "Request",
    "RequestState",
    "Role",
    "Scheduled",
    "Series",
    "Status",
    "Task",
    "TaskLine",
    "TaskPerson",
    "TaskView",
    "Tried",
    "Undo",
    "Unit",
    "Unreached",
    "UpdateKey",
    "Urgency",
]
