"""Many tasks of one document before they are assigned: what is known of the document, and each item as read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.actions import find
from bot.actions.assigning.draft import Fields
from bot.actions.assigning.drafting import MAX_TITLE
from bot.actions.organisation import on_behalf
from bot.actions.tasks import sub_tasks
from bot.folding import words
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.directives import directives
from storage.engine.database import Reader
from storage.organisation import people

KIND = "document"
"""The kind of a dialog in which tasks of a document are entered."""
MOST = 20
"""The most tasks that are entered at once."""


class Source(BaseModel):
    """Where an item comes from: a line of a message, or the cells of a row by their column."""

    model_config = ConfigDict(frozen=True)

    text: str
    cells: tuple[tuple[str, str], ...] = ()
    at: datetime
    message_id: int | None = None


class Item(BaseModel):
    """One task to be assigned; `unread` are the cells from which nothing could be read."""

    model_config = ConfigDict(frozen=True)

    source: Source
    fields: Fields
    unread: tuple[tuple[str, str], ...] = ()


class Entry(BaseModel):
    """The document and all items. `document_id` is set for a document that the office has already."""

    model_config = ConfigDict(frozen=True)

    document_id: int | None = None
    symbol: str
    kind: str = ""
    title: str = ""
    issuer: str = ""
    issued_on: date | None = None
    received_on: date | None = None
    planned: int | None = None
    from_receipt: bool = True
    for_person_id: int | None = None
    for_group_id: int | None = None
    items: tuple[Item, ...] = ()

    @property
    def counted_from(self) -> date | None:
        """The day after which "trong 5 ngày làm việc" is counted; None for the day it is entered."""
        return self.received_on if self.from_receipt else None

    def dumped(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


class Wrong(StrEnum):
    """What is wrong with an item; `bot/chat/directives/entry_card.py` words it."""

    NO_TITLE = "no_title"
    TOO_LONG = "too_long"
    NO_LEAD = "no_lead"
    UNKNOWN = "unknown"
    NAMESAKES = "namesakes"
    BODY = "body"
    NO_FOLLOWER = "no_follower"
    NO_DEADLINE = "no_deadline"
    WHICH_DEADLINE = "which_deadline"
    PAST = "past"
    NOT_ALLOWED = "not_allowed"
    LEFT = "left"
    UNREAD = "unread"
    TWICE = "twice"
    ENTERED = "entered"


@dataclass(frozen=True)
class Fault:
    kind: Wrong
    facts: Mapping[str, Any] = field(default_factory=dict)


async def faults(
    db: Reader, who: Standpoint, entry: Entry, now: datetime
) -> list[tuple[Fault, ...]]:
    """Return what is wrong with each item as of now; an empty tuple for one that can be assigned."""
    giver = await on_behalf.assigner(db, who, entry.for_person_id, entry.for_group_id)
    entered = {}
    if entry.document_id is not None:
        known = await directives.titles(db, entry.document_id, find.visible_to(who))
        entered = {tuple(words(title)): number for number, title in known.items()}
    found, seen = [], dict[tuple[str, ...], int]()
    for number, item in enumerate(entry.items, 1):
        wrong = [*_of_item(item, now), *await _of_lead(db, giver, item.fields)]
        title = tuple(words(item.fields.title))
        if title and title in entered:
            wrong.append(Fault(Wrong.ENTERED, {"task": entered[title]}))
        elif title and title in seen:
            wrong.append(Fault(Wrong.TWICE, {"item": seen[title]}))
        seen.setdefault(title, number)
        found.append(tuple(wrong))
    return found


def _of_item(item: Item, now: datetime) -> Iterable[Fault]:
    """Yield what is wrong with an item by itself."""
    fields = item.fields
    yield from (Fault(Wrong.UNREAD, {"column": name, "value": cell}) for name, cell in item.unread)
    if not fields.title.strip():
        yield Fault(Wrong.NO_TITLE)
    if len(fields.title) > MAX_TITLE:
        yield Fault(Wrong.TOO_LONG, {"limit": MAX_TITLE})
    if fields.lead_id is None and fields.body_id is None:
        yield _no_lead(fields)
    elif fields.unknown:
        yield Fault(Wrong.UNKNOWN, {"name": ", ".join(fields.unknown)})
    if fields.body_id is not None and not fields.followers:
        yield Fault(Wrong.NO_FOLLOWER)
    if fields.deadline_why is not None:
        yield Fault(Wrong.WHICH_DEADLINE, {"choices": fields.deadline_choices})
    elif fields.late_from is not None and fields.late_from <= now:
        yield Fault(Wrong.PAST, {"due_at": fields.due_at})
    elif fields.late_from is None and not fields.open_ended and not _is_unread(item, "han"):
        yield Fault(Wrong.NO_DEADLINE)


def _no_lead(fields: Fields) -> Fault:
    if fields.lead_choices:
        return Fault(Wrong.NAMESAKES, {"choices": fields.lead_choices})
    if fields.body_offer:
        return Fault(Wrong.BODY, {"name": fields.body_offer})
    if fields.lead_words:
        return Fault(Wrong.UNKNOWN, {"name": fields.lead_words})
    return Fault(Wrong.NO_LEAD)


def _is_unread(item: Item, column: str) -> bool:
    return any(name == column for name, _ in item.unread)


async def _of_lead(db: Reader, giver: Standpoint, fields: Fields) -> list[Fault]:
    """Return why the assigner cannot give a task to the person who would answer for it; empty if they can."""
    answers = fields.lead_id or next(iter(fields.followers), None)
    member = await people.member(db, answers) if answers else None
    if answers is None:
        return []
    if member is None or member.ended_at is not None:
        return [Fault(Wrong.LEFT)]
    try:
        sub_tasks.giver(None, giver, member)
    except Refusal as refusal:
        if refusal.kind is not No.NOT_ALLOWED:
            raise
        return [Fault(Wrong.NOT_ALLOWED, {"name": member.name})]
    return []
