"""Who may see and do what (domain.md, section 1: "Who sees what")."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from bot.rules.tasks.lifecycle import Move
from storage.records import Document, Role

_OVERSEERS = frozenset({Role.LEADER, Role.HEAD})


@dataclass(frozen=True)
class Standpoint:
    """A person as the rules see them. `oversees` are the units they look after; None means all units.

    `groups` are the groups of leaders they belong to (domain.md, section 8: thay mặt). `stands_in_for` are
    the people who are away and for whom they stand in today (xử lý thay). They may do what each of these
    may do, but each act needs the full right of one single person.
    """

    person_id: int
    roles: frozenset[Role]
    oversees: frozenset[int] | None = frozenset()
    groups: frozenset[int] = frozenset()
    stands_in_for: tuple["Standpoint", ...] = ()

    @property
    def alone(self) -> "Standpoint":
        """The person, without the rights of those they stand in for."""
        return replace(self, stands_in_for=()) if self.stands_in_for else self

    @property
    def each(self) -> tuple["Standpoint", ...]:
        """Everybody by whose right they may act: they themselves first, then those they stand in for."""
        return (self.alone, *self.stands_in_for)

    @property
    def people(self) -> tuple[int, ...]:
        """Their own id first, then the ids of those they stand in for."""
        return (self.person_id, *(one.person_id for one in self.stands_in_for))

    @property
    def all_groups(self) -> frozenset[int]:
        """Their own groups of leaders, and those of the people they stand in for."""
        return self.groups.union(*(one.groups for one in self.stands_in_for))

    @property
    def leads_others(self) -> bool:
        return any(not _OVERSEERS.isdisjoint(one.roles) for one in self.each)

    def looks_after(self, unit_id: int | None) -> bool:
        """Tell whether they, or somebody they stand in for, oversee a unit as a head or leader."""
        return any(one.leads_others and one.has_in_view(unit_id) for one in self.each)

    def leads_above(self, unit_id: int | None) -> bool:
        """Tell whether they, or somebody they stand in for, oversee a unit as a leader."""
        return any(Role.LEADER in one.roles and one.has_in_view(unit_id) for one in self.each)

    def has_in_view(self, unit_id: int | None) -> bool:
        return self.oversees is None or unit_id in self.oversees


@dataclass(frozen=True)
class Stakes:
    """What the rules need to know of a task: its assigner, the people with a part, and its unit.

    `parts` are all people with a part, including the lead. If a body outside the office leads (`outside`),
    there is no lead, and the followers do what a lead does. `supporting_units` are the units asked to
    support; those in `unnamed` have not named a person yet. The person who entered the task on behalf of
    the assigner (`entered_by_id`) sees it as a follower does and decides nothing.
    """

    assigner_id: int
    lead_id: int | None
    parts: Collection[int]
    unit_id: int | None
    group_id: int | None = None
    outside: bool = False
    supporters: Collection[int] = ()
    followers: Collection[int] = ()
    supporting_units: Collection[int] = ()
    unnamed: Collection[int] = ()
    entered_by_id: int | None = None
    decider_id: int | None = None
    """Who can resolve a blocker of a red task: this person sees the task and says what to do."""


LEAD_MOVES = frozenset(
    {
        *(Move.RECEIVE, Move.PROGRESS, Move.BLOCK, Move.UNBLOCK, Move.SUBMIT),
        *(Move.REQUEST_EXTENSION, Move.TAKE_OFFER, Move.WITHDRAW),
        *(Move.DECLINE, Move.ANSWER_REMARK),
    }
)
ASSIGNER_MOVES = frozenset(
    {
        *(Move.ACCEPT, Move.RETURN, Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION),
        *(Move.OFFER_DEADLINE, Move.CANCEL, Move.PAUSE, Move.RESUME, Move.EDIT, Move.KEEP),
        Move.GRADE,
    }
)
_OF_A_RESULT = frozenset({Move.ACCEPT, Move.GRADE})
SHARED_MOVES = frozenset(
    {
        *(Move.REASSIGN, Move.SPLIT, Move.CHECK, Move.NAME_PART, Move.REPORT_PART),
        *(Move.REMARK, Move.REQUEST_CORRECTION, Move.NOTE),
        *(Move.GRANT_CORRECTION, Move.REFUSE_CORRECTION),
    }
)
"""Moves that do not belong to the lead alone or to the assigner alone."""


def may_see(who: Standpoint, task: Stakes) -> bool:
    """Tell whether a person may see a task: their own, one they have a part in, or one of a unit they oversee.

    Being an admin is not enough. A deputy sees what the person they stand in for sees. The head of a
    supporting unit sees the task too.
    """
    mine = who.people
    return (
        task.assigner_id in mine
        or task.entered_by_id in mine
        or task.decider_id in mine
        or not set(mine).isdisjoint(task.parts)
        or task.group_id in who.all_groups
        or any(who.looks_after(unit) for unit in (task.unit_id, *task.supporting_units))
    )


def may_move(who: Standpoint, task: Stakes, move: Move) -> bool:
    """Tell whether a person may make a move. The lead works and reports; the assigner or a leader above decides.

    The lead never accepts or grades their own result (domain.md, section 8), whatever their role. An
    assigner who stands in for the lead still decides.
    """
    if move in LEAD_MOVES:
        return _leads(who, task)
    if move in _OF_A_RESULT and leads_in_person(who.person_id, task):
        return False
    if move in ASSIGNER_MOVES:
        return _decides(who, task)
    return _SHARED[move](who, task)


def in_whose_place(who: Standpoint, task: Stakes, move: Move) -> int | None:
    """Return the person in whose place somebody makes a move; None if they may make it in their own right.

    None also if nobody they stand in for may make it.
    """
    if not who.stands_in_for or may_move(who.alone, task, move):
        return None
    return next((one.person_id for one in who.stands_in_for if may_move(one, task, move)), None)


def _leads(who: Standpoint, task: Stakes) -> bool:
    """Tell whether they, or somebody they stand in for, lead a task or follow one led by a body outside."""
    return any(leads_in_person(one, task) for one in who.people)


def leads_in_person(person_id: int, task: Stakes) -> bool:
    """Tell whether a person leads a task, or follows one led by a body outside."""
    if task.outside:
        return person_id in task.followers
    return person_id == task.lead_id


def _decides(who: Standpoint, task: Stakes) -> bool:
    """Tell whether a person decides on a task.

    The assigner always does. The assigner's deputy, a leader above and a member of the assigning group do,
    unless they lead the task.
    """
    if who.person_id == task.assigner_id:
        return True
    if _leads(who, task):
        return False
    is_assigner = task.assigner_id in who.people
    return is_assigner or who.leads_above(task.unit_id) or task.group_id in who.all_groups


def _reassigns(who: Standpoint, task: Stakes) -> bool:
    """Tell whether a person may reassign: one who decides, or a head or leader who oversees the task's unit.

    The latter may not reassign a task that they lead themselves.
    """
    divides = (
        one.looks_after(task.unit_id) and not leads_in_person(one.person_id, task)
        for one in who.each
    )
    return _decides(who, task) or (not leads_in_person(who.person_id, task) and any(divides))


def _supports(who: Standpoint, task: Stakes) -> bool:
    return not set(who.people).isdisjoint(task.supporters)


def _undoes(who: Standpoint, task: Stakes) -> bool:
    return task.decider_id in who.people and not leads_in_person(who.person_id, task)


_SHARED: dict[Move, Callable[[Standpoint, Stakes], bool]] = {
    Move.REASSIGN: _reassigns,
    Move.SPLIT: lambda who, task: _leads(who, task) or _reassigns(who, task),
    Move.CHECK: lambda who, task: _leads(who, task) or _supports(who, task),
    Move.NAME_PART: lambda who, task: any(may_name(who, task, unit) for unit in task.unnamed),
    Move.REPORT_PART: _supports,
    Move.REMARK: lambda who, task: _reassigns(who, task) or _undoes(who, task),
    **dict.fromkeys(
        (Move.REQUEST_CORRECTION, Move.GRANT_CORRECTION, Move.REFUSE_CORRECTION),
        lambda who, task: _leads(who, task) or _decides(who, task),
    ),
    Move.NOTE: may_see,
}


def may_name(who: Standpoint, task: Stakes, unit_id: int) -> bool:
    """Tell whether a person may name who does a unit's part: its head, those above, and who decides on the task."""
    return who.looks_after(unit_id) or _decides(who, task)


