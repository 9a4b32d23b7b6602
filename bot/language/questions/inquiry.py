"""What a question about tasks asks for: which tasks, by which of their days, in which order."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum

from bot.language.moments.date_range import Stretch


class State(StrEnum):
    """The state of the tasks asked about; if a question names two, the first in this order counts."""

    TO_DECIDE = "to_decide"
    DONE_LATE = "done_late"
    DONE_ON_TIME = "done_on_time"
    STALE = "stale"
    UNREPORTED = "unreported"
    UNRECEIVED = "unreceived"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    EXTENDING = "extending"
    EXTENDED = "extended"
    BLOCKED = "blocked"
    PAUSED = "paused"
    UNDATED = "undated"
    LATE = "late"
    """Overdue, or done after the deadline."""
    OVERDUE = "overdue"
    OPEN = "open"
    DUE = "due"
    """Still to be handed in."""
    DONE = "done"


class Basis(StrEnum):
    """Which day of a task must lie in the days asked about."""

    DUE = "due"
    MADE = "made"
    CLOSED = "closed"


class Rank(StrEnum):
    """Whose tasks are counted and compared, when the question asks who has the most."""

    UNITS = "units"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as read. Each field narrows the question down; a field not named stays open."""

    state: State | None = None
    over: int = 0
    """For overdue tasks: late by more working days than this."""
    people: tuple[int, ...] = ()
    """Those who lead or support; several if the name could mean any of them."""
    units: tuple[int, ...] = ()
    by: int | None = None
    """The key of the assigner."""
    stretch: Stretch | None = None
    basis: Basis = Basis.DUE
    urgency: str | None = None
    """The lowest urgency asked for, by its name in `readings.Urgency`."""
    symbol: str = ""
    """The symbol of a document, as it was typed."""
    words: tuple[str, ...] = ()
    """Words that the task contains, in its title or in anything said about it."""
    phrase: str = ""
    """Words that the task contains one after the other: what stood in quotes."""
    task: int | None = None
    rank: Rank | None = None
    least: bool = False
    """The question asks who has the least, not who has the most."""
    share: bool = False
    """The question asks how many of how many: "tỷ lệ đúng hạn"."""

    @property
    def is_of_one(self) -> bool:
        """Whether the question is about a document, a task or certain words."""
        return bool(self.symbol or self.words or self.phrase or self.task)

    @property
    def is_given_then(self) -> bool:
        """Whether the question asks what was assigned within some days: a figure of a period."""
        return self.basis is Basis.MADE and self.stretch is not None

    def follows(self, before: "Inquiry") -> "Inquiry":
        """Return the question before, with the parts named now in place of the parts named then.

        A person or a unit named now replaces both the people and the units of the question before.
        """
        said = {name: value for name, value in _said(self).items() if name != "basis"}
        if "people" in said or "units" in said:
            before = replace(before, people=(), units=())
        if {"words", "phrase", "symbol", "task"} & set(said):
            before = replace(before, words=(), phrase="", symbol="", task=None)
        if "state" in said:
            before = replace(before, over=0, basis=self.basis, rank=None)
        return replace(before, **said)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as read, and how certain it is that it is one.

    `is_clear`: its own words say what is asked. `is_plain`: besides, they say nothing else, so it can only be
    a question. `follows`: it can continue the question before: "còn phòng Tổng hợp?". `is_general`: it asks
    how things are, about nothing in particular. `asks`: it contains a word of asking. `orders`: it may be
    work to do as well: "thống kê các việc quá hạn". `divides`: it asks who has time: "ai đang rảnh?".
    `widens`: it asks about a whole unit: "cả phòng thì sao?". After another question that is the unit of the
    people asked about; alone it is the asker's own unit.
    """

    inquiry: Inquiry
    is_clear: bool = False
    is_plain: bool = False
    follows: bool = False
    is_general: bool = False
    asks: bool = False
    orders: bool = False
    divides: bool = False
    widens: bool = False
    strangers: tuple[str, ...] = ()
    """Names that nobody in the office has; their words are in the words of the inquiry too."""
    unnamed: str = ""
    """The text with "|" in place of each character of a name."""
    either: "Asked | None" = None
    """The other question that may be meant, if a name is also a word of time: "Mai có việc gì"."""


class Wanted(StrEnum):
    """Figures that a question asks for as a whole; each has a command too."""

    SUMMARY = "summary"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """`of` is the text that would follow the command; `names`: it names a unit or a person."""

    wanted: Wanted
    of: str
    names: bool


_FIELDS = tuple(field.name for field in fields(Inquiry))


def _said(inquiry: Inquiry) -> dict[str, object]:
    nothing = Inquiry()
    return {
        name: getattr(inquiry, name)
        for name in _FIELDS
        if getattr(inquiry, name) != getattr(nothing, name)
    }


_OVER_IN = {State.DONE, State.DONE_LATE, State.DONE_ON_TIME}


def settled(inquiry: Inquiry) -> Inquiry:
    """Return the question with its defaults: for a person or a unit the open tasks, and so on.

    A finished task counts by the day it was closed, an assigned one by the day of assigning, any other by its
    deadline. In a ranking of who was late in some days, tasks that are done by now count too.
    """
    state, stretch = inquiry.state, inquiry.stretch
    if inquiry.share and state in {None, State.DONE}:
        # The share of the tasks due in these days, not of the tasks done in these days.
        return replace(inquiry, state=State.DONE, basis=Basis.DUE)
    if state in _OVER_IN:
        return replace(inquiry, basis=Basis.CLOSED)
    if state is not None:
        late = state is State.OVERDUE and inquiry.rank is not None and stretch is not None
        return replace(inquiry, state=State.LATE if late else state, basis=Basis.DUE)
    if inquiry.is_given_then or inquiry.is_of_one:
        return inquiry
    return replace(inquiry, state=State.OPEN, basis=Basis.DUE)
