"""What lies free between what is in use goes back to the system."""

import ctypes
import os
from pathlib import Path

import pytest

from bot.runtime import memory

BLOCKS, SIZE = 20_000, 2000


def resident() -> int:
    """Return the bytes of memory that this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="not glibc")
def test_what_lies_free_below_what_is_in_use_is_given_back() -> None:
    blocks = [os.urandom(SIZE) for _ in range(BLOCKS)]
    last = blocks.pop()
    blocks.clear()
    before = resident()
    assert memory.give_back()
    assert before - resident() > BLOCKS * SIZE / 2
    assert len(last) == SIZE
