"""What a reader answers: the rows of a list, or why there are none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """The cells of a row, without spaces around them, and the line of the file it starts on."""

    line: int
    cells: tuple[str, ...]


class Unreadable(Exception):  # noqa: N818 - an answer to whoever sent the file
    """The file is no list of a kind we know; `line` is where reading stopped, 0 for the whole file."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(line)
        self.line = line


class NoPlace(Exception):  # noqa: N818 - an answer to whoever sent the file
    """So many other files are being read that this one did not get its turn in time."""


class TooHeavy(Exception):  # noqa: N818 - an answer to whoever sent the file
    """The file asks for more time, memory or room than a list may take."""
