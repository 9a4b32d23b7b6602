"""Handing a task back: "không thuộc thẩm quyền", with or without a proposal who should have it."""

from datetime import datetime

from bot.actions import moves
from bot.actions.office import Office, step
from bot.language.names import people as reader
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.organisation import people
from storage.records import Draft, RequestState, Task, UpdateKey
from storage.tasks import requests


async def decline(
    office: Office,
    who: Standpoint,
    task_id: int,
    words: str,
    now: datetime,
    update: UpdateKey | None,
    answers: Draft | None = None,
) -> Task:
    """Say that a task belongs to somebody else; it stays the lead's until that is decided.

    Whom the words name, or the head of the unit they name, is proposed. Refuses NOT_ALLOWED to who
    assigned it to themselves, and REQUEST_OPEN.
    """
    named = await _proposed(office, who, words)
    async with step(office, update, now, answers) as tx:
        change = await moves.begin(tx, who, task_id, None, Move.DECLINE, now)
        before = change.before
        if before.assigner_id == before.lead_id:
            raise Refusal(No.NOT_ALLOWED, number=task_id)
        proposed = next((one for one in named if one not in {before.lead_id, who.person_id}), None)
        text_id = await moves.keep(tx, words, now)
        if not await requests.decline(tx, task_id, who.person_id, proposed, text_id, now):
            raise Refusal(No.REQUEST_OPEN, number=task_id)
        task = await moves.finish(tx, change, {"reported_at": now}, text_id=text_id)
        await moves.tell(tx, "decline.requested", task_id, [before.assigner_id], now)
        return task


async def keep(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Leave the task with its lead; refuses STALE where nobody handed it back."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.KEEP, now)
        asked = await requests.latest_open(tx, task_id, ["decline"])
        if asked is None:
            raise Refusal(No.STALE, number=task_id)
        await requests.decide(tx, asked.id, RequestState.REFUSED, who.person_id, now)
        task = await moves.finish(tx, change)
        await moves.tell_others(tx, change, "decline.refused")
        return task


async def _proposed(office: Office, who: Standpoint, words: str) -> list[int]:
    found = reader.read_people(words, await office.roster(), who.person_id)
    named = [one.key for one in found.people if one.key is not None]
    for unit in found.units:
        named += await people.heads_of(office.db, unit.key)
    return named
