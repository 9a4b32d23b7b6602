"""Discussion in words: notes on a task for a person it concerns."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions import message_context
from bot.actions.files import albums
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.chat import cards, deputy_words
from bot.chat.messages import Delivery, Message
from storage.records import Outgoing

HEADING = "Trao đổi"
UNPLACED = (
    "Tệp vừa gửi chưa vào việc nào. Đồng chí trả lời (reply) tệp đó và gõ số việc, ví dụ: "
    "{bot}kết quả việc 12. Muốn giao việc kèm tệp thì trả lời tệp bằng /giao và nội dung."
)


async def notice(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Word the notes on one task that wait for one person, as one card.

    Returns None if the person may no longer see the task.
    """
    view = await message_context.visible_task(office, receiver.who, rows[0].task_id)
    if view is None:
        return None
    lines = [await line(office, row) for row in rows]
    heading = f"{HEADING}: {len(lines)} tin mới" if len(lines) > 1 else HEADING
    card = cards.card(
        view.model_copy(update={"notes": ()}),
        receiver.who,
        now,
        office.workdays,
        await deputy_words.above(office, rows[0], f"<b>{heading}</b>"),
        "\n".join(lines),
        office.away,
    )
    return Delivery(receiver.chat_id, card)


async def line(office: Office, row: Outgoing) -> str:
    """Return who wrote what, and which files came with it."""
    author = await message_context.name_of(office, row.facts.get("by"))
    words = await message_context.words_of(office, row.facts.get("text")) or ""
    names = await message_context.names_of(office, row.facts.get("files", []))
    sent = f"gửi tệp {', '.join(names)}" if names else ""
    return f"đồng chí {author}: " + " · ".join(filter(None, [words, sent]))


async def kept(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery:
    """Answer files that were sent together: how many were kept, and where."""
    names = list(dict.fromkeys(str(row.facts["name"]) for row in rows))
    where = f"việc số {rows[0].task_id}" if rows[0].task_id else "việc đang soạn"
    more = f"Đã nhận {len(names)} tệp vào {where}: {cards.clip(', '.join(names), 400)}."
    place = rows[0].facts
    return Delivery(place.get("chat", receiver.chat_id), Message(more), place.get("topic"))


async def waiting(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Answer files that were sent together without words; None where they all have a place by now."""
    person_id = receiver.who.person_id
    for album in {str(row.facts["album"]) for row in rows}:
        if not await albums.has_place(office, person_id, album):
            return Delivery(receiver.chat_id, Message(UNPLACED.format(bot="")))
    return None
