"""The only file that asks what time it is; everything below it is told."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]
"""Returns the present moment in UTC."""


def system_clock() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


def shifted_clock(offset_file: Path) -> Clock:
    """Return a clock that runs ahead of the machine's by the seconds written in a file.

    The file is read again whenever it changes; a missing or half-written one leaves the last offset.
    """
    known: tuple[int, float] = (0, 0.0)

    def now() -> datetime:
        nonlocal known
        try:
            changed = offset_file.stat().st_mtime_ns
            if changed != known[0]:
                known = (changed, float(offset_file.read_text()))
        except (OSError, ValueError):
            pass
        return system_clock() + timedelta(seconds=known[1])

    return now


def stopwatch() -> float:
    """Return seconds of a clock that only goes forward, for pauses and durations."""
    return time.monotonic()
