"""Limits the memory for reading files from elsewhere. Reading that needs more fails; nothing else does."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1 << 20
_USED = Path("/proc/self/statm")
_DATA_PAGES = 5


@contextmanager
def at_most(room: int) -> Iterator[None]:
    """Allow this process `room` bytes of memory more than it uses now. Beyond that MemoryError is raised.

    There is no limit on systems that do not report the memory in use; only Linux does.
    """
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if _USED.exists():
        pages = int(_USED.read_text().split()[_DATA_PAGES])
        most = pages * resource.getpagesize() + room
        lowest = min(one for one in (most, before, hard) if one != resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_DATA, (lowest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))
