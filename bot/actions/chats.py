"""Where talk happens: a chat or one of its topics, and a message in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A chat, or one of its topics."""

    chat_id: int
    topic_id: int | None = None


@dataclass(frozen=True)
class Card(Place):
    """A message that shows a task."""

    message_id: int = 0
