"""Every message of every chat, with all it was before."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Message:
    """`data` is what the Bot API shows; it is replaced by an edit, never changed.

    `keyboard` is a reply keyboard or forced reply that only people see; `read` that the bot let
    its update go.
    """

    id: int
    chat_id: int
    data: Json
    by_bot: bool
    keyboard: Json | None = None
    history: list[Json] = field(default_factory=list)
    deleted: bool = False
    read: bool = False

    def revise(self, **changes: Any) -> None:
        """Edits in place; a field given as None goes."""
        self.history.append(self.data)
        fresh = self.data | changes
        self.data = {key: value for key, value in fresh.items() if value is not None}

    def view(self) -> Json:
        """What the page and the phone show."""
        view: Json = {"by_bot": self.by_bot, "edits": len(self.history), "read": self.read}
        if self.keyboard:
            view["keyboard"] = self.keyboard
        return self.data | {"play": view}


class Messages:
    """Message ids are unique over all chats."""

    def __init__(self) -> None:
        self._by_id: dict[int, Message] = {}
        self._by_chat: defaultdict[int, list[Message]] = defaultdict(list)

    def add(self, chat_id: int, data: Json, by_bot: bool, keyboard: Json | None = None) -> Message:
        """Gives the message its id and keeps it."""
        number = len(self._by_id) + 1
        message = Message(number, chat_id, {"message_id": number, **data}, by_bot, keyboard)
        self._by_id[number] = message
        self._by_chat[chat_id].append(message)
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """None where the chat has no such message, or no longer."""
        message = self._by_id.get(message_id)
        if message is None or message.chat_id != chat_id or message.deleted:
            return None
        return message

    def of_chat(self, chat_id: int) -> list[Message]:
        """All of a chat that are not deleted, oldest first."""
        return [message for message in self._by_chat[chat_id] if not message.deleted]

    def newest(self) -> dict[int, Message]:
        """The last message of each chat that has one."""
        chats = {chat_id: self.of_chat(chat_id) for chat_id in list(self._by_chat)}
        return {chat_id: messages[-1] for chat_id, messages in chats.items() if messages}
