"""One person's phone: conversations with the bot that read like conversations.

async with Remote(address) as play:
    linh = await Phone.of(play, "Trịnh Quang Lĩnh")
    await linh.start()
    await linh.say("Giao đồng chí Mạc Thiên Ân soạn báo cáo, trước 17h thứ Sáu")
    draft = await linh.expect("soạn báo cáo", button="Giao việc")
    toast = await linh.press("Giao việc", draft)
"""

import io
import re
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.playground.hearing import Found, Hearing, Unanswered
from bot.playground.remote import Remote
from bot.playground.seen import Json, Seen, Toast

__all__ = ["Phone", "Unanswered"]


class Phone:
    """Everything since the chat began counts as unheard until `expect` returns it.

    `patience` is how many seconds the phone waits for the bot. A `chat` of None is the private one.
    """

    patience = 10.0

    def __init__(
        self, remote: Remote, person: Json, echo: Callable[[str], None] = lambda line: None
    ) -> None:
        self.remote = remote
        self.id: int = person["id"]
        self.name: str = person["name"]
        self._echo = echo
        self._chats: dict[int, Hearing] = {}

    @classmethod
    async def of(
        cls, remote: Remote, who: int | str, echo: Callable[[str], None] = lambda line: None
    ) -> "Phone":
        """The phone of someone there, by Telegram id, name or username; `echo` gets each line."""
        for person in await remote.people():
            if who in (person["id"], person["name"], person["username"]):
                return cls(remote, person, echo)
        raise LookupError(f"nobody in the playground is {who!r}")

    @classmethod
    async def of_stranger(cls, remote: Remote, name: str) -> "Phone":
        """The phone of someone whom the office does not know."""
        return cls(remote, await remote.add_person(name))

    async def start(self, payload: str = "") -> None:
        """Presses Start, or follows t.me/<bot>?start=<payload>."""
        await self._do("start", payload=payload)

    async def say(
        self, text: str, *, reply_to: Seen | None = None, chat: int | None = None, **more: Any
    ) -> Seen:
        """Sends a text; `more` is topic, entities or forward_from as the control API takes them."""
        reply = reply_to.id if reply_to else None
        return Seen.read(await self._do("say", text=text, chat_id=chat, reply_to=reply, **more))

    async def send_file(
        self,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        kind: str = "document",
        chat: int | None = None,
        reply_to: Seen | None = None,
        **more: str,
    ) -> Seen:
        """Sends a file: `kind` is document, photo or voice; `more` is album or forward_from."""
        fields = {"person_id": str(self.id), "kind": kind, "caption": caption, **more}
        fields |= {"reply_to": str(reply_to.id)} if reply_to else {}
        form = aiohttp.FormData(fields, quote_fields=False)
        form.add_field("chat_id", str(chat or self.id))
        form.add_field("file", io.BytesIO(content), filename=name)
        return Seen.read(await self.remote.post("upload", form))

    async def edit(self, message: Seen, text: str) -> None:
        """Changes one's own message."""
        await self._do("edit", message_id=message.id, text=text, chat_id=message.chat_id)

    async def block(self) -> None:
        """Blocks the bot."""
        await self._do("block")

    async def unblock(self) -> None:
        """Lets the bot write again."""
        await self._do("unblock")

    async def add_bot(self, chat: int, as_admin: bool = False) -> None:
        """Puts the bot into a group."""
        await self._do("add_bot", chat_id=chat, as_admin=as_admin)

    async def remove_bot(self, chat: int) -> None:
        """Puts the bot out of a group."""
        await self._do("remove_bot", chat_id=chat)

    async def upgrade_group(self, chat: int) -> int:
        """Makes a supergroup of a basic group and returns its id."""
        moved = await self._do("upgrade_group", chat_id=chat)
        return int(moved["migrate_to_chat_id"])

    async def press(
        self, label: str, message: Seen | None = None, *, chat: int | None = None
    ) -> Toast:
        """Presses a button and returns what the bot answers.

        `message` as the person saw it, so that a stale button can be pressed; without it the
        newest message that shows such a button, waited for. `label` may be a part of what it says.
        """
        query_id = await self.press_and_go(label, message, chat=chat)
        place = message.chat_id if message else chat
        missing = f"nobody answered the press on [{label}]"
        return await self._until(lambda known: known.toasts.get(query_id), missing, place)

    async def press_and_go(
        self, label: str, message: Seen | None = None, *, chat: int | None = None
    ) -> str:
        """As `press` without waiting for the answer; returns the query's id."""

        def shown(known: Hearing) -> Seen | None:
            cards = [one for one in known.standing.values() if one.by_bot and one.button(label)]
            return cards[-1] if cards else None

        card = message
        if card is None:
            card = await self._until(shown, f"no message has a button [{label}]", chat)
        button = card.button(label)
        if button is None or not button.data:
            raise Unanswered(f"no button [{label}] to press, only {card.labels}\n{card.line()}")
        place = {"message_id": card.id, "chat_id": card.chat_id}
        done = await self._do("press", data=button.data, label=button.label, **place)
        return str(done["query_id"])

    async def expect(
        self,
        text: str | re.Pattern[str] = "",
        *,
        button: str = "",
        edited: bool | None = None,
        chat: int | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the deadline of a story
    ) -> Seen:
        """Waits for the bot's first unheard message, new or edited, and returns it as it came.

        `text` is a part of it or a pattern; `button` is on it; `edited` asks for one kind alone.
        Raises Unanswered with the transcript after `timeout` seconds.
        """

        def heard(known: Hearing) -> Seen | None:
            for one in known.unheard:
                if edited in (None, one.edited) and _matches(one, text, button):
                    known.unheard.remove(one)
                    return one
            return None

        wanted = text.pattern if isinstance(text, re.Pattern) else text
        missing = f"never heard {wanted!r}" + (f" with [{button}]" if button else "")
        return await self._until(heard, missing, chat, timeout)

    async def catch_up(self, chat: int | None = None) -> None:
        """Counts all that has come so far as heard."""
        known = self._chat(chat)
        await known.listen(0)
        known.unheard.clear()

    async def messages(self, chat: int | None = None) -> list[Seen]:
        """The chat as it stands now, oldest first."""
        known = self._chat(chat)
        await known.listen(0)
        return list(known.standing.values())

    async def last_card(self, chat: int | None = None) -> Seen:
        """The newest message of the bot that has buttons. Raises Unanswered where there is none."""
        for message in reversed(await self.messages(chat)):
            if message.by_bot and message.rows:
                return message
        raise Unanswered(f"{self.name} has no card\n{self._chat(chat).transcript()}")

    async def download(self, message: Seen) -> bytes:
        """The file of a message."""
        if message.file is None:
            raise Unanswered(f"there is no file in: {message.line()}")
        async with self.remote.session.get(f"/play/files/{message.file['file_id']}") as answer:
            return await answer.read()

    async def menu(self) -> list[str]:
        """The commands the bot offers this person."""
        return [one["command"] for one in await self.remote.get("menu", person=self.id)]

    async def _do(self, gesture: str, **parameters: Any) -> Json:
        given = {key: value for key, value in parameters.items() if value is not None}
        done: Json = await self.remote.post(gesture, {"person_id": self.id, **given})
        await self._chat(given.get("chat_id")).listen(0)
        return done

    def _chat(self, chat: int | None) -> Hearing:
        chat_id = chat or self.id
        if chat_id not in self._chats:
            self._chats[chat_id] = Hearing(self.remote, self.id, chat_id)
            self._chats[chat_id].echo = self._echo
        return self._chats[chat_id]

    async def _until(
        self,
        find: Callable[[Hearing], Found | None],
        missing: str,
        chat: int | None,
        seconds: float | None = None,
    ) -> Found:
        patience = self.patience if seconds is None else seconds
        known = self._chat(chat)
        found = await known.until(find, patience)
        if found is None:
            raise Unanswered(f"{self.name}: {missing} in {patience} s\n{known.transcript()}")
        return found


def _matches(message: Seen, text: str | re.Pattern[str], button: str) -> bool:
    said = text.search(message.text) if isinstance(text, re.Pattern) else text in message.text
    return bool(said) and (not button or message.button(button) is not None)
