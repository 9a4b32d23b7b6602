"""Where people's posts and charges go when units are merged, split or dissolved."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.rules.mergers.wish import ENDING, TAKING_OVER, Kind, Wish
from storage.records import Member, Role

_RANK = (Role.STAFF, Role.HEAD, Role.LEADER)


@dataclass(frozen=True)
class PostMove:
    """A post that ends, and the person's role from then on in the unit that takes over."""

    person_id: int
    unit_id: int
    role: Role
    to_role: Role


def heads_of(wish: Wish, members: Collection[Member]) -> tuple[int, ...]:
    """Return the chosen head of the unit that takes over, or all who could head it."""
    if wish.head_id is not None:
        return (wish.head_id,)
    if wish.kind is Kind.SPLIT and wish.into_id is None:
        coming = [one for one in members if one.id in wish.people]
        return tuple(one.id for one in coming if _heads(one, wish.units))
    own = [wish.into_id] if wish.into_id is not None else []
    among = [*own, *(wish.units if wish.kind in TAKING_OVER else ())]
    return tuple(one.id for one in members if _heads(one, among))


def post_moves(
    wish: Wish, members: Collection[Member], heads: Collection[int]
) -> tuple[PostMove, ...]:
    """Return the posts that go over, and the posts in the unit that takes over whose role changes."""
    moved: list[PostMove] = []
    for one in members:
        goes = wish.kind in ENDING or one.id in wish.people
        for post in one.roles:
            if goes and post.unit_id is not None and post.unit_id in wish.units:
                role = _role(wish, one.id, post.role, heads)
                moved.append(PostMove(one.id, post.unit_id, post.role, role))
            elif post.unit_id is not None and post.unit_id == wish.into_id:
                role = _role_here(wish, one.id, post.role)
                if role is not post.role:
                    moved.append(PostMove(one.id, post.unit_id, post.role, role))
    return tuple(moved)


def charges_going(wish: Wish, members: Collection[Member]) -> tuple[tuple[int, int], ...]:
    """Return the charges that also become charges of the unit that takes over: person and former unit."""
    if wish.kind is Kind.MOVE or (wish.kind is Kind.SPLIT and wish.into_id is not None):
        return ()
    return tuple((one.id, unit) for one in members for unit in one.charges if unit in wish.units)


def merged_roles(found: Iterable[Role]) -> set[Role]:
    """Return the roles in one unit of a person who had these roles in several: the highest, and admin."""
    roles = set(found)
    ranked = [role for role in _RANK if role in roles]
    return (roles & {Role.ADMIN}) | set(ranked[-1:])


def _role(wish: Wish, person_id: int, role: Role, heads: Collection[int]) -> Role:
    """Return the role of a person who comes. A head elsewhere stays a head only if they are the one head here."""
    if role is Role.ADMIN:
        return role
    if wish.head_id == person_id and role is not Role.LEADER:
        return Role.HEAD
    if wish.kind is Kind.DISSOLVE:
        return Role.STAFF
    if role is Role.HEAD:
        return Role.HEAD if heads == (person_id,) else Role.STAFF
    return role


def _role_here(wish: Wish, person_id: int, role: Role) -> Role:
    """Return the new role of a person who is in the unit that takes over already."""
    if role is Role.HEAD and wish.head_id not in {None, person_id}:
        return Role.STAFF
    if role is Role.STAFF and wish.head_id == person_id:
        return Role.HEAD
    return role


def _heads(member: Member, unit_ids: Iterable[int]) -> bool:
    among = set(unit_ids)
    return any(post.role is Role.HEAD and post.unit_id in among for post in member.roles)
