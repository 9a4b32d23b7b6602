"""Archiving: seals the tasks of a year, or of a unit that ended, and writes a package; nothing is deleted.

First one transaction seals the tasks: from then on no move changes them. Then the package is written from the
sealed tasks; this may take long and can be tried again. At last the package is noted as complete.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.office import Office, step
from bot.folding import fold
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.archive import archived_rows, archives
from storage.archive.archived_rows import Bundle, Plain, canonical, pointed
from storage.engine.database import Reader
from storage.engine.sqlite_work import utc_text
from storage.history import audit, chain
from storage.history.audit import PastEvent
from storage.history.hashes import FILE_KEPT
from storage.organisation import people, units
from storage.records import Archive, TaskView, Unit, UpdateKey
from storage.tasks import tasks
from storage.tasks.task_conditions import Condition

BATCH = 500
POINTED = ("people", "units", "leader_groups", "series", "documents")


@dataclass(frozen=True)
class Scope:
    """What is archived: a year in the office's time zone, or a unit that ended, with all units below it."""

    year: int | None = None
    unit: Unit | None = None

    @property
    def kind(self) -> str:
        return "year" if self.unit is None else "unit"

    @property
    def name(self) -> str:
        """The name of the first package of this scope; later ones get a number added."""
        return f"nam-{self.year}" if self.unit is None else f"don-vi-{self.unit.id}"


@dataclass(frozen=True)
class Preview:
    """What archiving would do now.

    `task_ids` are the tasks that the package would hold. `waiting` counts closed tasks that cannot be archived yet.
    `unfinished` is an archive of this scope that is sealed but whose package is still to be written.
    """

    scope: Scope
    task_ids: Sequence[int]
    waiting: int
    unfinished: Archive | None


@dataclass(frozen=True)
class Batch:
    """Some tasks of a package, with everything that is written about them.

    Bundles and views are ordered by task number.
    """

    bundles: Sequence[Bundle]
    views: Sequence[TaskView]
    past: Sequence[Sequence[PastEvent]]
    names: dict[int, str]
    """Names of the people that the tasks' history mentions, by person id."""
    pointed: Mapping[str, set[int]]
    """The ids of the rows that these tasks point to, by table."""


async def unit_named(office: Office, said: str) -> Scope:
    """Return the newest ended unit with a name. Refuses NO_SUCH_UNIT, and UNIT_LIVES where none of them has ended."""
    found = await units.called(office.db, fold(said.strip()))
    if not found:
        raise Refusal(No.NO_SUCH_UNIT, said=said)
    ended = [one for one in found if one.ended_at is not None]
    if not ended:
        raise Refusal(No.UNIT_LIVES, name=found[0].name)
    return Scope(unit=ended[-1])


async def unit_of(office: Office, unit_id: int) -> Scope:
    """Return an ended unit by its id. Refuses NO_SUCH_UNIT, also for a unit that has not ended."""
    for unit in await units.below(office.db, [unit_id]):
        if unit.id == unit_id and unit.ended_at is not None:
            return Scope(unit=unit)
    raise Refusal(No.NO_SUCH_UNIT)


async def preview(office: Office, scope: Scope) -> Preview:
    """Return what would be archived now, without changing anything."""
    return await _preview(office.db, office, scope)


async def _preview(reader: Reader, office: Office, scope: Scope) -> Preview:
    which = await _which(reader, office, scope)
    unit_id = scope.unit.id if scope.unit else None
    return Preview(
        scope,
        await archives.ready(reader, which),
        await archives.waiting(reader, which),
        await archives.unfinished(reader, scope.kind, scope.year, unit_id),
    )


async def _which(reader: Reader, office: Office, scope: Scope) -> Condition:
    if scope.unit is not None:
        below = await units.below(reader, [scope.unit.id])
        return archives.of_units([one.id for one in below])
    assert scope.year is not None
    zone = office.workdays.timezone
    first, next_year = (datetime(year, 1, 1, tzinfo=zone) for year in (scope.year, scope.year + 1))
    return archives.ended_between(first, next_year)


async def seal(
    office: Office,
    who: Standpoint | None,
    scope: Scope,
    now: datetime,
    update: UpdateKey | None = None,
) -> Archive:
    """Seal the closed tasks of a scope, or return the archive that is sealed but still to be written.

    `who` is None at the terminal. Refuses NOT_ALLOWED and NOTHING_TO_ARCHIVE.
    """
    if who is not None and not rights.may_archive(who):
        raise Refusal(No.NOT_ALLOWED)
    seen = await preview(office, scope)
    if seen.unfinished is not None:
        return seen.unfinished
    _check(seen)
    async with step(office, update, now) as tx:
        while not await archives.hold(tx, seen.task_ids):  # a task was reopened or sealed meanwhile
            seen = await _preview(tx, office, scope)
            if seen.unfinished is not None:
                return seen.unfinished
            _check(seen)
        known = {one.name for one in await archives.all_of_them(tx)}
        made = await archives.begin(
            tx,
            name=_free(scope.name, known),
            kind=scope.kind,
            year=scope.year,
            unit_id=scope.unit.id if scope.unit else None,
            task_ids=seen.task_ids,
            made_by_id=who.person_id if who else None,
            at=now,
        )
        facts = {"archive": made.id, "tasks": made.tasks}
        await audit.append(tx, now, "archive.sealed", actor_id=made.made_by_id, facts=facts)
    return made


