"""Taking an office's list of tasks in: looked through first, then batch by batch, each whole or not at all.

Its tasks are under way already: a deadline that is over is no fault, and what is done is left out.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.actions import moves
from bot.actions.assigning import new_task
from bot.actions.assigning.draft import with_deadline
from bot.actions.directives import directives, entry, entry_cells, entry_lines
from bot.actions.directives.entry import Entry, Fault, Item, Wrong
from bot.actions.list_import import task_file
from bot.actions.list_import.task_file import Listed
from bot.actions.moves import MAX_TEXT
from bot.actions.office import Office, step
from bot.actions.standpoint import Known
from bot.actions.tasks import sub_tasks
from bot.language.names.people import Roster
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction
from storage.list_import import imports
from storage.organisation import people
from storage.records import Draft, Role, UpdateKey
from storage.reminders import reminders
from storage.tasks import tasks

BATCH = 50
"""Rows of one transaction: others write after it, so it is short."""
_WORDS = {"kind", "title", "issuer"}
_FITS_A_LIST = {Wrong.PAST, Wrong.TWICE}


@dataclass(frozen=True)
class Looked:
    """A row as it was read: a task already (`task_id`), over, doubtful, or ready to be taken in."""

    row: Listed
    item: Item
    doubts: tuple[Fault, ...]
    task_id: int | None
    document_unread: bool
    same_as: int | None

    @property
    def is_ready(self) -> bool:
        lacks = self.doubts or self.document_unread or self.same_as
        return not (lacks or self.task_id or self.row.is_over)


async def givers(office: Office, now: datetime) -> list[Known]:
    """Return who leads the whole office: a list that an admin sends is assigned by one of them."""
    known = [await office.person(one.key or 0, now) for one in await office.leaders()]
    return [one for one in known if one is not None and one.who.oversees is None]


def may_send(who: Standpoint) -> bool:
    """Tell whether somebody may take lists in: an admin, or who leads the whole office."""
    return Role.ADMIN in who.roles or leads_all(who)


def leads_all(who: Standpoint) -> bool:
    """Tell whether somebody leads the whole office."""
    return who.leads_others and who.oversees is None


class _LookedEnough(Exception):  # noqa: N818 - takes back what reading wrote
    pass


async def look(
    office: Office, who: Standpoint, rows: Sequence[Listed], now: datetime
) -> AsyncIterator[list[Looked]]:
    """Return the rows as they would be taken in, a batch at a time; nothing is kept."""
    seen: dict[str, int] = {}
    for batch in _batches(rows):
        roster = await office.roster()
        looked: list[Looked] = []
        with suppress(_LookedEnough):
            async with office.db.transaction() as tx:
                looked = await _looked(tx, office, roster, who, batch, now, seen)
                raise _LookedEnough
        yield looked


async def take(
    office: Office,
    who: Standpoint,
    rows: Sequence[Listed],
    now: datetime,
    pressed_by: int | None = None,
) -> AsyncIterator[int]:
    """Take rows in as assigned by somebody, each batch in one transaction; return how many it made.

    Read anew: what is doubtful by now, or a task, is left out. Who `pressed_by` for them is named by
    the history, and has no part in the tasks. Refuses NOT_ALLOWED, PERSON_LEFT where who gives them has left,
    and STRANGER to who pressed and has.
    """
    if not who.leads_others:
        raise Refusal(No.NOT_ALLOWED)
    hand = who.person_id if pressed_by is None else pressed_by
    seen: dict[str, int] = {}
    for batch in _batches(rows):
        roster = await office.roster()
        async with office.db.transaction() as tx:
            await imports.alone(tx)
            await _hold(tx, who, hand)
            known = await imports.known(tx, [row.fingerprint for row in batch])
            new = [row for row in batch if row.fingerprint not in known]
            looked = await _looked(tx, office, roster, who, new, now, seen)
            ready = [one for one in looked if one.is_ready]
            made = {
                one.row.fingerprint: await _make(tx, office, who, hand, one, now) for one in ready
            }
            await imports.keep(tx, made)
        yield len(made)


async def _hold(tx: Transaction, who: Standpoint, hand: int) -> None:
    """Let neither who gives the tasks nor who pressed for them leave before they are written."""
    here = await people.held_living(tx, {who.person_id, hand})
    if hand not in here:
        raise Refusal(No.STRANGER)
    if who.person_id not in here:
        raise Refusal(No.PERSON_LEFT)


async def finish(
    office: Office,
    who: Standpoint,
    giver_id: int,
    made: int,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft,
) -> None:
    """End the dialog of a list that was taken in, and tell once who gives its tasks, if another sent it."""
    async with step(office, update, now, answers) as tx:
        told = {giver_id} - {who.person_id} if made else set()
        facts = {"tasks": made, "by": who.person_id}
        await moves.tell(tx, "list.entered", None, told, now, facts=facts)


def _batches(rows: Sequence[Listed]) -> list[Sequence[Listed]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]


async def _looked(
    tx: Transaction,
    office: Office,
    roster: Roster,
    who: Standpoint,
    rows: Sequence[Listed],
    now: datetime,
    seen: dict[str, int],
) -> list[Looked]:
    known = await imports.known(tx, [row.fingerprint for row in rows])
    read = [await _read(tx, office, roster, who, row) for row in rows]
    wrong = await entry.faults(tx, who, Entry(symbol="", items=tuple(read)), now)
    looked = []
    for row, item, found in zip(rows, read, wrong, strict=True):
        doubts = tuple(one for one in found if one.kind not in _FITS_A_LIST)
        if row.is_long and Wrong.TOO_LONG not in {one.kind for one in doubts}:
            doubts += (Fault(Wrong.TOO_LONG, {"limit": MAX_TEXT}),)
        unread = bool(row.document) and entry_lines.head_of(office, row.document, now) is None
        same_as = seen.get(row.fingerprint)
        looked.append(Looked(row, item, doubts, known.get(row.fingerprint), unread, same_as))
        seen.setdefault(row.fingerprint, row.line)
    return looked


async def _read(
    tx: Transaction, office: Office, roster: Roster, who: Standpoint, row: Listed
) -> Item:
    """Read a row; a day with its year is a deadline as it stands, be it over."""
    item = await entry_cells.item(tx, office, roster, who, row.source, office.reading)
    day = task_file.day_of(row)
    if day is None or item.fields.late_from is not None:
        return item
    fields = with_deadline(item.fields, (*office.workdays.due(day, None), False))
    return item.model_copy(update={"fields": fields})


async def _make(
    tx: Transaction, office: Office, who: Standpoint, hand: int, one: Looked, now: datetime
) -> int:
    """Make a row a task, with all that it brings, and return its number."""
    cited = await _document(tx, office, who, hand, one.row, now)
    fields = one.item.fields.model_copy(update=cited)
    answers = await people.member(tx, fields.answers_id or 0)
    assert answers is not None
    giver = sub_tasks.giver(None, who, answers)
    columns = await new_task.columns_of(tx, who, giver, fields, answers.unit_id, now)
    columns |= {"entered_by_id": who.person_id, "percent": one.row.percent}
    if one.row.note:
        columns["note_id"] = await moves.keep(tx, one.row.note, now)
    task = await tasks.insert(tx, columns)
    await new_task.settle_in(tx, office, task, fields, hand, None, now, one_of_many=True)
    await _pass_over(tx, task.id, now)
    return task.id


async def _pass_over(tx: Transaction, task_id: int, now: datetime) -> None:
    """Leave out the reminders of the time before: digests tell what is overdue, higher levels follow."""
    rows = await reminders.of_task(tx, task_id)
    await reminders.settle_all(tx, [row.id for row in rows if row.at <= now], "moved", now)


async def _document(
    tx: Transaction, office: Office, who: Standpoint, hand: int, row: Listed, now: datetime
) -> dict[str, object]:
    """Return the document a row names, entered now for who gives the task if the office has it not.

    Who pressed for them has no part in it: else they would see the new ones, and learn which are not new.
    """
    head = entry_lines.head_of(office, row.document, now) if row.document else None
    if head is None or head.symbol is None:
        return {}
    known = {name: getattr(head, name) for name in directives.FIELDS}
    said = {name: value or ("" if name in _WORDS else None) for name, value in known.items()}
    entered, _ = await directives.register(tx, who, said, now, hand)
    return {"document_id": entered.id}
