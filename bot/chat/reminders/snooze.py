"""The snooze buttons of a reminder."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions.office import Office
from bot.actions.reminders import snooze
from bot.actions.reminders.snooze import PutOff
from bot.chat import cards, dates
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button, Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.reminders.ladder import Again
from storage.records import TaskView

SHOWN = 8
LABELS = {Again.AFTERNOON: "Nhắc lại chiều nay", Again.MORNING: "Nhắc lại sáng mai"}


def buttons(office: Office, view: TaskView, now: datetime) -> list[Button]:
    """Return a button for each snooze moment before the task's deadline."""
    offered = snooze.offered(office, view, now)
    return [button(LABELS[one], "task.snooze", view.id, value=one) for one in offered]


def for_all(
    office: Office, views: Iterable[TaskView], now: datetime, kind: str = "reminders.snooze"
) -> list[Button]:
    """Return a button for each snooze moment before the deadline of at least one task in a list of reminders."""
    offered = {one for view in views for one in snooze.offered(office, view, now)}
    return [button(LABELS[one], kind, value=one) for one in Again if one in offered]


def for_digest(office: Office, views: Iterable[TaskView], now: datetime) -> list[Button]:
    """Return the snooze buttons for all tasks that a digest reminds of."""
    return for_all(office, views, now, "digest.snooze")


async def pressed(turn: Turn) -> None:
    """Snooze one task; its card then says when the next reminder comes."""
    at = await snooze.snooze(
        turn.office, turn.who, turn.pressed.id, turn.pressed.value, turn.now, turn.key
    )
    when = dates.deadline(at, turn.office.workdays)
    card = await task.card_for(turn, turn.pressed.id)
    await turn.show(replace(card, text=f"Sẽ nhắc lại lúc {when}\n{card.text}"), "Sẽ nhắc lại")


async def all_pressed(turn: Turn) -> None:
    """Snooze all tasks in a list; the list then says when, and which tasks could not be snoozed."""
    if turn.card is None:
        raise Refusal(No.STALE)
    place = turn.place.chat_id, turn.card.message_id
    done = await snooze.snooze_all(
        turn.office, turn.who, place, turn.pressed.value, turn.now, turn.key
    )
    await turn.show(_said(turn, done), "Sẽ nhắc lại")


async def digest_pressed(turn: Turn) -> None:
    """Snooze all tasks that the digest reminds of, and say so in a new message; the digest stays."""
    done = await snooze.snooze_today(turn.office, turn.who, turn.pressed.value, turn.now, turn.key)
    await turn.toast("Sẽ nhắc lại")
    await turn.say(_said(turn, done))


def _said(turn: Turn, done: PutOff) -> Message:
    """Return which tasks are reminded of again and when, and for which that moment is too late."""
    when = dates.deadline(done.at, turn.office.workdays)
    parts = [_lines(turn, f"Sẽ nhắc lại {len(done.tasks)} việc lúc {when}", done.tasks)]
    if done.too_late:
        parts.append(_lines(turn, "Giữ nguyên, đến hạn trước lúc đó", done.too_late))
    shown = [*done.tasks[:SHOWN], *done.too_late[:SHOWN]]
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in shown]
    return Message("\n\n".join(parts), rows(*pairs(opened, 4)))


def _lines(turn: Turn, heading: str, views: Sequence[TaskView]) -> str:
    lines = [
        f"{cards.mark(one, turn.now)} <b>{one.id}</b> {cards.clip(one.title, 45)}"
        for one in views[:SHOWN]
    ]
    left = len(views) - len(lines)
    more = [f"Và {left} việc nữa"] if left else []
    return "\n".join([f"<b>{heading}</b>", *lines, *more])
