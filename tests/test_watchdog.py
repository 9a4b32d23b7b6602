"""A loop that computes without an end is ended; one that waits, or is stopped for long, is not."""

import asyncio
import signal
import subprocess
import sys
import time

import pytest

from bot.runtime import watchdog

PROGRAM = """
import asyncio, re, sys, time
from bot.runtime import watchdog

async def main():
    feeding = asyncio.create_task(watchdog.feed_on(0.5, 0.05))
    await asyncio.sleep(0.2)
    {work}
    feeding.cancel()
    await asyncio.gather(feeding, return_exceptions=True)
    print("went on")

asyncio.run(main())
"""
ENDLESS = ("while True: pass", 're.match("(a|a)*b", "a" * 60)', "sum(range(10**15))")
PATIENT = ("time.sleep(1.5)", "await asyncio.sleep(1.5)")
THREAD = "await asyncio.to_thread(lambda: [sum(range(10**5)) for _ in range(800)])"


def run(work: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(work=work)
    command = (sys.executable, "-c", program)
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("work", ENDLESS)
def test_what_computes_without_an_end_is_ended_and_said(work: str) -> None:
    done = run(work)
    assert done.returncode == -signal.SIGPROF
    assert 'File "<string>", line 8 in main' in done.stderr


@pytest.mark.parametrize("work", [*PATIENT, THREAD])
def test_what_waits_or_lets_the_loop_go_on_is_left_alone(work: str) -> None:
    done = run(work)
    assert (done.returncode, done.stdout) == (0, "went on\n")


def test_who_is_stopped_for_longer_goes_on() -> None:
    program = PROGRAM.format(work="await asyncio.sleep(1.0)")
    process = subprocess.Popen((sys.executable, "-c", program), stdout=subprocess.PIPE, text=True)
    time.sleep(0.5)
    process.send_signal(signal.SIGSTOP)
    time.sleep(1.5)
    process.send_signal(signal.SIGCONT)
    assert process.communicate(timeout=30)[0] == "went on\n"


async def test_it_is_gone_once_it_is_not_fed_any_more() -> None:
    feeding = asyncio.create_task(watchdog.feed_on())
    await asyncio.sleep(0)
    assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    feeding.cancel()
    await asyncio.gather(feeding, return_exceptions=True)
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
