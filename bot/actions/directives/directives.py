"""Directives (`document` in the code): their list, one with its tasks, and correcting what is known of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.actions import find, moves
from bot.actions.chat_places import Place
from bot.actions.office import Office, step
from bot.actions.reporting import figures
from bot.folding import words
from bot.language.citations.directive_head import read_head
from bot.language.citations.symbols import key
from bot.language.readings import DocumentHead
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.directives import directives as documents
from storage.directives import entry_rights
from storage.engine.database import Reader, Transaction
from storage.history import audit
from storage.history.audit import PastEvent
from storage.records import Counts, Document, DocumentView, Draft, EntryRight, UpdateKey
from storage.reporting.task_scope import By, Focus
from storage.tasks import search, task_conditions, tasks
from storage.tasks import texts as kept
from storage.tasks.task_conditions import Condition

PAGE = 6
EDITING = "document.edit"
"""The kind of a dialog that corrects what is known of a document."""
FIELDS = ("symbol", "kind", "title", "issuer", "issued_on", "received_on", "planned")
TEXTS = frozenset({"title", "issuer"})
"""Fields in free words: the history points to their texts before and after a change."""


@dataclass(frozen=True)
class Listed:
    """One page of documents, with the counts by bucket of their tasks that the person may see."""

    documents: list[DocumentView]
    total: int
    lacking: int = 0
    """How many documents on all pages have planned tasks that are not entered yet."""
    counts: Mapping[int, Counts] = field(default_factory=dict)


async def rights_to_enter(db: Reader, who: Standpoint) -> list[EntryRight]:
    """Return the rights to enter on behalf of others that a person was given."""
    return [one for one in await entry_rights.living(db) if one.person_id == who.person_id]


async def may_enter(db: Reader, who: Standpoint) -> bool:
    """Tell whether somebody may enter tasks from documents."""
    return rights.may_enter_documents(who, bool(await rights_to_enter(db, who)))


async def listed(
    office: Office,
    who: Standpoint,
    now: datetime,
    offset: int = 0,
    query: str = "",
    lacking: bool = False,
) -> Listed:
    """Return a page of the documents that concern a person, the newest first.

    `query` are words of the symbol, title or issuer. `lacking` limits the list to documents with planned tasks that
    are not entered yet.
    """
    seen = find.visible_to(who)
    wanted = concerning(who) & documents.having(words(query))
    owed = wanted & documents.lacking(seen)
    found, total = await documents.page(office.db, owed if lacking else wanted, seen, PAGE, offset)
    counted = await _counts(office, who, [one.id for one in found], now)
    _, owing = await documents.page(office.db, owed, seen, 1)
    return Listed(found, total, owing, counted)


def concerning(who: Standpoint) -> Condition:
    """Return a condition that checks `rights.may_see_document` for many documents at once."""
    seen = find.visible_to(who)
    if seen is task_conditions.ALL:
        return seen
    return documents.concerning(who.people, who.all_groups, seen)


async def with_symbol(office: Office, who: Standpoint, head: DocumentHead) -> list[DocumentView]:
    """Return the documents that a person may see with the symbol, and with the day of issue if one was said."""
    known = await known_by(office.db, who, [head.symbol or ""])
    fitting = [one for one in known if head.issued_on in (None, one.issued_on)]
    return [await seen(office.db, who, one.id) for one in fitting]


async def known_by(db: Reader, who: Standpoint, symbols: Collection[str]) -> list[Document]:
    """Return the documents with these symbols that a person may see: their own first, then the newest.

    Other documents may have the same symbol. A person who may not see those gets the same answer as if there were
    none.
    """
    keys = [key(one) for one in symbols]
    found = await documents.with_key(db, keys, concerning(who))
    return sorted(found, key=lambda one: not rights.is_theirs(who, one))


async def document(office: Office, who: Standpoint, document_id: int) -> DocumentView:
    """Return one document; refuses NOT_FOUND also for one that the person may not see."""
    return await seen(office.db, who, document_id)


async def seen(db: Reader, who: Standpoint, document_id: int) -> DocumentView:
    """Return one document; refuses NOT_FOUND also for one that the person may not see."""
    view = await documents.view(db, document_id, find.visible_to(who))
    if view is None or not await may_see(db, who, view):
        raise Refusal(No.NOT_FOUND)
    return view


async def may_see(db: Reader, who: Standpoint, one: Document) -> bool:
    sees = await documents.sees_task(db, one.id, find.visible_to(who))
    return rights.may_see_document(who, one, sees)


async def counts(office: Office, who: Standpoint, document_id: int, now: datetime) -> Counts:
    """Return the counts by bucket of a document's tasks that a person may see."""
    return (await _counts(office, who, [document_id], now)).get(document_id, Counts())


