"""The sheet of handing over (biên bản bàn giao): what a merger, or passing on all one has, moved where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.letterhead import Letterhead
from bot.rules.organisation.standing import Bucket
from bot.rules.workdays import Workdays


@dataclass(frozen=True)
class CountRow:
    """A figure (people, open_tasks ..., or a part in tasks) of each of `before_of` and `after_of`."""

    name: str
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class HeldTask:
    """An open task handed over: `holder` has it now; a title that may not be seen is empty."""

    id: int
    title: str
    was: str
    holder: str
    unit: str
    due_at: datetime | None
    bucket: Bucket | None


@dataclass(frozen=True)
class KeptFile:
    """A file of a task that was handed over or stays in the archive of the unit."""

    task_id: int
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class HandingOver:
    """All that the sheet says; `givers` and `taker` sign. Of one person's work it has no title."""

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
    """What else went over, and how many: series, invitations, charges."""
    tasks: Sequence[HeldTask]
    files: Sequence[KeptFile]
    fingerprint: str
