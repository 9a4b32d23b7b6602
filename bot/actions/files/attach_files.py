"""Putting files that were received to the task they belong to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import find, moves
from bot.actions.chat_places import Place
from bot.actions.files.file_store import Paper
from bot.actions.office import Office
from bot.folding import words
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.assigning import drafts
from storage.engine.database import Transaction
from storage.files import files
from storage.history import audit, hashes
from storage.messaging import outbox
from storage.records import Priority
from storage.tasks import search

ALBUM = timedelta(seconds=2)
"""How long to wait for the other files sent at once before they are answered."""


async def attach(
    office: Office, who: Standpoint, task_id: int, paper: Paper, now: datetime, move: Move
) -> None:
    """Add a file to a task, once a name, before a move that it came with; refuses as that would.

    Before, since the move counts its update as done.
    """
    await find.task(office, who, task_id)
    async with office.db.transaction() as tx:
        await moves.begin(tx, who, task_id, None, move, now)
        await add(tx, who, task_id, [paper], now)


async def is_kept(office: Office, who: Standpoint, paper: Paper) -> bool:
    """Tell whether a task has a file, or what the person who sent it is still writing."""
    if await files.is_known(office.db, paper.sha256, paper.name):
        return True
    begun = await drafts.unfinished(office.db, who.person_id)
    sent = [one for draft in begun for one in draft.fields.get("papers", ())]
    return any((one["sha256"], one["name"]) == (paper.sha256, paper.name) for one in sent)


async def add(
    tx: Transaction, who: Standpoint, task_id: int, papers: Sequence[Paper], now: datetime
) -> list[int]:
    """Add files to a task and return their ids; one with the bytes and the name is not added twice."""
    known = {(file.sha256, file.name): file.id for file in await files.of_task(tx, task_id)}
    new = [paper for paper in papers if (paper.sha256, paper.name) not in known]
    known |= await keep(tx, task_id, who.person_id, new, now)
    return [known[paper.sha256, paper.name] for paper in papers]


async def keep(
    tx: Transaction, task_id: int, person_id: int, papers: Sequence[Paper], now: datetime
) -> dict[tuple[str, str], int]:
    """Add files of somebody's to a task, found by their names from now on; return their ids.

    Each is a line of history too, so that a row or bytes changed later are found out.
    """
    kept, events = {}, []
    for paper in {(paper.sha256, paper.name): paper for paper in papers}.values():
        row = await files.add(tx, task_id=task_id, person_id=person_id, at=now, **vars(paper))
        await search.add_file(tx, task_id, words(paper.name))
        kept[paper.sha256, paper.name] = row.id
        facts = hashes.file_facts(row.model_dump())
        events.append(audit.NewEvent(hashes.FILE_KEPT, person_id, task_id, facts=facts))
    if events:
        await audit.append_many(tx, now, events)
    return kept


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
    """Plan the one answer to files sent at once, given a moment after the last of them.

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
        await outbox.wait_for(tx, rows[-1])
        await outbox.put(tx, rows)