def may_correct(who: Standpoint, task: Stakes, asked_by: int) -> bool:
    """Tell whether a person may decide on a correction: one who decides on the task.

    The person who requested it, and a deputy of that person, never may. If the assigner requested it, the
    lead may decide too.
    """
    if asked_by in who.people:
        return False
    return _decides(who, task) or (asked_by == task.assigner_id and _leads(who, task))


def may_split_to(
    who: Standpoint, task: Stakes, person_id: int, staff_of: Collection[int | None]
) -> bool:
    """Tell whether a lead may give a part to a person: a supporter, or staff of the task's unit.

    This adds to the people they may assign to. `staff_of` are the units where that person is staff, so that
    nobody gives a part to their own head.
    """
    own_unit = task.unit_id is not None and task.unit_id in staff_of
    return _leads(who, task) and (person_id in task.supporters or own_unit)


def may_enter_body(who: Standpoint) -> bool:
    """Tell whether a person may enter a body outside the office: heads and leaders, who assign to it, and admins."""
    return who.leads_others or Role.ADMIN in who.roles


def may_assign(who: Standpoint, person_id: int, unit_ids: Collection[int | None]) -> bool:
    """Tell whether a person may assign a task: anyone to themselves, heads and leaders to people they oversee.

    Only a person's own rights count here: a deputy's assignment is made by the person they act for.
    """
    own = who.alone
    return person_id == who.person_id or any(own.looks_after(unit) for unit in unit_ids)


