"""What is found when an attack is over: what became of each update, what is lost or broken, by how much the database grew."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.hostile.client import ADMIN, KNOWN, LET_GO, ODD
from benchmarks.hostile.people import Work
from tests.stories.nursery import dondoc, ended
from tests.stories.stage import Stage

OF_THE_TEN = "the ten"
_HAND_OVER_SECONDS = 120.0
"""For Telegram to send what it has left: one after the other of each chat."""
_REST_SECONDS = 5.0
"""For what was sent last. Hostile accounts may have more files waiting than are read in an hour: each in its own chat."""


@dataclass(frozen=True)
class Updates:
    """What became of the updates that one kind of act made: of so many `sent`.

    `waiting` were kept and are not handled yet; `passed` were let go unread, as what is said to others in a group and what
    is no update may be; `unread` could not be read. `lost` and `put_aside` have the numbers of those that should have been
    handled.
    """

    sent: int
    handled: int
    waiting: int
    passed: int
    unread: int
    lost: list[int]
    put_aside: list[int]


@dataclass(frozen=True)
class Size:
    """Rows of a table, and its bytes with its indexes."""

    rows: int
    size: int


async def broken(stage: Stage, work: Work) -> list[str]:
    """Stop the program once it has nothing left to do; return a line for each thing that is lost or broken."""
    if not stage.lives():
        return ["the program ended by itself"]
    wrong = []
    with suppress(TimeoutError):
        async with asyncio.timeout(_HAND_OVER_SECONDS):
            while len(stage.emulator.updates):  # noqa: ASYNC110 - the emulator tells nobody
                await asyncio.sleep(0.05)
        await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", _REST_SECONDS)
    if left := len(stage.emulator.updates):
        wrong.append(f"{left} updates wait at Telegram")
    if stage.emulator.webhook is None or stage.emulator.webhook.last_error:
        wrong.append(f"Telegram could not hand over: {stage.emulator.webhook}")
    if (code := await _stopped(stage)) != 0:
        wrong.append(f"the program stopped with exit code {code}")
    if not stage.is_sound():
        wrong.append("the database is not sound")
    out = stage.folder / "verified"
    if await ended(dondoc("verify", "--config", str(stage.config), log=out), 120) != 0:
        wrong.append(f"verify: {out.read_text()[-500:]}")
    if "Traceback" in stage.log():
        wrong.append("a traceback stands in the log")
    return wrong + _unequal(stage, work)


def updates(stage: Stage, sent: Mapping[str, list[int]]) -> dict[str, Updates]:
    """Return what became of the updates of each kind of hostile act, and of all others: those of the ten."""
    kept = {
        int(str(number)): (str(state), str(error or ""))
        for number, state, error in stage.rows("SELECT update_id, state, error FROM inbox")
    }
    hostile = {one for numbers in sent.values() for one in numbers}
    ten = [one for one in range(1, stage.emulator.updates.last + 1) if one not in hostile]
    return {act: _became(act, numbers, kept) for act, numbers in {OF_THE_TEN: ten, **sent}.items()}


def _became(act: str, numbers: list[int], kept: Mapping[int, tuple[str, str]]) -> Updates:
    missing = [one for one in numbers if one not in kept]
    failed = [one for one in numbers if one in kept and kept[one][0] == "failed"]
    waiting = sum(one in kept and kept[one][0] == "waiting" for one in numbers)
    unread = [one for one in failed if act == ODD and "(" not in kept[one][1]]
    return Updates(
        sent=len(numbers),
        handled=len(numbers) - len(missing) - len(failed) - waiting,
        waiting=waiting,
        passed=len(missing) if act in LET_GO else 0,
        unread=len(unread),
        lost=[] if act in LET_GO else missing,
        put_aside=[one for one in failed if one not in unread],
    )


def sizes(stage: Stage) -> dict[str, Size]:
    """Return how many rows each table has, and how many bytes with its indexes."""
    found = {}
    for name, size in stage.rows(
        "SELECT m.tbl_name, SUM(s.pgsize) FROM dbstat AS s JOIN sqlite_master AS m ON m.name = s.name"
        " GROUP BY m.tbl_name"
    ):
        [(rows,)] = stage.rows(f"SELECT COUNT(*) FROM {name}")
        found[str(name)] = Size(int(str(rows)), int(str(size)))
    return found


def by_hostile(stage: Stage, sent: Mapping[str, list[int]]) -> dict[str, int]:
    """Return how many rows of some tables are there because of hostile accounts."""
    numbers = {one for each in sent.values() for one in each}
    kept = {int(str(number)) for (number,) in stage.rows("SELECT update_id FROM inbox")}
    accounts = ", ".join(map(str, (*KNOWN, ADMIN)))
    whose = f"(SELECT id FROM people WHERE telegram_id IN ({accounts}))"
    return {"inbox": len(kept & numbers)} | {
        table: int(str(stage.rows(f"SELECT COUNT(*) FROM {table} WHERE {column} IN {whose}")[0][0]))
        for table, column in (("events", "actor_id"), ("tasks", "assigner_id"))
    }


async def _stopped(stage: Stage) -> int | str:
    try:
        return await stage.stop_bot()
    except TimeoutError:
        await stage.kill_bot()
        return "none: it had to be killed"


def _unequal(stage: Stage, work: Work) -> list[str]:
    """Return each move that people were told of and that the history does not have exactly once."""
    counted = Counter(
        (str(kind), int(str(task)))
        for kind, task in stage.rows("SELECT kind, task_id FROM events WHERE task_id IS NOT NULL")
    )
    return [
        f"task {task}: {move} is there {counted[f'task.{move}', task]} times"
        for move, tasks in work.done.items()
        for task in tasks
        if counted[f"task.{move}", task] != 1
    ]
