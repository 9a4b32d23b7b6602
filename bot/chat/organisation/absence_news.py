"""News of an absence: for the deputy, for the person who is back, and for a person whose absence another entered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from bot.actions import message_context
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.actions.organisation import absence_news
from bot.actions.organisation.absence_news import Happened
from bot.chat import dates
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip, mark
from bot.chat.history.history import EVENTS
from bot.chat.messages import Button, Delivery, Message
from storage.records import Event, Outgoing, TaskLine

STEPS = 3
"""How many of the newest steps of a task are named."""
_NOTED = {
    "entered": "đã báo nghỉ cho đồng chí",
    "changed": "đã đổi lịch nghỉ của đồng chí",
    "dropped": "đã bỏ lịch nghỉ của đồng chí",
}


async def begun(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell a deputy whose tasks, and which tasks, they look after from now on."""
    absence = await absence_news.lasting(office, told[0].facts["absence"], now)
    if absence is None:
        return None
    found = await absence_news.looked_after(office, absence, receiver.who.person_id, now)
    if not found.names:
        return None
    names = " và ".join(f"<b>{escape(name)}</b>" for name in found.names)
    lines = [
        f"Từ hôm nay đồng chí xử lý thay đồng chí {names}, đến hết {dates.written(absence.until_day)}.",
        "Thẻ, lời nhắc và việc chờ ý kiến đến với đồng chí; người chủ trì trên thẻ không đổi.",
    ]
    heading = f"<b>Việc đang mở: {found.total}</b>" if found.total else "Chưa có việc nào đang mở."
    listed = [_line(office, one, now) for one in found.tasks]
    more = ["Xem tiếp: /viec, /giaodi"] if found.total > len(found.tasks) else []
    text = "\n\n".join(["\n".join(lines), heading, *listed, *more])
    return Delivery(receiver.chat_id, Message(text, rows(*_opened(found.tasks))))


async def over(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell a deputy that they need not stand in any more."""
    absence = await absence_news.get(office, told[0].facts["absence"])
    if absence is None:
        return None
    name = escape(await message_context.name_of(office, absence.person_id))
    still = await absence_news.lasting(office, absence.id, now)
    why = "đã có người khác xử lý thay" if still else "đã đi làm lại"
    text = f"Đồng chí <b>{name}</b> {why}. Từ bây giờ đồng chí thôi xử lý thay."
    return Delivery(receiver.chat_id, Message(text))


async def back(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell a person who is back what happened meanwhile, in one message."""
    absence = await absence_news.get(office, told[0].facts["absence"])
    if absence is None:
        return None
    found = await absence_news.happened(office, absence)
    span = dates.span(absence.from_day, absence.until_day)
    heading = f"Chào đồng chí đi làm lại. Lịch nghỉ {span} đã kết thúc."
    if not found.tasks:
        text = f"{heading}\nViệc của đồng chí không có gì thay đổi. Xem việc: /viec"
        return Delivery(receiver.chat_id, Message(text))
    names = {one.actor_id: one.actor_name for past in found.past.values() for one in past}
    listed = [_told(office, one, found, names, now) for one in found.tasks]
    more = len(found.past) - len(found.tasks)
    rest = [f"Và {more} việc khác: /viec, /giaodi"] if more > 0 else []
    parts = [f"{heading}\n<b>Trong thời gian ấy: {len(found.past)} việc có thay đổi</b>", *listed]
    text = "\n\n".join([*parts, *rest])
    return Delivery(receiver.chat_id, Message(text, rows(*_opened(found.tasks))))


async def noted(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], _: datetime
) -> Delivery | None:
    """Tell a person that another entered, changed or dropped their absence."""
    facts = told[0].facts
    absence = await absence_news.get(office, facts["absence"])
    if absence is None:
        return None
    by = escape(await message_context.name_of(office, facts["by"]))
    deputy = escape(await message_context.name_of(office, absence.deputy_id))
    span = dates.span(absence.from_day, absence.until_day)
    lines = [f"Đồng chí <b>{by}</b> {_NOTED[facts['did']]}: {span}."]
    if facts["did"] != "dropped":
        lines.append(f"Xử lý thay: {deputy or 'cấp trên'}. Sửa hoặc đi làm lại sớm: /nghi")
    return Delivery(receiver.chat_id, Message("\n".join(lines)))


def _opened(listed: Sequence[TaskLine]) -> list[list[Button]]:
    return pairs([button(f"Việc {one.id}", "task.open", one.id) for one in listed], 4)


def _line(office: Office, one: TaskLine, now: datetime) -> str:
    deadline = dates.standing(one, now, office.workdays)
    return f"{mark(one, now)} <b>{one.id}</b> {clip(one.title, 80)}\n{deadline}"


def _told(
    office: Office,
    one: TaskLine,
    found: Happened,
    names: Mapping[int | None, str | None],
    now: datetime,
) -> str:
    steps = [_step(event, names) for event in found.past[one.id][-STEPS:]]
    return f"{mark(one, now)} <b>{one.id}</b> {clip(one.title, 80)}\n{'; '.join(steps)}"


def _step(event: Event, names: Mapping[int | None, str | None]) -> str:
    """Return "Lục Gia Khiêm (thay) báo tiến độ 60%"."""
    what = EVENTS.get(f"{event.kind}.{event.facts.get('did')}") or EVENTS.get(event.kind, "")
    share = f" {event.facts['percent']}%" if event.kind == "task.progress" else ""
    place = " (thay)" if event.facts.get("for") else ""
    return f"{clip(names.get(event.actor_id) or '', 40)}{place} {what.split(' {')[0]}{share}"
