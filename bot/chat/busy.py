"""How busy somebody is, shown beside their name where a task is given to them."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.tasks import workload
from bot.chat.choice_buttons import person_label
from bot.chat.turn import Turn
from bot.language.names.people import RosterPerson
from bot.rules.tasks.workload import Load


def in_percent(load: Load) -> str:
    """Return "85%", or that somebody is away for all of it."""
    return "nghỉ" if load.percent is None else f"{load.percent}%"


def share(load: Load) -> str:
    """Return "bận 85%", or that somebody is away for all of it."""
    return in_percent(load) if load.percent is None else f"bận {in_percent(load)}"


async def labels(
    turn: Turn, people: Sequence[RosterPerson], due_at: datetime | None
) -> dict[int, str]:
    """Return what to show on each one's button; how busy they are is for who divides their work alone.

    In a group, where others read it, it is not shown.
    """
    asked = [] if turn.in_group else [one.key for one in people]
    found = await workload.busy(turn.office, turn.who, asked, due_at, turn.now)
    shares = {key: f" · {share(load)}" for key, load in found.items()}
    return {one.key: person_label(one.name, one.unit) + shares.get(one.key, "") for one in people}
