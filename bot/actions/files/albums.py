"""Files sent at once: those that come before their place is known wait for it, later ones follow it.

A part that waits is only known by Telegram's number; it is fetched once it belongs to something.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.actions.files import attach_files
from bot.actions.files.file_store import Paper
from bot.actions.office import Office, step
from bot.actions.tasks import note
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.engine.database import Transaction
from storage.files import albums
from storage.messaging import inbox, outbox
from storage.records import AlbumPart, Draft, Priority, UpdateKey
from storage.series import series

WAITING = "files.waiting"
"""The outbox's kind of the answer to files that nothing was said about."""


async def hold(office: Office, part: AlbumPart, in_group: bool) -> None:
    """Keep a part whose place is not known yet; in private its sender is told if it stays so."""
    async with office.db.transaction() as tx:
        first = not await albums.parts(tx, part.album, part.person_id)
        if await albums.put(tx, part) and first and not in_group:
            now, facts = part.received_at, {"album": part.album}
            to_say = (
                WAITING,
                part.person_id,
                None,
                facts,
                Priority.ANSWER,
                now + attach_files.ALBUM,
                now,
            )
            await outbox.put(tx, [outbox.ToSay(*to_say)])


async def held(office: Office, who: Standpoint, album: str | None) -> list[AlbumPart]:
    """Return the parts of one's own album that came before their place was known."""
    return await albums.parts(office.db, album, who.person_id) if album else []


async def to_come(office: Office, chat_id: int, album: str) -> list[str]:
    """Return, as Telegram sent them, those of files sent at once that are still to be handled."""
    return await inbox.of_album(office.db, chat_id, album)


async def drafts_of(office: Office, who: Standpoint, album: str) -> list[Draft]:
    """Return the drafts that one's own album belongs to, finished or not."""
    return await albums.drafts(office.db, album, who.person_id)


async def has_place(office: Office, person_id: int, album: str) -> bool:
    """Tell whether an album belongs to something by now."""
    if await albums.drafts(office.db, album, person_id):
        return True
    return await attach_files.task_of_album(office, person_id, album) is not None


async def enclose(
    office: Office,
    who: Standpoint,
    known: Iterable[Draft],
    words: str,
    paper: Paper,
    now: datetime,
    update: UpdateKey | None,
) -> None:
    """Add a file to drafts, and with its words to the tasks they have become; their buttons go on.

    Refuses as a note on such a task would.
    """
    async with step(office, update, now) as tx:
        answered = False
        for one in known:
            draft = await drafts.held(tx, one.id)
            fields = Fields.model_validate(draft.fields)
            if _has(fields, paper):
                continue
            added = {"papers": (*fields.papers, paper), "partial": False}
            fields = fields.model_copy(update=added)
            await drafts.enclose(tx, draft.id, fields.dumped(), now)
            await albums.begin(tx, draft.id, [paper.album] if paper.album else [])
            if draft.task_id is not None:
                await _follow(tx, who, draft.task_id, words, paper, now)
            elif draft.ended_at is None and not answered:
                where = Place(draft.chat_id, draft.topic_id)
                await attach_files.answer_album(tx, who.person_id, None, [paper], now, where)
                answered = True


async def _follow(
    tx: Transaction, who: Standpoint, task_id: int, words: str, paper: Paper, now: datetime
) -> None:
    """Add a file that came late to the task, and to what the next ones of its series are like."""
    written = await note.write_in(tx, who, task_id, words, (paper,), now)
    one = await series.get(tx, written.task.series_id or 0)
    pattern = Fields.model_validate(one.fields) if one else None
    if one and pattern and not _has(pattern, paper):
        papers = (*pattern.papers, paper)
        await series.enclose(tx, one, pattern.model_copy(update={"papers": papers}).dumped())


def _has(fields: Fields, paper: Paper) -> bool:
    return any((one.sha256, one.name) == (paper.sha256, paper.name) for one in fields.papers)
