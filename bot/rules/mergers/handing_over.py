"""The handing-over sheet (biên bản bàn giao): what a merger, or one person handing all on, moved where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.letterhead import Letterhead
from bot.rules.organisation.standing import Bucket
from bot.rules.workdays import Workdays


@dataclass(frozen=True)
class CountRow:
    """One figure (people, open_tasks ..., or a part in tasks) for each entry of `before_of` and `after_of`."""

    name: str
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class HeldTask:
    """An open task handed over. `holder` has it now. A title that the reader may not see is empty."""

    id: int
    title: str
    was: str
    holder: str
    unit: str
    due_at: datetime | None
    bucket: Bucket | None


@dataclass(frozen=True)
class KeptFile:
    """A file of a task that was handed over or that stays in the unit's archive."""

    task_id: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class HandingOver:
    """The content of the sheet. `givers` and `taker` sign it. `title` is empty if one person hands all on."""

    head: Letterhead
    title: str
    made_at: datetime
    printed_at: datetime
    by: str
    givers: tuple[str, ...]
    taker: str
    workdays: Workdays
    before_of: tuple[str, ...]
    after_of: tuple[str, ...]
    counts: Sequence[CountRow]
    seen: Mapping[str, int]
    """How many other things were handed over: series, invitations, charges."""
    tasks: Sequence[HeldTask]
    files: Sequence[KeptFile]
    fingerprint: str
