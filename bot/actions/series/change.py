"""Changing a series from its next task on, and handing over all that somebody has in any.

The tasks that were made are left alone.
"""

from datetime import datetime
from typing import Any

from bot.actions import moves
from bot.actions.assigning.draft import NO_BODY, Fields
from bot.actions.office import Office, step
from bot.actions.organisation import on_behalf
from bot.actions.series import days, steps
from bot.actions.series import series as known
from bot.actions.series.reading import Wish
from bot.actions.standpoint import standpoint
from bot.refusals import No, Refusal
from bot.rules import recurrence, rights
from bot.rules.rights import Standpoint
from storage.engine.database import Reader, Transaction
from storage.history import audit
from storage.organisation import people
from storage.records import Draft, Series, UpdateKey
from storage.series import series


async def change(
    office: Office,
    who: Standpoint,
    series_id: int,
    wish: Wish,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Series:
    """Set lead, title, days or hour of what comes next and later.

    By a new rule the next one comes after the newest that was made. Refuses SAME, PERSON_LEFT and
    NOT_ALLOWED (not theirs to assign to, in whose name the series assigns).
    """
    one, stakes = await steps.found(office, who, series_id)
    async with step(office, update, now, answers) as tx:
        made = await steps.begin(tx, who, one, stakes, None, now)
        before = Fields.model_validate(one.fields)
        fields = await _wished(tx, office, one, before, wish)
        rule = wish.rule or one.rule
        if fields == before and rule == one.rule:
            raise Refusal(No.SAME)
        after = one.model_copy(update={"rule": rule, "fields": fields.dumped()})
        await _put(tx, office, made, after)
        facts = {"changes": await _changes(tx, office, one, after, now)}
        told = [before.lead_id, fields.lead_id]
        await steps.settle(tx, made, "change", facts, told)
    return await known.get(office, who, series_id)


async def _put(tx: Transaction, office: Office, made: steps.Change, after: Series) -> None:
    """Write what comes from now on, from another first day by another rule."""
    one, now = made.one, made.now
    if after.rule == one.rule:
        starts_on, next_on, make_at = one.starts_on, one.next_on, now if one.held else one.make_at
    else:
        settled = max([made.day, *await series.skipped(tx, one.id)])
        coming = recurrence.coming(
            after.rule, settled, settled, office.workdays, office.repeats, settled
        )
        found = next((c for c in coming if days.deadline(office, after, c)[0] > now), None)
        if found is None:
            raise Refusal(No.SERIES_OVER)
        starts_on, next_on, make_at = found.day, found.day, found.make_at
    written = await series.change(
        tx,
        one,
        rule=after.rule,
        starts_on=starts_on,
        next_on=next_on,
        make_at=make_at,
        fields=after.fields,
    )
    steps.still(written)


async def _wished(
    tx: Transaction, office: Office, one: Series, fields: Fields, wish: Wish
) -> Fields:
    """Return what each task is like from now on."""
    if wish.title and wish.title != fields.title.strip():
        fields = fields.model_copy(update={"title": wish.title, "product": wish.product})
    if wish.clock is not None and fields.due_at is not None:
        day = office.today(fields.due_at)
        due_at, late_from = office.workdays.due(day, wish.clock)
        hour = {"due_at": due_at, "late_from": late_from, "has_clock": True}
        fields = fields.model_copy(update=hour)
    if wish.lead_id is not None and wish.lead_id != fields.lead_id:
        await _check_lead(tx, one, fields, wish.lead_id)
        others = tuple(other for other in fields.others if other[0] != wish.lead_id)
        lead = {"lead_id": wish.lead_id, "others": others, **NO_BODY}
        fields = fields.model_copy(update=lead)
    return fields


async def _check_lead(tx: Transaction, one: Series, fields: Fields, lead_id: int) -> None:
    """See that in whose name the series assigns may assign to its new lead."""
    lead = await people.held(tx, lead_id)
    assigner = await people.member(tx, one.assigner_id)
    if lead is None or lead.ended_at is not None or assigner is None:
        raise Refusal(No.PERSON_LEFT)
    group = fields.for_group_id
    by = await (on_behalf.represented(tx, None, group) if group else standpoint(tx, assigner))
    unit_ids = [post.unit_id for post in lead.roles] or [None]
    if not rights.may_assign(by, lead_id, unit_ids):
        raise Refusal(No.NOT_ALLOWED, lead_id=lead_id)


async def _changes(
    tx: Transaction, office: Office, one: Series, after: Series, now: datetime
) -> dict[str, list[Any]]:
    """Return what was and what is, as history keeps it: titles as kept texts."""
    old, new = (Fields.model_validate(each.fields) for each in (one, after))
    clocks = [days.clock_of(office, fields) for fields in (old, new)]
    both: dict[str, list[Any]] = {
        "rule": [one.rule, after.rule],
        "clock": [clock and clock.isoformat("minutes") for clock in clocks],
        "lead_id": [old.lead_id, new.lead_id],
    }
    changed = {name: pair for name, pair in both.items() if pair[0] != pair[1]}
    if old.title != new.title:
        titles = (old.title, new.title)
        changed["title"] = [await moves.keep(tx, title, now) for title in titles]
    return changed


async def of_person(db: Reader, person_id: int) -> list[Series]:
    """Return the living series that somebody assigns or entered, leads or has another part in."""
    return [one for one in await series.living(db) if person_id in _people(one)]


def _people(one: Series) -> set[int | None]:
    fields = Fields.model_validate(one.fields)
    return {one.assigner_id, one.entered_by_id, fields.lead_id, *dict(fields.others)}


async def hand_over(
    tx: Transaction, from_id: int, to_id: int, actor_id: int, now: datetime
) -> list[Series]:
    """Put another person in somebody's place in every series, and return those it was.

    It is a step of the transaction of whoever lets them leave: who is told and by what right is
    theirs. Refuses STALE when a series was changed meanwhile.
    """
    handed = await of_person(tx, from_id)
    for one in handed:
        assigner, entered = (
            to_id if person == from_id else person
            for person in (one.assigner_id, one.entered_by_id)
        )
        fields = _handed(Fields.model_validate(one.fields), from_id, to_id)
        steps.still(await series.hand_on(tx, one, assigner, entered, fields.dumped()))
        task_id, _ = await series.last_task(tx, one.id)
        facts = {"series": one.id, "from": from_id, "to": to_id}
        await audit.append(
            tx, now, "series.hand_over", actor_id=actor_id, task_id=task_id, facts=facts
        )
    return handed


def _handed(fields: Fields, from_id: int, to_id: int) -> Fields:
    """Return the fields with another in a person's place, who has one part, the lead before others."""
    lead_id = to_id if fields.lead_id == from_id else fields.lead_id
    others = {to_id if one == from_id else one: part for one, part in fields.others}
    others.pop(lead_id or 0, None)
    return fields.model_copy(update={"lead_id": lead_id, "others": tuple(others.items())})
