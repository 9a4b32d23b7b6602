"""One update being answered: who sent it, where and when, and the ways to answer it."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from telegram import Message as Received
from telegram import Update

from bot.actions import dialogs
from bot.actions.chat_places import Card, Place
from bot.actions.files.file_store import Paper
from bot.actions.focus import ALL, LookedAt
from bot.actions.office import Office
from bot.actions.privacy import access_log
from bot.actions.privacy.access_log import Read, Reader
from bot.chat.buttons import Press, parse
from bot.chat.messages import Delivery, Message
from bot.refusals import Refusal
from bot.rules.rights import Standpoint
from storage.records import Member, UpdateKey


class Speaker(Protocol):
    """Sends the answers of a turn; every method raises when it could not."""

    async def send(self, delivery: Delivery) -> int: ...

    async def answer_press(
        self, query_id: str, text: str | None = None, alert: bool = False
    ) -> None: ...

    async def send_file(
        self, chat_id: int, data: bytes | Path, name: str, caption: str = ""
    ) -> int: ...

    async def set_menu(self, chat_id: int, commands: Sequence[tuple[str, str]]) -> None: ...

    async def download(self, file_id: str, limit: int) -> bytes: ...


@dataclass
class SentFile:
    """What is known of the file that came with a message, while the message is answered."""

    paper: Paper | None = None
    """The fetched file; None while no handler has fetched it. The handler may have put it into a task."""
    settled: bool = False
    """Whether the file needs no answer of its own: it was read as a list, or belongs to files sent together."""
    unread: Refusal | None = None
    """Why the file could not be read as a list, if it may have been meant as one."""


@dataclass
class Turn:
    """A known person's update; `now` is the office's clock, the same moment for the whole answer."""

    office: Office
    speaker: Speaker
    update: Update
    key: UpdateKey
    now: datetime
    member: Member
    who: Standpoint
    elsewhere: Place | None = None
    """Where the update is answered, if not where it came from."""
    file: SentFile = field(default_factory=SentFile)
    again: Update | None = None
    """An update to handle next, as if it had just been sent."""

    @cached_property
    def place(self) -> Place:
        if self.elsewhere is not None:
            return self.elsewhere
        chat = self.update.effective_chat
        message = self.update.effective_message
        topic = message.message_thread_id if message and message.is_topic_message else None
        return Place(chat.id if chat else self.member.telegram_id or 0, topic)

    @cached_property
    def press(self) -> Press | None:
        """The button pressed; None for a message."""
        query = self.update.callback_query
        return parse(query.data) if query else None

    @property
    def pressed(self) -> Press:
        """The button pressed, for handlers of presses; raises LookupError for any other update."""
        if self.press is None:
            raise LookupError("this update is not a press on a button of ours")
        return self.press

    @cached_property
    def card(self) -> Card | None:
        """The place of the message whose button was pressed; None for a message, or when answered elsewhere."""
        query = self.update.callback_query
        if query is None or query.message is None or self.elsewhere is not None:
            return None
        return Card(self.place.chat_id, self.place.topic_id, query.message.message_id)

    @property
    def message(self) -> Received | None:
        """The message received; None for a press."""
        return None if self.update.callback_query else self.update.effective_message

    @property
    def replied(self) -> Received | None:
        """The message that the received message replies to.

        In a topic Telegram marks every other message as a reply to the topic's first message: that is no reply.
        """
        original = self.message.reply_to_message if self.message else None
        return None if original is None or original.forum_topic_created else original

    def is_ours(self, message: Received) -> bool:
        """Tell whether this bot wrote a message."""
        return message.from_user is not None and message.from_user.id == self.update.get_bot().id

    @property
    def text(self) -> str:
        """The text or caption of the message received; in a group without the bot's name."""
        message = self.message
        said = (message.text or message.caption or "") if message else ""
        chat = self.update.effective_chat
        if chat is None or not Place(chat.id).is_in_group:
            return said
        return re.sub(rf"(?<!\S)@{self.bot_name}\b[\s,:]*", "", said, count=1, flags=re.IGNORECASE)

    @property
    def gives_up(self) -> bool:
        """Whether the words give up what is being written."""
        return dialogs.is_given_up(self.text)

    async def names_somebody(self) -> bool:
        """Tell whether words that could give up a question are in fact the name of a person that it asks for."""
        return await dialogs.is_name(self.office, self.who, self.text)

    @property
    def bot_name(self) -> str:
        """The bot's username, without the @."""
        return self.update.get_bot().username

    @property
    def in_group(self) -> bool:
        """Whether the answer goes to a group, where others read it too."""
        return self.place.is_in_group

    def in_private(self) -> "Turn":
        """Return this turn, to be answered in the person's own chat."""
        return replace(self, elsewhere=Place(self.member.telegram_id or 0))

    async def reads(self, read: Read, of: LookedAt = ALL) -> None:
        """Record in the access log what is about to be shown, if it is about units that are not the person's own."""
        await access_log.note(self.office, Reader(self.member, self.who, self.now), read, of)

    async def say(self, message: Message | str) -> int:
        """Answer with a new message and return its id."""
        if isinstance(message, str):
            message = Message(message)
        return await self.speaker.send(
            Delivery(self.place.chat_id, message, topic_id=self.place.topic_id)
        )

    async def put(self, message: Message, message_id: int | None) -> int:
        """Put a message in place of one of ours, or send it anew for None; return its message id."""
        place = self.place
        return await self.speaker.send(
            Delivery(place.chat_id, message, place.topic_id, edits=message_id)
        )

    async def show(self, message: Message, toast: str | None = None) -> int:
        """Put a message in place of the one whose button was pressed; answer a message with a new one.

        Returns the message id. A task's card in a group is for all there, so it is not replaced here: `group_card`
        updates it.
        """
        query = self.update.callback_query
        if query is None or self.card is None:
            return await self.say(message)
        if self.in_group and message.task_id is not None:
            await self.toast(toast)
            return self.card.message_id
        delivery = Delivery(
            self.place.chat_id, message, self.place.topic_id, edits=self.card.message_id
        )
        sent, _ = await asyncio.gather(
            self.speaker.send(delivery), self.speaker.answer_press(query.id, toast)
        )
        return sent

    async def toast(self, text: str | None = None, alert: bool = False) -> None:
        """Answer a press with a short text over the screen, or silently.

        In a turn that is answered elsewhere only an alert is shown: the caller that moved the answer says in the group
        where to look.
        """
        if self.update.callback_query and (alert or self.elsewhere is None):
            await self.speaker.answer_press(self.update.callback_query.id, text, alert)
