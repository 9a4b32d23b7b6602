"""A progress bar on stderr: how much is done, how much there is, and the time left."""

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
    """Return a progress bar whose tasks count pieces. Use it in a `with` statement to show it."""
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def shown(bar: Progress, what: str) -> Callable[[int, int], None]:
    """Add a line to a bar. Return a function to call with the number done and the total."""
    task = bar.add_task(what, total=None)
    return lambda done, of: bar.update(task, completed=done, total=of)
