"""Where the cards of tasks stand."""

from datetime import datetime

from storage.records.record import Record


class Card(Record):
    """Where a task's card stands: in a person's chat, or in a group (person_id None).

    A group's card knows how many changes there were and how many it shows; it has no message where
    the group moved and the card did not follow yet.
    """

    id: int
    task_id: int
    person_id: int | None
    chat_id: int
    topic_id: int | None
    message_id: int | None
    changes: int
    shown: int
    sent_at: datetime