async def _counts(
    office: Office, who: Standpoint, ids: Collection[int], now: datetime
) -> dict[int, Counts]:
    groups = await figures.groups(office, who, now, By.DOCUMENT, Focus(documents=ids))
    return {int(one.key): one for one in groups if one.key is not None}


async def tasks_of(office: Office, who: Standpoint, document_id: int, offset: int = 0) -> find.Page:
    """Return a page of a document's tasks that a person may see, open or closed, the oldest first."""
    wanted = documents.of_document(document_id) & find.visible_to(who)
    return await tasks.page(office.db, wanted, tasks.OLDEST, find.PAGE, offset)


async def history(office: Office, who: Standpoint, document_id: int) -> list[PastEvent]:
    """Return the events of a document itself, the oldest first; they name only tasks that the person may see."""
    await document(office, who, document_id)
    past = await audit.of_document(office.db, document_id)
    named = {one for event in past for one in event.facts.get("tasks", ())}
    seen = task_conditions.among("t.id", named) & find.visible_to(who)
    known = await tasks.numbers(office.db, seen)
    shown = [_of_tasks(event, set(known)) for event in past]
    return [one for one in shown if one.facts.get("tasks", True)]


def _of_tasks(event: PastEvent, known: Collection[int]) -> PastEvent:
    """Return an event that names only the known ones of its tasks."""
    if "tasks" not in event.facts:
        return event
    left = [one for one in event.facts["tasks"] if one in known]
    return event.model_copy(update={"facts": {**event.facts, "tasks": left}})


async def texts(office: Office, past: list[PastEvent]) -> dict[int, str]:
    """Return the texts, by id, that the changes in a document's history point to."""
    changes = [event.facts.get("changes", {}) for event in past]
    ids = {one for change in changes for name in TEXTS for one in change.get(name, ()) if one}
    return await kept.bodies(office.db, ids)


def check_days(issued_on: date | None, received_on: date | None) -> None:
    """Refuse a document that was received before it was issued (DATES_CROSSED)."""
    if issued_on and received_on and received_on < issued_on:
        raise Refusal(No.DATES_CROSSED, issued_on=issued_on, received_on=received_on)


