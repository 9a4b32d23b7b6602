"""Killed in the middle of a merger, an office is as it was before, or as it is after: nothing between."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.actions.office import Staffed

ROOT = Path(__file__).parents[3]
KILLED = {"signal": signal.SIGKILL, "whole": True}
AS_BEFORE = {"made": 0, "ended": 0, "told": 0}


async def test_killed_before_in_and_after_the_transaction(
    at_work: Staffed, database_url: str
) -> None:
    await at_work.assign()
    numbers = [at_work.ids["admin"], at_work.ids["head"], at_work.units["th"], at_work.units["qt"]]
    command = [sys.executable, "-m", "tests.actions.mergers.killed_merger", database_url]
    done = await asyncio.to_thread(
        subprocess.run, [*command, *map(str, numbers)], cwd=ROOT, check=True, stdout=-1, text=True
    )
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        KILLED | AS_BEFORE | {"point": "before"},
        KILLED | AS_BEFORE | {"point": "in"},
        KILLED | {"point": "after", "made": 1, "ended": 2, "told": 7},
    ]
