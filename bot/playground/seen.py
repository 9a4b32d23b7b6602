"""A message as a person sees it on the phone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """`data` is empty for a button that only opens a link."""

    label: str
    data: str
    url: str = ""


@dataclass(frozen=True)
class Toast:
    """What answers a press: a line that fades, or an alert to be closed."""

    text: str
    alert: bool
    url: str = ""


@dataclass(frozen=True)
class Seen:
    """A message as it stood when it came or was edited; `text` is the caption of a file."""

    id: int
    chat_id: int
    sender: str
    by_bot: bool
    edited: bool
    at: datetime
    text: str
    rows: list[list[Button]]
    raw: Json

    @classmethod
    def read(cls, data: Json, edited: bool = False) -> "Seen":
        """From the shape of the Bot API."""
        rows = data.get("reply_markup", {}).get("inline_keyboard", [])
        return cls(
            id=data["message_id"],
            chat_id=data["chat"]["id"],
            sender=data["from"]["first_name"],
            by_bot=data["play"]["by_bot"],
            edited=edited or data["play"]["edits"] > 0,
            at=datetime.fromtimestamp(data["date"], UTC),
            text=data.get("text") or data.get("caption") or "",
            rows=[[_button(one) for one in row] for row in rows],
            raw=data,
        )

    @property
    def buttons(self) -> list[Button]:
        """All buttons, row by row."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say, row by row."""
        return [button.label for button in self.buttons]

    def button(self, label: str) -> Button | None:
        """The button that says `label`, or else the first that has it in what it says."""
        exact = [button for button in self.buttons if button.label == label]
        near = [button for button in self.buttons if label in button.label]
        return next(iter(exact + near), None)

    @property
    def file(self) -> Json | None:
        """The document, voice or largest size of the picture; None for a plain text."""
        sizes: list[Json] = self.raw.get("photo", [])
        file: Json | None = self.raw.get("document") or self.raw.get("voice")
        return file or (sizes[-1] if sizes else None)

    def line(self) -> str:
        """One message of a transcript."""
        file = self.file
        name = f"📎 {file.get('file_name', 'ảnh')} " if file else ""
        mark = " (sửa)" if self.edited else ""
        rows = ["    " + " ".join(f"[{one.label}]" for one in row) for row in self.rows]
        body = (name + self.text).replace("\n", "\n    ")
        return "\n".join([f"{self.sender}{mark}: {body}", *rows])


def _button(data: Json) -> Button:
    return Button(data["text"], data.get("callback_data", ""), data.get("url", ""))
