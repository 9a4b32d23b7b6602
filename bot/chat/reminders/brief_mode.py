"""Messages in brief: only task numbers, dates and a button; the button opens the full message.

news -> Việc số 12 and its deadline -> Xem đầy đủ -> the full message, in its place
`/rutgon`: a person chooses brief or full messages for themselves
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions import message_context, moves
from bot.actions.files import albums
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.actions.reminders import brief_mode
from bot.chat import cards, dates
from bot.chat.buttons import button, parse, rows
from bot.chat.messages import Delivery, Keyboard, Message
from bot.chat.reminders import notice_headings
from bot.chat.reminders.still_true import NOTE
from bot.chat.turn import Turn
from bot.rules import rights
from storage.records import Outgoing, TaskView

ANSWERS = frozenset({"files.kept", albums.WAITING, "audit.anchor"})
"""Kinds always sent in full: they only repeat what their reader sent, or say nothing of anybody's work."""
SHOWN = 30
OPENS = "Xem đầy đủ"
_REFRESH = "card.refresh"


async def shortened(
    office: Office, receiver: Receiver, told: Sequence[Outgoing], full: Delivery, now: datetime
) -> Delivery:
    """Return the message with only numbers and dates in it; a card stays the same card.

    Messages of the kinds in ANSWERS stay as they are.
    """
    if {row.kind for row in told} <= ANSWERS:
        return full
    numbers = list(
        dict.fromkeys([row.task_id for row in told if row.task_id] + _opened(full.message.keyboard))
    )
    views = await message_context.tasks_of(office, numbers)
    said = [_line(office, receiver, views.get(one), one, now) for one in numbers[:SHOWN]]
    more = [f"và {len(numbers) - SHOWN} việc khác"] if len(numbers) > SHOWN else []
    text = "\n".join([_heading(told, views), *said, *more])
    message = replace(full.message, text=text, keyboard=_keyboard(told), picture=None)
    return replace(full, message=message)


def _opened(keyboard: Keyboard | None) -> list[int]:
    """Return the tasks that the message has buttons to open, as a list of many tasks has."""
    pressed = [parse(one.data) for line in keyboard or () for one in line]
    return [one.id for one in pressed if one is not None and one.kind == "task.open"]


def _heading(told: Sequence[Outgoing], views: dict[int | None, TaskView]) -> str:
    """Return a heading of fixed words, which reveal nothing of the task."""
    if "digest" in {row.kind for row in told}:
        return "<b>Việc hôm nay</b>"
    first = told[-1]
    view = views.get(first.task_id)
    if view is None or len({row.task_id for row in told}) > 1:
        return "<b>Tin mới</b>"
    known = first.kind in {*notice_headings.HEADINGS, "reminder", NOTE}
    return notice_headings.heading(first, view) if known else "<b>Tin mới</b>"


def _line(
    office: Office, receiver: Receiver, view: TaskView | None, number: int, now: datetime
) -> str:
    if view is None or not rights.may_see(receiver.who, moves.stakes(view)):
        return f"Việc số {number}"
    return line(office, view, now)


def line(office: Office, view: TaskView, now: datetime) -> str:
    """Return a task's number, its state and its deadline."""
    return (
        f"{cards.mark(view, now)} Việc số {view.id} · {dates.standing(view, now, office.workdays)}"
    )


def _keyboard(told: Sequence[Outgoing]) -> Keyboard | None:
    first = told[0]
    if first.kind == _REFRESH:
        return rows([button(OPENS, "task.less", first.task_id or 0)])
    return rows([button(OPENS, "news.open", first.id)])


async def command(turn: Turn) -> None:
    """`/rutgon`: say whether the person's messages are brief or full, with a button to change it."""
    await turn.say(_page(turn, turn.member.brief))


async def choose(turn: Turn) -> None:
    """Set brief or full, whichever was pressed."""
    brief = turn.pressed.value == "brief"
    await brief_mode.choose(turn.office, turn.who, brief, turn.now, turn.key)
    await turn.show(_page(turn, brief), "Đã đổi")


def _page(turn: Turn, brief: bool) -> Message:
    if turn.office.brief:
        return Message(
            "Cơ quan đặt tin rút gọn cho mọi người: tin bot gửi chỉ ghi số việc và hạn. "
            f"Bấm <b>{OPENS}</b> dưới mỗi tin để đọc."
        )
    if brief:
        text = f"Tin bot gửi đồng chí đang <b>rút gọn</b>: chỉ ghi số việc và hạn, bấm <b>{OPENS}</b> để đọc."
        return Message(text, rows([button("Gửi đầy đủ", "brief.choose", value="full")]))
    text = "Tin bot gửi đồng chí đang <b>đầy đủ</b>. Rút gọn thì tin chỉ ghi số việc và hạn."
    return Message(text, rows([button("Rút gọn", "brief.choose", value="brief")]))
