"""Who may invite: admins may invite anyone, heads the staff of their own units and of all units below."""

from collections.abc import Collection

from storage.records import Member, Role

_ABOVE_HEADS = frozenset({Role.ADMIN, Role.LEADER})


def is_admin(actor: Member) -> bool:
    """Tell whether a person is an admin, who looks after settings and people."""
    return any(post.role is Role.ADMIN for post in actor.roles)


def units_headed(actor: Member) -> frozenset[int]:
    """Return the units that a person heads, without the units below."""
    headed = (post.unit_id for post in actor.roles if post.role is Role.HEAD)
    return frozenset(unit_id for unit_id in headed if unit_id is not None)


def may_invite(actor: Member, person: Member, headed: Collection[int]) -> bool:
    """Tell whether `actor` may make a link that joins `person` to a Telegram account.

    The user of the link becomes that person. So a head may not make one for a person who already has an
    account (only an admin handles a changed phone), nor for a person with rights that a head lacks.
    """
    if is_admin(actor):
        return True
    below_head = all(post.role not in _ABOVE_HEADS for post in person.roles)
    in_unit = any(post.unit_id in headed for post in person.roles)
    return in_unit and below_head and person.telegram_id is None
