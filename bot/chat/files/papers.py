"""Files, photos and voice notes that come with a message."""

import json
from collections.abc import Sequence

from telegram import Animation, Audio, Document, Message, PhotoSize, Video, VideoNote, Voice

from bot.actions.files import albums, attach_files, file_store
from bot.actions.files.file_store import Paper
from bot.chat.sentences import sentence
from bot.chat.tasks.notes import UNPLACED
from bot.chat.turn import Turn
from bot.refusals import No
from storage.records import AlbumPart

REFUSED = {No.FILE_TOO_LARGE, No.FILE_KIND, No.FILE_GONE}
"""Refusals that say of the file itself that it was not taken."""
Sent = Document | Audio | Video | Animation | VideoNote | Voice | PhotoSize


async def received(turn: Turn) -> Paper | None:
    """Fetch and keep the file that came with the message, if one did; refuses as `fetched` does."""
    return await fetched(turn, turn.message)


async def fetched(turn: Turn, message: Message | None) -> Paper | None:
    """Fetch and keep the file of a message, if it has one.

    Refuses FILE_TOO_LARGE, FILE_KIND, and FILE_GONE when Telegram has it no more.
    """
    sent = file_of(message)
    if sent is None or message is None:
        return None
    name, mime = _described(sent)
    size, together = sent.file_size or 0, message.media_group_id
    paper = await _kept(turn, sent.file_id, name, mime, size, together)
    if message is turn.message:
        turn.file.paper = paper
    return paper


async def _kept(
    turn: Turn, file_id: str, name: str, mime: str, size: int, album: str | None
) -> Paper:
    limits = turn.office.file_limits
    limits.check(name, mime, size)
    data = await turn.speaker.download(file_id, limits.max_bytes)
    sha256 = await file_store.keep(turn.office, data)
    return Paper(sha256, name, len(data), mime, file_id, album)


async def together(turn: Turn, message: Message | None) -> list[Paper]:
    """Fetch and keep the file of a message with those of this person sent at once with it before.

    Refuses as `fetched` does.
    """
    own = await fetched(turn, message)
    return await with_held(turn, [own] if own else [])


async def with_held(turn: Turn, known: Sequence[Paper]) -> list[Paper]:
    """Return files with those sent at once with them that wait for their place."""
    found = {one.telegram_file_id: one for one in known}
    held: dict[str, Paper] = {}
    for together in dict.fromkeys(one.album for one in known):
        for part in await albums.held(turn.office, turn.who, together):
            file_id = part.telegram_file_id
            what = (file_id, part.name, part.mime, part.size, part.album)
            held[file_id] = found.get(file_id) or await _kept(turn, *what)
    return list((held | found).values())


async def hold(turn: Turn) -> bool:
    """Keep a file without words, sent at once with others, until it is known where they belong.

    False for any other message.
    """
    sent, together = attached(turn), album(turn)
    if sent is None or together is None or turn.text.strip():
        return False
    name, mime = _described(sent)
    what = {"telegram_file_id": sent.file_id, "name": name, "mime": mime}
    part = AlbumPart(
        album=together,
        person_id=turn.member.id,
        size=sent.file_size or 0,
        received_at=turn.now,
        **what,
    )
    await albums.hold(turn.office, part, turn.in_group)
    turn.file.settled = True
    return True


async def waits_for_words(turn: Turn) -> bool:
    """Tell whether the words of files sent at once came with a later one, so that this one waits for it."""
    together = album(turn)
    if together is None or turn.text.strip():
        return False
    bodies = await albums.to_come(turn.office, turn.place.chat_id, together)
    return any(json.loads(body).get("message", {}).get("caption") for body in bodies)


def attached(turn: Turn) -> Sent | None:
    """Return the file that came with the message, a photo in its largest size; None without one."""
    return file_of(turn.message)


async def say_unplaced(turn: Turn) -> None:
    """Say of the file that came with a message what to do with it, unless a task has it by now.

    Begins with why it could not be read, where it may have been meant as a list.
    """
    file = turn.file
    if attached(turn) is None or file.settled:
        return
    if file.paper is None or not await attach_files.is_kept(turn.office, turn.who, file.paper):
        what_to_do = UNPLACED.format(bot=f"@{turn.bot_name} " if turn.in_group else "")
        await turn.say(f"{sentence(file.unread)}\n{what_to_do}" if file.unread else what_to_do)


def album(turn: Turn) -> str | None:
    """Return what the files sent at once have in common; None for a file sent alone."""
    return turn.message.media_group_id if turn.message else None


def file_of(message: Message | None) -> Sent | None:
    """Return the file of a message, a photo in its largest size; None without one."""
    if message is None:
        return None
    photo = message.photo[-1] if message.photo else None
    sent = (message.document, message.audio, message.video, message.voice, message.video_note)
    return next((one for one in sent if one is not None), photo)


def _described(sent: Sent) -> tuple[str, str]:
    if isinstance(sent, Document | Audio | Video | Animation):
        return sent.file_name or "tep", sent.mime_type or "application/octet-stream"
    if isinstance(sent, VideoNote):
        return "ghi-hinh.mp4", "video/mp4"
    if isinstance(sent, Voice):
        return "ghi-am.ogg", sent.mime_type or "audio/ogg"
    return "anh.jpg", "image/jpeg"
