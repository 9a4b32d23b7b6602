"""Corrects one field of a draft, by words or by a press; the other fields stay as they are."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.actions.assigning.draft import (
    NO_BODY,
    Deadline,
    Fields,
    by_hand,
    read_deadline,
    with_deadline,
    with_follower,
    with_people,
)
from bot.actions.assigning.drafting import MAX_TITLE
from bot.actions.files.file_store import Paper
from bot.actions.office import Office, step
from bot.actions.series import days
from bot.actions.tasks import sub_tasks
from bot.language.deadline import deadlines
from bot.language.names import people
from bot.language.names.external_bodies import body_named
from bot.language.orders.products import find_product
from bot.language.readings import Part as Said
from bot.language.text.words import words_of
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.clarity import ASKED, Clear
from storage.assigning import drafts
from storage.organisation import units
from storage.records import DoneWhen, Draft, Part, UpdateKey

Reader = Callable[[Office, Standpoint, Fields, str, datetime], Awaitable[Fields]]


async def answer(
    office: Office,
    who: Standpoint,
    draft: Draft,
    text: str,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Read a message as the value of the field that the draft waits for; refuses what cannot be read."""
    if not text.strip():
        raise Refusal(No.EMPTY)
    field = draft.waits_for or "title"
    read = _READERS[field]
    fields = await read(office, who, Fields.model_validate(draft.fields), text.strip(), now)
    fields = by_hand(fields, _SETTLES.get(field, field))
    next_asked = fields.to_ask if field in ASKED else None
    return await _put(office, draft, fields, now, update, next_asked or fields.missing)


def enclose(draft: Draft, sent: Sequence[Paper]) -> Draft:
    """Return the draft with more files added, without storing it: the next change of the draft stores them."""
    fields = Fields.model_validate(draft.fields)
    known = {(one.sha256, one.name): one for one in (*fields.papers, *sent)}
    papers = {"papers": tuple(known.values())}
    return draft.model_copy(update={"fields": fields.model_copy(update=papers).dumped()})


async def keep(office: Office, draft: Draft, now: datetime, update: UpdateKey | None) -> Draft:
    """Store a draft as it is given; it goes on waiting for the same field."""
    fields = Fields.model_validate(draft.fields)
    return await _put(office, draft, fields, now, update, draft.waits_for)


async def ask(
    office: Office, draft: Draft, field: str, now: datetime, update: UpdateKey | None
) -> Draft:
    """Wait for the field that the person wants to correct; for an unknown field, wait for what is missing."""
    fields = Fields.model_validate(draft.fields)
    waits_for = field if field in _READERS else fields.missing
    return await _put(office, draft, fields, now, update, waits_for)


async def choose_deadline(
    office: Office, draft: Draft, deadline: Deadline | None, now: datetime, update: UpdateKey | None
) -> Draft:
    """Set the deadline that was pressed; None is "không thời hạn". Refuses DEADLINE_PAST."""
    if deadline is not None and deadline[1] <= now:
        raise Refusal(No.DEADLINE_PAST)
    fields = by_hand(with_deadline(Fields.model_validate(draft.fields), deadline), "deadline")
    return await _put(office, draft, fields, now, update, fields.missing)


async def choose_lead(
    office: Office, draft: Draft, person_id: int, now: datetime, update: UpdateKey | None
) -> Draft:
    """Set the lead that was pressed; refuses PERSON_LEFT for a person the office does not know."""
    if person_id not in (await office.roster()).by_key:
        raise Refusal(No.PERSON_LEFT)
    chosen = {"lead_id": person_id, "lead_choices": (), "lead_words": None, **NO_BODY}
    fields = by_hand(Fields.model_validate(draft.fields).model_copy(update=chosen), "lead")
    return await _put(office, draft, fields, now, update, fields.missing)


async def choose_follower(
    office: Office, draft: Draft, person_id: int, now: datetime, update: UpdateKey | None
) -> Draft:
    """Add who follows the body outside; refuses PERSON_LEFT for a person the office does not know."""
    if person_id not in (await office.roster()).by_key:
        raise Refusal(No.PERSON_LEFT)
    fields = by_hand(with_follower(Fields.model_validate(draft.fields), person_id), "others")
    return await _put(office, draft, fields, now, update, fields.missing)


async def choose_product(
    office: Office, draft: Draft, product: str, now: datetime, update: UpdateKey | None
) -> Draft:
    """Set the product that was pressed."""
    chosen = Fields.model_validate(draft.fields).model_copy(update={"product": product})
    return await _put_clear(office, draft, by_hand(chosen, Clear.PRODUCT), now, update)


async def choose_decider(
    office: Office, draft: Draft, person_id: int, now: datetime, update: UpdateKey | None
) -> Draft:
    """Set the decider; refuses PERSON_LEFT for a person the office does not know, SAME_PERSON for the lead."""
    fields = Fields.model_validate(draft.fields)
    if person_id not in (await office.roster()).by_key:
        raise Refusal(No.PERSON_LEFT)
    chosen = _decided_by(fields, person_id)
    return await _put_clear(office, draft, by_hand(chosen, Clear.AUTHORITY), now, update)


async def pass_over(office: Office, draft: Draft, now: datetime, update: UpdateKey | None) -> Draft:
    """Leave open what is asked for; it is not asked for again."""
    fields = Fields.model_validate(draft.fields)
    left = (*fields.passed_over, draft.waits_for or "")
    return await _put_clear(
        office, draft, fields.model_copy(update={"passed_over": left}), now, update
    )


