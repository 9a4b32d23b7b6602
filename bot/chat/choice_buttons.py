"""Buttons that offer deadlines and people, and the reading of a pressed one."""

from collections.abc import Iterable
from datetime import date, datetime, time

from bot.chat import dates
from bot.chat.buttons import button
from bot.chat.messages import Button
from bot.rules.workdays import ONE_DAY, Workdays
from storage.records import Draft

OPEN_ENDED = "none"
LATE_FOR_TODAY = time(15)

Moment = tuple[datetime, datetime, bool]
"""A deadline: when it is due, from when it is late, and whether an hour was named."""


def usual_days(now: datetime, workdays: Workdays) -> list[date]:
    """Return the deadlines an office most often means, soonest first, from today to the end of the month."""
    local = workdays.local(now)
    today = local.date()
    friday = today + ONE_DAY * ((4 - today.weekday()) % 7)
    next_month = (today.replace(day=28) + ONE_DAY * 4).replace(day=1)
    days = [
        workdays.add(today, 1),
        workdays.on_or_before(friday),
        workdays.on_or_before(friday + ONE_DAY * 7),
        workdays.on_or_before(next_month - ONE_DAY),
    ]
    ahead = {day for day in days if day > today}
    if workdays.is_working(today) and local.time() < LATE_FOR_TODAY:
        ahead.add(today)
    return sorted(ahead)


def deadline_buttons(
    draft: Draft, choices: Iterable[Moment], now: datetime, workdays: Workdays
) -> list[Button]:
    """Return buttons for the possible readings of an unclear deadline, or else for the usual days.

    The last button is for no deadline.
    """
    moments = [one for one in choices if one[1] > now] or [
        (*workdays.due(day), False) for day in usual_days(now, workdays)
    ]
    offered = moment_buttons("draft.due", draft, moments, now, workdays)
    return [*offered, button("Không thời hạn", "draft.due", draft.id, draft.version, OPEN_ENDED)]


def within_buttons(draft: Draft, within: Moment, now: datetime, workdays: Workdays) -> list[Button]:
    """Return buttons for the usual days before the deadline of the whole task, and for that deadline."""
    usual = ((*workdays.due(day), False) for day in usual_days(now, workdays))
    moments = [one for one in usual if one[1] < within[1]]
    return moment_buttons("draft.due", draft, [*moments, within], now, workdays)


def later_buttons(
    kind: str,
    draft: Draft,
    choices: Iterable[Moment],
    due_at: datetime | None,
    now: datetime,
    workdays: Workdays,
) -> list[Button]:
    """Return buttons for deadlines after the present one: possible readings of an unclear one, or else usual days."""
    after = max(due_at or now, now)
    days = [day for day in usual_days(after, workdays) if day > workdays.local(after).date()]
    moments = [one for one in choices if one[0] > after] or [
        (*workdays.due(day), False) for day in days
    ]
    return moment_buttons(kind, draft, moments, now, workdays)


def moment_buttons(
    kind: str, draft: Draft, moments: Iterable[Moment], now: datetime, workdays: Workdays
) -> list[Button]:
    """Return one button of this kind for each deadline."""
    return [
        button(_label(one, now, workdays), kind, draft.id, draft.version, _value(one, workdays))
        for one in moments
    ]


def _label(moment: Moment, now: datetime, workdays: Workdays) -> str:
    local = workdays.local(moment[0])
    weekday = dates.WEEKDAYS[local.weekday()].replace("thứ", "Thứ")
    clock = f" {local:%H:%M}" if moment[2] else ""
    year = "" if local.year == workdays.local(now).year else f"/{local:%Y}"
    return f"{weekday} {local:%d/%m}{year}{clock}"


def _value(moment: Moment, workdays: Workdays) -> str:
    local = workdays.local(moment[0])
    return f"{local:%Y%m%d%H%M}" if moment[2] else f"{local:%Y%m%d}"


def chosen_deadline(value: str, workdays: Workdays) -> Moment:
    """Return the deadline that the value of a button stands for, in UTC; raises ValueError for any other text."""
    if len(value) == 8:
        day = datetime.strptime(value, "%Y%m%d").replace(tzinfo=workdays.timezone).date()
        return (*workdays.due(day), False)
    at = datetime.strptime(value, "%Y%m%d%H%M").replace(tzinfo=workdays.timezone)
    return (*workdays.due(at.date(), at.time()), True)


def person_label(name: str, unit: str | None) -> str:
    """Return a name with its unit beside it, which tells namesakes apart."""
    return f"{name} · {unit}" if unit else name
