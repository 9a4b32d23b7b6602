"""Who may see and do what (domain.md, section 1: "Who sees what")."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.rules.lifecycle import Move
from storage.records import Role


@dataclass(frozen=True)
class Standpoint:
    """A person as the rules see them; `oversees` are the units they look after, None is all of them."""

    person_id: int
    roles: frozenset[Role]
    oversees: frozenset[int] | None = frozenset()

    @property
    def leads_others(self) -> bool:
        return Role.LEADER in self.roles or Role.HEAD in self.roles

    def looks_after(self, unit_id: int | None) -> bool:
        """Tell whether a unit is among those this person oversees."""
        if not self.leads_others:
            return False
        return self.oversees is None or unit_id in self.oversees


@dataclass(frozen=True)
class Stakes:
    """What the rules need to know of a task: who assigned it, who has a part, and its unit."""

    assigner_id: int
    lead_id: int | None
    parts: Collection[int]
    unit_id: int | None


LEAD_MOVES = frozenset(
    {Move.RECEIVE, Move.PROGRESS, Move.BLOCK, Move.UNBLOCK, Move.SUBMIT, Move.REQUEST_EXTENSION}
)
ASSIGNER_MOVES = frozenset(
    {Move.ACCEPT, Move.RETURN, Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION, Move.CANCEL}
)


def may_see(who: Standpoint, task: Stakes) -> bool:
    """Own tasks, those one has a part in, and those of the units one oversees; admin alone is no key."""
    return (
        who.person_id == task.assigner_id
        or who.person_id in task.parts
        or who.looks_after(task.unit_id)
    )


def may_move(who: Standpoint, task: Stakes, move: Move) -> bool:
    """The lead works and reports; the assigner, or a leader above, decides.

    The lead never accepts their own result (domain.md, section 8), whatever their role.
    """
    if move in LEAD_MOVES:
        return who.person_id == task.lead_id
    if move is Move.ACCEPT and who.person_id == task.lead_id:
        return False
    leads_above = Role.LEADER in who.roles and who.looks_after(task.unit_id)
    return who.person_id == task.assigner_id or (leads_above and who.person_id != task.lead_id)


def may_assign(who: Standpoint, person_id: int, unit_ids: Collection[int | None]) -> bool:
    """Anyone to themselves; heads and leaders to people of the units they oversee."""
    return person_id == who.person_id or any(who.looks_after(unit) for unit in unit_ids)
