"""The result of reading a text: frozen values that say what was read, from which words, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Span = tuple[int, int]
"""Start and end of some words in the NFC form of the text (`Reading.text`)."""

Mentions = Mapping[Span, int]
"""Telegram mentions of people without a username: the span in the text as given, and the Telegram id."""


class Kind(StrEnum):
    ASSIGNMENT = "assignment"
    QUESTION = "question"
    REPORT = "report"
    OTHER = "other"


class Part(StrEnum):
    LEAD = "lead"
    SUPPORT = "support"
    FOLLOW = "follow"
    REPORT_TO = "report_to"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "khan"
    VERY_URGENT = "thuong_khan"
    FLASH = "hoa_toc"


class Action(StrEnum):
    """What a question or a report wants. If a sentence names several, the first in this order counts."""

    OVERDUE = "overdue"
    DUE = "due"
    STATUS = "status"
    WHO = "who"
    LIST = "list"
    EXTENSION = "extension"
    BLOCKER = "blocker"
    RECEIVED = "received"
    PROGRESS = "progress"
    DONE = "done"


class Why(StrEnum):
    """Why a field is not sure; the chat has the wording for people."""

    VAGUE = "vague"  # gấp, sớm, bữa kia: no date can be computed
    EVENT = "event"  # depends on a meeting or a holiday whose date is not known for certain
    SAME_WEEKDAY = "same_weekday"  # "thứ Hai", said on a Monday
    PAST = "past"  # the moment has gone
    FAR = "far"  # the next such date is more than about six months ahead
    DISAGREE = "disagree"  # the weekday and the date do not belong together
    IMPOSSIBLE = "impossible"  # no such day or hour: 31/02, 25h
    BEFORE_TOMORROW = "before_tomorrow"  # "trước ngày mai": today, or tomorrow
    LUNAR = "lunar"  # "mùng 5": lunar or solar
    AFTER = "after"  # "sau 3 ngày": a start or a deadline
    UNMARKED = "unmarked"  # a date that no word makes a deadline
    SEVERAL = "several"  # two dates that contradict each other
    NO_DAY = "no_day"  # repeats, but on which day was not said
    NAMESAKES = "namesakes"
    NOT_IN_ROSTER = "not_in_roster"
    UNCLEAR = "unclear"


class Warn(StrEnum):
    """A warning about a deadline that is sure."""

    DAY_OFF = "day_off"
    OUTSIDE_HOURS = "outside_hours"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """A deadline, with both moments in UTC.

    `late_from` is the first moment that is late: `due_at` itself when an hour was named (R4), else 24:00 of
    the day in the office's zone (R1). `before` is set by "trước ngày D": the work should be handed in on the
    working day before (R2), so reminders aim at that day.
    """

    due_at: datetime
    late_from: datetime
    has_clock: bool
    span: Span
    words: str
    warning: Warn | None = None
    before: bool = False


@dataclass(frozen=True, slots=True)
class PersonReading:
    """A person named in the text; `key` is None when the roster does not know the name."""

    key: int | None
    name: str
    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class UnitReading:
    key: int
    name: str
    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A document cited by its symbol, as written; `span` includes its type and its dates.

    `kind` is the type in words ("Thông báo kết luận"), if it stands before the symbol.
    """

    symbol: str
    span: Span
    kind: str = ""
    issued_on: date | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What a sentence says about a document; None if it does not say it. `symbol` is in its official spelling.

    `rest` are the words that say nothing about the document: if there are any, the sentence is about
    something else.
    """

    symbol: str | None = None
    kind: str = ""
    title: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    received_on: date | None = None
    planned: int | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class ProductReading:
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class BehalfReading:
    """On whose behalf a task is entered (thay mặt): a person or a group; neither if the name is not known."""

    person: int | None = None
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """The action of a question or a report, and the number of the task it names, if any."""

    action: Action
    task: int | None = None


Choice = DeadlineReading | PersonReading | UnitReading | Kind


@dataclass(frozen=True, slots=True)
class Unsure:
    """A field to ask about; `choices` has the likelier ones first and may be empty."""

    field: str
    why: Why
    choices: tuple[Choice, ...] = ()
    span: Span | None = None


class Proof(StrEnum):
    """What must be handed in with a result."""

    FILE = "file"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as read. `text` is its NFC form; every span refers to it."""

    text: str
    kind: Kind
    title: str
    deadline: DeadlineReading | None = None
    recurrence: str | None = None
    people: tuple[PersonReading, ...] = ()
    units: tuple[UnitReading, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    urgency_span: Span | None = None
    documents: tuple[DocumentReading, ...] = ()
    product: ProductReading | None = None
    effort: int | None = None
    """The amount of work in hours, if the words name it."""
    decider: int | None = None
    """The key of the person who decides (cấp quyết), if the words name one person."""
    proof: Proof | None = None
    unsure: tuple[Unsure, ...] = ()
    request: Request | None = None
    behalf: BehalfReading | None = None


@dataclass(frozen=True, slots=True)
class AbsenceReading:
    """What a text says of an absence; None for what it does not say: "đến 12/12" has no first day.

    `person_id` None is the writer; `names` are the people the words could mean as deputy.
    `is_whole`: it says nothing else, so it cannot be an order that mentions an absence.
    `is_doubtful`: somebody named as away or as deputy cannot be identified for sure.
    `is_reversed`: its last day is before its first, so neither is taken.
    """

    person_id: int | None = None
    first: date | None = None
    last: date | None = None
    deputy_id: int | None = None
    names: tuple[int, ...] = ()
    is_whole: bool = False
    is_doubtful: bool = False
    is_reversed: bool = False


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How an office wants its texts read.

    `before_day`: "trước ngày D" is due on D ("inclusive") or on the day before ("exclusive"); R2.
    `weekend_weekday`: the weekday of "cuối tuần", Monday being 0; Friday in an office.
    `far_days`: the bot asks about a date without a year that is further ahead than this; R11.
    `counted_from`: the day after which "trong 5 ngày làm việc" is counted, namely when a document was
    received; None counts from the moment of reading.
    `term_from`: the first day of the term of office (nhiệm kỳ); None if it is not known.
    """

    before_day: str = "inclusive"
    weekend_weekday: int = 4
    far_days: int = 175
    counted_from: date | None = None
    term_from: date | None = None


DEFAULTS = ReadingSettings()
