"""Putting a file that was received to the task it belongs to."""

from datetime import datetime

from bot.actions import find
from bot.actions.office import Office
from bot.actions.papers import Paper
from bot.rules.rights import Standpoint
from storage import files


async def attach(
    office: Office, who: Standpoint, task_id: int, paper: Paper, now: datetime
) -> None:
    """Add a file to a task that the person may see, once for the same bytes; refuses NOT_FOUND."""
    await find.task(office, who, task_id)
    async with office.db.transaction() as tx:
        known = {file.sha256 for file in await files.of_task(tx, task_id)}
        if paper.sha256 not in known:
            await files.add(tx, task_id=task_id, person_id=who.person_id, at=now, **vars(paper))
