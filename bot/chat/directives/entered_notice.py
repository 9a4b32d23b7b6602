"""What a leader hears when somebody entered many tasks on their behalf: one message for all."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions import message_context
from bot.actions.directives import directives
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.chat import deputy_words
from bot.chat.buttons import button
from bot.chat.cards import clip
from bot.chat.directives import directive_page
from bot.chat.messages import Delivery, Message
from storage.records import Outgoing


async def notice(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery:
    """Say how many tasks of which document were entered by whom, with a button to open it."""
    row = rows[0]
    view = await directives.document(office, receiver.who, row.facts["document"])
    counts = await directives.counts(office, receiver.who, view.id, now)
    symbol, who = clip(view.symbol, 60), await message_context.name_of(office, row.facts["by"])
    heading = f"<b>Đã giao {row.facts['tasks']} việc thay mặt đồng chí</b>"
    lines = [
        await deputy_words.above(office, row, heading),
        f"Văn bản {symbol} · người nhập: {clip(who, 60)}",
        directive_page.entered(view, counts),
    ]
    opened = [[button("Xem văn bản", "doc.open", view.id)]]
    return Delivery(receiver.chat_id, Message("\n".join(lines), opened))


async def listed(
    office: Office, receiver: Receiver, rows: Sequence[Outgoing], now: datetime
) -> Delivery:
    """Say how many tasks of a list somebody took in as assigned by the leader."""
    row = rows[0]
    who = await message_context.name_of(office, row.facts["by"])
    heading = f"<b>Đã nhập {row.facts['tasks']} việc đứng tên đồng chí giao</b>"
    heading = await deputy_words.above(office, row, heading)
    text = f"{heading}\nTừ danh sách do đồng chí {clip(who, 60)} gửi. Xem: /giaodi"
    return Delivery(receiver.chat_id, Message(text))
