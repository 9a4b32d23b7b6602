"""One frozen model per row, and the enums that are column values. Moments are aware and in UTC."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Json


class Role(StrEnum):
    ADMIN = "admin"
    LEADER = "leader"
    HEAD = "head"
    STAFF = "staff"


class Reach(StrEnum):
    """Whether the bot can write to a person."""

    NEVER_STARTED = "never_started"
    REACHABLE = "reachable"
    BLOCKED = "blocked"


class Part(StrEnum):
    """What a person has to do with a task: chủ trì, phối hợp, theo dõi."""

    LEAD = "lead"
    SUPPORT = "support"
    FOLLOW = "follow"


class Status(StrEnum):
    """The stored states of domain.md, section 2; lateness is derived, never stored."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    FLASH = "flash"


class PartState(StrEnum):
    """Whether somebody who supports a task still owes their part."""

    OWES = "owes"
    REPORTED = "reported"


class DoneWhen(StrEnum):
    """What closes a task: its lead's result accepted, or every supporting part reported as well."""

    LEAD = "lead"
    ALL_PARTS = "all_parts"


class Evidence(StrEnum):
    """What must come with a result: anything, a file, or a symbol with its date and receiver."""

    ANY = "any"
    FILE = "file"
    SYMBOL = "symbol"


class Quality(StrEnum):
    """The acceptor's grade: Không đạt, Đạt, Đạt tốt, Đạt xuất sắc (domain.md, section 8)."""

    FAILED = "failed"
    PASSED = "passed"
    GOOD = "good"
    EXCELLENT = "excellent"


class Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Unit(Record):
    id: int
    parent_id: int | None
    name: str
    folded: str
    short_names: Json[tuple[str, ...]]
    outside: bool = False
    created_at: datetime
    ended_at: datetime | None = None


class Person(Record):
    id: int
    name: str
    folded: str
    position: str
    username: str | None
    aliases: Json[tuple[str, ...]]
    telegram_id: int | None
    reach: Reach
    created_at: datetime
    told_at: datetime | None
    ended_at: datetime | None


class Task(Record):
    """One task; `id` is its number, global and never changed."""

    id: int
    title: str
    text_id: int | None
    product: str | None
    urgency: Urgency
    status: Status
    version: int
    assigner_id: int
    entered_by_id: int
    group_id: int | None = None
    unit_id: int | None
    body_id: int | None = None
    parent_id: int | None = None
    series_id: int | None = None
    occurs_on: date | None = None
    document_id: int | None = None
    receiver: str | None = None
    decider_id: int | None = None
    done_when: DoneWhen = DoneWhen.LEAD
    closes_itself: bool = False
    evidence: Evidence = Evidence.ANY
    evidence_symbol: str | None = None
    evidence_on: date | None = None
    evidence_to: str | None = None
    quality: Quality | None = None
    in_correction: bool = False
    accepted_by_id: int | None = None
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool
    first_due_at: datetime | None
    first_late_from: datetime | None
    extensions: int
    percent: int
    note_id: int | None
    blocker_id: int | None
    state_text_id: int | None = None
    """The words its state came with: the result, or why it was returned, paused or cancelled."""
    created_at: datetime
    received_at: datetime | None
    reported_at: datetime | None
    """When it was last heard of, handed on or gone on with; None since it was assigned."""
    submitted_at: datetime | None
    closed_at: datetime | None


class TaskPerson(Record):
    """A part in a task: a person's, or a unit's until its head names who (person_id is None)."""

    task_id: int
    person_id: int | None
    unit_id: int | None
    part: Part
    state: PartState


class RequestState(StrEnum):
    OPEN = "open"
    OFFERED = "offered"
    """The decider answered with another date, which the lead may take."""
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Taken back by who asked."""
    LAPSED = "lapsed"
    """The task was over before anyone decided."""


class Request(Record):
    """Something asked for that somebody decides: `kind` says what, `text_id` why.

    An extension has the deadline wanted, a hand-back the person proposed.
    """

    id: int
    task_id: int
    kind: str
    state: RequestState
    asked_by: int
    asked_at: datetime
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool | None
    person_id: int | None
    facts: Json[dict[str, Any]]
    text_id: int | None
    decided_by: int | None
    decided_at: datetime | None
    chased_at: datetime | None = None


class Extension(Request):
    """A later deadline asked for."""

    due_at: datetime
    late_from: datetime
    has_clock: bool


class Undo(Record):
    """The last step of a task that can be taken back: whose, and what it changed."""

    id: int
    task_id: int
    person_id: int
    kind: str
    version: int
    """The task's, once the step was made."""
    before: Json[dict[str, Any]]
    made_at: datetime
    drew_others: bool
    """Whether it moved the tasks above or below as well."""


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


