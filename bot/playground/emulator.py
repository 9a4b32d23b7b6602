"""The state of the playground: one bot, its people, chats, files and what waits for it."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext
from typing import Any

from bot.playground.api.faults import Faults
from bot.playground.api.feed import Feed
from bot.playground.api.limits import Flood
from bot.playground.api.mentions import find
from bot.playground.api.messages import Json, Message, Messages
from bot.playground.api.refused import Refused, bad_request, forbidden, too_many_requests
from bot.playground.api.updates import Updates
from bot.playground.files import Files
from bot.playground.people import Group, Person, bot_user
from bot.playground.shift import ShiftedClock

TOKEN = "8000000001:playground-has-no-secret-to-keep-000"  # noqa: S105 - opens nothing
QUERY_LIFETIME = 15.0
_FIRST_STRANGER = 710000001
_FIRST_GROUP = -1002000000001
_FIRST_BASIC_GROUP = -4000000001


@dataclass(frozen=True)
class BotCall:
    """One line of the log: `at` is shifted Unix time, `outcome` "ok" or what was refused.

    What was done but not said to be is "ok, then drop" or "ok, then nonsense".
    """

    number: int
    method: str
    at: float
    chat_id: int | None
    outcome: str


@dataclass(frozen=True)
class Query:
    """A press that waits for its answer; `at` is monotonic."""

    id: str
    person_id: int
    chat_id: int
    at: float


@dataclass
class Hook:
    """Where updates are sent, and what went wrong last."""

    url: str
    secret: str
    max_connections: int
    trusted: SSLContext | None = None
    last_error: str = ""
    last_error_date: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}


class Emulator:
    """Everything in memory; made anew for every test."""

    def __init__(
        self, people: Iterable[Person] = (), clock_file: Path | None = None, token: str = TOKEN
    ) -> None:
        self.token = token
        self.bot = bot_user(int(token.partition(":")[0]))
        self.people = {person.id: person for person in people}
        self.groups: dict[int, Group] = {}
        self.clock = ShiftedClock(clock_file)
        self.messages = Messages()
        self.feed = Feed()
        self.files = Files()
        self.flood = Flood()
        self.faults = Faults()
        self.updates = Updates(self._read_by_bot)
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, int, int, str], list[Json]] = {}
        self.webhook: Hook | None = None
        self.replicas: list[str] = []
        """Addresses that the webhook's stands for, as behind a proxy; who refuses is passed over."""
        self.hooked = asyncio.Event()
        self.calls: list[BotCall] = []

    def add_person(self, name: str, username: str = "") -> Person:
        """A stranger: someone with an account whom the office does not know."""
        person_id = max([_FIRST_STRANGER - 1, *self.people]) + 1
        self.people[person_id] = Person(person_id, name, username, unit="Người lạ")
        self.feed.publish("person", person_id, person=self.people[person_id].view())
        return self.people[person_id]

    def add_group(
        self, title: str, members: list[int], topics: list[str], basic: bool = False
    ) -> Group:
        """A group with the bot in it, of which it has not heard; a forum where topics are named."""
        threads = {2 + place: name for place, name in enumerate(topics)}
        first = _FIRST_BASIC_GROUP if basic else _FIRST_GROUP
        group = Group(first - len(self.groups), title, members, threads, basic=basic)
        self.groups[group.id] = group
        self.show_group(group)
        return group

    def show_group(self, group: Group) -> None:
        """Shows its members what has become of a group."""
        for person_id in group.members:
            self.feed.publish("group", person_id, group=group.view())

    def chat(self, chat_id: int) -> Person | Group:
        """Raises Refused where there is none."""
        if found := self.people.get(chat_id) or self.groups.get(chat_id):
            return found
        raise bad_request("chat not found")

    def admit(self, chat_id: int, edit: bool = False) -> None:
        """Raises Refused where the bot may not write to this chat, or not so fast."""
        self.let_in(chat_id)
        if self.faults.limits and (wait := self.flood.wait(chat_id, edit, time.monotonic())):
            raise too_many_requests(wait)

    def let_in(self, chat_id: int) -> None:
        """Raises Refused where the bot is shut out of this chat."""
        person, group = self.people.get(chat_id), self.groups.get(chat_id)
        if group and group.moved_to:
            upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refused(400, upgraded, migrate_to_chat_id=group.moved_to)
        if group and not group.has_bot:
            kind = "group" if group.basic else "supergroup"
            raise forbidden(f"bot was kicked from the {kind} chat")
        if person and person.blocked:
            raise forbidden("bot was blocked by the user")
        if person and not person.started:
            raise forbidden("bot can't initiate conversation with a user")

    def post(
        self, sender: Json, chat_id: int, content: Json, keyboard: Json | None = None
    ) -> Message:
        """Puts a message into a chat, links and commands in it found, and shows it to everyone."""
        for text, entities in (("text", "entities"), ("caption", "caption_entities")):
            if text in content and (found := find(content[text], content.get(entities, []))):
                content = content | {entities: found}
        envelope = {"from": sender, "chat": self.chat(chat_id).chat, "date": int(self.clock.now())}
        by_bot = sender is self.bot
        message = self.messages.add(chat_id, envelope | content, by_bot, keyboard)
        self.feed.publish("new", chat_id, message=message.view())
        return message

    def show_edit(self, message: Message) -> None:
        """Shows everyone what has become of a message."""
        self.feed.publish("edit", message.chat_id, message=message.view())

    def reply_target(self, chat_id: int, message_id: int) -> Json:
        """The message replied to, as a reply shows it. Raises Refused where there is none."""
        if message := self.messages.find(chat_id, message_id):
            return {key: value for key, value in message.data.items() if key != "reply_to_message"}
        raise bad_request("message to be replied not found")

    def record(self, method: str, chat_id: int | None, outcome: str) -> None:
        """Writes a call of the bot into the log."""
        self.calls.append(BotCall(len(self.calls) + 1, method, self.clock.now(), chat_id, outcome))

    def release(self) -> None:
        """Lets every long poll end, so that the server can stop."""
        self.updates.release()
        self.feed.release()

    def _read_by_bot(self, update: Any) -> None:
        """Marks a message as read once the bot has let its update go."""
        message = update.get("message") if isinstance(update, dict) else None
        match message:
            case {"message_id": int(message_id), "chat": {"id": int(chat_id)}}:
                if found := self.messages.find(chat_id, message_id):
                    found.read = True
                    self.feed.publish("read", chat_id, message_id=message_id)
