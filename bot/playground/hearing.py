"""What one phone has heard in one chat, and the waiting for more."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from bot.playground.remote import Remote
from bot.playground.seen import Seen, Toast

Found = TypeVar("Found")


class Unanswered(AssertionError):  # noqa: N818 - what a story fails with
    """The bot did not do what the person waited for; the text ends with the transcript."""


class Hearing:
    """`standing` is the chat as it is now, by message id; `unheard` what nobody waited for yet."""

    def __init__(self, remote: Remote, person_id: int, chat_id: int) -> None:
        self._remote = remote
        self._person_id = person_id
        self._chat_id = chat_id
        self._cursor = 0
        self.standing: dict[int, Seen] = {}
        self.unheard: list[Seen] = []
        self.toasts: dict[str, Toast] = {}
        self.lines: list[str] = []
        self.echo: Callable[[str], None] = lambda line: None

    async def listen(self, seconds: float) -> None:
        """Takes in what is new, waiting up to `seconds` for something."""
        answer = await self._remote.get(
            "events", chat=self._chat_id, since=self._cursor, timeout=seconds
        )
        self._cursor = answer["cursor"]
        for event in answer["events"]:
            self._take(event)

    async def until(
        self, find: Callable[["Hearing"], Found | None], seconds: float
    ) -> Found | None:
        """What `find` finds, looked for again after everything new; None when time is up."""
        deadline = asyncio.get_running_loop().time() + seconds
        await self.listen(0)
        while (found := find(self)) is None:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            await self.listen(left)
        return found

    def transcript(self, count: int = 20) -> str:
        """The last lines of the conversation."""
        return "\n".join(["-" * 40, *self.lines[-count:], "-" * 40])

    def _take(self, event: dict[str, Any]) -> None:
        match event:
            case {"kind": "new" | "edit" as kind, "message": message}:
                self._take_message(Seen.read(message, edited=kind == "edit"))
            case {"kind": "delete", "message_id": message_id}:
                self._write(f"(xóa tin {message_id})")
                self.standing.pop(message_id, None)
            case {"kind": "toast", "person_id": self._person_id, "query_id": query_id}:
                toast = Toast(event["text"], event["alert"], event["url"])
                self.toasts[query_id] = toast
                if toast.text:
                    self._write(f"  ({toast.text})")
            case {"kind": "press", "person_id": self._person_id, "label": label}:
                self._write(f"  → bấm [{label}]")

    def _take_message(self, message: Seen) -> None:
        self.standing[message.id] = message
        if message.by_bot:
            self.unheard.append(message)
        self._write(message.line())

    def _write(self, line: str) -> None:
        self.lines.append(line)
        self.echo(line)
