"""Where an apology goes: to the chat and the topic in which somebody said or pressed it."""

import json

import pytest

from bot.delivery.telegram_updates import place

GROUP = {"id": -100200, "type": "supergroup"}
IN_TOPIC = {"message_id": 5, "chat": GROUP, "message_thread_id": 2, "is_topic_message": True}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"message": {"chat": {"id": 101}}}, (101, None)),
        ({"message": IN_TOPIC}, (-100200, 2)),
        ({"edited_message": IN_TOPIC}, (-100200, 2)),
        ({"message": {"chat": GROUP, "message_thread_id": 7}}, (-100200, None)),
        ({"callback_query": {"id": "1", "message": IN_TOPIC}}, (-100200, 2)),
        ({"callback_query": {"id": "1"}}, None),
        ({"my_chat_member": {"chat": GROUP}}, None),
        ({}, None),
    ],
)
def test_where_somebody_said_it(
    update: dict[str, object], expected: tuple[int, int | None] | None
) -> None:
    assert place(json.dumps({"update_id": 1, **update})) == expected
