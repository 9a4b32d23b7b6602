"""Turns a reading into a draft: what is kept of it, and which readings are refused."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions import moves
from bot.actions.assigning.draft import KIND, Fields, fields_of
from bot.actions.chat_places import Place
from bot.actions.directives import citing
from bot.actions.files.file_store import Paper
from bot.actions.organisation import on_behalf
from bot.language.orders import directives
from bot.language.readings import Part as Said
from bot.language.readings import Reading
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Reader, Transaction
from storage.files import albums
from storage.organisation import people, units
from storage.records import Draft

MAX_TITLE = 500


async def check(tx: Transaction, who: Standpoint, readings: Sequence[Reading]) -> None:
    """Refuse readings that are TOO_LONG, TOO_MANY_TASKS, or on behalf of somebody without the right to enter."""
    if len(readings) > directives.MOST_TASKS:
        raise Refusal(No.TOO_MANY_TASKS, limit=directives.MOST_TASKS)
    for reading in readings:
        for said, limit in ((reading.title, MAX_TITLE), (reading.text, moves.MAX_TEXT)):
            if len(said) > limit:
                raise Refusal(No.TOO_LONG, limit=limit, length=len(said))
    for behalf in {reading.behalf for reading in readings if reading.behalf}:
        await on_behalf.check(tx, who, behalf.person, behalf.group)


async def fields_read(
    tx: Transaction,
    who: Standpoint,
    reading: Reading,
    now: datetime,
    papers: tuple[Paper, ...] = (),
) -> Fields:
    """Store the words of a reading and return the fields of the draft that `who` makes of it."""
    text_id = await moves.keep(tx, reading.text, now)
    outside = await units.outside(tx, [unit.key for unit in reading.units])
    fields = fields_of(reading, text_id, await heads_named(tx, reading), outside)
    cited = {"document_id": await citing.cited(tx, who, reading)}
    return fields.model_copy(update={"papers": papers, **_behalf(reading), **cited})


async def keep(
    tx: Transaction,
    who: Standpoint,
    place: Place,
    fields: Fields,
    now: datetime,
    message_id: int | None,
) -> Draft:
    """Begin a draft; it waits for the field that is missing next."""
    draft = await drafts.start(
        tx,
        person_id=who.person_id,
        chat_id=place.chat_id,
        topic_id=place.topic_id,
        kind=KIND,
        task_id=None,
        waits_for=fields.missing,
        fields=fields.dumped(),
        at=now,
        message_id=message_id,
    )
    await albums.begin(tx, draft.id, albums_of(fields))
    return draft


def albums_of(fields: Fields) -> set[str]:
    return {paper.album for paper in fields.papers if paper.album}


def _behalf(reading: Reading) -> dict[str, int | None]:
    behalf = reading.behalf
    return {"for_person_id": behalf.person, "for_group_id": behalf.group} if behalf else {}


async def heads_named(db: Reader, reading: Reading) -> tuple[int, ...]:
    """Return the heads of the units named as lead, to choose from; none where a known person is named as lead."""
    if any(person.key is not None and person.part is Said.LEAD for person in reading.people):
        return ()
    found = [await people.heads_of(db, u.key) for u in reading.units if u.part is Said.LEAD]
    return tuple(dict.fromkeys(head for heads in found for head in heads))
