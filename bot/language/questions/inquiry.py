"""What a question about tasks asks for: which rows, by which day of theirs, in which order."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum

from bot.language.moments.date_range import Stretch


class State(StrEnum):
    """What the tasks asked about have in common; of two said together the first here counts."""

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
    """Which day of a task has to lie in the stretch asked about."""

    DUE = "due"
    MADE = "made"
    CLOSED = "closed"


class Rank(StrEnum):
    """Whose tasks are counted against each other, when who has the most is asked."""

    UNITS = "units"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question read: all that is said narrows it down, and what is not said leaves it open."""

    state: State | None = None
    over: int = 0
    """Of overdue ones: late by more working days than this."""
    people: tuple[int, ...] = ()
    """Who leads or supports; several where the name could mean any of them."""
    units: tuple[int, ...] = ()
    by: int | None = None
    """Who assigned."""
    stretch: Stretch | None = None
    basis: Basis = Basis.DUE
    urgency: str | None = None
    """The least of the urgencies, as `readings.Urgency` names it."""
    symbol: str = ""
    """That of a document, as it was said."""
    words: tuple[str, ...] = ()
    """Words that the task has, in its title or in anything said of it."""
    phrase: str = ""
    """Words that it has one after the other: what stood in quotes."""
    task: int | None = None
    rank: Rank | None = None
    least: bool = False
    """Who has the least is asked, not who has the most."""
    share: bool = False
    """How many of how many is asked: "tỷ lệ đúng hạn"."""

    @property
    def is_of_one(self) -> bool:
        """Whether a document, a task or words are asked about."""
        return bool(self.symbol or self.words or self.phrase or self.task)

    @property
    def is_given_then(self) -> bool:
        """Whether it asks what was assigned in some days: a figure of a period."""
        return self.basis is Basis.MADE and self.stretch is not None

    def follows(self, before: "Inquiry") -> "Inquiry":
        """Return what was asked before with what is said now in place of what was said then.

        Somebody named, or a unit, takes the place of the one asked about before, be it person or unit.
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
    """A question read.

    `is_clear` when it says of itself what is asked; `is_plain` when besides that it says nothing, so
    that it can be nothing but a question; `follows` when it can go on from one before: "còn phòng
    Tổng hợp?"; `is_general` when it asks how things are, and of nothing in particular; `asks` when a word
    of it asks; `orders` when it may be work to be done as well: "thống kê các việc quá hạn".
    `divides` when it asks who has time: "ai đang rảnh?"; `widens` when it goes on to the whole unit of whom
    was asked about: "cả phòng thì sao?", which without that is the asker's own.
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
    """Names that nobody in the office has; their words are among those of the inquiry too."""
    unnamed: str = ""
    """What was said, with a "|" for each letter of a name."""
    either: "Asked | None" = None
    """The other question it may be, where a name is a word of time as well: "Mai có việc gì"."""


class Wanted(StrEnum):
    """Figures that are asked for as a whole, each by a command too."""

    SUMMARY = "summary"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """`of` is what would follow the command; `names` where it names a unit or a person."""

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
    """Return what is meant by what was said: of a person or a unit the open tasks, and so on.

    What was finished lies in a stretch by the day it was closed, what was assigned by that day, all
    else by its deadline. Who was late in a stretch was so with what is done by now as well.
    """
    state, stretch = inquiry.state, inquiry.stretch
    if inquiry.share and state in {None, State.DONE}:
        # Of all that is due then, not of all that happens to be done then.
        return replace(inquiry, state=State.DONE, basis=Basis.DUE)
    if state in _OVER_IN:
        return replace(inquiry, basis=Basis.CLOSED)
    if state is not None:
        late = state is State.OVERDUE and inquiry.rank is not None and stretch is not None
        return replace(inquiry, state=State.LATE if late else state, basis=Basis.DUE)
    if inquiry.is_given_then or inquiry.is_of_one:
        return inquiry
    return replace(inquiry, state=State.OPEN, basis=Basis.DUE)
