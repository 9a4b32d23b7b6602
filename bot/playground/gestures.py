"""What people can do in the app. Each becomes an update for the bot."""

import time
from typing import Any

from bot.playground import groups
from bot.playground.api.entities import Entity
from bot.playground.api.mentions import find
from bot.playground.api.messages import Json, Message
from bot.playground.emulator import QUERY_LIFETIME, Emulator, Query
from bot.playground.files import attachment
from bot.playground.people import Group, Person


class NotPossible(Exception):  # noqa: N818 - the app would not offer it
    """The app would not let the person do this; the words say why."""


class Gestures:
    """The hands of everybody in the playground."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    def person(self, person_id: int) -> Person:
        """Raises NotPossible for someone who is not there."""
        try:
            return self.emulator.people[person_id]
        except KeyError:
            raise NotPossible(f"there is no person {person_id}") from None

    def say(
        self,
        person_id: int,
        text: str,
        chat_id: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        entities: list[Entity] | None = None,
        forward_from: str | None = None,
    ) -> Message:
        """Sends a text. `forward_from` names the person it was written by first."""
        if not text.strip():
            raise NotPossible("there is nothing to send")
        content: Json = {"text": text.strip()} | ({"entities": entities} if entities else {})
        if forward_from:
            content["forward_origin"] = self._origin(forward_from)
        return self._send(person_id, content, chat_id, reply_to, topic)

    def start(self, person_id: int, payload: str = "") -> Message:
        """Presses Start, by a link with a payload or without."""
        return self.say(person_id, f"/start {payload}".strip())

    def upload(
        self,
        person_id: int,
        kind: str,
        name: str,
        mime: str,
        data: bytes,
        caption: str = "",
        chat_id: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
        album: str = "",
        forward_from: str | None = None,
    ) -> Message:
        """Sends a file: `kind` is document, photo or voice; files sent at once share an `album`."""
        stored = self.emulator.files.keep(kind, name, mime, data)
        content = attachment(stored) | ({"caption": caption} if caption else {})
        content |= {"media_group_id": album} if album else {}
        if forward_from:
            content["forward_origin"] = self._origin(forward_from)
        return self._send(person_id, content, chat_id, reply_to, topic)

    def edit(
        self, person_id: int, message_id: int, text: str, chat_id: int | None = None
    ) -> Message:
        """Changes one's own message; the bot gets edited_message."""
        chat_id = chat_id or person_id
        message = self.emulator.messages.find(chat_id, message_id)
        if message is None or message.data["from"]["id"] != person_id:
            raise NotPossible("only one's own messages can be edited")
        is_text = "text" in message.data
        field, marks = ("text", "entities") if is_text else ("caption", "caption_entities")
        now = int(self.emulator.clock.now())
        message.revise(**{field: text, marks: find(text, []) or None, "edit_date": now})
        self.emulator.show_edit(message)
        if self._is_heard(message):
            self.emulator.updates.add("edited_message", message.data)
        return message

    def press(
        self,
        person_id: int,
        message_id: int,
        data: str = "",
        label: str = "",
        chat_id: int | None = None,
    ) -> str:
        """Presses a button by its data, shown still or not, or by its label; returns the query's id."""
        chat_id = chat_id or person_id
        message = self.emulator.messages.find(chat_id, message_id)
        if message is None:
            raise NotPossible(f"chat {chat_id} has no message {message_id}")
        data = data or _data(message, label)
        person, chat = self.person(person_id), self.emulator.chat(chat_id)
        if isinstance(chat, Group):
            self._check_member(person, chat)
        return self._query(person, message, data, label)

    def block(self, person_id: int) -> None:
        """Blocks the bot; it hears of it as Telegram tells it."""
        self._member(self.person(person_id), blocked=True)

    def unblock(self, person_id: int) -> None:
        """Lets the bot write again."""
        self._member(self.person(person_id), blocked=False)

    def _send(
        self,
        person_id: int,
        content: Json,
        chat_id: int | None,
        reply_to: int | None,
        topic: int | None,
    ) -> Message:
        person = self.person(person_id)
        chat = self.emulator.chat(chat_id) if chat_id else person
        if isinstance(chat, Group):
            self._check_member(person, chat)
            if topic:
                content |= self._in_topic(chat, topic)
        elif person.blocked:
            raise NotPossible("the bot is blocked: unblock it first")
        else:
            self._note_started(person)
        if reply_to:
            content["reply_to_message"] = self.emulator.reply_target(chat.id, reply_to)
        message = self.emulator.post(person.user, chat.id, content)
        if self._is_heard(message):
            self.emulator.updates.add("message", message.data)
        return message

    def _in_topic(self, group: Group, topic: int) -> Json:
        if topic not in group.topics:
            raise NotPossible(f"{group.title} has no topic {topic}")
        creator = self.person(group.members[0]).user
        return groups.in_topic(group, topic, creator, int(self.emulator.clock.now()))

    def _is_heard(self, message: Message) -> bool:
        chat = self.emulator.chat(message.chat_id)
        return isinstance(chat, Person) or groups.hears(self.emulator, chat, message.data)

    def _note_started(self, person: Person) -> None:
        if not person.started:
            person.started = True
            self.emulator.feed.publish("person", person.id, person=person.view())

    @staticmethod
    def _check_member(person: Person, group: Group) -> None:
        if person.id not in group.members or group.moved_to:
            raise NotPossible(f"{person.name} is not in {group.title}")

    def _query(self, person: Person, message: Message, data: str, label: str) -> str:
        now = time.monotonic()
        queries = self.emulator.queries
        for old in [key for key, one in queries.items() if now - one.at > QUERY_LIFETIME]:
            del queries[old]
        query_id = str(person.id * 1_000_000_000 + self.emulator.feed.last)
        queries[query_id] = Query(query_id, person.id, message.chat_id, now)
        self.emulator.feed.publish(
            "press", message.chat_id, person_id=person.id, query_id=query_id, label=label or data
        )
        content = {"id": query_id, "from": person.user, "chat_instance": str(message.chat_id)}
        self.emulator.updates.add(
            "callback_query", content | {"message": self._as_it_is(message), "data": data}
        )
        return query_id

    def _as_it_is(self, message: Message) -> Json:
        """The message with the one that it replies to as that is now; without it once it is deleted."""
        replied = message.data.get("reply_to_message")
        if replied is None:
            return message.data
        now = self.emulator.messages.find(message.chat_id, replied["message_id"])
        rest = {name: value for name, value in message.data.items() if name != "reply_to_message"}
        return rest if now is None else rest | {"reply_to_message": replied | now.data}

    def _member(self, person: Person, blocked: bool) -> None:
        if person.blocked == blocked:
            return
        person.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        self.emulator.feed.publish("person", person.id, person=person.view())
        self.emulator.updates.add(
            "my_chat_member",
            {
                "chat": person.chat,
                "from": person.user,
                "date": int(self.emulator.clock.now()),
                "old_chat_member": groups.standing(self.emulator, before),
                "new_chat_member": groups.standing(self.emulator, after),
            },
        )

    def _origin(self, name: str) -> dict[str, Any]:
        date = int(self.emulator.clock.now())
        for person in self.emulator.people.values():
            if person.name == name:
                return {"type": "user", "date": date, "sender_user": person.user}
        return {"type": "hidden_user", "date": date, "sender_user_name": name}


def _data(message: Message, label: str) -> str:
    """The data behind a label of the keyboard as it stands."""
    rows = message.data.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if button["text"] == label and "callback_data" in button:
            return str(button["callback_data"])
    raise NotPossible(f"message {message.id} has no button {label!r}")
