"""Inline buttons: each carries kind, id and version in Telegram's 64 bytes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.chat.messages import Button, Keyboard

SEPARATOR = ":"


@dataclass(frozen=True)
class Press:
    """What a pressed button says; `value` is what was chosen, if the button offers a choice."""

    kind: str
    id: int
    version: int
    value: str = ""

    @property
    def data(self) -> str:
        return SEPARATOR.join((self.kind, str(self.id), str(self.version), self.value))


def parse(data: str | None) -> Press | None:
    """Return what a button's data says; None for data that this program never wrote."""
    kind, _, rest = (data or "").partition(SEPARATOR)
    number, _, rest = rest.partition(SEPARATOR)
    version, _, value = rest.partition(SEPARATOR)
    if not (number.isdecimal() and version.isdecimal() and len(number) < 19 > len(version)):
        return None
    return Press(kind, int(number), int(version), value)


def button(label: str, kind: str, id_: int = 0, version: int = 0, value: str = "") -> Button:
    """Return a button that says what `parse` will read."""
    return Button(label, Press(kind, id_, version, value).data)


def turns(opens: Callable[[str, int], Button], offset: int, size: int, total: int) -> list[Button]:
    """Return the buttons to the pages of `size` before and after the one at `offset`, where there are such.

    `opens` makes one of its label and the offset of its page.
    """
    before = [opens("‹ Trước", max(0, offset - size))] if offset else []
    after = [opens("Sau ›", offset + size)] if offset + size < total else []
    return before + after


def short(label: str, limit: int) -> str:
    """Return at most so many characters of a label, which is shown as it stands: no mark-up in it."""
    return label if len(label) <= limit else label[: limit - 1] + "…"


def link(label: str, url: str) -> Button:
    """Return a button that opens an address."""
    return Button(label, "", url)


def rows(*lines: Sequence[Button]) -> Keyboard | None:
    """Return a keyboard of the lines that have buttons; None when none has."""
    return [line for line in lines if line] or None


def pairs(buttons: Sequence[Button], width: int = 2) -> list[list[Button]]:
    """Lay buttons out in lines of so many."""
    return [list(buttons[n : n + width]) for n in range(0, len(buttons), width)]
