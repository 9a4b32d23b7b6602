"""What can be wrong with a package, and which file of it, in words that are safe to print."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST = 120
"""Letters that are shown of what somebody else wrote, so that a line stays one."""


class Wrong(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    TWICE = "twice"
    """Two files have the same name: a reader takes the one, another reader the other."""
    NOT_A_FILE = "not_a_file"
    """A link, also a second name of one file, a device, a pipe."""
    PACKING = "packing"
    """Encrypted, or packed in a way in which no package is."""
    SIZE = "size"
    """The ZIP is wrong about its size or its place."""
    UNFIT = "unfit"
    """Its content is not what stands in such a file."""
    SHELL = "shell"
    """A byte of the ZIP around the files: nothing in them."""
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    """To read it takes more memory than a package may."""


@dataclass(frozen=True)
class Flaw:
    """What is wrong with which file; with a record in it (an event, a line) where that is known."""

    path: str
    wrong: Wrong
    record: str = ""


def printable(said: str) -> str:
    """Return words without what a terminal would do instead of showing it."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in said)


def shortened(said: str) -> str:
    """Return what somebody else wrote as it can be shown: printable, and not for ever."""
    return printable(said[:LONGEST]) + ("..." if len(said) > LONGEST else "")
