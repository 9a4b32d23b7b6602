"""Files that a person sent at once (an album). Each comes as a message of its own, in any order."""

from collections.abc import Iterable
from datetime import datetime

from storage.engine.database import Database, Reader, Transaction
from storage.records import AlbumPart, Draft


async def put(tx: Transaction, part: AlbumPart) -> bool:
    """Keep the data of a file whose place is not known yet; False if it was kept before."""
    changed = await tx.execute(
        "INSERT INTO album_parts (album, person_id, telegram_file_id, name, mime, size, received_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        *part.model_dump().values(),
    )
    return changed == 1


async def parts(db: Reader, album: str, person_id: int) -> list[AlbumPart]:
    """Return the files of an album that came before their place was known, in the order they came."""
    rows = await db.fetch(
        "SELECT * FROM album_parts WHERE album = $1 AND person_id = $2"
        " ORDER BY received_at, telegram_file_id",
        album,
        person_id,
    )
    return [AlbumPart.model_validate(row) for row in rows]


async def begin(tx: Transaction, draft_id: int, albums: Iterable[str]) -> None:
    """Let all files of these albums belong to a draft, and to the task it becomes."""
    await tx.execute_many(
        "INSERT INTO album_drafts (album, draft_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [(album, draft_id) for album in albums],
    )


async def drafts(db: Reader, album: str, person_id: int) -> list[Draft]:
    """Return a person's drafts that an album belongs to, finished or not, in their order."""
    rows = await db.fetch(
        "SELECT d.* FROM drafts d JOIN album_drafts a ON a.draft_id = d.id"
        " WHERE a.album = $1 AND d.person_id = $2 ORDER BY d.id",
        album,
        person_id,
    )
    return [Draft.model_validate(row) for row in rows]


async def prune(db: Database, before: datetime) -> None:
    """Delete what was kept of album files that came before a moment."""
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM album_parts WHERE received_at < $1", before)
