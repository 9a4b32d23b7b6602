"""The level above somebody: to whom their results go where nobody was named (domain.md, section 8)."""

from collections.abc import Mapping

from storage.records import Member, Role, Unit

_HEADING = frozenset({Role.HEAD, Role.LEADER})


def level_above(member: Member, units: Mapping[int, Unit]) -> Unit | None:
    """Return the unit whose leaders receive what a person hands in.

    It is their own, and the one above for who heads it; None at the top and for who has no unit.
    """
    own = units.get(member.unit_id or 0)
    if own is None:
        return None
    heads = any(post.unit_id == own.id and post.role in _HEADING for post in member.roles)
    return units.get(own.parent_id or 0) if heads else own
