"""How much memory reading what somebody else made may take: what wants more fails, and nothing else does."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1 << 20
_USED = Path("/proc/self/statm")
_DATA_PAGES = 5


@contextmanager
def at_most(room: int) -> Iterator[None]:
    """Let this process take so many bytes more than it has; raises MemoryError where that is not enough.

    Where the system does not tell what it has (only Linux does), there is no limit.
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
