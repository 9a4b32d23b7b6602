"""How the rows of one message ended, and what is to be remembered of a message that was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.chat.messages import Delivery
from bot.delivery.outbox.bundling import is_news
from storage.messaging import cards, outbox_results
from storage.records import Outgoing
from storage.reminders import reminder_messages

_REMINDER = "reminder"


class Ended(NamedTuple):
    """How the rows of one message ended, the first of them first."""

    rows: tuple[outbox_results.Ended, ...]
    card: cards.Placed | None = None
    heard: int | None = None
    """Who was told something they had not asked for."""
    reminders: tuple[reminder_messages.Told, ...] = ()
    """Of which tasks it reminded whom."""

    @property
    def is_said(self) -> bool:
        return self.rows[0].state == "sent"


def ended(piece: Sequence[Outgoing], state: str, now: datetime, error: str | None = None) -> Ended:
    """Return that rows ended alike: never or failed."""
    return Ended(tuple(outbox_results.Ended(row.id, state, now, error) for row in piece))


def said(piece: Sequence[Outgoing], delivery: Delivery, message_id: int, now: datetime) -> Ended:
    """Return that rows were said in one message: the first is sent, the others are folded into it."""
    first, *others = piece
    rows = [outbox_results.Ended(first.id, "sent", now)]
    rows += [outbox_results.Ended(row.id, "folded", now, None, first.id) for row in others]
    heard = first.person_id if is_news(first) else None
    card = _card(first, delivery, message_id, now)
    return Ended(tuple(rows), card, heard, _reminded(piece, delivery, message_id, now))


def _card(row: Outgoing, delivery: Delivery, message_id: int, now: datetime) -> cards.Placed | None:
    task_id = delivery.message.task_id
    if task_id is None:
        return None
    place = delivery.chat_id, delivery.topic_id, message_id
    return cards.Placed(task_id, row.person_id, *place, now)


def _reminded(
    piece: Sequence[Outgoing], delivery: Delivery, message_id: int, now: datetime
) -> tuple[reminder_messages.Told, ...]:
    """Return of which tasks somebody was reminded."""
    tasks = dict.fromkeys(row.task_id for row in piece if row.kind == _REMINDER and row.task_id)
    person, place = piece[0].person_id, (delivery.chat_id, message_id)
    return tuple(
        reminder_messages.Told(task, person, now, *place, delivery.message.reminds)
        for task in tasks
    )
