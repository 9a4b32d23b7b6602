"""Holds a process to a share of one core: by a control group of the system where it lets us, else by stopping it.

What is stopped is a process that has had more than its share since it was taken, until that is made up for.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_PERIOD_US = 50_000
_LOOK_SECONDS = 0.004


@contextmanager
def held(pid: int, share: float) -> Iterator[str]:
    """Hold a process, and say by what it is held."""
    try:
        group = _group(pid, share)
    except OSError:
        with _governed(pid, share) as how:
            yield how
        return
    try:
        yield "a control group's quota"
    finally:
        with suppress(OSError):  # it may have ended
            (group.parent / "cgroup.procs").write_text(str(pid))
        group.rmdir()


def _group(pid: int, share: float) -> Path:
    """Put a process into a group; raises OSError where the system has none, or keeps them for itself."""
    older = (_GROUPS / "cpu").is_dir()
    group = _GROUPS / ("cpu" if older else "") / f"dondoc-benchmark-{pid}"
    group.mkdir()
    quota = str(int(share * _PERIOD_US))
    try:
        if older:
            (group / "cpu.cfs_period_us").write_text(str(_PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(quota)
        else:
            (group / "cpu.max").write_text(f"{quota} {_PERIOD_US}")
        (group / "cgroup.procs").write_text(str(pid))
    except OSError:
        group.rmdir()
        raise
    return group


@contextmanager
def _governed(pid: int, share: float) -> Iterator[str]:
    ended = threading.Event()
    governor = threading.Thread(target=_govern, args=(pid, share, ended), daemon=True)
    governor.start()
    try:
        yield "stopping it, by its measured processor time"
    finally:
        ended.set()
        governor.join()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def _govern(pid: int, share: float, ended: threading.Event) -> None:
    allowed, stopped, looked = _cpu_seconds(pid), False, time.monotonic()
    with suppress(OSError):
        while not ended.wait(_LOOK_SECONDS):
            used, now = _cpu_seconds(pid), time.monotonic()
            # What was not used is saved up for one period at most, as with a quota.
            allowed = min(allowed + share * (now - looked), used + share * _PERIOD_US / 1e6)
            looked = now
            if (used > allowed) != stopped:
                stopped = not stopped
                os.kill(pid, signal.SIGSTOP if stopped else signal.SIGCONT)


def _cpu_seconds(pid: int) -> float:
    """Return what all threads have had, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in tasks) / 1e9
