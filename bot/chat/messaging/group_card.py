"""The one card by which a group follows a task: what all may read, with the buttons of all concerned.

It is edited in place after each change. Who presses is asked for their rights then, as anywhere.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.actions import message_context
from bot.actions.office import Office
from bot.actions.tasks import note
from bot.chat import card_buttons, cards
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button, Delivery, Message
from bot.chat.reminders import brief_mode
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.records import Card, TaskView

READERS = Standpoint(0, frozenset())
"""The group: nobody's rights."""

AT_ONCE = frozenset(
    [
        *(Move.RECEIVE, Move.UNBLOCK, Move.ACCEPT, Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION),
        *(Move.TAKE_OFFER, Move.KEEP, Move.RESUME, Move.REPORT_PART),
    ]
)
"""Moves that a press in the group makes; the others ask for words in private."""

SHOWN = AT_ONCE | {
    *(Move.PROGRESS, Move.SUBMIT, Move.REQUEST_EXTENSION, Move.BLOCK, Move.RETURN),
}
CONCERNED = 8
"""People whose buttons are looked for."""


async def refreshed(office: Office, card: Card, now: datetime) -> Delivery | None:
    """Word a group's card as its task stands now, in place or (where the group moved) anew."""
    view = (await message_context.tasks_of(office, [card.task_id])).get(card.task_id)
    if view is None:
        return None
    message = await shown(office, view, now)
    return Delivery(card.chat_id, message, card.topic_id, edits=card.message_id, silent=True)


async def shown(office: Office, task: TaskView, now: datetime) -> Message:
    """Return a task's card for a group; discussion and leaders' remarks are not for all to read.

    Nor is the document: who reads the group may not see it.
    """
    hidden = {"notes": (), "remark": None, "correction_facts": None, "state_text": None}
    bare = task.model_copy(update={**hidden, "document_symbol": None})
    message = cards.card(bare, READERS, now, office.workdays, away=office.away)
    buttons = _buttons(task, await _concerned(office, task, now))
    text = brief_mode.line(office, task, now) if office.brief else message.text
    return Message(text, rows(*pairs(buttons)), task.id)


async def _concerned(office: Office, task: TaskView, now: datetime) -> list[Standpoint]:
    known = [await office.person(one, now) for one in list(note.concerned(task))[:CONCERNED]]
    return [one.who for one in known if one is not None]


def _buttons(task: TaskView, people: Iterable[Standpoint]) -> list[Button]:
    people = list(people)
    moves = [
        move
        for move in card_buttons.LABELS
        if move in SHOWN and any(card_buttons.offers(task, who, move) for who in people)
    ]
    pressed = [
        button(card_buttons.LABELS[move], f"task.{move}", task.id, task.version) for move in moves
    ]
    return [*pressed, button("Xem riêng", "task.open", task.id, task.version)]
