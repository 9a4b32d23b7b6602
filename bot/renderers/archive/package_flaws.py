"""What can be wrong with a package and with which of its files, in words that are safe to print."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 120
"""Maximum characters shown of a text that somebody else wrote, to keep it on one line."""


class Wrong(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    TWICE = "twice"
    """Two files have the same name: one reader takes the first, another the second."""
    NOT_A_FILE = "not_a_file"
    """A link (also a second name of one file), a device or a pipe."""
    PACKING = "packing"
    """Encrypted, or compressed in a way that no package uses."""
    SIZE = "size"
    """The ZIP states a wrong size or position."""
    UNFIT = "unfit"
    """Its content is not what this file should hold."""
    SHELL = "shell"
    """A byte of the ZIP outside the files was changed; the files themselves are sound."""
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    """Reading it takes more memory than a package may use."""


@dataclass(frozen=True)
class Flaw:
    """What is wrong with which file; `record` names the place in it (an event, a line) where that is known."""

    path: str
    wrong: Wrong
    record: str = ""


def printable(said: str) -> str:
    """Return a text with all unprintable characters escaped, so that a terminal does not act on them."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in said)


def shortened(said: str) -> str:
    """Return a text that somebody else wrote, printable and cut to LONGEST."""
    return printable(said[:LONGEST]) + ("..." if len(said) > LONGEST else "")
