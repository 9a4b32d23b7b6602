"""A message as Telegram will show it, before anyone sends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Button(NamedTuple):
    """An inline button: its label, and what a press on it says (see `buttons.Press`).

    One with a `url` opens that instead and says nothing.
    """

    label: str
    data: str
    url: str = ""


Keyboard = Sequence[Sequence[Button]]
"""Lines of buttons, from the top."""


@dataclass(frozen=True)
class Message:
    """Text in Telegram's HTML with its buttons; `task_id` says whose card it is, if it is one.

    One that only `reminds` is taken away once a later one reminds of the same tasks.
    """

    text: str
    keyboard: Keyboard | None = None
    task_id: int | None = None
    picture: bytes | None = None
    reminds: bool = False


@dataclass(frozen=True)
class Delivery:
    """Where a message goes: a new one, or in place of `edits` (a message id of that chat).

    One that `answers` a message of the chat is shown as a reply to it, where that is still there.
    """

    chat_id: int
    message: Message
    topic_id: int | None = None
    edits: int | None = None
    silent: bool = False
    answers: int | None = None
