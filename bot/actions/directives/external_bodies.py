"""Enters bodies outside the office where a draft first names one."""

from datetime import datetime
from typing import Any

from bot.actions.assigning.draft import Fields, by_hand, fields_of
from bot.actions.office import Office, step
from bot.folding import fold
from bot.language.names.people import Roster, RosterUnit
from bot.language.orders import assignment
from bot.language.readings import Reading
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.history import audit
from storage.organisation import units
from storage.records import Draft, UpdateKey
from storage.tasks import texts


async def enter(
    office: Office, who: Standpoint, draft: Draft, now: datetime, update: UpdateKey | None
) -> Draft:
    """Enter the body that a draft offers, and read its sentence again with the body known.

    A corrected title stays; who supports and follows is taken from the new reading where it names the body as lead.
    Refuses NOT_ALLOWED to a person who neither leads others nor is an admin, and STALE where the draft offers no body
    or has changed meanwhile.
    """
    fields = Fields.model_validate(draft.fields)
    name = fields.body_offer
    if name is None:
        raise Refusal(No.STALE)
    if not rights.may_enter_body(who):
        raise Refusal(No.NOT_ALLOWED)
    roster = await office.roster()
    async with step(office, update, now) as tx:
        unit_id, entered = await units.enter_body(tx, name, fold(name), now)
        text = await texts.body(tx, fields.text_id) or fields.title
        known = Roster(roster.people, (*roster.units, RosterUnit(unit_id, name)))
        before = _read(office, who, text, roster, draft)
        after = fields_of(_read(office, who, text, known, draft), fields.text_id, (), {unit_id})
        changed = _led_by(fields, unit_id, before.title, after)
        kept = await drafts.change(
            tx,
            draft.id,
            draft.version,
            fields=changed.dumped(),
            waits_for=changed.missing,
            at=now,
        )
        if kept is None:
            raise Refusal(No.STALE)
        if entered:
            facts = {"unit_id": unit_id, "outside": True}
            await audit.append(tx, now, "unit.added", actor_id=who.person_id, facts=facts)
        return kept


def _read(office: Office, who: Standpoint, text: str, roster: Roster, draft: Draft) -> Reading:
    return assignment.read(
        text, roster, draft.created_at, office.workdays, office.reading, speaker=who.person_id
    )


def _led_by(fields: Fields, unit_id: int, title_before: str, after: Fields) -> Fields:
    """Return the draft led by the body, with the others and the title as the sentence then reads."""
    led: dict[str, Any] = {"lead_id": None, "lead_choices": (), "lead_words": None}
    led |= {"body_id": unit_id, "body_offer": None}
    if after.body_id == unit_id:
        led |= {"others": after.others, "units": after.units, "unknown": after.unknown}
        if fields.title == title_before:
            led["title"] = after.title
    return by_hand(fields.model_copy(update=led), "lead")