def may_enter_documents(who: Standpoint, enters_for_others: bool) -> bool:
    """Tell whether a person may enter documents.

    Heads, leaders, members of a group of leaders, and people who may enter tasks on behalf of others may.
    """
    return who.leads_others or bool(who.all_groups) or enters_for_others


def may_see_document(who: Standpoint, document: Document, sees_a_task: bool) -> bool:
    """Tell whether a person may see a document.

    Those who entered it, those for whom it was entered, those who see a task of it, and leaders of the whole
    office may.
    """
    return sees_a_task or is_theirs(who, document) or _leads_office(who)


def may_assign_from(
    author: Standpoint,
    giver: Standpoint,
    document: Document,
    *,
    author_sees: bool,
    giver_sees: bool,
    is_own: bool,
) -> bool:
    """Tell whether a task is linked to the document that its text cites.

    Whoever sees a task of a document sees the document. So a citation alone must not open it: the author of
    the text must see the document already. Besides, the author or the giver must have the right to correct
    it; or the giver is a head or leader who sees it and gives the task to another person. Otherwise, and for
    one's own task (`is_own`) without the right to correct, the citation stays plain text.
    """
    if not author_sees:
        return False
    decides = any(may_correct_document(one.alone, document) for one in (author, giver))
    return decides or (giver_sees and giver.leads_others and not is_own)


def may_correct_document(who: Standpoint, document: Document) -> bool:
    """Tell whether a person may correct a document.

    Those who entered it, those for whom it was entered, and leaders of the whole office may.
    """
    return is_theirs(who, document) or _leads_office(who)


def may_archive(who: Standpoint) -> bool:
    """Tell whether a person may archive a year or a unit: admins and leaders of the whole office, not their deputies.

    Proposing or approving a disposal needs this right too, see `bot.rules.retention`.
    """
    own = who.alone
    return Role.ADMIN in own.roles or _leads_office(own)


def is_theirs(who: Standpoint, document: Document) -> bool:
    """Tell whether they, or somebody they stand in for, entered a document or had it entered for them."""
    return (
        document.entered_by_id in who.people
        or document.for_person_id in who.people
        or document.for_group_id in who.all_groups
    )


def _leads_office(who: Standpoint) -> bool:
    return any(one.leads_others and one.oversees is None for one in who.each)
