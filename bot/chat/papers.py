"""Files, photos and voice notes that come with a message."""

from telegram import Animation, Audio, Document, PhotoSize, Video, VideoNote, Voice

from bot.actions import papers
from bot.actions.papers import Paper
from bot.chat.turn import Turn
from bot.refusals import No, Refusal

Sent = Document | Audio | Video | Animation | VideoNote | Voice | PhotoSize

LIMIT_MB = 20
"""What Telegram lets a bot download."""


async def received(turn: Turn) -> Paper | None:
    """Fetch and keep the file that came with the message, if one did; refuses FILE_TOO_LARGE."""
    sent = attached(turn)
    if sent is None:
        return None
    limit = LIMIT_MB * 1024 * 1024
    if (sent.file_size or 0) > limit:
        raise Refusal(No.FILE_TOO_LARGE, limit=LIMIT_MB)
    data = await turn.speaker.download(sent.file_id, limit)
    name, mime = _described(sent)
    return Paper(await papers.keep(turn.office, data), name, len(data), mime, sent.file_id)


def attached(turn: Turn) -> Sent | None:
    """Return the file that came with the message, a photo in its largest size; None without one."""
    message = turn.message
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
