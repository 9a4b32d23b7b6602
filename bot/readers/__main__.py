"""The process that reads one file: bytes on standard input, one JSON value a line on standard output.

It sets its own limits before it reads a byte, so that a file made to take all time or memory takes
this process and no other. Exit code 0 with an answer; whatever else means that a limit was reached.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from bot.readers import sheets
from bot.readers.limits import CPU_SECONDS, MAX_BYTES, MEMORY_BYTES, OPEN_FILES
from bot.readers.row import TooHeavy, Unreadable

_LOWER_PRIORITY = 5
"""Whoever waits for an answer of the bot goes before whoever waits for a file to be read."""


def main() -> None:
    """Read a file and answer with its rows, or with what kept them from being read."""
    _limit()
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl loads it where it can: 120 MB of addresses
    try:
        rows = sheets.read(sys.stdin.buffer.read(MAX_BYTES + 1))
    except Unreadable as why:
        _answer({"unreadable": why.line})
    except (TooHeavy, MemoryError):
        _answer({"too_heavy": True})
    else:
        for row in rows:
            _answer([row.line, *row.cells])


def _limit() -> None:
    os.nice(_LOWER_PRIORITY)
    with suppress(OSError):  # where the system has one: of all, this process is the one to end
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    for what, limit in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(what)
        allowed = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(what, (allowed, allowed))


def _answer(value: object) -> None:
    line = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
