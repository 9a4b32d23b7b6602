"""What the program has of the machine's memory: looked through seldom, and given back while it runs."""

import asyncio
import ctypes
import gc

_OBJECTS_BETWEEN_LOOKS = 10_000
_PAUSE_SECONDS = 60.0


def leave_alone_what_lasts() -> None:
    """Let the garbage collector look only at what comes from now on, and less often.

    Looking through all that was loaded to start, over and over, took a third of a busy moment.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


async def give_back_on() -> None:
    """Give back now and then, until cancelled."""
    while True:
        await asyncio.sleep(_PAUSE_SECONDS)
        give_back()


def give_back() -> bool:
    """Give the system what lies free between what is in use; False where the C library has no way.

    glibc gives back by itself only what is free at the end: a busy replica grew by some MB an hour.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim is not None and bool(trim(0))
