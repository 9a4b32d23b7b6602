"""Who may let a person leave, and hand all their work on to another."""

from bot.rules.rights import Standpoint, may_assign
from storage.records import Member, Role

_FROM_ABOVE = frozenset({Role.LEADER, Role.HEAD})


def manages(who: Standpoint, person: Member) -> bool:
    """Tell whether `who` manages `person`.

    An admin manages everybody, heads the staff they look after, and leaders also the heads and leaders below
    them. Only an admin, another one or they themselves, lets an admin leave.
    """
    is_admin = any(post.role is Role.ADMIN for post in person.roles)
    return Role.ADMIN in who.roles or (not is_admin and _is_above(who, person))


def may_hand_all(who: Standpoint, person: Member, to: Member) -> bool:
    """Tell whether `who` may hand all work of `person` on to `to`.

    Those who manage the person may hand it on to people they may assign to. An admin may hand it on to
    anybody but themselves: the right to change settings gives no access to tasks.
    """
    if not manages(who, person):
        return False
    units = [post.unit_id for post in to.roles] or [None]
    if _is_above(who, person) and any(may_assign(one, to.id, units) for one in who.each):
        return True
    return Role.ADMIN in who.roles and to.id != who.person_id


def _is_above(who: Standpoint, person: Member) -> bool:
    """Tell whether they manage a person as a head or leader, not as an admin."""
    roles = {post.role for post in person.roles}
    above = who.leads_above if roles & _FROM_ABOVE else who.looks_after
    return person.id != who.person_id and any(above(post.unit_id) for post in person.roles)
