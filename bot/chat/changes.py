"""What happened to a task, in the words of its history."""

from typing import Any

from bot.chat import quality
from bot.rules.workdays import Workdays
from storage.records import Quality


def told(workdays: Workdays, event: Any) -> str:
    """Return what a line of history says of the change itself: what was before, and what is now."""
    if event.kind == "task.grade":
        was, now = (quality.WORDS[Quality(event.facts[key])] for key in ("from", "to"))
        return f": {was} -> {now}"
    return ""
