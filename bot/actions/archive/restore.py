"""Restores a package byte for byte: into an empty database, or into the one where its tasks are archived."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from bot.actions.office import Office
from bot.folding import words
from bot.refusals import No, Refusal
from storage.archive import archive_restore, archives
from storage.archive.archive_restore import OtherRow, Put
from storage.archive.archived_rows import PARTS, Plain
from storage.engine import bulk_load
from storage.engine.database import Transaction
from storage.history import audit
from storage.records import Archive
from storage.reporting import closed_counts
from storage.tasks import search

__all__ = ["LivingOffice", "OtherRow", "Restored", "restore"]
BATCH = 500
REGISTERS = ("units", "people", "leader_groups", "documents", "series")
"""In this order, each register points only to those before it."""
_NUMBERED = ("tasks", "texts", "archives", *REGISTERS, *PARTS.values())


Place = Callable[[set[str]], AbstractContextManager[None]]
"""Puts the files with these SHA-256 in their places, and takes them out again if the block fails."""


class LivingOffice(Exception):  # noqa: N818 - the operator reads what it is
    """This database belongs to a working office and the package to another one: their numbers would mix."""


@dataclass
class Restored:
    """The result of a restore; `skipped` counts tasks that were disposed of: they stay disposed of."""

    tasks: int = 0
    skipped: int = 0
    rows: Put = field(default_factory=Put)


@dataclass
class _Restoring:
    """A restore that is under way, and its result so far."""

    tx: Transaction
    archive: Archive
    is_new: bool
    """Whether the database does not know this package; then no existing row can belong to it."""
    done: Restored = field(default_factory=Restored)
    files: set[str] = field(default_factory=set)

    async def put(self, table: str, rows: Sequence[Plain]) -> None:
        await archive_restore.put(self.tx, table, rows, self.done.rows, change=not self.is_new)


async def restore(
    office: Office,
    about: Plain,
    fingerprint: str,
    registers: Mapping[str, Sequence[Plain]],
    tasks: Iterable[Plain],
    place: Place,
    now: datetime,
) -> Restored:
    """Restore everything that a package holds, with the files of its tasks, in one transaction.

    In the database that wrote the package, its events go back into the history. In another database they are kept
    apart from that database's own chain. Refuses OTHER_PACKAGE where the package known by this name is a different
    one; raises OtherRow and LivingOffice.
    """
    with ExitStack() as until_it_lasts:
        async with office.db.transaction() as tx:
            doing = await _begin(tx, about, fingerprint)
            rows = doing.done.rows
            for table in REGISTERS:
                rows.added += await archive_restore.put_register(tx, table, registers[table])
            await _put_events(doing, registers["document_events"])
            rest = iter(tasks)
            while batch := list(islice(rest, BATCH)):
                await _put(doing, batch)
            if rows.added or rows.changed:
                await closed_counts.recount(tx)
            await bulk_load.count_on(tx, _NUMBERED)
            until_it_lasts.enter_context(place(doing.files))
            kept = {"archive": doing.archive.id, "tasks": doing.done.tasks}
            facts = {**kept, "fingerprint": fingerprint}
            await audit.append(tx, now, "archive.restored", facts=facts)
    return doing.done


async def _begin(tx: Transaction, about: Plain, fingerprint: str) -> _Restoring:
    archive = await archives.named(tx, about["name"])
    if archive is None:
        if await archive_restore.is_lived_in(tx):
            raise LivingOffice(
                "an office works in the database: a package of another goes into an empty one"
            )
        made = await archives.add_restored(tx, about, fingerprint)
        return _Restoring(tx, made, is_new=True)
    if archive.fingerprint != fingerprint:
        raise Refusal(No.OTHER_PACKAGE, name=about["name"])
    return _Restoring(tx, archive, is_new=False)


async def _put(doing: _Restoring, batch: Sequence[Plain]) -> None:
    """Restore some tasks, except those that were disposed of."""
    tx, archive = doing.tx, doing.archive
    ids = [one["task"]["id"] for one in batch]
    known, sealed = await archive_restore.present(tx, ids), await archives.archived(tx, ids)
    for number in sorted(known):
        if number not in sealed or sealed[number].archive_id != archive.id:
            raise OtherRow("tasks", number)
    gone = {number for number, one in sealed.items() if one.disposed_at is not None}
    whole = [one for one in batch if one["task"]["id"] not in gone]
    texts = {text["id"]: text for one in whole for text in one["texts"]}
    await doing.put("texts", list(texts.values()))
    await doing.put("tasks", [one["task"] for one in whole])
    for part, table in PARTS.items():
        await doing.put(table, [row for one in whole for row in one[part]])
    kept = {part: {row["id"] for one in whole for row in one[part]} for part in PARTS}
    if living := [one["task"]["id"] for one in whole]:
        await archive_restore.take_away(tx, living, kept, doing.done.rows)
    await _put_events(doing, [row for one in whole for row in one["events"]])
    await archive_restore.put_words(tx, [_words(one) for one in whole], known)
    await archives.put(tx, [(one, archive.id) for one in ids if one not in sealed])
    doing.files |= {file["sha256"] for one in whole for file in one["files"]}
    doing.done.tasks += len(whole)
    doing.done.skipped += len(gone)


async def _put_events(doing: _Restoring, rows: Sequence[Plain]) -> None:
    table = "kept_events" if doing.archive.restored else "events"
    if table == "events":
        rows = [{name: one for name, one in row.items() if name != "previous"} for row in rows]
    await doing.put(table, list({row["id"]: row for row in rows}.values()))


def _words(one: Plain) -> tuple[int, str, str, str]:
    """Return a task's number and its search words: of its title, of what was said, and of its file names."""
    bodies: dict[int, str] = {text["id"]: text["body"] for text in one["texts"]}
    said = [bodies.get(event["text_id"]) for event in one["events"]]
    return (
        one["task"]["id"],
        _folded([one["task"]["title"]]),
        _folded([body for body in said if body]),
        _folded([file["name"] for file in one["files"]]),
    )


def _folded(texts: Sequence[str]) -> str:
    return search.BREAK.join(" ".join(words(text)) for text in texts)
