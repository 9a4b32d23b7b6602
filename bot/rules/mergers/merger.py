"""What happens to units that are merged, split or dissolved: all changes that a wish causes, and its doubts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.folding import fold
from bot.rules.mergers.places import children_of, former_names, name_taken, parent_of
from bot.rules.mergers.posts import PostMove, charges_going, heads_of, post_moves
from bot.rules.mergers.wish import BLOCKING, ENDING, TAKING_OVER, Doubt, Kind, Remark, Wish
from storage.records import Member, Role, Unit


@dataclass(frozen=True)
class Plan:
    """All changes of a wish, except those of tasks.

    `children` are the units that move in the tree: id, the new parent unit (None stands for a unit still to
    be created), name. `parent_id` is the parent of the unit that takes over.
    """

    wish: Wish
    parent_id: int | None
    posts: tuple[PostMove, ...]
    charges: tuple[tuple[int, int], ...]
    """The charges that go over: the person in charge, and the unit they are in charge of."""
    children: tuple[tuple[int, int | None, str], ...]
    former_names: tuple[str, ...]
    heads: tuple[int, ...]
    """The people who could head the unit that takes over; only the chosen one if that is settled."""
    remarks: tuple[Remark, ...]

    @property
    def ends(self) -> tuple[int, ...]:
        return self.wish.units if self.wish.kind in ENDING else ()

    @property
    def is_blocked(self) -> bool:
        return any(one.doubt in BLOCKING for one in self.remarks)


def plan(wish: Wish, units: Mapping[int, Unit], members: Collection[Member]) -> Plan:
    """Return what a wish changes, given the existing units and people, with the remarks on it."""
    wrong = _unsound(wish, units)
    if wrong is not None:
        return Plan(wish, None, (), (), (), (), (), (wrong,))
    heads, remarks = heads_of(wish, members), list[Remark]()
    parent_id = parent_of(wish, units)
    children = children_of(wish, units, parent_id, remarks)
    former = former_names(wish, units, remarks)
    posts = post_moves(wish, members, heads)
    is_outside = units[wish.units[0]].outside
    remarks += name_taken(wish, units, parent_id)
    remarks += [] if is_outside else _headed(wish, heads, members)
    if parent_id is None and not is_outside:
        remarks += _overseeing(wish, posts, members)
    charges = charges_going(wish, members)
    return Plan(wish, parent_id, posts, charges, children, former, heads, tuple(remarks))


def _unsound(wish: Wish, units: Mapping[int, Unit]) -> Remark | None:
    """Return the reason why nothing can be planned; None if there is none."""
    taken = [wish.into_id] if wish.into_id is not None else []
    if not wish.units or any(one not in units for one in (*wish.units, *taken)):
        return Remark(Doubt.UNIT_GONE)
    wrong = {
        Doubt.SAME_UNIT: wish.into_id in wish.units,
        Doubt.FEW_UNITS: wish.kind is Kind.UNITE and len(set(wish.units)) < 2,
        Doubt.NOBODY: wish.kind in {Kind.SPLIT, Kind.MOVE} and not wish.people,
        Doubt.UNNAMED: wish.into_id is None and not fold(wish.name).strip(),
        Doubt.OUTSIDE: len({units[one].outside for one in (*wish.units, *taken)}) > 1,
    }
    return next((Remark(doubt) for doubt, holds in wrong.items() if holds), None)


def _headed(wish: Wish, heads: Collection[int], members: Collection[Member]) -> list[Remark]:
    """Return a remark if several people could head the unit, or if nobody would."""
    chosen_among = wish.kind in TAKING_OVER or (wish.kind is Kind.SPLIT and wish.into_id is None)
    if len(heads) > 1 and chosen_among:
        names = {one.id: one.name for one in members}
        return [Remark(Doubt.TWO_HEADS, tuple(names[one] for one in heads))]
    return [Remark(Doubt.NO_HEAD)] if not heads and wish.kind is not Kind.MOVE else []


def _overseeing(
    wish: Wish, posts: Collection[PostMove], members: Collection[Member]
) -> list[Remark]:
    """Return a remark on those who come to see the whole office, as leaders of a unit at the top of the tree."""
    coming = {one.person_id for one in posts if one.to_role is Role.LEADER}
    coming = {
        one
        for one in coming
        if any(p.person_id == one and p.unit_id != wish.into_id for p in posts)
    }
    named = tuple(one.name for one in members if one.id in coming)
    return [Remark(Doubt.OVERSEES, named)] if named else []
