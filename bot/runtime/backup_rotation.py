"""How backups are named, which of them stay, and how old the last one is."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

_NAME = re.compile(r"dondoc-(\d{8}-\d{6})\.backup")
_FORM = "%Y%m%d-%H%M%S"
_ALL_STAY = timedelta(days=3)
"""A weekend: so long is one that an operator made before a step, whatever else is made, not thinned."""


class Keep(NamedTuple):
    """Of so many days, weeks and months that have a backup the last one stays."""

    daily: int
    weekly: int
    monthly: int


def name_at(now: datetime, zone: ZoneInfo) -> str:
    """Return the name of a backup made at a moment: "dondoc-20261127-020000.backup", in local time."""
    return f"dondoc-{now.astimezone(zone):{_FORM}}.backup"


def made(folder: Path, zone: ZoneInfo) -> dict[datetime, Path]:
    """Return the backups of a folder by when they were made, the newest first."""
    found = {}
    for path in folder.glob("dondoc-*.backup") if folder.is_dir() else ():
        if named := _NAME.fullmatch(path.name):
            found[datetime.strptime(named[1], _FORM).replace(tzinfo=zone)] = path
    return dict(sorted(found.items(), reverse=True))


def spare(moments: Iterable[datetime], keep: Keep) -> list[datetime]:
    """Return which backups need not stay: of those before the last days all but the newest of each
    day, week and month.
    """
    newest_first = sorted(moments, reverse=True)
    kept = {
        *(at for at in newest_first if newest_first[0] - at < _ALL_STAY),
        *_last_of(newest_first, lambda at: at.date().toordinal(), keep.daily),
        *_last_of(newest_first, lambda at: at.isocalendar()[0] * 100 + at.isocalendar()[1], keep.weekly),
        *_last_of(newest_first, lambda at: at.year * 100 + at.month, keep.monthly),
    }  # fmt: skip
    return [at for at in newest_first if at not in kept]


def _last_of(
    newest_first: list[datetime], period: Callable[[datetime], int], many: int
) -> list[datetime]:
    last: dict[int, datetime] = {}
    for at in newest_first:
        last.setdefault(period(at), at)
    return list(last.values())[:many]