def _check(seen: Preview) -> None:
    if not seen.task_ids:
        raise Refusal(No.NOTHING_TO_ARCHIVE, waiting=seen.waiting)


def _free(name: str, known: Collection[str]) -> str:
    number = 1
    while (free := name if number == 1 else f"{name}-{number}") in known:
        number += 1
    return free


async def batches(office: Office, archive: Archive) -> AsyncIterator[Batch]:
    """Yield the tasks of an archive in batches, ordered by number."""
    last = 0
    while ids := await archives.tasks_after(office.db, archive.id, last, BATCH):
        yield await _batch(office, ids)
        last = ids[-1]


async def _batch(office: Office, ids: Sequence[int]) -> Batch:
    bundles = await archived_rows.bundles(office.db, ids)
    past = [_past(one) for one in bundles]
    named = set().union(*(pointed("people", one.events) for one in bundles))
    names = await people.names(office.db, sorted(named))
    views = await tasks.views(office.db, ids)
    told = [[_with_name(event, names) for event in events] for events in past]
    rows = [row for one in bundles for row in one.rows]
    return Batch(bundles, views, told, names, {one: pointed(one, rows) for one in POINTED})


def _past(bundle: Bundle) -> list[PastEvent]:
    texts = {one["id"]: one["body"] for one in bundle.texts}
    return [
        PastEvent.model_validate({**row, "actor_name": None, "text": texts.get(row["text_id"])})
        for row in bundle.events
        if row["kind"] != FILE_KEPT
    ]


def _with_name(event: PastEvent, names: dict[int, str]) -> PastEvent:
    return event.model_copy(update={"actor_name": names.get(event.actor_id or 0)})


async def registers(office: Office, pointed_to: Mapping[str, set[int]]) -> dict[str, list[Plain]]:
    """Return the register rows that the tasks of an archive point to, and the rows that those point to in turn.

    The events of the directives themselves are among them. Each unit comes after the units above it.
    """
    ids = {table: set(numbers) for table, numbers in pointed_to.items()}
    made: dict[str, list[Plain]] = {}
    made["document_events"] = await archived_rows.events_of(
        office.db, "document_id", ids["documents"]
    )
    for table in ("documents", "series", "leader_groups", "people", "units"):
        made[table] = await archived_rows.register(office.db, table, ids[table])
        for above in ("people", "units", "leader_groups"):
            ids[above] |= pointed(above, [*made[table], *made["document_events"]])
    made["units"] = await _with_above(office, made["units"])
    return made


async def about(office: Office, archive: Archive) -> Plain:
    """Return the description of a package, with the number and hash of the last history event for comparison."""
    last = await chain.anchor(office.db)
    fields = ("name", "kind", "year", "unit_id", "tasks")
    return {
        **{name: getattr(archive, name) for name in fields},
        "begun_at": utc_text(archive.begun_at),
        "chain_length": last.number,
        "chain_hash": last.hash,
    }


async def _with_above(office: Office, rows: Sequence[Plain]) -> list[Plain]:
    found = {row["id"]: row for row in rows}
    while missing := {row["parent_id"] for row in found.values()} - {None, *found}:
        found |= {
            row["id"]: row for row in await archived_rows.register(office.db, "units", missing)
        }
    return _from_above(found)


def _from_above(found: dict[int, Plain]) -> list[Plain]:
    placed: dict[int, Plain] = {}
    while left := [row for number, row in found.items() if number not in placed]:
        ready = [row for row in left if row["parent_id"] in {None, *placed}]
        placed |= {row["id"]: row for row in sorted(ready, key=lambda row: row["id"])}
        assert ready, "units above each other"
    return list(placed.values())


def json_lines(rows: Sequence[Plain]) -> str:
    """Return rows as JSON, one per line."""
    return "".join(canonical(row) + "\n" for row in rows)


async def newest_event(office: Office, archive: Archive) -> int:
    """Return the newest event id of an archive's tasks; it grows if a move is still written after the seal."""
    return await archives.last_event(office.db, archive.id)


async def finish(
    office: Office,
    archive: Archive,
    fingerprint: str,
    hashes: Sequence[tuple[int, str]],
    now: datetime,
) -> None:
    """Note once that the package is complete, with its fingerprint and the hash of each task."""
    async with office.db.transaction() as tx:
        if not await archives.finish(tx, archive.id, fingerprint, hashes, now):
            return
        facts = {"archive": archive.id, "tasks": archive.tasks, "fingerprint": fingerprint}
        await audit.append(tx, now, "archive.made", actor_id=archive.made_by_id, facts=facts)
