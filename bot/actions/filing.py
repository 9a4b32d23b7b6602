"""Putting files that were received to the task they belong to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import find
from bot.actions.chats import Place
from bot.actions.office import Office
from bot.actions.papers import Paper
from bot.letters import words
from bot.rules.rights import Standpoint
from storage import files, outbox, search
from storage.database import Transaction
from storage.records import Priority

ALBUM = timedelta(seconds=2)
"""How long to wait for the other files sent at once before they are answered."""


async def attach(
    office: Office, who: Standpoint, task_id: int, paper: Paper, now: datetime
) -> None:
    """Add a file to a task that the person may see, once a name; refuses NOT_FOUND."""
    await find.task(office, who, task_id)
    async with office.db.transaction() as tx:
        await add(tx, who, task_id, [paper], now)


async def add(
    tx: Transaction, who: Standpoint, task_id: int, papers: Sequence[Paper], now: datetime
) -> list[int]:
    """Add files to a task and return their ids; one with the bytes and the name is not added twice."""
    known = {(file.sha256, file.name): file.id for file in await files.of_task(tx, task_id)}
    added = []
    for paper in papers:
        file_id = known.get((paper.sha256, paper.name))
        if file_id is None:
            file_id = await keep(tx, task_id, who.person_id, paper, now)
        added.append(file_id)
    return added


async def keep(tx: Transaction, task_id: int, person_id: int, paper: Paper, now: datetime) -> int:
    """Add a file of somebody's to a task, found by its name from now on, and return its id."""
    row = await files.add(tx, task_id=task_id, person_id=person_id, at=now, **vars(paper))
    await search.add_file(tx, task_id, words(paper.name))
    return row.id


async def task_of_album(office: Office, person_id: int, album: str) -> int | None:
    """Return the task to which the files sent together with one belong, if one came before."""
    return await files.task_of_album(office.db, album, person_id)


async def answer_album(
    tx: Transaction,
    person_id: int,
    task_id: int | None,
    papers: Sequence[Paper],
    now: datetime,
    place: Place | None = None,
) -> None:
    """Plan the one answer to files sent at once, given when all of them should be here.

    It is given in private, or where their draft is in a group.
    """
    where = {"chat": place.chat_id, "topic": place.topic_id} if place and place.is_in_group else {}
    rows = [
        outbox.ToSay(
            *("files.kept", person_id, task_id, {"name": paper.name, **where}),
            *(Priority.ANSWER, now + ALBUM, now),
        )
        for paper in papers
        if paper.album
    ]
    if rows:
        await outbox.put(tx, rows)
