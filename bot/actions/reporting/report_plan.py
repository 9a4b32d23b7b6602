"""Reports that come by themselves: on Monday morning of the week before, at a month's end of the month."""

from datetime import date, datetime, timedelta

from bot.actions import moves
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules.reporting.periods import Kind, Period, containing
from bot.rules.rights import Standpoint
from bot.rules.workdays import Workdays
from storage.history import audit
from storage.records import Priority, UpdateKey
from storage.reporting import report_plans

PLANNED = (Kind.WEEK, Kind.MONTH)
BEFORE_CLOSE = timedelta(hours=1)
"""A month's report comes so long before the end of its last working day."""


async def wanted(office: Office, who: Standpoint) -> set[Kind]:
    """Return of which periods somebody wants a report."""
    return {Kind(one) for one in await report_plans.of_person(office.db, who.person_id)}


async def switch(
    office: Office, who: Standpoint, kind: Kind, on: bool, now: datetime, update: UpdateKey | None
) -> None:
    """Let one's reports of a kind come, or no more; refuses NOT_ALLOWED for who leads nobody."""
    if not who.leads_others or kind not in PLANNED:
        raise Refusal(No.NOT_ALLOWED)
    async with step(office, update, now) as tx:
        today = office.today(now).isoformat()
        await report_plans.switch(tx, who.person_id, kind, on, today)
        person, facts = who.person_id, {"kind": kind, "on": on}
        await audit.append(
            tx, now, "person.report_plan", actor_id=person, person_id=person, facts=facts
        )


async def look(office: Office, now: datetime) -> int:
    """Plan the reports that are due up to now, however long the program was away, each once."""
    if not office.workdays.is_awake(now):
        return 0
    return sum([await _plan(office, kind, now) for kind in PLANNED])


async def _plan(office: Office, kind: Kind, now: datetime) -> int:
    day, period = last_turn(kind, office.today(now), office.workdays)
    if now < _from(office, kind, day):
        return 0
    if not await report_plans.is_any_due(office.db, kind, day.isoformat()):
        return 0
    facts = {"kind": kind, "first": str(period.first), "last": str(period.last)}
    async with office.db.transaction() as tx:
        people = await report_plans.take_due(tx, kind, day.isoformat())
        rank = Priority.DIGEST
        await moves.tell(tx, "report.due", None, people, now, priority=rank, facts=facts)
        return len(people)


def last_turn(kind: Kind, today: date, workdays: Workdays) -> tuple[date, Period]:
    """Return the newest day, up to today, on which reports of a kind are sent, and of which period.

    Of a week that is over on the first working day from its Monday after; of a month on its last
    working day.
    """
    period = containing(kind, today)
    while True:
        assert period is not None  # only a term has none before it
        assert period.before is not None
        if kind is Kind.WEEK:
            day, about = workdays.on_or_after(period.first), period.before
        else:
            day, about = workdays.on_or_before(period.last), period
        if day <= today:
            return day, about
        period = period.before


def _from(office: Office, kind: Kind, day: date) -> datetime:
    """Return the moment of that day from which a report is sent."""
    if kind is Kind.WEEK:
        return office.workdays.at(day, office.digest_at)
    return office.workdays.at(day, office.workdays.afternoon[1]) - BEFORE_CLOSE
