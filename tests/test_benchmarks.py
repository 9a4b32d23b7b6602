"""What the benchmarks put in the place of a part goes with that part: the shortest form of those that stand in for one."""

import subprocess
import sys

import pytest


def test_a_month_of_the_year_is_lived(long: bool) -> None:
    if not long:
        pytest.skip("a quarter of a minute: --long")
    command = [sys.executable, "-m", "benchmarks.year", "--seeds", "1", "--months", "1"]
    lived = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert lived.returncode == 0, lived.stderr[-2000:]
    assert "all: median " in lived.stdout
    assert not lived.stderr, "a message was put off"
