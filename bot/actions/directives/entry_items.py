"""The items of an entry: adding, replacing, reading again and dropping them."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.directives import directives, entry_lines
from bot.actions.directives.entry import MOST, Entry, Item, Source, faults
from bot.actions.directives.entry_lines import Numbered
from bot.actions.office import Office, step
from bot.language.names.people import Roster
from bot.language.readings import DocumentHead
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Transaction
from storage.records import Draft, UpdateKey


async def with_sources(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    entry: Entry,
    sources: Sequence[Source],
) -> Entry:
    """Return the entry with items for these sources after those it has."""
    items = (*entry.items, *await entry_lines.read(tx, office, roster, who, entry, sources))
    return _holding(entry, items)


def _holding(entry: Entry, items: Sequence[Item]) -> Entry:
    if len(items) > MOST:
        raise Refusal(No.TOO_MANY_ITEMS, limit=MOST, count=len(items))
    return entry.model_copy(update={"items": tuple(items)})


async def answer(
    office: Office,
    who: Standpoint,
    draft: Draft,
    text: str,
    message_id: int | None,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Take in a message: new items, a corrected item with its number, "bỏ 3", or words about the document.

    Refuses EMPTY, WHICH_ITEM and TOO_MANY_ITEMS.
    """
    entry = Entry.model_validate(draft.fields)
    out = entry_lines.dropped(text)
    head, said = entry_lines.split(text)
    if not head and said and said[0].number is None:
        first = entry_lines.head_of(office, said[0].text, now)
        head, said = (said[0].text, said[1:]) if first else (head, said)
    about = entry_lines.head_of(office, head, now) if head else None
    if not (out or said or about):
        raise Refusal(No.EMPTY)
    roster = await office.roster()
    async with step(office, update, now) as tx:
        if out:
            return await put(tx, draft, _without(entry, out), now)
        if about:
            entry = await _retold(tx, office, roster, who, entry, about)
        entry = await _taken(tx, office, roster, who, entry, said, message_id, now)
        return await put(tx, draft, entry, now)


def _without(entry: Entry, numbers: Sequence[int]) -> Entry:
    kept = [item for number, item in enumerate(entry.items, 1) if number not in numbers]
    if len(kept) == len(entry.items):
        raise Refusal(No.WHICH_ITEM, count=len(entry.items))
    return entry.model_copy(update={"items": tuple(kept)})


async def _taken(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    entry: Entry,
    said: Sequence[Numbered],
    message_id: int | None,
    now: datetime,
) -> Entry:
    """Let a numbered item replace the item with that number, and add the others at the end.

    A single line without a number replaces the faulty item, if exactly one item is faulty.
    """
    wrong = await faults(tx, who, entry, now) if len(said) == 1 else []
    places = [place for place, one in enumerate(wrong) if one]
    items = list(entry.items)
    for one in said:
        source = Source(text=one.text, at=now, message_id=message_id)
        [item] = await entry_lines.read(tx, office, roster, who, entry, [source])
        place = one.number - 1 if one.number else places[0] if len(places) == 1 else len(items)
        if 0 <= place < len(items):
            items[place] = item
        else:
            items.append(item)
    return _holding(entry, items)


async def _retold(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    entry: Entry,
    head: DocumentHead,
) -> Entry:
    """Return the entry with what was newly said of its document, and its items read again by that.

    A document that is entered already stays as it is: it is corrected on its own page.
    """
    if entry.document_id is not None:
        return entry
    said = {name: getattr(head, name) for name in directives.FIELDS if getattr(head, name)}
    entry = entry.model_copy(update=said)
    directives.check_days(entry.issued_on, entry.received_on)
    return await _read_again(tx, office, roster, who, entry)


async def _read_again(
    tx: Transaction, office: Office, roster: Roster, who: Standpoint, entry: Entry
) -> Entry:
    sources = [item.source for item in entry.items]
    return _holding(entry, await entry_lines.read(tx, office, roster, who, entry, sources))


async def put(tx: Transaction, draft: Draft, entry: Entry, now: datetime) -> Draft:
    fields = entry.dumped()
    changed = await drafts.change(
        tx, draft.id, draft.version, fields=fields, waits_for="items", at=now
    )
    if changed is None:
        raise Refusal(No.STALE)
    return changed


async def take_rows(
    office: Office,
    who: Standpoint,
    draft: Draft,
    sources: Sequence[Source],
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Replace all items by the rows of a file, so that sending the file again corrects them."""
    entry = Entry.model_validate(draft.fields).model_copy(update={"items": ()})
    roster = await office.roster()
    async with step(office, update, now) as tx:
        return await put(
            tx, draft, await with_sources(tx, office, roster, who, entry, sources), now
        )


async def count_from(
    office: Office,
    who: Standpoint,
    draft: Draft,
    receipt: bool,
    now: datetime,
    update: UpdateKey | None,
) -> Draft:
    """Count spans of days from the day the document was received, or else from the day each item was sent."""
    entry = Entry.model_validate(draft.fields).model_copy(update={"from_receipt": receipt})
    roster = await office.roster()
    async with step(office, update, now) as tx:
        return await put(tx, draft, await _read_again(tx, office, roster, who, entry), now)
