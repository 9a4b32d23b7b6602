"""What a question means in conditions on tasks: whose, which, in which days, in which state."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from bot.actions.office import Office
from bot.actions.tasks.acceptance import to_decide
from bot.folding import words
from bot.language.questions.inquiry import Basis, Inquiry, State
from bot.language.readings import Urgency as Said
from bot.rules.organisation.standing import days_late
from bot.rules.rights import Standpoint
from bot.rules.workdays import ONE_DAY, Workdays
from storage.organisation import units
from storage.records import Urgency
from storage.reporting.task_scope import When, owned_by, within
from storage.tasks import search, task_conditions, task_filters, tasks
from storage.tasks.task_conditions import ALL, Condition

_HAPPENED = {Basis.DUE: When.DUE, Basis.MADE: When.ASSIGNED, Basis.CLOSED: When.FINISHED}
_STATES: Mapping[State | None, Condition] = {
    State.UNRECEIVED: task_filters.UNRECEIVED,
    State.RETURNED: task_filters.RETURNED,
    State.SUBMITTED: task_filters.SUBMITTED,
    State.EXTENDING: task_filters.EXTENDING,
    State.EXTENDED: task_filters.EXTENDED,
    State.BLOCKED: task_conditions.BLOCKED,
    State.PAUSED: task_filters.PAUSED,
    State.UNDATED: task_filters.UNDATED,
    State.OPEN: task_conditions.OPEN,
    State.DUE: task_filters.WORKED_ON,
    State.DONE: task_filters.DONE,
}
MOST = 1000
"""Of results handed in late, so many are looked at one by one for how late they are."""


async def scope(office: Office, inquiry: Inquiry) -> Condition:
    """Return the tasks asked about, in whatever state and whenever: whose they are, and which."""
    found = task_filters.KEPT
    if inquiry.people:
        found = found & task_filters.worked_on_by(inquiry.people)
    if inquiry.units:
        found = found & owned_by(await below(office, inquiry))
    if inquiry.by is not None:
        found = found & task_conditions.assigned_by([inquiry.by])
    if inquiry.urgency is not None:
        ranks = list(Said.__members__)
        least = ranks.index(inquiry.urgency)
        found = found & task_filters.at_least([Urgency[name] for name in ranks[least:]])
    if inquiry.task is not None:
        found = found & task_conditions.numbered([inquiry.task])
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
        None: lambda: task_filters.UNQUESTIONED if inquiry.is_given_then else ALL,
        State.STALE: lambda: unheard(office, now),
        State.UNREPORTED: lambda: task_filters.NEVER_HEARD | unheard(office, now),
        State.DONE_ON_TIME: lambda: task_filters.DONE & task_filters.in_time(now),
        State.DONE_LATE: lambda: task_filters.DONE & task_filters.late(now),
        State.LATE: lambda: task_filters.late(now),
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
    return task_filters.unheard(before)


def _last_day(workdays: Workdays, until: date, count: int) -> date:
    """Return the last day from which so many working days are over by another."""
    day = until
    while workdays.add(day, count) > until:
        day -= ONE_DAY
    return day


async def _overdue(office: Office, over: int, now: datetime) -> Condition:
    """Return the condition that a task is overdue, by more working days than `over`."""
    late = task_conditions.OPEN & task_filters.late(now)
    if not over:
        return late
    workdays, today = office.workdays, office.workdays.local(now).date()
    day = today
    while workdays.count(day, today) <= over:
        day -= ONE_DAY
    due = within(When.DUE, None, workdays.at(day + ONE_DAY, time()))
    handed = await tasks.page(office.db, late & task_filters.HANDED_IN, tasks.SOONEST, MOST)
    long_late = [one.id for one in handed[0] if days_late(one, now, workdays) > over]
    return late & ((task_filters.NOT_HANDED_IN & due) | task_conditions.numbered(long_late))