def columns(head: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of what is known of a document, with its folded symbol and its search words."""
    found_by = " ".join(
        words(" ".join(str(head[name] or "") for name in ("symbol", "kind", *TEXTS)))
    )
    return {**head, "folded": key(str(head["symbol"])), "words": found_by}


class Registered(NamedTuple):
    """A document, and whether it is new; if not, it was entered before or meanwhile."""

    document: Document
    is_new: bool


async def register(
    tx: Transaction,
    who: Standpoint,
    head: Mapping[str, Any],
    now: datetime,
    hand: int | None = None,
) -> Registered:
    """Enter a document, unless `who` sees one with its symbol and day of issue already.

    Documents that they may not see do not count. `hand` is the person who did it for them; only the history names
    that person. None means that they did it themselves.
    """
    whole = columns(head) | {"entered_by_id": who.person_id, "created_at": now}
    await documents.alone(tx, whole["folded"])
    for known in await known_by(tx, who, [head["symbol"]]):
        if known.issued_on == head["issued_on"]:
            return Registered(known, is_new=False)
    new = await documents.put(tx, whole)
    actor = who.person_id if hand is None else hand
    await audit.append(tx, now, "document.begin", actor_id=actor, document_id=new.id)
    return Registered(new, is_new=True)


async def join(
    tx: Transaction, who: Standpoint, known: Document, head: Mapping[str, Any], now: datetime
) -> bool:
    """Keep what a person typed of a document that was entered before; return whether anything differs.

    Fields that were empty are filled. A field with another value keeps it, and the history records both.
    """
    said = {name: head[name] for name in FIELDS[1:] if head[name]}
    other = {name: value for name, value in said.items() if getattr(known, name) != value}
    new = {name: value for name, value in other.items() if not getattr(known, name)}
    if new:
        known = await write(tx, who, known, new, now)
    differs = other.keys() - new.keys()
    if differs:
        both = {n: await _both(tx, known, n, other[n], now) for n in FIELDS if n in differs}
        actor, facts = who.person_id, {"changes": both}
        await audit.append(
            tx, now, "document.also", actor_id=actor, facts=facts, document_id=known.id
        )
    return bool(differs)


async def ask(
    office: Office,
    who: Standpoint,
    place: Place,
    document_id: int,
    now: datetime,
    update: UpdateKey | None,
) -> tuple[DocumentView, Draft]:
    """Begin a dialog that waits for corrections of a document; refuses NOT_FOUND and NOT_ALLOWED."""
    async with step(office, update, now) as tx:
        view = await seen(tx, who, document_id)
        if not rights.may_correct_document(who, view):
            raise Refusal(No.NOT_ALLOWED)
        draft = await drafts.start(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            kind=EDITING,
            task_id=None,
            waits_for="words",
            fields={"document": document_id},
            at=now,
        )
        return view, draft


async def correct(
    office: Office,
    who: Standpoint,
    document_id: int,
    said: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Document:
    """Change the fields of a document that a sentence names: "nhận 22/11, 9 việc".

    Refuses NO_DOCUMENT_READ where it names none, SAME where nothing changes, DATES_CROSSED, and DOCUMENT_KNOWN where
    the person sees another document with that symbol and day of issue.
    """
    head = read_head(said, now, office.workdays, office.reading)
    read = {name: getattr(head, name) for name in FIELDS if getattr(head, name)}
    if not read:
        raise Refusal(No.NO_DOCUMENT_READ)
    return await change(office, who, document_id, read, now, update, answers)


async def change(
    office: Office,
    who: Standpoint,
    document_id: int,
    wanted: Mapping[str, Any],
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Document:
    """Set fields of a document and write old and new values into its history; refuses as `correct` does."""
    async with step(office, update, now, answers) as tx:
        before = await seen(tx, who, document_id)
        if not rights.may_correct_document(who, before):
            raise Refusal(No.NOT_ALLOWED)
        return await write(tx, who, before, wanted, now)


async def write(
    tx: Transaction, who: Standpoint, before: Document, wanted: Mapping[str, Any], now: datetime
) -> Document:
    """Set fields of a document and write them into its history; refuses as `correct` does."""
    changed = {name: v for name, v in wanted.items() if getattr(before, name) != v}
    if not changed:
        raise Refusal(No.SAME)
    whole = {name: changed.get(name, getattr(before, name)) for name in FIELDS}
    check_days(whole["issued_on"], whole["received_on"])
    await _check_other(tx, who, before.id, whole)
    found_by = columns(whole)
    after = await documents.change(tx, before.id, before.version, found_by | changed)
    if after is None:
        raise Refusal(No.STALE)
    await search.reindex_document(tx, before.id, str(found_by["words"]))
    both = {name: await _both(tx, before, name, value, now) for name, value in changed.items()}
    await audit.append(
        *(tx, now, "document.edit"),
        actor_id=who.person_id,
        facts={"changes": both},
        document_id=before.id,
    )
    return after


async def _check_other(
    tx: Transaction, who: Standpoint, document_id: int, whole: Mapping[str, Any]
) -> None:
    await documents.alone(tx, key(whole["symbol"]))
    for other in await known_by(tx, who, [whole["symbol"]]):
        if other.id != document_id and other.issued_on == whole["issued_on"]:
            raise Refusal(No.DOCUMENT_KNOWN, symbol=other.symbol)


async def _both(
    tx: Transaction, before: Document, name: str, value: Any, now: datetime
) -> list[Any]:
    """Return a field before and after as history keeps it: texts by id, days in ISO."""
    both = [getattr(before, name), value]
    if name in TEXTS:
        return [await moves.keep(tx, one, now) if one else None for one in both]
    return [one.isoformat() if isinstance(one, date) else one for one in both]
