"""Figures of what a person may see, told apart by anything and of any period, and the lists behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from bot.actions import find
from bot.actions.office import Office
from bot.actions.reporting.query_filters import unheard
from bot.actions.reporting.summarise import WHOLE, undecided_ones
from bot.rules.reporting.periods import Period
from bot.rules.rights import Standpoint
from storage.records import Counts, Group
from storage.reporting import summary
from storage.reporting.count_queries import Count
from storage.reporting.task_scope import By as By  # noqa: PLC0414 - the chat knows it from here
from storage.reporting.task_scope import Focus, Span, was_open_at
from storage.reporting.task_scope import When as When  # noqa: PLC0414 - as above
from storage.tasks import task_conditions, task_filters, tasks
from storage.tasks.task_conditions import Condition

UNDECIDED, SILENT, WAITING = "undecided", "silent", "waiting"
OPEN = "open"
"""The fourth list of a period: what was open at its end, or is now."""
OVER = {"done_on_time", "done_late"}


@dataclass(frozen=True)
class PeriodFigures:
    """The four lists of a period (domain.md, section 8), counted by one convention.

    A task is assigned on the day it was made, finished on the day it was accepted, due on the day of
    its current deadline; the first three tell its bucket as it is now.
    """

    period: Period
    assigned: Counts
    finished: Counts
    due: Counts
    open_at_end: int


@dataclass(frozen=True)
class Groups:
    """A page of groups from a place on, the buckets of all, and whether more come after it."""

    page: Sequence[Group]
    counts: Counts
    offset: int
    more: bool


def moments(office: Office, period: Period) -> tuple[datetime, datetime]:
    """Return from when on and before when the period is."""
    return period.moments(office.workdays)


def span(office: Office, period: Period, when: When) -> Span:
    """Return the tasks to which that happened in the period."""
    return Span(when, *moments(office, period))


async def groups(
    office: Office,
    who: Standpoint,
    now: datetime,
    by: By,
    focus: Focus = WHOLE,
    within: Span | None = None,
) -> list[Group]:
    """Return the buckets, as they are now, told apart: of all tasks, or of those of a period."""
    count = Count(find.scope_of(who), focus, by, now)
    if within is None:
        return await summary.by(office.db, count)
    return await summary.of_period(office.db, count, within)


async def worst_first(
    office: Office,
    who: Standpoint,
    now: datetime,
    by: By,
    focus: Focus,
    within: Span | None,
    offset: int,
    limit: int,
) -> Groups:
    """Return a page of groups, the most overdue first, then the most open.

    Of people and documents, who are many, those without anything open are counted only where a page
    has come to them.
    """
    if within is None and by in {By.PERSON, By.DOCUMENT}:
        count = Count(find.scope_of(who), focus, by, now)
        page, with_open = await summary.with_most_overdue(office.db, count, limit, offset)
        if offset + limit < with_open:
            return Groups(page, await total(office, who, now, focus), offset, more=True)
    found = await groups(office, who, now, by, focus, within)
    by_worst = sorted(found, key=lambda one: (-one.overdue, -one.open, one.key or 0))
    return paged(by_worst, offset, limit)


def paged(found: Sequence[Group], offset: int, limit: int) -> Groups:
    """Return a page of groups; after the last the first."""
    offset = offset if offset < len(found) else 0
    more = offset + limit < len(found)
    return Groups(found[offset : offset + limit], added(found), offset, more)


async def total(
    office: Office, who: Standpoint, now: datetime, focus: Focus = WHOLE, within: Span | None = None
) -> Counts:
    """Return the buckets of all of it together."""
    return added(await groups(office, who, now, By.UNIT, focus, within))


async def of_period(
    office: Office, who: Standpoint, now: datetime, period: Period, focus: Focus = WHOLE
) -> PeriodFigures:
    """Count the four lists of a period."""
    assigned, finished, due = [
        await total(office, who, now, focus, span(office, period, when))
        for when in (When.ASSIGNED, When.FINISHED, When.DUE)
    ]
    end = min(moments(office, period)[1], now)
    count = Count(find.scope_of(who), focus, By.UNIT, now)
    left = await summary.open_at(office.db, count, end)
    return PeriodFigures(period, assigned, finished, due, sum(left.values()))


async def rows(
    office: Office,
    who: Standpoint,
    now: datetime,
    which: Condition,
    focus: Focus = WHOLE,
    offset: int = 0,
) -> find.Page:
    """Return a page of the list behind a figure, the soonest deadline first."""
    wanted = which & find.visible_to(who) & focus.condition
    return await tasks.page(office.db, wanted, tasks.SOONEST, find.PAGE, offset)


async def over(
    office: Office, who: Standpoint, now: datetime, bucket: str, focus: Focus, offset: int = 0
) -> find.Page:
    """Return a page of the list behind a bucket of OVER, what was accepted last first.

    Of the whole they are all that was ever done: how many there are is known, and the last are near.
    """
    known = getattr(await total(office, who, now), bucket) if focus == WHOLE else None
    wanted = task_filters.OVER & task_conditions.in_bucket(bucket, now)
    wanted = wanted & find.visible_to(who) & focus.condition
    return await tasks.page(office.db, wanted, tasks.LAST_CLOSED, find.PAGE, offset, known)


def behind(office: Office, which: str, period: Period | None, now: datetime) -> Condition | None:
    """Return the list behind a figure: a bucket, UNDECIDED, SILENT, WAITING, or one of a period's four.

    None for what there is no such list of.
    """
    named = {UNDECIDED: undecided_ones, WAITING: task_conditions.needs_decision}
    if which in named:
        return named[which](now)
    if which == SILENT:
        return unheard(office, now)
    if which in {*When, OPEN}:
        return in_period(office, period, which, now) if period else None
    return in_bucket(which, now) if period is None else None


def in_bucket(bucket: str, now: datetime) -> Condition:
    """The list behind a bucket."""
    if bucket == OPEN:
        return task_conditions.OPEN
    if bucket in {"on_track", "overdue", "no_deadline"}:
        return task_conditions.OPEN & task_conditions.in_bucket(bucket, now)
    return task_conditions.in_bucket(bucket, now)


def in_period(office: Office, period: Period, when: str, now: datetime) -> Condition:
    """The list behind one of a period's four figures: a `When`, or OPEN."""
    if when == OPEN:
        return was_open_at(min(moments(office, period)[1], now))
    return span(office, period, When(when)).counted


def added(parts: Sequence[Counts]) -> Counts:
    """Return the buckets of all parts together."""
    return reduce(add, parts, Counts())
