"""Messages that somebody else wrote: replied to with an order, or passed on to the bot.

forwarded alone -> "Giao thành việc?" -> press -> draft card
`/giao ...` as a reply -> draft card with the words and the file of the message replied to
"""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Message as Received
from telegram import (
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.actions.assigning import forwarded_draft
from bot.actions.assigning.draft import Fields
from bot.actions.files.file_store import Paper
from bot.actions.messaging import group_membership
from bot.chat.assigning import drafts
from bot.chat.files import papers
from bot.chat.turn import Turn
from storage.records import Draft

_NAMED = "Xử lý tệp {}"


def quoted(turn: Turn) -> Received | None:
    """Return the message replied to that the order is about; None for one of the bot's own."""
    original = turn.replied
    return original if original is not None and not turn.is_ours(original) else None


def words_of(turn: Turn, original: Received) -> str:
    """Return what a message says: the part that was marked, its text, or the name of its file."""
    part = turn.message.quote if turn.message else None
    said = (part.text if part else "") or original.text or original.caption or ""
    file = original.document
    return said or (_NAMED.format(file.file_name) if file and file.file_name else "")


def is_named_by_file(draft: Draft) -> bool:
    """Tell whether an offer has no words of its own, so that it is called by its file."""
    fields = Fields.model_validate(draft.fields)
    names = [_NAMED.format(paper.name) for paper in fields.papers]
    return draft.ended_at is None and fields.source is not None and fields.title in names


async def is_partial(turn: Turn, sent: Sequence[Paper]) -> bool:
    """Tell whether there are files that a group did not let the bot have: it hears what is for it."""
    message, other = turn.message, quoted(turn)
    if not turn.in_group or message is None:
        return False
    if other is not None and other.media_group_id:
        return True
    own = [paper for paper in sent if paper.album]
    return len(own) == 1 and not await group_membership.hears_all(turn.office, turn.place.chat_id)


async def enclosed(turn: Turn) -> tuple[Paper, ...]:
    """Fetch the files of the message and of the one it replies to, with those sent at once with them."""
    own = await papers.together(turn, turn.message)
    other = await papers.together(turn, quoted(turn))
    return (*own, *(replace(paper, album=None) for paper in other))


def is_passed_on(turn: Turn) -> bool:
    """Tell whether a message is somebody's words that were forwarded, or a file of theirs."""
    message = turn.message
    if message is None or message.forward_origin is None:
        return False
    return bool(turn.text.strip()) or papers.attached(turn) is not None


async def offer(turn: Turn) -> None:
    """A forwarded message came alone: offer to make a task of it."""
    message = turn.message
    if message is None:
        return
    paper = await papers.received(turn)
    draft = await forwarded_draft.begin(
        *(turn.office, turn.who, turn.place, words_of(turn, message), _writer(message)),
        *(turn.now, turn.key, (paper,) if paper else (), message.message_id),
    )
    await drafts.say(turn, draft)


def _writer(message: Received) -> str:
    """Return who wrote a forwarded message first."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            return chat.effective_name or ""
    return ""
