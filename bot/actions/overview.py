"""All the work as it stands, with how it came to that: what a picture of the summary shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.actions import figures
from bot.actions.office import Office
from bot.actions.report import gather
from bot.rules.periods import Kind, Period
from bot.rules.reporting import Report
from bot.rules.rights import Standpoint
from storage.records import Group
from storage.scope import By

WEEKS = 8


@dataclass(frozen=True)
class Overview:
    """The figures of `/tonghop` by unit and by who leads, and the report of the last weeks."""

    units: Sequence[Group]
    people: Sequence[Group]
    recent: Report


async def overview(office: Office, who: Standpoint, now: datetime) -> Overview:
    """Return all that a person may see; refuses NOT_ALLOWED for who leads nobody."""
    today = office.today(now)
    monday = today - timedelta(days=today.weekday())
    recent = Period(Kind.DAYS, monday - timedelta(weeks=WEEKS - 1), today)
    report = await gather(office, who, recent, None, now)
    units = await figures.groups(office, who, now, By.UNIT)
    people = await figures.groups(office, who, now, By.PERSON)
    return Overview(units, people, report)
