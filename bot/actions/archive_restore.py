"""Bringing a package back, byte for byte: into an empty database, or to where its tasks are archived."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from bot.actions.office import Office
from bot.letters import words
from bot.refusals import No, Refusal
from storage import archives, audit, bulk, putting_back, search, tallies
from storage.archived_rows import PARTS, Plain
from storage.database import Transaction
from storage.putting_back import OtherRow, Put
from storage.records import Archive

__all__ = ["OtherRow", "Restored", "restore"]
BATCH = 500
REGISTERS = ("units", "people", "leader_groups", "documents", "series")
"""In the order in which one points to those before it."""
_NUMBERED = ("tasks", "texts", "archives", *REGISTERS, *PARTS.values())


@dataclass
class Restored:
    """What came of it; `skipped` are tasks that were disposed of, which stay so."""

    tasks: int = 0
    skipped: int = 0
    rows: Put = field(default_factory=Put)


async def restore(
    office: Office,
    about: Plain,
    fingerprint: str,
    registers: Mapping[str, Sequence[Plain]],
    lines: Iterable[str],
    now: datetime,
) -> Restored:
    """Put back, in one transaction, all that a package holds.

    Its events go where they were written; in another database they are kept apart from its own chain.
    Refuses OTHER_PACKAGE for one of the same name that is not this one; raises OtherRow.
    """
    done = Restored()
    async with office.db.transaction() as tx:
        archive = await archives.named(tx, about["name"])
        if archive is not None and archive.fingerprint != fingerprint:
            raise Refusal(No.OTHER_PACKAGE, name=about["name"])
        for table in REGISTERS:
            done.rows.added += await putting_back.put_register(tx, table, registers[table])
        if archive is None:
            archive = await archives.add_restored(tx, about, fingerprint)
        events = "kept_events" if archive.restored else "events"
        await _put_events(tx, events, registers["document_events"], done.rows)
        rest = iter(lines)
        while batch := [json.loads(line) for line in islice(rest, BATCH)]:
            await _put(tx, archive, batch, events, done)
        if done.rows.added or done.rows.changed:
            await tallies.recount(tx)
        await bulk.count_on(tx, _NUMBERED)
        facts = {"archive": archive.id, "tasks": done.tasks, "fingerprint": fingerprint}
        await audit.append(tx, now, "archive.restored", facts=facts)
    return done


async def _put(
    tx: Transaction, archive: Archive, batch: Sequence[Plain], events: str, done: Restored
) -> None:
    """Put back some tasks, those left out that were disposed of."""
    ids = [one["task"]["id"] for one in batch]
    known, sealed = await putting_back.present(tx, ids), await archives.archived(tx, ids)
    for number in sorted(known):
        if number not in sealed or sealed[number].archive_id != archive.id:
            raise OtherRow("tasks", number)
    gone = {number for number, one in sealed.items() if one.disposed_at is not None}
    whole = [one for one in batch if one["task"]["id"] not in gone]
    texts = {text["id"]: text for one in whole for text in one["texts"]}
    await putting_back.put(tx, "texts", list(texts.values()), done.rows)
    await putting_back.put(tx, "tasks", [one["task"] for one in whole], done.rows)
    for part, table in PARTS.items():
        await putting_back.put(tx, table, [row for one in whole for row in one[part]], done.rows)
    kept = {part: {row["id"] for one in whole for row in one[part]} for part in PARTS}
    if living := [one["task"]["id"] for one in whole]:
        await putting_back.take_away(tx, living, kept, done.rows)
    await _put_events(tx, events, [row for one in whole for row in one["events"]], done.rows)
    await putting_back.put_words(tx, [_words(one) for one in whole], known)
    await archives.put(tx, [(one, archive.id) for one in ids if one not in sealed])
    done.tasks += len(whole)
    done.skipped += len(gone)


async def _put_events(tx: Transaction, table: str, rows: Sequence[Plain], done: Put) -> None:
    if table == "events":
        rows = [{name: one for name, one in row.items() if name != "previous"} for row in rows]
    await putting_back.put(tx, table, list({row["id"]: row for row in rows}.values()), done)


def _words(one: Plain) -> tuple[int, str, str, str]:
    """Return by what a task is found: the words of its title, of what was said, and of its files."""
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
