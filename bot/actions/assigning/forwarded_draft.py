"""A draft that nobody asked for: the bot offers a forwarded message as a task."""

from datetime import datetime

from bot.actions.assigning import assign, drafting
from bot.actions.assigning.draft import KIND, Fields, read_again
from bot.actions.chat_places import Place
from bot.actions.files.file_store import Paper
from bot.actions.office import Office, step
from bot.language.orders import quoting
from bot.language.readings import Reading
from bot.rules.rights import Standpoint
from storage.assigning import drafts
from storage.files import albums
from storage.records import Draft, UpdateKey


async def begin(
    office: Office,
    who: Standpoint,
    place: Place,
    quoted: str,
    source: str,
    now: datetime,
    update: UpdateKey | None,
    papers: tuple[Paper, ...],
    message_id: int,
) -> Draft:
    """Lay aside a draft of a forwarded message, which nobody asked for; `source` is who wrote the message."""
    reading = await _offered(office, who, quoted, now)
    async with step(office, update, now) as tx:
        await drafting.check(tx, who, [reading])
        fields = await drafting.fields_read(tx, who, reading, now, papers)
        draft = await drafts.lay_aside(
            tx,
            person_id=who.person_id,
            chat_id=place.chat_id,
            kind=KIND,
            fields=fields.model_copy(update={"source": source}).dumped(),
            at=now,
            message_id=message_id,
        )
        await albums.begin(tx, draft.id, drafting.albums_of(fields))
        return draft


async def again(office: Office, who: Standpoint, draft: Draft, quoted: str, now: datetime) -> None:
    """Replace the words of an offer named after its file by words that came with a later one of its files."""
    reading = await _offered(office, who, quoted, now)
    async with office.db.transaction() as tx:
        await drafting.check(tx, who, [reading])
        before = Fields.model_validate(draft.fields)
        fields = read_again(before, await drafting.fields_read(tx, who, reading, now))
        waits_for = fields.missing if draft.waits_for else None
        said = fields.dumped()
        await drafts.change(tx, draft.id, draft.version, fields=said, waits_for=waits_for, at=now)


async def _offered(office: Office, who: Standpoint, quoted: str, now: datetime) -> Reading:
    readings = await assign.read_all(office, who, "", now, quoted=quoted)
    return readings[0] if len(readings) == 1 else quoting.whole(quoted[: assign.MAX_QUOTED])
