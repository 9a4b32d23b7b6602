"""What a question means in conditions on tasks: whose, which, in which days, in which state."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from bot.actions.acceptance import to_decide
from bot.actions.office import Office
from bot.language.inquiry import Basis, Inquiry, State
from bot.language.readings import Urgency as Said
from bot.letters import words
from bot.rules.rights import Standpoint
from bot.rules.standing import days_late
from bot.rules.workdays import ONE_DAY, Workdays
from storage import conditions, search, selection, tasks, units
from storage.conditions import ALL, Condition
from storage.records import Urgency
from storage.scope import When, owned_by, within

_HAPPENED = {Basis.DUE: When.DUE, Basis.MADE: When.ASSIGNED, Basis.CLOSED: When.FINISHED}
_STATES: Mapping[State | None, Condition] = {
    State.UNRECEIVED: selection.UNRECEIVED,
    State.RETURNED: selection.RETURNED,
    State.SUBMITTED: selection.SUBMITTED,
    State.EXTENDING: selection.EXTENDING,
    State.EXTENDED: selection.EXTENDED,
    State.BLOCKED: conditions.BLOCKED,
    State.PAUSED: selection.PAUSED,
    State.UNDATED: selection.UNDATED,
    State.OPEN: conditions.OPEN,
    State.DUE: selection.WORKED_ON,
    State.DONE: selection.DONE,
}
MOST = 1000
"""Of results handed in late, so many are looked at one by one for how late they are."""


async def scope(office: Office, inquiry: Inquiry) -> Condition:
    """Return the tasks asked about, in whatever state and whenever: whose they are, and which."""
    found = selection.KEPT
    if inquiry.people:
        found = found & selection.worked_on_by(inquiry.people)
    if inquiry.units:
        found = found & owned_by(await below(office, inquiry))
    if inquiry.by is not None:
        found = found & conditions.assigned_by([inquiry.by])
    if inquiry.urgency is not None:
        ranks = list(Said.__members__)
        least = ranks.index(inquiry.urgency)
        found = found & selection.at_least([Urgency[name] for name in ranks[least:]])
    if inquiry.task is not None:
        found = found & conditions.numbered([inquiry.task])
    said = (inquiry.symbol, inquiry.phrase, *inquiry.words)
    terms = [term for term in map(words, said) if term]
    return found & search.found(office.db, terms, begins=False) if terms else found


async def below(office: Office, inquiry: Inquiry) -> list[int]:
    """Return the units asked about and all below them; none where no unit is."""
    return [unit.id for unit in await units.below(office.db, inquiry.units)]


async def stated(office: Office, who: Standpoint, inquiry: Inquiry, now: datetime) -> Condition:
    """Return the condition of the state asked about, with the days in which it has to lie."""
    return await _state(office, who, inquiry, now) & dated(office, inquiry)


async def _state(office: Office, who: Standpoint, inquiry: Inquiry, now: datetime) -> Condition:
    if inquiry.state is State.OVERDUE:
        return await _overdue(office, inquiry.over, now)
    if inquiry.state is State.TO_DECIDE:
        return await to_decide(office, who)
    at_work: Mapping[State | None, Callable[[], Condition]] = {
        None: lambda: selection.UNQUESTIONED if inquiry.is_given_then else ALL,
        State.STALE: lambda: unheard(office, now),
        State.UNREPORTED: lambda: selection.NEVER_HEARD | unheard(office, now),
        State.DONE_ON_TIME: lambda: selection.DONE & selection.in_time(now),
        State.DONE_LATE: lambda: selection.DONE & selection.late(now),
        State.LATE: lambda: selection.late(now),
    }
    found = at_work.get(inquiry.state)
    return found() if found else _STATES[inquiry.state]


def dated(office: Office, inquiry: Inquiry) -> Condition:
    """Return the condition that a task lies in the days asked about."""
    days = inquiry.stretch
    if days is None:
        return ALL
    start = office.workdays.at(days.first, time()) if days.first else None
    end = office.workdays.at(days.last + ONE_DAY, time()) if days.last else None
    return within(_HAPPENED[inquiry.basis], start, end)


def unheard(office: Office, now: datetime) -> Condition:
    """Tasks of which nothing was heard for too long: `ladder.stale_from`, for many at once."""
    today = office.workdays.local(now)
    before = {}
    for urgency in Urgency:
        ladder = office.ladders[urgency]
        day = today.date() if today.time() >= ladder.at else today.date() - ONE_DAY
        heard = _last_day(office.workdays, day, ladder.stale_after)
        before[urgency] = office.workdays.at(heard + ONE_DAY, time())
    return selection.unheard(before)


def _last_day(workdays: Workdays, until: date, count: int) -> date:
    """Return the last day from which so many working days are over by another."""
    day = until
    while workdays.add(day, count) > until:
        day -= ONE_DAY
    return day


async def _overdue(office: Office, over: int, now: datetime) -> Condition:
    """Return the condition that a task is overdue, by more working days than `over`."""
    late = conditions.OPEN & selection.late(now)
    if not over:
        return late
    workdays, today = office.workdays, office.workdays.local(now).date()
    day = today
    while workdays.count(day, today) <= over:
        day -= ONE_DAY
    due = within(When.DUE, None, workdays.at(day + ONE_DAY, time()))
    handed = await tasks.page(office.db, late & selection.HANDED_IN, tasks.SOONEST, MOST)
    long_late = [one.id for one in handed[0] if days_late(one, now, workdays) > over]
    return late & ((selection.NOT_HANDED_IN & due) | conditions.numbered(long_late))
