"""Files, photos and voice notes that come with a message."""

from telegram import Animation, Audio, Document, Message, PhotoSize, Video, VideoNote, Voice

from bot.actions import papers
from bot.actions.papers import Paper
from bot.chat.turn import Turn

Sent = Document | Audio | Video | Animation | VideoNote | Voice | PhotoSize


async def received(turn: Turn) -> Paper | None:
    """Fetch and keep the file that came with the message, if one did; refuses as `fetched` does."""
    return await fetched(turn, turn.message)


async def fetched(turn: Turn, message: Message | None) -> Paper | None:
    """Fetch and keep the file of a message, if it has one.

    Refuses FILE_TOO_LARGE, FILE_KIND, and FILE_GONE when Telegram has it no more.
    """
    sent = _file_of(message)
    if sent is None or message is None:
        return None
    limits = turn.office.file_limits
    name, mime = _described(sent)
    limits.check(name, mime, sent.file_size or 0)
    data = await turn.speaker.download(sent.file_id, limits.max_bytes)
    sha256 = await papers.keep(turn.office, data)
    return Paper(sha256, name, len(data), mime, sent.file_id, message.media_group_id)


def attached(turn: Turn) -> Sent | None:
    """Return the file that came with the message, a photo in its largest size; None without one."""
    return _file_of(turn.message)


def album(turn: Turn) -> str | None:
    """Return what the files sent at once have in common; None for a file sent alone."""
    return turn.message.media_group_id if turn.message else None


def _file_of(message: Message | None) -> Sent | None:
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
