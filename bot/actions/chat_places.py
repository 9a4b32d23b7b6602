"""Where talk happens: a chat or one of its topics, and a message in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A chat, or one of its topics."""

    chat_id: int
    topic_id: int | None = None

    @property
    def is_in_group(self) -> bool:
        """Whether several people read there: Telegram numbers groups below zero."""
        return self.chat_id < 0


@dataclass(frozen=True)
class Card(Place):
    """A message that shows a task."""

    message_id: int = 0
