"""A bar on the terminal, on stderr: how far a command is, of how much, and how long it still takes."""

from collections.abc import Callable

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


def progress_bar() -> Progress:
    """Return a bar whose tasks count pieces; it is shown within `with`."""
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def shown(bar: Progress, what: str) -> Callable[[int, int], None]:
    """Add a line to a bar; return what is to be told how many were done, of how many."""
    task = bar.add_task(what, total=None)
    return lambda done, of: bar.update(task, completed=done, total=of)
