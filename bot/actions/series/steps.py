"""What whoever decides does with a series: skip the next one, make it after all, stop.

Tasks that were made are left alone. Each step is a line in the history of the newest of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.actions import moves, still_employed
from bot.actions.assigning.draft import Fields
from bot.actions.office import Office, step
from bot.actions.series import days
from bot.actions.series import series as known
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Stakes, Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.engine.database import Transaction
from storage.history import audit
from storage.records import Series, UpdateKey
from storage.series import series


@dataclass(frozen=True)
class Change:
    """A series that is being changed by somebody; `task_id` is its newest task, made for `day`."""

    who: Standpoint
    one: Series
    task_id: int
    day: date
    in_place: Mapping[str, int]
    now: datetime


async def may_change(office: Office, who: Standpoint, one: Series) -> bool:
    """Tell whether more comes of a series and a person decides on it, as they do on its tasks."""
    goes_on = one.ended_at is None and one.next_on is not None
    return goes_on and rights.may_move(who, await known.stakes(office, one), Move.EDIT)


async def skip(
    office: Office,
    who: Standpoint,
    series_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Series:
    """Make no task for the next day; with the last one skipped, no more comes."""
    one, stakes = await found(office, who, series_id)
    ahead = days.ahead(office, one, now)
    async with step(office, update, now) as tx:
        change = await begin(tx, who, one, stakes, version, now)
        if ahead.current is None:
            raise Refusal(No.SERIES_OVER)
        still(await series.advance(tx, one, *days.following(ahead.then)))
        for day in (*ahead.missed, ahead.current.day):
            await series.skip(tx, one.id, day)
        await settle(tx, change, "skip", {"day": ahead.current.day.isoformat()})
    return await known.get(office, who, series_id)


async def last_skipped(office: Office, one: Series, now: datetime) -> date | None:
    """Return the day just before the next one that was to be skipped, if its task can still be made."""
    skipped = await series.skipped(office.db, one.id)
    _, made = await series.last_task(office.db, one.id)
    if not skipped or skipped[-1] <= made or (one.next_on and skipped[-1] > one.next_on):
        return None
    last = days.occurrence(office, one, skipped[-1])
    if last is None or days.deadline(office, one, last)[0] <= now:
        return None
    return skipped[-1]


async def unskip(
    office: Office,
    who: Standpoint,
    series_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Series:
    """Make the task of the day that was skipped last after all; refuses STALE when it is too late."""
    one, stakes = await found(office, who, series_id)
    day = await last_skipped(office, one, now)
    again = days.occurrence(office, one, day) if day else None
    async with step(office, update, now) as tx:
        change = await begin(tx, who, one, stakes, version, now)
        if again is None:
            raise Refusal(No.STALE)
        still(await series.unskip(tx, one.id, again.day, now))
        still(await series.advance(tx, one, again.day, again.make_at))
        await settle(tx, change, "unskip", {"day": again.day.isoformat()})
    return await known.get(office, who, series_id)


async def stop(
    office: Office,
    who: Standpoint,
    series_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Series:
    """Let no more come; what was made goes on."""
    one, stakes = await found(office, who, series_id)
    async with step(office, update, now) as tx:
        change = await begin(tx, who, one, stakes, version, now)
        still(await series.end(tx, one, now))
        await settle(tx, change, "stop", {})
    return await known.get(office, who, series_id)


async def found(office: Office, who: Standpoint, series_id: int) -> tuple[Series, Stakes]:
    """Return a series that the person may see, with what the rules need to know of it."""
    one = await known.get(office, who, series_id)
    return one, await known.stakes(office, one)


async def begin(
    tx: Transaction,
    who: Standpoint,
    one: Series,
    stakes: Stakes,
    version: int | None,
    now: datetime,
) -> Change:
    """Check that the series is as the person saw it (None: as it is) and that they may change it.

    Refuses STRANGER (to who has left meanwhile), NOT_ALLOWED, SERIES_OVER and STALE.
    """
    await still_employed.still_here(tx, who)
    if not rights.may_move(who, stakes, Move.EDIT):
        raise Refusal(No.NOT_ALLOWED)
    if one.ended_at is not None or one.next_on is None:
        raise Refusal(No.SERIES_OVER)
    if version is not None and version != one.version:
        raise Refusal(No.STALE)
    task_id, day = await series.last_task(tx, one.id)
    absent = rights.in_whose_place(who, stakes, Move.EDIT)
    return Change(who, one, task_id, day, {} if absent is None else {"for": absent}, now)


async def settle(
    tx: Transaction,
    change: Change,
    did: str,
    facts: Mapping[str, Any],
    concerned: Collection[int | None] = (),
) -> None:
    """Tell those whom it concerns, and write the line of history."""
    one, who, now = change.one, change.who.person_id, change.now
    lead_id = Fields.model_validate(one.fields).lead_id
    told = {one.assigner_id, one.entered_by_id, lead_id, *concerned} - {who, None}
    facts = {"series": one.id, **facts, **change.in_place}
    said = {**facts, "did": did, "by": who}
    await moves.tell(
        tx, "series.changed", change.task_id, sorted(filter(None, told)), now, facts=said
    )
    await audit.append(tx, now, f"series.{did}", actor_id=who, task_id=change.task_id, facts=facts)


def still(done: bool) -> None:
    """Refuse STALE when another process was faster."""
    if not done:
        raise Refusal(No.STALE)
