"""Enters the tasks of a document: what is sent becomes items, and one press assigns all of them or none."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.actions import moves
from bot.actions.assigning import new_task
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.actions.directives import directives, entry_items
from bot.actions.directives.entry import KIND, Entry, Source, faults
from bot.actions.office import Office, once, step
from bot.actions.organisation import on_behalf
from bot.language.names.people import Roster
from bot.language.readings import BehalfReading, DocumentHead
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.directives import directives as stored
from storage.engine.database import Transaction
from storage.history import audit
from storage.organisation import leader_groups
from storage.records import DocumentView, Draft, Task, UpdateKey


async def begin(
    office: Office,
    who: Standpoint,
    place: Place,
    head: DocumentHead,
    behalf: BehalfReading | None,
    sources: Sequence[Source],
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Begin to enter the document that a sentence describes, with the items written below it.

    If the person sees this document in the office already, the entry adds to it. Refuses NO_DOCUMENT_READ, DATES_CROSSED,
    NO_DOCUMENT_RIGHT, NO_ENTRY_RIGHT and TOO_MANY_ITEMS.
    """
    if head.symbol is None:
        raise Refusal(No.NO_DOCUMENT_READ)
    directives.check_days(head.issued_on, head.received_on)
    known = await directives.with_symbol(office, who, head)
    entry = _of_document(known[0]) if known else _of_head(head)
    roster = await office.roster()
    async with step(office, update, now) as tx:
        entry = await _for_whom(tx, who, entry, behalf)
        return await _start(tx, office, roster, who, place, entry, sources, now)


