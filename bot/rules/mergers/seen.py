"""What somebody saw before they decided on a merger: what was counted, and whether it still is so."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SEEN = ("units", "people", "charges", "tasks", "parts", "series", "invitations", "files")
"""What is counted, in the order it is shown."""


@dataclass(frozen=True)
class Seen:
    """The rows of each kind that a merger is about, as whoever decides on it saw them."""

    rows: Mapping[str, Sequence[Any]]

    def count(self, what: str) -> int:
        return len(self.rows.get(what, ()))

    @property
    def counts(self) -> dict[str, int]:
        return {what: self.count(what) for what in SEEN}

    @cached_property
    def prints(self) -> dict[str, list[Any]]:
        """Return of each kind how many there are and the hash of them all, as a draft keeps it."""
        return {what: [self.count(what), _hash(self.rows.get(what, ()))] for what in SEEN}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all of it."""
        return _hash(self.prints)


def changed(before: Mapping[str, Sequence[Any]], after: Seen) -> list[tuple[str, int, int]]:
    """Return what is not as it was seen: the kind, how many there were, and how many there are."""
    now = after.prints
    return [
        (what, int(before[what][0]), int(now[what][0]))
        for what in SEEN
        if what in before and list(before[what]) != now[what]
    ]


def _hash(rows: Any) -> str:
    whole = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
