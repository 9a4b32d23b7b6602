"""Ends a program whose event loop stands still because something in it computes without an end.

The kernel counts the processor's time, not the clock's: a machine that sleeps, or a process that is
stopped and continued, is never ended. Whatever restarts the program finds the updates that were in
hand (`bot/delivery/inbox/handling_record.py`).
"""

import asyncio
import faulthandler
import signal

CPU_SECONDS = 60.0
"""Of all threads together. No step of the loop takes a tenth of it, at the size of a city."""
_FEED_SECONDS = 5.0


async def feed_on(seconds: float = CPU_SECONDS, pause: float = _FEED_SECONDS) -> None:
    """Keep the watchdog quiet, until cancelled.

    Where the loop does not come by for `seconds` of processor time, the stacks of all threads go to
    stderr and SIGPROF ends the process.
    """
    faulthandler.register(signal.SIGPROF, all_threads=True, chain=True)
    try:
        while True:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            await asyncio.sleep(pause)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.unregister(signal.SIGPROF)