async def go_on(
    office: Office,
    who: Standpoint,
    place: Place,
    document_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Begin to enter more tasks of a document that the office has; refuses as `begin` does."""
    roster = await office.roster()
    async with step(office, update, now) as tx:
        entry = _of_document(await directives.seen(tx, who, document_id))
        entry = await _for_whom(tx, who, entry, None)
        return await _start(tx, office, roster, who, place, entry, (), now)


async def _start(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    place: Place,
    entry: Entry,
    sources: Sequence[Source],
    now: datetime,
) -> Draft:
    entry = await entry_items.with_sources(tx, office, roster, who, entry, sources)
    return await drafts.start(
        tx,
        person_id=who.person_id,
        chat_id=place.chat_id,
        topic_id=place.topic_id,
        kind=KIND,
        task_id=None,
        waits_for="items",
        fields=entry.dumped(),
        at=now,
    )


def _of_head(head: DocumentHead) -> Entry:
    said = {name: getattr(head, name) for name in directives.FIELDS}
    return Entry.model_validate({name: value for name, value in said.items() if value})


def _of_document(one: DocumentView) -> Entry:
    kept = ("from_receipt", "for_person_id", "for_group_id")
    known = {name: getattr(one, name) for name in (*directives.FIELDS, *kept)}
    return Entry(document_id=one.id, **known)


async def _for_whom(
    tx: Transaction, who: Standpoint, entry: Entry, behalf: BehalfReading | None
) -> Entry:
    """Return the entry with the person or group on whose behalf it is made.

    That is the one named, else the one it was for before, if the person may still enter for them. A person who leads
    nobody and has exactly one right to enter on behalf of others uses it. Everybody else enters for themselves.
    """
    given = await directives.rights_to_enter(tx, who)
    if not rights.may_enter_documents(who, bool(given)):
        raise Refusal(No.NO_DOCUMENT_RIGHT)
    if behalf is not None:
        await on_behalf.check(tx, who, behalf.person, behalf.group)
        return _entered_for(entry, behalf.person, behalf.group)
    mine = {(one.for_person_id, one.for_group_id) for one in given}
    mine |= {(None, group) for group in who.all_groups} | {(one, None) for one in who.people}
    if (entry.for_person_id, entry.for_group_id) in mine:
        return entry
    alone = not who.leads_others and len(given) == 1
    return _entered_for(
        entry, *((given[0].for_person_id, given[0].for_group_id) if alone else (None, None))
    )


def _entered_for(entry: Entry, person_id: int | None, group_id: int | None) -> Entry:
    return entry.model_copy(update={"for_person_id": person_id, "for_group_id": group_id})


async def enter_for(
    office: Office,
    who: Standpoint,
    draft: Draft,
    person_id: int | None,
    group_id: int | None,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Enter all items on behalf of a person or a group; refuses NO_ENTRY_RIGHT."""
    entry = Entry.model_validate(draft.fields)
    async with step(office, update, now) as tx:
        if person_id is not None or group_id is not None:
            await on_behalf.check(tx, who, person_id, group_id)
        return await entry_items.put(tx, draft, _entered_for(entry, person_id, group_id), now)


class Entered(NamedTuple):
    """What was entered; `differs` tells that the document was entered before with other values."""

    document_id: int
    tasks: list[Task]
    differs: bool


async def confirm(
    office: Office,
    who: Standpoint,
    draft_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Entered:
    """Assign all items, or none.

    Without items, only the document is entered. Refuses STALE, ITEMS_WRONG, NO_DOCUMENT_RIGHT, and
    as assigning does.
    """

    async def work(tx: Transaction) -> Entered:
        await once(tx, update, now)
        draft = await drafts.end(tx, draft_id, version, now)
        if draft is None or draft.person_id != who.person_id or draft.kind != KIND:
            raise Refusal(No.STALE)
        if not await directives.may_enter(tx, who):
            raise Refusal(No.NO_DOCUMENT_RIGHT)
        entry, differs = await _with_document(tx, who, Entry.model_validate(draft.fields), now)
        await stored.hold(tx, entry.document_id or 0)
        if any(await faults(tx, who, entry, now)):
            raise Refusal(No.ITEMS_WRONG)
        made = [
            await new_task.make(tx, office, who, one, None, now, one_of_many=True)
            for one in _fields(entry)
        ]
        if made:
            await _tell(tx, who, entry, len(made), now)
            facts = {"tasks": [task.id for task in made]}
            await audit.append(
                *(tx, now, "document.enter"),
                actor_id=who.person_id,
                facts=facts,
                document_id=entry.document_id,
            )
        return Entered(entry.document_id or 0, made, differs)

    return await office.db.run(work)


async def _with_document(
    tx: Transaction, who: Standpoint, entry: Entry, now: datetime
) -> tuple[Entry, bool]:
    """Return the entry with the id of its document, which is entered now if it is new.

    The second value tells whether the document was entered meanwhile with other values.
    """
    if entry.document_id is None:
        kept = (*directives.FIELDS, "from_receipt", "for_person_id", "for_group_id")
        head = {name: getattr(entry, name) for name in kept}
        one, is_new = await directives.register(tx, who, head, now)
        differs = not is_new and await directives.join(tx, who, one, head, now)
        return entry.model_copy(update={"document_id": one.id}), differs
    before = await directives.seen(tx, who, entry.document_id)
    if before.from_receipt != entry.from_receipt:
        await directives.write(tx, who, before, {"from_receipt": entry.from_receipt}, now)
    return entry, False


async def _tell(tx: Transaction, who: Standpoint, entry: Entry, count: int, now: datetime) -> None:
    """Tell those on whose behalf it was entered, once for all tasks."""
    group = await leader_groups.get(tx, entry.for_group_id) if entry.for_group_id else None
    concerned = group.members if group else filter(None, [entry.for_person_id])
    facts = {"document": entry.document_id, "tasks": count, "by": who.person_id}
    told = [one for one in concerned if one != who.person_id]
    await moves.tell(tx, "document.entered", None, told, now, facts=facts)


def _fields(entry: Entry) -> list[Fields]:
    """Return the draft of each item, with the document and the person or group on whose behalf all are entered."""
    shared = {
        "document_id": entry.document_id,
        "for_person_id": entry.for_person_id,
        "for_group_id": entry.for_group_id,
    }
    return [item.fields.model_copy(update=shared) for item in entry.items]
