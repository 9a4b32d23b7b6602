"""How busy people are, shown beside their names when somebody chooses a lead."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.tasks import workload
from bot.chat.choice_buttons import person_label
from bot.chat.turn import Turn
from bot.language.names.people import RosterPerson
from bot.rules.tasks.workload import Load


def in_percent(load: Load) -> str:
    """Return "85%", or "nghỉ" for a person who is away the whole time."""
    return "nghỉ" if load.percent is None else f"{load.percent}%"


def share(load: Load) -> str:
    """Return "bận 85%", or "nghỉ" for a person who is away the whole time."""
    return in_percent(load) if load.percent is None else f"bận {in_percent(load)}"


async def labels(
    turn: Turn, people: Sequence[RosterPerson], due_at: datetime | None
) -> dict[int, str]:
    """Return the label of each person's button, by person.

    The label shows how busy a person is only to somebody who divides that person's work. It never shows that in a
    group, where others would read it.
    """
    asked = [] if turn.in_group else [one.key for one in people]
    found = await workload.busy(turn.office, turn.who, asked, due_at, turn.now)
    shares = {key: f" · {share(load)}" for key, load in found.items()}
    return {one.key: person_label(one.name, one.unit) + shares.get(one.key, "") for one in people}
