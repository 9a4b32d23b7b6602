"""News that everything a person had in hand was handed on: one message for each person concerned."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from bot.actions import message_context, moves
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.chat import dates
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import PARTS, clip, mark
from bot.chat.messages import Delivery, Message
from bot.rules import rights
from storage.records import Outgoing, TaskView

SHOWN = 10


async def received(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell the new person what they have from now on, task by task."""
    row = told[0]
    name = escape(await message_context.name_of(office, row.facts["from"]))
    heading = f"Việc của đồng chí <b>{name}</b> được bàn giao cho đồng chí"
    if row.about != receiver.who.person_id:
        other = escape(await message_context.name_of(office, row.about))
        heading = f"Xử lý thay đồng chí {other}\n{heading} {other}"
    series = row.facts["series"]
    more = [f"Cùng {series} việc định kỳ: /dinhky"] if series else []
    return await _list(office, receiver, row, heading, now, more)


async def passed(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell a person who works with them that the new person takes the old one's place, and in which tasks."""
    row = told[0]
    before = escape(await message_context.name_of(office, row.facts["from"]))
    after = escape(await message_context.name_of(office, row.facts["to"]))
    heading = f"Đồng chí <b>{before}</b> bàn giao việc cho đồng chí <b>{after}</b>"
    return await _list(office, receiver, row, heading, now)


async def taken(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], _: datetime
) -> Delivery | None:
    """Tell the person who had the work that it is no longer theirs."""
    facts = told[0].facts
    after = escape(await message_context.name_of(office, facts["to"]))
    text = f"{facts['count']} việc của đồng chí đã bàn giao cho đồng chí <b>{after}</b>."
    return Delivery(receiver.chat_id, Message(text))


async def _list(
    office: Office,
    receiver: Receiver,
    row: Outgoing,
    heading: str,
    now: datetime,
    besides: Sequence[str] = (),
) -> Delivery | None:
    views = await message_context.tasks_of(office, row.facts["tasks"])
    seen = [one for one in views.values() if rights.may_see(receiver.who, moves.stakes(one))]
    if not seen and row.facts["tasks"]:
        return None
    lines = [_line(office, one, row.about, now) for one in seen[:SHOWN]]
    more = ["Xem tiếp: /viec, /giaodi"] if len(seen) > SHOWN else []
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in seen[:SHOWN]]
    text = "\n\n".join([f"{heading}: {len(seen)} việc.", *lines, *more, *besides])
    return Delivery(receiver.chat_id, Message(text, rows(*pairs(opened, 4))))


def _line(office: Office, one: TaskView, person_id: int, now: datetime) -> str:
    below = " · ".join([*_parts(one, person_id), dates.standing(one, now, office.workdays)])
    return f"{mark(one, now)} <b>{one.id}</b> {clip(one.title, 80)}\n{below}"


def _parts(one: TaskView, person_id: int) -> list[str]:
    leads = ["chủ trì"] if one.lead_id == person_id else []
    assigns = ["người giao"] if one.assigner_id == person_id else []
    others = [PARTS[other.part].lower() for other in one.others if other.person_id == person_id]
    return [*leads, *assigns, *others]
