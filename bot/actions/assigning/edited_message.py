"""Reads an edited message again: its open drafts change with it, its tasks do not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from bot.actions.assigning import drafting
from bot.actions.assigning.draft import Fields, read_again
from bot.actions.chat_places import Place
from bot.actions.office import Office, step
from bot.actions.tasks import split, sub_tasks
from bot.language.readings import BehalfReading, Reading
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Transaction
from storage.records import Draft, UpdateKey
from storage.tasks import texts

Pair = tuple[Draft | None, Reading | None]


@dataclass
class Reread:
    """What became of a message's drafts; `assigned` are numbers of tasks whose words differ from the message now."""

    changed: list[Draft] = field(default_factory=list)
    begun: list[Draft] = field(default_factory=list)
    dropped: list[Draft] = field(default_factory=list)
    assigned: list[int] = field(default_factory=list)


async def drafts_of(office: Office, who: Standpoint, place: Place, message_id: int) -> list[Draft]:
    """Return the drafts that were read from one's own message, finished or not."""
    return await drafts.of_message(office.db, who.person_id, place.chat_id, message_id)


async def reread(
    office: Office,
    who: Standpoint,
    place: Place,
    message_id: int,
    readings: Sequence[Reading],
    now: datetime,
    update: UpdateKey | None,
) -> Reread:
    """Change the drafts of a message to what it says now; what was corrected by hand stays.

    A draft whose words did not change is left alone. A draft whose words are gone ends.
    """
    done = Reread()
    async with step(office, update, now) as tx:
        await drafting.check(tx, who, readings)
        known = await drafts.of_message(tx, who.person_id, place.chat_id, message_id)
        for draft, reading in await _pairs(tx, known, readings):
            if draft is not None and draft.task_id is not None:
                done.assigned.append(draft.task_id)
            elif draft is None or draft.ended_at is not None:
                if reading is not None:
                    fields = await drafting.fields_read(tx, who, reading, now)
                    done.begun.append(await drafting.keep(tx, who, place, fields, now, message_id))
            elif reading is None:
                done.dropped.append(_still(await drafts.end(tx, draft.id, draft.version, now)))
            else:
                done.changed.append(await _change(tx, who, draft, reading, now))
    return done


async def _pairs(
    tx: Transaction, known: Sequence[Draft], readings: Sequence[Reading]
) -> list[Pair]:
    """Set aside drafts and readings with equal words, and pair the others in order."""
    new, old = list(readings), []
    for draft in known:
        fields = Fields.model_validate(draft.fields)
        text = await texts.body(tx, fields.text_id)
        same = next((one for one in new if _is_as_before(one, fields, text)), None)
        if same is None:
            old.append(draft)
        else:
            new.remove(same)
    return list(zip_longest(old, new))


def _is_as_before(reading: Reading, fields: Fields, text: str | None) -> bool:
    behalf = reading.behalf or BehalfReading()
    whom = (behalf.person, behalf.group)
    return reading.text.strip() == text and whom == (fields.for_person_id, fields.for_group_id)


async def _change(
    tx: Transaction, who: Standpoint, draft: Draft, reading: Reading, now: datetime
) -> Draft:
    before = Fields.model_validate(draft.fields)
    fresh = await drafting.fields_read(tx, who, reading, now)
    if before.parent_id is not None:
        fresh = split.part(fresh, before.parent_id, before.within)
    fields = await sub_tasks.held_within(tx, read_again(before, fresh))
    said, waits_for = fields.dumped(), fields.missing
    return _still(
        await drafts.change(tx, draft.id, draft.version, fields=said, waits_for=waits_for, at=now)
    )


def _still(draft: Draft | None) -> Draft:
    """Return the draft that a change gave; refuses STALE for None: another change came first."""
    if draft is None:
        raise Refusal(No.STALE)
    return draft
