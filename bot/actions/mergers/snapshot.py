"""A merger that is being made, and what it keeps of itself so that it can be undone."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.actions.mergers.preview import NEW, View
from storage.engine.database import Transaction
from storage.history.audit import NewEvent


@dataclass
class Making:
    """A merger that is being made by somebody; `target` is the unit that takes over."""

    tx: Transaction
    view: View
    actor_id: int
    now: datetime
    target: int = NEW
    facts: dict[str, Any] = field(default_factory=dict)
    events: list[NewEvent] = field(default_factory=list)

    @property
    def ends(self) -> tuple[int, ...]:
        return self.view.plan.ends

    def note(self, kind: str, person_id: int | None = None, **facts: object) -> None:
        self.events.append(NewEvent(kind, self.actor_id, person_id=person_id, facts=facts))
