"""A task that comes back: how a series begins with its first task, whose it is, who sees it."""

from collections.abc import Collection
from datetime import date, datetime

from bot.actions.assigning.draft import Fields
from bot.actions.office import Office
from bot.actions.series.days import rule_of
from bot.refusals import No, Refusal
from bot.rules import recurrence, rights
from bot.rules.rights import Stakes, Standpoint
from storage.engine.database import Transaction, Value
from storage.history.audit import PastEvent
from storage.organisation import people
from storage.records import Part, Series
from storage.series import series


async def begin(
    tx: Transaction,
    office: Office,
    assigner_id: int,
    entered_by_id: int,
    fields: Fields,
    now: datetime,
) -> dict[str, Value]:
    """Begin the series of a draft that is being assigned and return what its first task says of it."""
    rule = rule_of(office, fields)
    if rule is None or fields.due_at is None:
        return {}
    due_on = office.today(fields.due_at)
    first = recurrence.first_day(rule, due_on, office.workdays, office.repeats)
    then = next(recurrence.coming(rule, first, first, office.workdays, office.repeats), None)
    begun = await series.insert(
        tx,
        rule=rule,
        starts_on=first,
        next_on=then.day if then else None,
        make_at=then.make_at if then else None,
        fields=fields.as_pattern().dumped(),
        assigner_id=assigner_id,
        entered_by_id=entered_by_id,
        at=now,
    )
    return {"series_id": begun.id, "occurs_on": first.isoformat()}


async def get(office: Office, who: Standpoint, series_id: int) -> Series:
    """Return a series, ended or not; refuses NOT_FOUND also for one that the person may not see."""
    found = await series.get(office.db, series_id)
    if found is None or not rights.may_see(who, await stakes(office, found)):
        raise Refusal(No.NOT_FOUND)
    return found


async def mine(office: Office, who: Standpoint) -> list[Series]:
    """Return the living series that a person assigned or entered, or in which they have a part."""
    found = []
    for one in await series.living(office.db):
        has = await stakes(office, one)
        people = {has.assigner_id, has.entered_by_id, *has.parts}
        if not people.isdisjoint(who.people) or has.group_id in who.all_groups:
            found.append(one)
    return found


async def stakes(office: Office, one: Series) -> Stakes:
    """Return what the rules need to know of a series: it is its tasks' assigner's, lead's and unit's."""
    fields = Fields.model_validate(one.fields)
    answers = (await office.roster()).by_key.get(fields.answers_id or 0)
    lead = () if fields.lead_id is None else (fields.lead_id,)
    return Stakes(
        one.assigner_id,
        fields.lead_id,
        (*lead, *dict(fields.others)),
        answers.unit_key if answers else None,
        fields.for_group_id,
        fields.lead_id is None,
        [person_id for person_id, part in fields.others if part is Part.SUPPORT],
        fields.followers,
        fields.units,
        entered_by_id=one.entered_by_id,
    )


async def history(office: Office, who: Standpoint, series_id: int) -> list[PastEvent]:
    """Return what happened to a series that the person may see, the oldest first."""
    await get(office, who, series_id)
    return await series.history(office.db, series_id)


async def visible(office: Office, who: Standpoint, series_id: int) -> Series | None:
    """Return a series that a person may see now; None for any other."""
    one = await any_one(office, series_id)
    return one if one and rights.may_see(who, await stakes(office, one)) else None


async def any_one(office: Office, series_id: int) -> Series | None:
    """Return a series, whoever asks: for news that its receiver was meant to have."""
    return await series.get(office.db, series_id)


async def newest(office: Office, one: Series) -> int:
    """Return the number of the task that was made last."""
    task_id, _ = await series.last_task(office.db, one.id)
    return task_id


async def names(office: Office, one: Series) -> dict[int, str]:
    """Return the names of all who have to do with a series, of those who left too."""
    fields = Fields.model_validate(one.fields)
    named = {one.assigner_id, one.entered_by_id, fields.lead_id, *dict(fields.others)}
    return await people.names(office.db, [one for one in named if one is not None])


async def unit_names(office: Office, unit_ids: Collection[int]) -> list[str]:
    """Return the names of units, and of bodies outside."""
    return [unit.name for unit in (await office.roster()).units if unit.key in unit_ids]


async def to_skip(office: Office, one: Series, now: datetime) -> list[date]:
    """Return the days that are to be skipped and are not over yet, in order."""
    today = office.today(now)
    return [day for day in await series.skipped(office.db, one.id) if day >= today]
