"""Disposal of tasks whose retention time is over: one person proposes a list, another approves it."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.actions import still_employed
from bot.actions.files.file_store import path_of
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.archive import disposals
from storage.history import audit
from storage.history.audit import NewEvent
from storage.organisation import people
from storage.records import Disposal, UpdateKey

log = logging.getLogger(__name__)
_IN_ONE_EVENT = 500
MOST = 2000
"""The most tasks on one list; the rest comes on the next list."""


async def due(office: Office, now: datetime) -> list[int]:
    """Return the tasks whose retention time is over and that are on no list, at most MOST."""
    local, today = office.workdays.local, office.today(now)
    kept = await disposals.kept(office.db)
    return [
        number
        for number, closed_at, symbol in kept
        if office.keeping.is_over(local(closed_at).date(), symbol, today)
    ][:MOST]


async def waiting(office: Office) -> tuple[Disposal, list[int]] | None:
    """Return the list that waits for a second person, and its task numbers; None without one."""
    found = await disposals.opened(office.db)
    if found is None:
        return None
    return found, [number for number, _ in await disposals.tasks_of(office.db, found.id)]


async def propose(
    office: Office, who: Standpoint, now: datetime, update: UpdateKey | None
) -> Disposal:
    """Put the tasks that are due on a list. Refuses NOT_ALLOWED, ALREADY_DONE, and STALE where none is due."""
    _may(who)
    task_ids = await due(office, now)
    if (
        await disposals.opened(office.db) is not None
    ):  # Checked after `due`: another open list makes this one empty.
        raise Refusal(No.ALREADY_DONE)
    if not task_ids:
        raise Refusal(No.STALE)
    async with step(office, update, now) as tx:
        await still_employed.still_here(tx, who)
        made = await disposals.propose(tx, task_ids, who.person_id, now)
        if made is None:
            raise Refusal(No.ALREADY_DONE)
        facts = {"disposal": made.id, "tasks": len(task_ids)}
        await audit.append(tx, now, "archive.proposed", actor_id=who.person_id, facts=facts)
    return made


async def refuse(
    office: Office, who: Standpoint, disposal_id: int, now: datetime, update: UpdateKey | None
) -> None:
    """Call a list off; its proposer may do this too."""
    _may(who)
    async with step(office, update, now) as tx:
        await still_employed.still_here(tx, who)
        if not await disposals.decide(tx, disposal_id, "refused", who.person_id, now):
            raise Refusal(No.ALREADY_DONE)
        facts = {"disposal": disposal_id}
        await audit.append(tx, now, "archive.kept_on", actor_id=who.person_id, facts=facts)


async def approve(
    office: Office, who: Standpoint, disposal_id: int, now: datetime, update: UpdateKey | None
) -> int:
    """Dispose of the tasks of a list and return how many there were. Refuses SAME_APPROVER to its proposer.

    Refuses PROPOSER_LEFT where the proposer has left: they could have come back as another person. The history
    names the disposed tasks by number and hash. The bytes of their files are deleted last.
    """
    _may(who)
    async with step(office, update, now) as tx:
        await still_employed.still_here(tx, who)
        found = await disposals.opened(tx)
        if found is None or found.id != disposal_id:
            raise Refusal(No.ALREADY_DONE)
        if found.proposed_by_id == who.person_id:
            raise Refusal(No.SAME_APPROVER)
        if await people.has_left(tx, found.proposed_by_id):
            raise Refusal(No.PROPOSER_LEFT)
        if not await disposals.decide(tx, disposal_id, "done", who.person_id, now):
            raise Refusal(No.ALREADY_DONE)
        listed = await disposals.tasks_of(tx, disposal_id)
        await disposals.wipe(tx, disposal_id, now)
        events = [
            NewEvent(
                "archive.disposed",
                actor_id=who.person_id,
                facts={
                    "disposal": disposal_id,
                    "proposed_by": found.proposed_by_id,
                    "tasks": {str(number): sha256 for number, sha256 in some},
                },
            )
            for some in (
                listed[n : n + _IN_ONE_EVENT] for n in range(0, len(listed), _IN_ONE_EVENT)
            )
        ]
        await audit.append_many(tx, now, events)
    await clear_files(office)
    return len(listed)


async def clear_files(office: Office) -> None:
    """Delete the bytes of files that only disposed tasks had, also those that an interrupted run left."""
    gone = await disposals.files_gone(office.db)
    await asyncio.to_thread(_delete, [path_of(office, sha256) for sha256 in gone])


def _delete(paths: Sequence[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as why:
            log.warning("a file that was disposed of cannot be deleted: %s", why)


def _may(who: Standpoint) -> None:
    if not rights.may_archive(who):
        raise Refusal(No.NOT_ALLOWED)