async def _put_clear(
    office: Office, draft: Draft, fields: Fields, now: datetime, update: UpdateKey | None
) -> Draft:
    """Store one of the six (6 rõ) and ask for the next that is missing."""
    return await _put(office, draft, fields, now, update, fields.to_ask)


async def switch(office: Office, draft: Draft, now: datetime, update: UpdateKey | None) -> Draft:
    """Switch between a task that waits for every supporting part and one that waits for its lead alone."""
    fields = Fields.model_validate(draft.fields)
    waits = fields.done_when is DoneWhen.ALL_PARTS
    chosen = DoneWhen.LEAD if waits else DoneWhen.ALL_PARTS
    changed = by_hand(fields.model_copy(update={"done_when": chosen}), "done_when")
    return await _put(office, draft, changed, now, update, changed.missing)


async def repeat_or_not(
    office: Office, draft: Draft, now: datetime, update: UpdateKey | None
) -> Draft:
    """Switch between a task that is done only once and one that repeats as its words say."""
    fields = Fields.model_validate(draft.fields)
    changed = by_hand(fields.model_copy(update={"once": not fields.once}), "once")
    return await _put(office, draft, changed, now, update, changed.missing)


async def _put(
    office: Office,
    draft: Draft,
    fields: Fields,
    now: datetime,
    update: UpdateKey | None,
    waits_for: str | None,
) -> Draft:
    async with step(office, update, now) as tx:
        fields = await sub_tasks.held_within(tx, fields)
        changed = await drafts.change(
            tx,
            draft.id,
            draft.version,
            fields=fields.dumped(),
            waits_for=waits_for or fields.missing,
            at=now,
        )
        if changed is None:
            raise Refusal(No.STALE)
        return changed


async def _title(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    if len(text) > MAX_TITLE:
        raise Refusal(No.TOO_LONG, limit=MAX_TITLE, length=len(text))
    return fields.model_copy(update={"title": text})


async def _lead(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    found = people.read_people(text, await office.roster(), who.person_id)
    outside = await units.outside(office.db, [unit.key for unit in found.units])
    if outside:
        return fields.model_copy(update={"lead_id": None, "body_id": outside.pop()})
    changed = with_people(fields, found)
    if changed is not None:
        return changed
    body = body_named(f"giao {text}")
    if body is None:
        raise Refusal(No.NO_PERSON_READ)
    return fields.model_copy(update={"lead_id": None, "body_id": None, "body_offer": body})


async def _follower(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    found = people.read_people(text, await office.roster(), who.person_id)
    known = [one.key for one in found.people if one.key is not None]
    if len(known) != 1 or found.unsure:
        raise Refusal(No.NO_PERSON_READ)
    return with_follower(fields, known[0])


async def _others(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    """Read anew who supports and who follows: "phối hợp phòng Quản trị, anh Lộc; Trầm theo dõi"."""
    found = people.read_others(text, await office.roster(), who.person_id)
    known = tuple(
        (one.key, Part(one.part.value) if one.part is Said.FOLLOW else Part.SUPPORT)
        for one in found.people
        if one.key not in {None, fields.lead_id}
    )
    read = tuple(unit.key for unit in found.units)
    if not known and not read:
        raise Refusal(No.NO_PERSON_READ)
    strange = tuple(one.name for one in found.people if one.key is None)
    return fields.model_copy(update={"others": known, "units": read, "unknown": strange})


async def _product(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    found = find_product(words_of(text), frozenset())
    if found is None:
        raise Refusal(No.NO_PRODUCT_READ)
    return fields.model_copy(update={"product": found.name})


async def _decider(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    found = people.read_people(text, await office.roster(), who.person_id)
    known = [one.key for one in found.people if one.key is not None]
    if len(known) != 1 or found.unsure:
        raise Refusal(No.NO_PERSON_READ)
    return _decided_by(fields, known[0])


def _decided_by(fields: Fields, person_id: int) -> Fields:
    if person_id == fields.lead_id:
        raise Refusal(No.SAME_PERSON)
    return fields.model_copy(update={"decider_id": person_id})


async def _deadline(
    office: Office, who: Standpoint, fields: Fields, text: str, now: datetime
) -> Fields:
    found = deadlines.read_deadline(text, now, office.workdays, office.reading)
    if found.deadline is None and found.unsure is None:
        raise Refusal(No.NO_DEADLINE_READ)
    unknown = fields.model_copy(update={"late_from": None, "due_at": None, "open_ended": False})
    if not found.recurrence or fields.parent_id is not None:
        return read_deadline(unknown, found.deadline, found.unsure)
    again = by_hand(by_hand(unknown, "recurrence"), "once")
    comes_back = again.model_copy(update={"recurrence": found.recurrence, "once": False})
    first = found.deadline and days.on_workday(office, found.deadline, found.recurrence)
    return read_deadline(comes_back, first, found.unsure)


_SETTLES = {"follower": "others"}
"""The correction that an answer counts as, where its name differs from the field that was asked for."""

_READERS: dict[str, Reader] = {
    "title": _title,
    "lead": _lead,
    "follower": _follower,
    "others": _others,
    "deadline": _deadline,
    Clear.PRODUCT: _product,
    Clear.AUTHORITY: _decider,
}
