"""The days of a series: its rule, its first deadline, what is ahead, and when each task is due."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from bot.actions.assigning.draft import Deadline, Fields
from bot.actions.office import Office
from bot.language.readings import DeadlineReading, Reading, Warn
from bot.rules import recurrence
from bot.rules.recurrence import Occurrence
from storage.records import Series


def rule_of(office: Office, fields: Fields) -> str | None:
    """Return the rule by which a draft's task comes back, with its day; None for one that does not."""
    if fields.repeats is None or fields.due_at is None:
        return None
    return recurrence.complete(fields.repeats, office.today(fields.due_at))


def on_workday(office: Office, deadline: DeadlineReading, rule: str) -> DeadlineReading:
    """Return the first deadline of a series that falls on a day off, moved as all later ones are."""
    if deadline.warning is not Warn.DAY_OFF:
        return deadline
    local = office.workdays.local(deadline.due_at)
    rule = recurrence.complete(rule, local.date())
    day = recurrence.due_day(rule, local.date(), office.workdays, office.repeats)
    if day == local.date():
        return deadline
    due_at, late_from = office.workdays.due(day, local.time() if deadline.has_clock else None)
    return replace(deadline, due_at=due_at, late_from=late_from, warning=None)


def read_on_workday(office: Office, reading: Reading) -> Reading:
    """Return the reading of a sentence whose work comes back, first due on a working day."""
    if not reading.recurrence or reading.deadline is None:
        return reading
    moved = on_workday(office, reading.deadline, reading.recurrence)
    return replace(reading, deadline=moved)


@dataclass(frozen=True)
class Ahead:
    """What is ahead of a series: days that nobody can meet any more, the next one, and that after it."""

    missed: tuple[date, ...]
    current: Occurrence | None
    then: Occurrence | None


def ahead(office: Office, one: Series, now: datetime) -> Ahead:
    """Return what comes from a series' next day on; what was due by now came too late to be made."""
    if one.next_on is None:
        return Ahead((), None, None)
    missed: list[date] = []
    found: list[Occurrence] = []
    for occurrence in coming(office, one):
        if occurrence.day < one.next_on:
            continue
        if not found and deadline(office, one, occurrence)[0] <= now:
            missed.append(occurrence.day)
            continue
        found.append(occurrence)
        if len(found) == 2:
            break
    current, then = [*found, None, None][:2]
    return Ahead(tuple(missed), current, then)


def coming(office: Office, one: Series) -> Iterator[Occurrence]:
    """Return everything that a series asks for, from its first day on."""
    return recurrence.coming(one.rule, one.starts_on, None, office.workdays, office.repeats)


def deadline(office: Office, one: Series, occurrence: Occurrence) -> Deadline:
    """Return the deadline of one of the tasks, at the hour that all of them have."""
    clock = clock_of(office, Fields.model_validate(one.fields))
    return (*office.workdays.due(occurrence.due_on, clock), clock is not None)


def clock_of(office: Office, fields: Fields) -> time | None:
    """Return the hour by which each is due; None for the end of the day."""
    if fields.due_at is None or not fields.has_clock:
        return None
    return office.workdays.local(fields.due_at).time()


def occurrence(office: Office, one: Series, day: date) -> Occurrence | None:
    """Return what a series asks for on a day of its rule; None for any other day."""
    found = next((each for each in coming(office, one) if each.day >= day), None)
    return found if found is not None and found.day == day else None


def following(occurrence: Occurrence | None) -> tuple[date | None, datetime | None]:
    """Return the day and the moment to wait for; nothing where no more comes."""
    return (occurrence.day, occurrence.make_at) if occurrence else (None, None)
