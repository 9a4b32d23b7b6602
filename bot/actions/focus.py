"""What figures are about: all tasks one may see, a unit with all below it, a person, an urgency, ..."""

from dataclasses import dataclass

from bot.actions.directives.directives import may_see
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage.directives import directives
from storage.organisation import people, units
from storage.records import Urgency
from storage.reporting.task_scope import Focus

UNIT, PERSON, URGENCY, DOCUMENT = "u", "p", "k", "d"
URGENCIES = tuple(Urgency)


@dataclass(frozen=True)
class LookedAt:
    """What is looked at: `kind` is "" for everything.

    `id` is the id of a unit, person or document, or the index of an urgency in `URGENCIES`.
    """

    kind: str = ""
    id: int = 0

    @property
    def urgency(self) -> Urgency | None:
        return URGENCIES[self.id % len(URGENCIES)] if self.kind == URGENCY else None

    async def focus(self, office: Office) -> Focus:
        """Return which tasks are counted."""
        if self.kind == UNIT:
            below = await units.below(office.db, [self.id])
            return Focus(owners=[unit.id for unit in below])
        if self.kind == PERSON:
            return Focus(person_id=self.id)
        if self.kind == DOCUMENT:
            return Focus(documents=[self.id])
        return Focus(urgency=self.urgency)

    async def name(self, office: Office, who: Standpoint) -> str:
        """Return the name of a unit, person or document; "" for anything else.

        Also "" for a document that does not exist or that the person may not see.
        """
        if self.kind == UNIT:
            below = await units.below(office.db, [self.id])
            return next((unit.name for unit in below if unit.id == self.id), "")
        if self.kind == PERSON:
            return (await people.names(office.db, [self.id])).get(self.id, "")
        if self.kind == DOCUMENT:
            document = await directives.get(office.db, self.id)
            sees = document is not None and await may_see(office.db, who, document)
            return document.symbol if document and sees else ""
        return ""


ALL = LookedAt()
