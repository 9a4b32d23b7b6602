"""The diagram of docs/architecture.md is drawn from the moves as they are."""

import re
from collections import defaultdict
from pathlib import Path

from bot.rules.tasks.lifecycle import MOVES
from storage.records import Status

PAGE = Path(__file__).parents[3] / "docs" / "architecture.md"
FIRST, LAST = Status.ASSIGNED, (Status.DONE, Status.CANCELLED)


def drawn() -> str:
    """The states in Mermaid: an arrow for each pair, with all the moves that lead along it."""
    arrows: dict[tuple[Status, Status], list[str]] = defaultdict(list)
    for move, (starts, end) in MOVES.items():
        for start in Status:
            if end is not None and start in starts and start is not end:
                arrows[start, end].append(move)
    lines = [f"    {a} --> {b}: {', '.join(moves)}" for (a, b), moves in arrows.items()]
    return "\n".join(
        [
            "stateDiagram-v2",
            f"    [*] --> {FIRST}: assign",
            *lines,
            *(f"    {one} --> [*]" for one in LAST),
            "",
        ]
    )


def test_the_diagram_shows_every_move_that_changes_a_state() -> None:
    (shown,) = re.findall(r"```mermaid\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert shown == drawn()


def test_the_page_names_the_moves_that_change_none() -> None:
    (named,) = re.findall(r"Moves that keep the state: (.*?)\.", PAGE.read_text("utf-8"), re.DOTALL)
    assert re.findall(r"`(\w+)`", named) == [
        move for move, (_, end) in MOVES.items() if end is None
    ]