class AlbumPart(Record):
    """A file of several sent at once, whose place is not known yet."""

    album: str
    person_id: int
    telegram_file_id: str
    name: str
    mime: str
    size: int
    received_at: datetime


class Card(Record):
    """Where a task's card stands: in a person's chat, or in a group (person_id None).

    A group's card knows how many changes there were and how many it shows; it has no message where
    the group moved and the card did not follow yet.
    """

    id: int
    task_id: int
    person_id: int | None
    chat_id: int
    topic_id: int | None
    message_id: int | None
    changes: int
    shown: int
    sent_at: datetime


class Reminder(Record):
    """A rung of a task's ladder; with `since` and `step` (see `bot.rules.reminders`) it is this one."""

    id: int
    task_id: int
    rung: str
    since: datetime
    """What it is counted from: the deadline, or for some a moment from which on."""
    step: int
    at: datetime
    settled_at: datetime | None
    outcome: str | None


class Scheduled(Record):
    """A rung that is ahead of so many tasks, alike in all that tells when it is due."""

    rung: str
    since: datetime
    step: int
    at: datetime
    urgency: Urgency
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool
    tasks: int


class CalendarDay(Record):
    """A day of which the office decided itself whether it is worked."""

    day: date
    works: bool
    note: str


class Priority:
    """Order in the outbox: lower goes first."""

    ANSWER = 0
    NOTICE = 1
    REMINDER = 2
    DIGEST = 3


class Outgoing(Record):
    """A message to be worded and sent: what happened (`kind`, ids, facts) and to whom."""

    id: int
    kind: str
    person_id: int
    task_id: int | None
    facts: Json[dict[str, Any]]
    priority: int
    state: str
    not_before: datetime
    attempts: int
    created_at: datetime
    flash: bool = False
    """It tells of what is hỏa tốc."""

    @property
    def about(self) -> int:
        """Whom it concerns: the person it is for, or who is away and for whom they stand in."""
        return int(self.facts.get("for", self.person_id))


class Health(Record):
    """How delivery stands: what is due and waits, the oldest of it, and the last day's outcomes."""

    waiting: int
    put_off: int
    oldest: datetime | None
    sent: int
    folded: int
    failed: int


class Unreached(Record):
    """Somebody who cannot be written to, with what waits for them since when."""

    id: int
    name: str
    reach: Reach
    messages: int
    tasks: int
    since: datetime


class Failure(Record):
    """A message that was given up."""

    id: int
    kind: str
    name: str
    task_id: int | None
    settled_at: datetime
    reason: str | None


class Incoming(Record):
    """A raw update as Telegram sent it; with a `mark`, the secrecy rule that stripped its body."""

    bot_id: int
    update_id: int
    lane: int
    body: str | None
    mark: str | None
    state: str
    received_at: datetime
    attempts: int
    applied_at: datetime | None


class Event(Record):
    """One line of history; facts hold ids and hashes, never a message's text."""

    id: int
    at: datetime
    kind: str
    actor_id: int | None
    task_id: int | None
    person_id: int | None
    text_id: int | None
    document_id: int | None
    facts: Json[dict[str, Any]]
    hash: str


class UpdateKey(NamedTuple):
    """Names one update for ever; an action that writes marks it, so that a repeat does nothing twice."""

    bot_id: int
    update_id: int


class OtherPart(Record):
    """A person or (person_id None) a unit that supports or follows a task.

    A person whom a supporting unit named keeps its `unit_id`; `outside` is a body of no people here.
    """

    person_id: int | None
    unit_id: int | None
    name: str
    part: Part
    state: PartState
    outside: bool = False


class Note(Record):
    """What somebody said about a task."""

    author: str
    text: str


class TaskLine(Record):
    """What a list shows of a task."""

    id: int
    title: str
    product: str | None
    status: Status
    due_at: datetime | None
    late_from: datetime | None
    submitted_at: datetime | None
    closed_at: datetime | None
    lead_name: str | None
    assigner_name: str
    blocker: str | None
    request_id: int | None
    in_correction: bool = False
    urgency: Urgency
    created_at: datetime
    reported_at: datetime | None


class CheckItem(Record):
    """A small step of a task, ticked when it is done."""

    id: int
    task_id: int
    text_id: int
    words: str
    done_by: int | None
    done_at: datetime | None


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


