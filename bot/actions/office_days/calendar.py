"""The office decides its days off and days worked; the plans of all reminders move with them."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.actions.office import Office, step
from bot.actions.still_employed import still_admin
from bot.language.moments.calendar_days import CalendarWords, read_calendar_words
from bot.refusals import No, Refusal
from bot.rules.reminders.ladder import Plan
from bot.rules.reminders.reminders import Ladders, Rung
from bot.rules.rights import Standpoint
from bot.rules.workdays import ONE_DAY, Workdays
from storage.engine.database import Transaction
from storage.history import audit
from storage.office_days import calendar
from storage.records import CalendarDay, Draft, Scheduled, UpdateKey
from storage.reminders import reminders

MAX_NOTE = 60
log = logging.getLogger(__name__)


def read(office: Office, said: str, now: datetime) -> CalendarWords:
    """Read the days that an admin types; refuses NO_CALENDAR_DAY."""
    found = read_calendar_words(said, office.today(now))
    if found is None:
        raise Refusal(No.NO_CALENDAR_DAY)
    return found


async def decided(office: Office, now: datetime) -> list[CalendarDay]:
    """Return the days to come that the office decided itself."""
    return await calendar.decided(office.db, office.today(now))


async def decide(
    office: Office,
    who: Standpoint,
    days: Sequence[CalendarDay],
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> int:
    """Decide that days are worked, or off; return how many reminders moved. Refuses NOT_ALLOWED."""
    facts = {one.day.isoformat(): one.works for one in days}
    async with step(office, update, now, answers) as tx:
        await still_admin(tx, who)
        short = [one.model_copy(update={"note": one.note[:MAX_NOTE]}) for one in days]
        await calendar.decide(tx, short)
        moved = await _changed(tx, office, who, facts, now)
    await office.refresh()
    return moved


async def take_back(
    office: Office,
    who: Standpoint,
    days: Sequence[date],
    now: datetime,
    update: UpdateKey | None,
) -> int:
    """Let the public calendar apply to these days again; return how many reminders moved.

    Refuses NOT_ALLOWED, and SAME where the office had decided none of these days.
    """
    async with step(office, update, now) as tx:
        await still_admin(tx, who)
        known = {one.day for one in await calendar.decided(tx)}
        if known.isdisjoint(days):
            raise Refusal(No.SAME)
        await calendar.take_back(tx, days)
        facts = {day.isoformat(): None for day in days if day in known}
        moved = await _changed(tx, office, who, facts, now)
    await office.refresh()
    return moved


async def _changed(
    tx: Transaction,
    office: Office,
    who: Standpoint,
    facts: Mapping[str, bool | None],
    now: datetime,
) -> int:
    await audit.append(
        tx, now, "office.calendar", actor_id=who.person_id, facts={"days": dict(facts)}
    )
    overrides = {one.day: one.works for one in await calendar.decided(tx)}
    workdays = replace(office.workdays, overrides=overrides)
    days = [date.fromisoformat(day) for day in facts]
    return await replan(tx, office.ladders, workdays, min(days), max(days))


async def sweep(office: Office) -> int:
    """Move reminders that were planned by the old calendar while days changed; return how many moved.

    `decide` and `take_back` move the reminders that are stored by then. A task made at the same moment may
    be planned by the old days and stored afterwards.
    """
    known, days, moved = office.swept, office.workdays.overrides, 0
    changed = [] if known is None else [one for one, _ in known.items() ^ days.items()]
    if changed:
        async with office.db.transaction() as tx:
            first, last = min(changed), max(changed)
            moved = await replan(tx, office.ladders, office.workdays, first, last)
    office.swept = days
    return moved


async def replan(
    tx: Transaction, ladders: Ladders, workdays: Workdays, first: date, last: date
) -> int:
    """Move every planned rung that is counted over one of the changed days; return how many moved.

    Rungs that are due alike for many tasks are computed once and written together.
    """
    day_before, day_after = first - ONE_DAY, last + 2 * ONE_DAY
    rows = await reminders.counted_over(
        tx, workdays.at(day_before, time()), workdays.at(day_after, time())
    )
    moved = await asyncio.to_thread(_moved, rows, ladders, workdays)
    await reminders.move(tx, moved)
    return sum(one.tasks for one, _ in moved)


def _moved(
    rungs: Sequence[Scheduled], ladders: Ladders, workdays: Workdays
) -> list[tuple[Scheduled, datetime]]:
    found = ((one, _planned(one, Plan(one, ladders[one.urgency], workdays))) for one in rungs)
    return [(one, at) for one, at in found if at != one.at]


def _planned(one: Scheduled, plan: Plan) -> datetime:
    """Return when a rung is due; one that cannot be planned stays: it must not stop the calendar change."""
    try:
        return plan.at(Rung(one.rung), one.since, one.step)
    except Exception:
        log.exception("a reminder %r is not moved", one.rung)
        return one.at
