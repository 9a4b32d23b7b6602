"""Who may let somebody leave, and pass what they have in hand on to another."""

from bot.rules.rights import Standpoint, may_assign
from storage.records import Member, Role

_FROM_ABOVE = frozenset({Role.LEADER, Role.HEAD})


def manages(who: Standpoint, person: Member) -> bool:
    """An admin anybody; heads the staff they look after; leaders heads and leaders below them as well.

    Who looks after the settings leaves by another admin's hand, or their own.
    """
    is_admin = any(post.role is Role.ADMIN for post in person.roles)
    return Role.ADMIN in who.roles or (not is_admin and _is_above(who, person))


def may_hand_all(who: Standpoint, person: Member, to: Member) -> bool:
    """Who manages somebody hands on to whom they may assign to; an admin to anybody but themselves.

    Settings are no key to the tasks: nobody takes them over by being an admin.
    """
    if not manages(who, person):
        return False
    units = [post.unit_id for post in to.roles] or [None]
    if _is_above(who, person) and any(may_assign(one, to.id, units) for one in who.each):
        return True
    return Role.ADMIN in who.roles and to.id != who.person_id


def _is_above(who: Standpoint, person: Member) -> bool:
    """Tell whether somebody manages a person by what they lead, whatever settings they look after."""
    roles = {post.role for post in person.roles}
    above = who.leads_above if roles & _FROM_ABOVE else who.looks_after
    return person.id != who.person_id and any(above(post.unit_id) for post in person.roles)