class TaskView(Task):
    """A task with the names that its card shows; `others` in the order they were named.

    `remark` is the oldest of a leader's remarks without an answer, `correction` the open request.
    """

    lead_id: int | None
    lead_name: str | None
    lead_position: str | None
    lead_reach: Reach | None
    assigner_name: str
    unit_name: str | None
    body_name: str | None = None
    note: str | None
    blocker: str | None
    state_text: str | None = None
    request_id: int | None
    request_due_at: datetime | None
    request_has_clock: bool | None
    request_reason: str | None
    request_state: RequestState | None = None
    group_name: str | None = None
    entered_by_name: str | None = None
    decider_name: str | None = None
    above: str | None = None
    """The unit whose leaders receive the result where nobody else was named; set by `find`."""
    stale_from: datetime | None = None
    """From when it counts as "chưa cập nhật" unless more is heard of it; set by `find`."""
    document_symbol: str | None = None
    remark_id: int | None = None
    remark: str | None = None
    remark_author: str | None = None
    remark_due_at: datetime | None = None
    correction_id: int | None = None
    correction_by: int | None = None
    correction_facts: Json[dict[str, Any]] | None = None
    correction_reason: str | None = None
    decline_id: int | None = None
    decline_text_id: int | None = None
    decline_reason: str | None = None
    proposed_id: int | None = None
    proposed_name: str | None = None
    others: Json[tuple[OtherPart, ...]]
    parent_title: str | None = None
    series_rule: str | None = None
    """How often it comes back; None when it does not, or no more."""
    sub_tasks: int = 0
    """How many parts it was split into, without the cancelled ones."""
    sub_tasks_done: int = 0
    checks: int = 0
    checks_done: int = 0
    files: int = 0
    notes: Json[tuple[Note, ...]] = ()
    """The newest two, the newest first."""

    def people_in(self, part: Part) -> list[int]:
        """Return the people who support or follow."""
        return [one.person_id for one in self.others if one.part is part and one.person_id]

    def units_in(self, part: Part) -> list[int]:
        """Return the units of the office with a part for which nobody is named yet."""
        unnamed = [one for one in self.others if one.person_id is None and not one.outside]
        return [one.unit_id for one in unnamed if one.part is part and one.unit_id]


class Counts(Record):
    """How many tasks are in each bucket; cancelled ones and those `correcting` in none."""

    done_on_time: int = 0
    done_late: int = 0
    on_track: int = 0
    overdue: int = 0
    no_deadline: int = 0
    correcting: int = 0

    @property
    def total(self) -> int:
        return self.done_on_time + self.done_late + self.on_track + self.overdue + self.no_deadline


class UnitCounts(Counts):
    """The buckets of a unit."""

    unit_id: int | None
    unit_name: str | None
    above_name: str | None


class Post(Record):
    """A role in a unit; without a unit it is held in the whole office."""

    role: Role
    unit_id: int | None


class Member(Person):
    """A person with the posts held now and the units they are in charge of."""

    roles: tuple[Post, ...]
    charges: tuple[int, ...]

    @property
    def unit_id(self) -> int | None:
        """The unit they work in: that of the first post not held in the whole office."""
        return next((post.unit_id for post in self.roles if post.unit_id is not None), None)


class LeaderGroup(Record):
    """Leaders who decide together ("Thường trực"); `members` in the order they were named."""

    id: int
    name: str
    folded: str
    members: tuple[int, ...]


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


class Absence(Record):
    """Somebody is away, from a day to a day (both with it), with who stands in, if anybody was named.

    `begun_at` is when it was told that it begins and `told_id` who was told to stand in, `over_at` that
    it is over, `ended_at` that it was ended before its last day went by.
    """

    id: int
    person_id: int
    deputy_id: int | None
    from_day: date
    until_day: date
    entered_by_id: int
    created_at: datetime
    begun_at: datetime | None
    told_id: int | None = None
    over_at: datetime | None
    ended_at: datetime | None


class Holdings(Record):
    """How much somebody has in hand: tasks they lead, support, follow, assigned, can undo the knot of.

    `decides` are those assigned in which something waits for them, `stands_in` absences of others,
    `documents` those they entered of which tasks are open.
    """

    leads: int
    supports: int
    follows: int
    assigns: int
    undoes: int
    decides: int
    documents: int
    stands_in: int
    series: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody has to take anything over; what was entered stays as it is."""
        return not any(
            (
                *(self.leads, self.supports, self.follows, self.assigns, self.undoes),
                *(self.stands_in, self.series),
            )
        )


class Remark(Record):
    """A leader's instruction on a task (ý kiến chỉ đạo), answered once."""

    id: int
    task_id: int
    author_id: int
    text_id: int
    asked_at: datetime
    due_at: datetime | None
    chased_at: datetime | None
    answered_by: int | None
    answer_id: int | None
    answered_at: datetime | None


class Invitation(Record):
    """A one-time link, by its hash; one that was taken back has expired."""

    id: int
    person_id: int
    created_by: int | None
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
