"""Putting files that were received to the task, or the draft, they belong to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions import find
from bot.actions.chats import Place
from bot.actions.draft import KIND, Fields
from bot.actions.office import Office, step
from bot.actions.papers import Paper
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage import drafts, files, outbox
from storage.database import Transaction
from storage.records import Draft, Priority, UpdateKey

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
            row = await files.add(
                tx, task_id=task_id, person_id=who.person_id, at=now, **vars(paper)
            )
            file_id = row.id
        added.append(file_id)
    return added


async def task_of_album(office: Office, who: Standpoint, album: str) -> int | None:
    """Return the task to which the files sent together with one belong, if one came before."""
    return await files.task_of_album(office.db, album, who.person_id)


async def draft_of_album(office: Office, who: Standpoint, place: Place, album: str) -> Draft | None:
    """Return the open draft that the files sent together with one came with, if there is one."""
    draft = await drafts.latest(office.db, who.person_id, place.chat_id)
    if draft is None or draft.kind != KIND or draft.ended_at is not None:
        return None
    papers = Fields.model_validate(draft.fields).papers
    return draft if any(paper.album == album for paper in papers) else None


async def enclose(
    office: Office, draft: Draft, paper: Paper, now: datetime, update: UpdateKey | None
) -> Draft:
    """Add a file to a draft, which stays as its card shows it; refuses STALE if it has moved on."""
    fields = Fields.model_validate(draft.fields)
    if any((one.sha256, one.name) == (paper.sha256, paper.name) for one in fields.papers):
        return draft
    fields = fields.model_copy(update={"papers": (*fields.papers, paper)})
    async with step(office, update, now) as tx:
        changed = await drafts.enrich(tx, draft.id, draft.version, fields.dumped(), now)
        if changed is None:
            raise Refusal(No.STALE)
        await answer_album(tx, draft.person_id, None, [paper], now)
        return changed


async def answer_album(
    tx: Transaction, person_id: int, task_id: int | None, papers: Sequence[Paper], now: datetime
) -> None:
    """Plan the one answer to files sent at once, given when all of them should be here."""
    rows = [
        outbox.ToSay(
            *("files.kept", person_id, task_id, {"name": paper.name}),
            *(Priority.ANSWER, now + ALBUM, now),
        )
        for paper in papers
        if paper.album
    ]
    if rows:
        await outbox.put(tx, rows)
