"""Gathering what a report says: one read, from which every form of it takes its figures."""

from datetime import datetime

from bot.actions.find import visible_to
from bot.actions.office import Office
from bot.refusals import No, Refusal
from bot.rules.organisation.escalation import way_up
from bot.rules.reporting.periods import Period
from bot.rules.reporting.reporting import Report
from bot.rules.rights import Standpoint
from storage.organisation import units
from storage.records import Unit
from storage.reporting import reports
from storage.reporting.task_scope import Focus
from storage.tasks import task_conditions


async def reported_units(
    office: Office, who: Standpoint, period: Period, now: datetime
) -> list[Unit]:
    """Return the units with tasks of a period that a person may see, and those above them, by place."""
    report = await gather(office, who, period, None, now)
    owners = [row.task.owner_id for row in report.rows]
    known = office.hierarchy.units
    return [known[one] for one in sorted(way_up(owners, known)) if one in known]


async def gather(
    office: Office, who: Standpoint, period: Period, unit_id: int | None, now: datetime
) -> Report:
    """Return the report of a period, for a unit and all below it or (None) all that one may see.

    Refuses NOT_ALLOWED for who leads nobody, NOT_FOUND for a unit that does not exist.
    """
    if not who.leads_others:
        raise Refusal(No.NOT_ALLOWED)
    about, focus = None, Focus()
    if unit_id is not None:
        tree = {unit.id: unit.name for unit in await units.below(office.db, [unit_id])}
        if unit_id not in tree:
            raise Refusal(No.NOT_FOUND)
        about, focus = tree[unit_id], Focus(owners=sorted(tree))
    since, _ = (period.before or period).moments(office.workdays)
    _, until = period.moments(office.workdays)
    wanted = task_conditions.alive_between(since, until) & focus.condition & visible_to(who)
    lines = await reports.lines(office.db, wanted)
    head, moment = office.letterhead, min(now, until)
    return Report(head, now, about, period, moment, office.workdays, lines)
