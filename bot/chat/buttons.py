"""Inline buttons: each carries a kind, an id, a version and perhaps a value in Telegram's 64 bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.chat.messages import Button, Keyboard

SEPARATOR = ":"


@dataclass(frozen=True)
class Press:
    """The data of a pressed button; `value` is the choice that the button stands for, "" where it offers none."""

    kind: str
    id: int
    version: int
    value: str = ""

    @property
    def data(self) -> str:
        return SEPARATOR.join((self.kind, str(self.id), str(self.version), self.value))


def parse(data: str | None) -> Press | None:
    """Read the data of a button; return None for data that this program never wrote."""
    kind, _, rest = (data or "").partition(SEPARATOR)
    number, _, rest = rest.partition(SEPARATOR)
    version, _, value = rest.partition(SEPARATOR)
    if not (number.isdecimal() and version.isdecimal() and len(number) < 19 > len(version)):
        return None
    return Press(kind, int(number), int(version), value)


def button(label: str, kind: str, id_: int = 0, version: int = 0, value: str = "") -> Button:
    """Return a button whose data `parse` reads back."""
    return Button(label, Press(kind, id_, version, value).data)


def turns(opens: Callable[[str, int], Button], offset: int, size: int, total: int) -> list[Button]:
    """Return the buttons to the previous and the next page, as far as these exist.

    A page has `size` entries; the present one begins at `offset`. `opens` makes a button from its label and the
    offset of its page.
    """
    before = [opens("‹ Trước", max(0, offset - size))] if offset else []
    after = [opens("Sau ›", offset + size)] if offset + size < total else []
    return before + after


def short(label: str, limit: int) -> str:
    """Shorten a label to at most `limit` characters. A label is plain text, so nothing is escaped."""
    return label if len(label) <= limit else label[: limit - 1] + "…"


def link(label: str, url: str) -> Button:
    """Return a button that opens a URL."""
    return Button(label, "", url)


def rows(*lines: Sequence[Button]) -> Keyboard | None:
    """Return a keyboard of the non-empty lines; None when every line is empty."""
    return [line for line in lines if line] or None


def pairs(buttons: Sequence[Button], width: int = 2) -> list[list[Button]]:
    """Lay out buttons in lines of `width`."""
    return [list(buttons[n : n + width]) for n in range(0, len(buttons), width)]
