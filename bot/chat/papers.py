"""Files, photos and voice notes that come with a message."""

from telegram import Document, PhotoSize, Voice

from bot.actions import papers
from bot.actions.papers import Paper
from bot.chat.turn import Turn
from bot.refusals import No, Refusal

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


def attached(turn: Turn) -> Document | Voice | PhotoSize | None:
    """Return the file that came with the message, a photo in its largest size; None without one."""
    message = turn.message
    if message is None:
        return None
    return message.document or message.voice or (message.photo[-1] if message.photo else None)


def _described(sent: Document | Voice | PhotoSize) -> tuple[str, str]:
    if isinstance(sent, Document):
        return sent.file_name or "tep", sent.mime_type or "application/octet-stream"
    if isinstance(sent, Voice):
        return "ghi-am.ogg", sent.mime_type or "audio/ogg"
    return "anh.jpg", "image/jpeg"
