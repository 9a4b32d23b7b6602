"""Messages as Telegram will show them, before they are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Button(NamedTuple):
    """An inline button: its label and the data that a press sends (see `buttons.Press`).

    A button with a `url` opens that address instead and sends nothing.
    """

    label: str
    data: str
    url: str = ""


Keyboard = Sequence[Sequence[Button]]
"""Lines of buttons, top line first."""


@dataclass(frozen=True)
class Message:
    """Text in Telegram's HTML with its buttons; `task_id` is the task whose card the message is, if it is a card.

    A message that only `reminds` is removed once a later message reminds of the same tasks.
    """

    text: str
    keyboard: Keyboard | None = None
    task_id: int | None = None
    picture: bytes | None = None
    reminds: bool = False


@dataclass(frozen=True)
class Delivery:
    """A message and where it goes: as a new message, or in place of the message `edits` of that chat.

    With `answers`, the id of a message in the chat, it is shown as a reply to that message if it still exists.
    """

    chat_id: int
    message: Message
    topic_id: int | None = None
    edits: int | None = None
    silent: bool = False
    answers: int | None = None
