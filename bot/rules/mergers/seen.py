"""The rows shown to a person before they decide on a merger, and whether these are still the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SEEN = ("units", "people", "charges", "tasks", "parts", "series", "invitations", "files")
"""The kinds of rows that are counted, in the order in which they are shown."""


@dataclass(frozen=True)
class Seen:
    """The rows of each kind that a merger concerns, as its decider saw them."""

    rows: Mapping[str, Sequence[Any]]

    def count(self, what: str) -> int:
        return len(self.rows.get(what, ()))

    @property
    def counts(self) -> dict[str, int]:
        return {what: self.count(what) for what in SEEN}

    @cached_property
    def prints(self) -> dict[str, list[Any]]:
        """The number of rows of each kind and their hash, as a draft stores them."""
        return {what: [self.count(what), _hash(self.rows.get(what, ()))] for what in SEEN}

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all `prints`, in hexadecimal."""
        return _hash(self.prints)


def changed(before: Mapping[str, Sequence[Any]], after: Seen) -> list[tuple[str, int, int]]:
    """Return the kinds that differ from what was seen, each with the number of rows before and now."""
    now = after.prints
    return [
        (what, int(before[what][0]), int(now[what][0]))
        for what in SEEN
        if what in before and list(before[what]) != now[what]
    ]


def _hash(rows: Any) -> str:
    whole = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
