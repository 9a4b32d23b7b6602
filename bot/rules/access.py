"""Who may invite: admins anyone, heads the staff of their own units and all below."""

from collections.abc import Collection

from storage.records import Member, Role

_ABOVE_HEADS = frozenset({Role.ADMIN, Role.LEADER})


def is_admin(actor: Member) -> bool:
    """Tell whether a person looks after settings and people."""
    return any(post.role is Role.ADMIN for post in actor.roles)


def units_headed(actor: Member) -> frozenset[int]:
    """Return the units a person heads, not those below."""
    headed = (post.unit_id for post in actor.roles if post.role is Role.HEAD)
    return frozenset(unit_id for unit_id in headed if unit_id is not None)


def may_invite(actor: Member, person: Member, headed: Collection[int]) -> bool:
    """Tell whether a person may make a link that joins somebody to an account.

    Whoever uses the link becomes that person, so a head may make one neither for somebody who has
    an account (a changed phone is an admin's affair) nor for anyone with rights a head has not.
    """
    if is_admin(actor):
        return True
    below_head = all(post.role not in _ABOVE_HEADS for post in person.roles)
    in_unit = any(post.unit_id in headed for post in person.roles)
    return in_unit and below_head and person.telegram_id is None
