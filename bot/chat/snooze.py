"""The buttons of a reminder with which somebody is reminded again later."""

from dataclasses import replace
from datetime import datetime

from bot.actions import snooze
from bot.actions.office import Office
from bot.chat import dates, task
from bot.chat.buttons import button
from bot.chat.messages import Button
from bot.chat.turn import Turn
from bot.rules.ladder import Again
from storage.records import TaskView

LABELS = {Again.AFTERNOON: "Nhắc lại chiều nay", Again.MORNING: "Nhắc lại sáng mai"}


def buttons(office: Office, view: TaskView, now: datetime) -> list[Button]:
    """Return the moments that are ahead of the deadline."""
    offered = snooze.offered(office, view, now)
    return [button(LABELS[one], "task.snooze", view.id, value=one) for one in offered]


async def pressed(turn: Turn) -> None:
    """Somebody is to be reminded again; the card says when."""
    at = await snooze.snooze(
        turn.office, turn.who, turn.pressed.id, turn.pressed.value, turn.now, turn.key
    )
    when = dates.deadline(at, turn.office.workdays)
    card = await task.card_for(turn, turn.pressed.id)
    await turn.show(replace(card, text=f"Sẽ nhắc lại lúc {when}\n{card.text}"), "Sẽ nhắc lại")
