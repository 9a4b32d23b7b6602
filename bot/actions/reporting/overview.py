"""Counting what a picture of the summary shows: all the work as it stands, and how it came to that."""

from datetime import date, datetime, time, timedelta

from bot.actions.find import scope_of
from bot.actions.office import Office
from bot.actions.reporting import figures
from bot.refusals import No, Refusal
from bot.rules.reporting.overview import Overview
from bot.rules.reporting.periods import Kind, Period
from bot.rules.rights import Standpoint
from bot.rules.workdays import ONE_DAY
from storage.records import Counts
from storage.reporting.task_scope import By
from storage.reporting.trend import Part, next_late, trend

WEEKS = 8


async def overview(office: Office, who: Standpoint, now: datetime) -> Overview:
    """Return all that a person may see; refuses NOT_ALLOWED for who leads nobody."""
    if not who.leads_others:
        raise Refusal(No.NOT_ALLOWED)
    units = await figures.groups(office, who, now, By.UNIT)
    people = await figures.groups(office, who, now, By.PERSON)
    weeks = await _weeks(office, who, now)
    body, at = office.letterhead.body, office.workdays.local(now)
    return Overview(body, at, units, people, weeks, await _holds_until(office, who, now))


async def _weeks(office: Office, who: Standpoint, now: datetime) -> list[tuple[date, Counts]]:
    today = office.today(now)
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    parts = []
    for first in mondays:
        last = min(first + timedelta(days=6), today)
        since, until = figures.moments(office, Period(Kind.DAYS, first, last))
        parts.append(Part(since, until, min(now, until)))
    found = await trend(office.db, scope_of(who).condition, parts)
    return list(zip(mondays, found, strict=True))


async def _holds_until(office: Office, who: Standpoint, now: datetime) -> datetime:
    midnight = office.workdays.at(office.today(now) + ONE_DAY, time())
    deadline = await next_late(office.db, scope_of(who).open_ones, now)
    return min(midnight, deadline or midnight)
