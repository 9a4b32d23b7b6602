"""Taking back what one asked for, while nobody has decided it."""

from datetime import datetime

from bot.actions import moves
from bot.actions.office import Office, step
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.records import RequestState, Task, UpdateKey
from storage.tasks import requests

KINDS = ("extension", "decline")


async def withdraw(
    office: Office,
    who: Standpoint,
    task_id: int,
    version: int,
    now: datetime,
    update: UpdateKey | None,
) -> Task:
    """Take back the latest request for a later deadline or another lead; refuses STALE for none."""
    async with step(office, update, now) as tx:
        change = await moves.begin(tx, who, task_id, version, Move.WITHDRAW, now)
        asked = await requests.latest_open(tx, task_id, KINDS)
        if asked is None:
            raise Refusal(No.STALE, number=task_id)
        await requests.decide(tx, asked.id, RequestState.WITHDRAWN, asked.decided_by, now)
        task = await moves.finish(tx, change, facts={"kind": asked.kind})
        await moves.tell(tx, "card.refresh", task_id, [change.before.assigner_id], now)
        return task
